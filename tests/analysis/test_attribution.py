"""A design's effect shared out: made-up companies whose levers' worth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from revsim.analysis import interval
from revsim.analysis.attribution import Attribution, Part, attribution, widened
from revsim.analysis.estimates import BETTER, UNCLEAR
from revsim.analysis.gains import NAMES, Gains, check_measure, gains_of
from revsim.analysis.interval import Interval
from revsim.analysis.moments import Beside, Moment, Moments, Running, clear_from, moments
from revsim.analysis.shapley import shapley
from revsim.analysis.shares import moment_sentences, sentences, table
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
    assert tuple(found.whole.share) == (1.0, 1.0, 1.0)


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
    assert np.isnan(found.whole.share).all()
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


def told(estimate: float, half: float, lever: str = "a", share: float = 0.5, word: str = BETTER) -> Part:
    part = Interval(estimate, estimate - half, estimate + half)
    return Part(lever, part, Interval(share, share - 0.1, share + 0.1), word)


def shared(*shares: Part, whole: Part | None = None, pairs: list[Part] | None = None) -> Attribution:
    """Parts by hand over a game in which nothing varies."""
    game = Gains("x", "Title", "days", "lower", np.zeros(8), np.zeros((8, 20)), resampled=False)
    mine = whole or told(-4.0, 1.0, "all", 1.0)
    return Attribution(game, mine, list(shares), list(shares), list(shares), pairs or [told(-0.5, 0.1, "a x b")])


A, B, C = told(-3.0, 1.0, "a", 0.6), told(-1.0, 0.5, "b", 0.3), told(0.5, 1.0, "c", 0.1, UNCLEAR)


def test_parts_are_ordered_by_their_size_whatever_their_sign() -> None:
    assert shared(B, C, A).order == [2, 0, 1]
    assert shared(told(2.0, 0.5, "a"), told(-3.0, 0.5, "b")).order == [1, 0]


def test_how_far_the_largest_is_ahead_is_the_difference_of_sizes() -> None:
    assert shared(A, B, C).ahead.estimate == 2.0
    assert shared(told(2.0, 0.5, "a"), told(-3.0, 0.5, "b")).ahead.estimate == 1.0
    assert shared(A, B).leads
    assert not shared(told(-3.0, 4.0, "a"), B).leads


def test_the_size_of_both_varies_with_its_own_sign() -> None:
    """One lever adds 1 and the other takes off 2, both by a replication's own factor."""
    factor = 1.0 + 0.1 * np.random.default_rng(1).normal(size=20)
    whole, each = np.array([0.0, 1.0, -2.0, -1.0]), np.outer([0.0, 1.0, -2.0, -1.0], factor)
    made = attribution(Gains("x", "", "days", "lower", whole, each, resampled=False), ["a", "b"])
    assert made.ahead.estimate == pytest.approx(1.0)
    plain = made.game.interval(1.0, factor)
    assert made.ahead.half == pytest.approx(plain.half)


def test_widening_is_the_quantile_of_t_for_the_number_chosen_among_on_each_side() -> None:
    factor = t.ppf(1.0 - 0.025 / 3.0, 19) / t.ppf(0.975, 19)
    assert widened(Interval(1.0, 0.5, 3.0), 3, 20) == pytest.approx((1.0, 1.0 - 0.5 * factor, 1.0 + 2.0 * factor))
    one = t.ppf(1.0 - 0.025 / 3.0, 1) / t.ppf(0.975, 1)
    assert widened(Interval(1.0, 0.5, 3.0), 3, 1).high == pytest.approx(1.0 + 2.0 * one)


def test_the_frame_has_a_row_for_each_part_of_each_kind_and_who_is_ahead() -> None:
    frame = shared(A, B).frame()
    assert frame["role"].tolist() == [
        *("whole", "shapley", "shapley", "alone", "alone", "last_in", "last_in", "interaction", "ahead"),
    ]
    assert frame.iloc[0][["lever", "estimate", "share"]].tolist() == ["all", -4.0, 1.0]
    last = frame.iloc[-1]
    assert (last["lever"], last["estimate"]) == ("a - b", 2.0)
    assert np.isnan(last["share"])


@pytest.mark.parametrize(
    ("found", "line", "words"),
    [
        (shared(A, B, C), 1, "Most is due to lever a: -3.00 days [-4.00, -2.00], 60.0 % of the whole."),
        (shared(told(-3.0, 1.0, "a", 0.5), B), 1, "The largest part is due to lever a:"),
        (shared(told(-3.0, 1.0, "a", 0.52), B), 1, "Most is due to lever a:"),
        (shared(told(-3.0, 4.0, "a", 0.6), B), 1, "60.0 % of the whole), not clearly ahead of lever b."),
        (shared(A, B, whole=told(-1.0, 2.0, "all", np.nan, UNCLEAR)), 1, "not clear of zero"),
        (
            shared(A, B, whole=told(-1.0, 2.0, "all", np.nan, UNCLEAR)),
            0,
            "change it by -1.00 days [-3.00, +1.00], no clear",
        ),
        (shared(A, B), 2, "lever a with lever b, -0.500 days [-0.600, -0.400]: together they bring more than apart."),
        (shared(A, B, pairs=[told(0.5, 0.1, "a x b")]), 2, "together they bring less than apart."),
        (shared(A, B, pairs=[told(0.5, 0.9, "a x b")]), 2, "no pair clearly does more or less together than apart."),
        (shared(A, B, pairs=[Part("a x b", Interval(0.5, np.nan, np.nan), A.share, "")]), 2, "not judged."),
    ],
)
def test_sentences_are_chosen_by_what_is_clear(found: Attribution, line: int, words: str) -> None:
    assert words in sentences(found, TITLES)[line]


def test_the_table_has_the_levers_shares_alone_and_last_in() -> None:
    head, first, second, whole = table(shared(B, A), TITLES)
    assert first == ("Lever A", "-3.00 days [-4.00, -2.00]", "better", "60.0 %", *["-3.00 days [-4.00, -2.00]"] * 2)
    assert second[0] == "Lever B"
    assert whole[:4] == ("All together", "-4.00 days [-5.00, -3.00]", "better", "100 %")
    assert len(head) == len(first) == len(whole)


def moment(name: str, estimate: float, word: str) -> Moment:
    part = Interval(estimate, estimate - 1.0, estimate + 1.0)
    running = [Running("leaked_expected_value", [part, part], quarter, word) for quarter in (None, 2)]
    return Moment(f"One moment: {name}", part, word, running, [Beside("bookings", "New business", "EUR", part, word)])


@pytest.mark.parametrize(
    ("word", "gap", "last"),
    [
        (
            BETTER,
            Interval(-3.0, -4.0, -2.0),
            "Best to start with: x; clearly better than y, by -3.00 days [-4.00, -2.00].",
        ),
        (BETTER, Interval(-3.0, -7.0, 1.0), "Best to start with: x; not clearly better than y"),
        (BETTER, None, "No single hand-off clearly improves: the title."),
        (UNCLEAR, Interval(-3.0, -7.0, 1.0), "No single hand-off clearly improves: the title."),
    ],
)
def test_a_hand_off_is_best_to_start_with_where_it_is_clearly_better(
    word: str, gap: Interval | None, last: str
) -> None:
    lines = moment_sentences(
        Moments("x", "days", [moment("x", -5.0, word), moment("y", -2.0, BETTER)], gap), "The title"
    )
    assert lines[-1].startswith(last)
    assert lines[1].startswith(
        "One moment: y: the title -2.00 days [-3.00, -1.00], better; running leakage not clear by"
    )
    assert "; running leakage better and clear from quarter 2 on; new business -2.00 EUR [-3.00, -1.00]." in lines[1]


@pytest.mark.parametrize(
    ("better", "order", "gap"),
    [("lower", ["s1", "s3", "s2"], -1.0), ("higher", ["s2", "s3", "s1"], 4.0), ("", ["s1", "s2", "s3"], None)],
)
def test_hand_offs_are_ranked_on_the_better_side(better: str, order: list[str], gap: float | None) -> None:
    """Effects of -2, 3 and -1 against the first."""
    whole = np.array([10.0, 8.0, 13.0, 9.0])
    game = Gains("x", "", "days", better, whole, np.tile(whole[:, None], 20), resampled=False)
    zero = {"leaked_expected_value": np.zeros((4, 20, 2))}
    found = moments(cube_of(zero), [game, game._replace(measure="y")], 0, [1, 2, 3])
    assert [each.name for each in found.found] == order
    assert found.gap is None if gap is None else found.gap.estimate == gap
    assert [each.beside[0].effect.estimate for each in found.found] == [each.effect.estimate for each in found.found]
    assert moments(cube_of(zero), [game], 0, [1]).gap is None


def test_no_hand_off_is_best_where_even_the_first_is_worse() -> None:
    whole = np.array([10.0, 12.0, 13.0])
    game = Gains("x", "", "days", "lower", whole, np.tile(whole[:, None], 20), resampled=False)
    assert moments(cube_of({"leaked_expected_value": np.zeros((3, 20, 2))}), [game], 0, [1, 2]).gap is None


def test_running_sums_are_of_the_errors_size_and_of_leaks() -> None:
    leaks = np.stack([np.full((20, 3), 5.0), np.full((20, 3), 3.0)])
    error = np.stack([np.full((20, 3), -6.0), np.full((20, 3), 2.0)])
    found = moments(
        cube_of({"leaked_expected_value": leaks}, error), [gains_of(cube_of({}, error), "bookings", 0, "EUR")], 0, [1]
    )
    paths = {one.measure: [part.estimate for part in one.path] for one in found.found[0].running}
    assert paths == {"absolute_error_week_7": [-4.0, -8.0, -12.0], "leaked_expected_value": [-2.0, -4.0, -6.0]}
    assert {one.word for one in found.found[0].running} == {"better"}
    frame = found.frame()
    assert frame["quarter"].tolist() == [0, 1, 2, 3, 1, 2, 3]
    assert frame["clear_from"].tolist()[1:] == [1] * 6


def test_a_share_is_of_the_whole_change_with_that_of_each_leave_one_out() -> None:
    """2 without levers, 5 with a, 4 with b, 10 with both: (3 + 6) / 2 and (2 + 5) / 2 of 8.

    Without one of twenty the first moves by +-.4 and the last by +-1.2: the whole by +-.8 and the share of a, by +-.4
    itself, is 4.9 / 8.8 or 4.1 / 7.2.
    """
    sign = np.tile([1.0, -1.0], 10)
    whole = np.array([2.0, 5.0, 4.0, 10.0])
    spread = whole[:, None] + 0.4 * np.outer([1.0, 0.0, 0.0, 3.0], sign)
    found = attribution(Gains("x", "", "days", "lower", whole, spread, resampled=False), ["a", "b"])
    wide = t.ppf(0.975, 19) * np.sqrt(19.0)
    assert found.whole.effect == pytest.approx((8.0, 8.0 - 0.8 * wide, 8.0 + 0.8 * wide))
    assert [part.effect.estimate for part in found.shares] == [4.5, 3.5]
    assert [part.effect.half for part in found.shares] == pytest.approx([0.4 * wide, 0.4 * wide])
    assert [part.share.estimate for part in found.shares] == [4.5 / 8.0, 3.5 / 8.0]
    half = 0.5 * (4.1 / 7.2 - 4.9 / 8.8) * wide
    assert [part.share.half for part in found.shares] == pytest.approx([half, half])
    assert [part.effect.estimate for part in found.alone] == [3.0, 2.0]
    assert [part.effect.estimate for part in found.last_in] == [6.0, 5.0]
    assert [(part.lever, part.effect.estimate) for part in found.pairs] == [("a x b", 3.0)]


def test_of_three_levers_the_first_two_are_told_apart() -> None:
    last = shared(C, A, B).frame().iloc[-1]
    assert (last["lever"], last["estimate"]) == ("a - b", 2.0)
