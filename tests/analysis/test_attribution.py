"""A design's effect shared out: made-up companies whose levers' worth is known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.attribution import attribution, widened
from revsim.analysis.estimates import BETTER, UNCLEAR
from revsim.analysis.gains import NAMES, Gains, check_measure, gains_of
from revsim.analysis.interval import Interval
from revsim.analysis.moments import clear_from, moments
from revsim.analysis.shapley import shapley
from revsim.analysis.shares import sentences, table
from revsim.errors import UserError
from tests.analysis.made_up import cube_of

LEVERS = ("a", "b", "c")
TITLES = {"a": "Lever A", "b": "Lever B", "c": "Lever C"}
SCALES = {"a": 0.5, "b": 0.8, "c": 1.0}  # of the standard deviation of error


def errors(replications: int, seed: int = 1, noise: float = 0.3) -> np.ndarray:
    """(8, replication, 4): errors on common luck that each lever scales, with luck of each subset's own."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(replications, 4))
    found = []
    for mask in range(8):
        scale = np.prod([SCALES[lever] for k, lever in enumerate(LEVERS) if mask >> k & 1])
        own = rng.normal(size=common.shape)
        found.append(10.0 * scale * (np.sqrt(1.0 - noise**2) * common + noise * own))
    return np.stack(found)


def game(replications: int = 300, seed: int = 1, noise: float = 0.3) -> Gains:
    return gains_of(cube_of({}, errors(replications, seed, noise)), "forecast_variance_week_7", 0, "EUR")


def test_levers_that_scale_the_error_get_the_log_of_the_square_of_their_scale() -> None:
    found = attribution(game(noise=0.0), LEVERS)
    assert [part.effect.estimate for part in found.shares] == pytest.approx([2 * np.log(0.5), 2 * np.log(0.8), 0.0])
    assert [part.effect.estimate for part in found.pairs] == pytest.approx([0.0] * 3, abs=1e-12)


def test_shares_of_log_ratios_and_of_means_add_up_to_the_whole() -> None:
    for measure in ("forecast_variance_week_7", "wape_week_7", "bookings", "revenue_at_risk", "expected_shortfall"):
        rng = np.random.default_rng(4)
        cube = cube_of({"bookings": 100.0 + 10.0 * rng.random((8, 30, 4))}, errors(30))
        found = attribution(gains_of(cube, measure, 0, "EUR"), LEVERS)
        total = sum(part.effect.estimate for part in found.shares)
        assert total == pytest.approx(found.whole.effect.estimate, abs=1e-10)


def test_a_lever_that_changes_no_number_gets_exactly_zero_and_is_not_clear() -> None:
    given = errors(40)
    given[4:] = given[:4]  # the third lever does nothing
    found = attribution(gains_of(cube_of({}, given), "forecast_variance_week_7", 0, "EUR"), LEVERS)
    assert found.shares[2].effect == Interval(0.0, 0.0, 0.0)
    assert found.shares[2].word == UNCLEAR


def test_the_interval_of_a_share_covers_the_truth_as_often_as_it_says() -> None:
    # 400 studies of 60 replications; a right interval falls outside 360-394 in less than 2 of 1,000 runs
    truth = 2 * np.log(0.5)
    hits = 0
    for seed in range(400):
        part = attribution(game(60, seed), LEVERS).shares[0].effect
        hits += part.low <= truth <= part.high
    assert 360 <= hits <= 394


def test_a_share_of_a_mean_has_the_t_interval_of_each_replication_s_own_share() -> None:
    values = 100.0 + np.random.default_rng(5).normal(size=(8, 15, 4))
    found = attribution(gains_of(cube_of({"bookings": values}), "bookings", 0, "EUR"), LEVERS)
    own = shapley(values.mean(axis=2))  # (lever, replication)
    for part, each in zip(found.shares, own, strict=True):
        assert part.effect == pytest.approx(interval.of_mean(each))


def test_a_whole_that_is_not_clear_of_zero_has_no_shares() -> None:
    rng = np.random.default_rng(3)
    cube = cube_of({}, 10.0 * rng.normal(size=(8, 20, 4)))
    found = attribution(gains_of(cube, "forecast_variance_week_7", 0, "EUR"), LEVERS)
    assert found.whole.word == UNCLEAR
    assert np.isnan([part.share.estimate for part in found.shares]).all()
    assert "not clear of zero" in " ".join(sentences(found, TITLES))


def test_the_sentences_name_the_largest_share_and_the_table_is_ordered_by_it() -> None:
    found = attribution(game(), LEVERS)
    assert "Most is due to lever a" in " ".join(sentences(found, TITLES))
    assert [row[0] for row in table(found, TITLES)[1:]] == ["Lever A", "Lever B", "Lever C", "All together"]
    assert found.shares[0].word == BETTER


def test_a_largest_share_that_is_not_clearly_ahead_is_not_what_most_is_due_to() -> None:
    given = errors(40)
    for mask in range(8):  # levers a and b alike, but for a hair
        given[mask] = given[0] * 0.7 ** (mask & 1) * 0.7 ** (mask >> 1 & 1)
    noisy = given + 0.5 * np.random.default_rng(2).normal(size=given.shape)
    found = attribution(gains_of(cube_of({}, noisy), "forecast_variance_week_7", 0, "EUR"), LEVERS)
    first, second, _ = found.order
    assert found.shares[first].effect.clear
    assert not found.leads
    said = sentences(found, TITLES)[1]
    assert said.startswith(f"Largest by its estimate: lever {LEVERS[first]} (")
    assert said.endswith(f", not clearly ahead of lever {LEVERS[second]}.")


def test_the_strongest_interaction_has_a_wider_interval_than_a_pair_that_was_not_chosen() -> None:
    found = attribution(game(40), LEVERS)
    chosen = max(found.pairs, key=lambda part: abs(part.effect.estimate))
    assert found.strongest.lever == chosen.lever
    assert found.strongest.effect.half > 1.1 * chosen.effect.half
    assert widened(Interval(1.0, 0.0, 2.0), 1, 40) == pytest.approx((1.0, 0.0, 2.0))


def test_no_interaction_is_called_one_in_no_more_than_one_study_of_twenty() -> None:
    # 200 studies without interactions: more than 20 false alarms are expected in less than 1 of 1,000 runs
    alarms = sum(attribution(game(40, seed), LEVERS).strongest.effect.clear for seed in range(200))
    assert alarms <= 20


def test_every_measure_of_the_list_is_known_and_another_is_refused_with_a_near_one() -> None:
    for name in NAMES:
        check_measure(name)
    with pytest.raises(UserError, match="Did you mean `bookings`"):
        check_measure("booking")


def test_a_part_that_is_not_above_zero_is_told_as_a_difference_that_still_adds_up() -> None:
    given = errors(30)
    given[5] = 0.0
    game = gains_of(cube_of({}, given), "forecast_variance_week_7", 0, "EUR")
    assert (game.unit, game.usable) == ("share^2", True)
    assert "not ratios" in game.note
    found = attribution(game, LEVERS)
    assert sum(part.effect.estimate for part in found.shares) == pytest.approx(found.whole.effect.estimate, abs=1e-12)


@pytest.mark.parametrize(
    ("path", "quarter"),
    [
        ([(-1, -2, -0.5)] * 3, 1),
        ([(-1, -2, 0.5), (-1, -2, -0.5), (-1, -2, -0.5)], 2),
        ([(-1, -2, -0.5), (-1, -2, 0.5), (-1, -2, -0.5)], 3),  # clear, then no more: it has not arrived before the end
        ([(-1, -2, -0.5), (-1, -2, -0.5), (-1, -2, 0.5)], None),
        ([(1, 0.5, 2), (-1, -2, -0.5)], 2),  # clear on the other side is another finding
    ],
)
def test_a_running_sum_is_clear_from_where_it_stays_so(path: list[tuple[float, ...]], quarter: int | None) -> None:
    assert clear_from([Interval(*part) for part in path]) == quarter


def test_the_hand_off_with_the_least_variance_is_ranked_first_and_told_from_the_next() -> None:
    rng = np.random.default_rng(6)
    common = rng.normal(size=(200, 4))
    given = np.stack([10.0 * scale * common for scale in (1.0, 0.9, 0.6, 0.95)])
    given += 0.1 * rng.normal(size=given.shape)
    leaks = np.stack([np.full((200, 4), level) + rng.normal(size=(200, 4)) for level in (9.0, 9.0, 5.0, 9.0)])
    cube = cube_of({"leaked_expected_value": leaks}, given)
    games = [gains_of(cube, name, 0, "EUR") for name in ("forecast_variance_week_7", "bookings")]
    found = moments(cube, games, 0, [1, 2, 3])
    assert [each.name for each in found.found] == ["s2", "s1", "s3"]
    assert found.gap is not None
    assert found.gap.clear
    assert {one.measure: one.quarter for one in found.found[0].running}["leaked_expected_value"] == 1
    assert len(found.frame()) == 3 * (2 + 2 * 4)
