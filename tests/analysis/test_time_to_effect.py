"""Relief that fades, losses that are made up, and nothing at all: paths whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import break_even, fade, interval
from revsim.analysis.break_even import break_evens, return_of
from revsim.analysis.fade import fade_of, half_lives
from revsim.analysis.path import Path, Resamples, of_means, of_variances
from revsim.analysis.time_to_effect import Timing, effects_frame, findings_frame, timings
from revsim.analysis.timing_words import claim, relief_words, return_words
from tests.analysis.made_up import cube_of

TIMES = np.arange(8.0)


def path(truth: np.ndarray, noise: float = 0.2, replications: int = 100, seed: int = 1) -> Path:
    """Gains of replications around the truth, which vary together over time as a company's do."""
    rng = np.random.default_rng(seed)
    away = 0.7 * rng.normal(size=(replications, 1)) + 0.7 * rng.normal(size=(replications, len(truth)))
    return of_means(truth + noise * away, np.zeros((replications, len(truth))), Resamples(replications))


@pytest.mark.parametrize("half_life", [0.7, 1.5, 3.0, 10.0])
def test_an_exact_exponential_fade_gives_its_half_life_back(half_life: float) -> None:
    assert half_lives(5.0 * 2.0 ** (-TIMES[None, :] / half_life))[0] == pytest.approx(half_life, rel=0.005)


@pytest.mark.parametrize("period", [2.0, 3.0, 4.0])
def test_a_fade_that_is_renewed_with_less_each_time_gives_its_half_life_back(period: float) -> None:
    age, cycle = TIMES % period, TIMES // period
    gains = (0.9**cycle * 2.0 ** (-age / 1.5))[None, :]
    assert half_lives(gains, period)[0] == pytest.approx(1.5, rel=0.005)
    assert half_lives(gains)[0] > 3.0  # who does not know of the renewals sees the fading of the renewals alone


def test_what_stays_as_it_is_has_an_endless_half_life_and_a_loss_none() -> None:
    assert half_lives(np.ones((1, 8)))[0] == np.inf
    assert np.isnan(half_lives(-np.ones((1, 8)))[0])


def test_the_interval_of_a_half_life_covers_the_truth_as_often_as_it_says() -> None:
    # 300 studies; 95 % of a percentile interval, allowing it the 3 points it is short of with 100 replications:
    # outside 264-296 by chance in less than 2 of 1,000 runs of a rate between 92 and 95 %
    truth = 2.0 ** (-TIMES / 2.0)
    lives = [fade_of(path(truth, 0.5, seed=seed)).half_life for seed in range(300)]
    assert 264 <= sum(one.low <= 2.0 <= one.high for one in lives) <= 296


def test_no_effect_gives_no_half_life_but_says_so_in_nineteen_studies_of_twenty() -> None:
    # 200 studies without effect: the widened one-sided look gives 2.5 %; more than 14 in less than 1 of 1,000 runs
    found = [fade_of(path(np.zeros(8), 1.0, seed=seed)) for seed in range(200)]
    none = [one for one in found if one.words == fade.NO_RELIEF]
    assert len(none) >= 186
    assert all(np.isnan(one.half_life.estimate) for one in none)


def test_a_relief_that_stays_is_not_said_to_fade() -> None:
    # 200 studies of a constant gain: one end of a 95 % interval, 2.5 %; more than 14 in less than 1 of 1,000 runs
    words = [fade_of(path(np.ones(8), 0.5, seed=seed)).words for seed in range(200)]
    assert sum(word in {fade.FADES, fade.GONE} for word in words) <= 14


def test_a_gain_that_grows_has_no_half_life() -> None:
    found = fade_of(path(TIMES / 8.0))
    assert found.words == fade.NO_TIME
    assert np.isnan(found.half_life.estimate)


def test_a_gain_that_clearly_grows_first_fades_from_its_peak() -> None:
    found = fade_of(path(np.asarray([0.0, 0.5, 4.0, 2.0, 1.0, 0.5, 0.25, 0.125]), 0.1))
    assert (found.peak_at, found.words) == (3, fade.FADES)
    assert found.half_life.estimate == pytest.approx(1.0, rel=0.1)


def test_a_relief_of_one_quarter_alone_is_gone_by_the_next() -> None:
    found = fade_of(path(np.asarray([1.0, 0, 0, 0, 0, 0, 0, 0]), 0.05))
    assert found.words == fade.GONE


@pytest.mark.parametrize(
    ("gains", "time"),
    [
        ([1, 1, 1, 1], 1),
        ([-1, 1, 1, 1], 2),
        ([-2, 1, 0.5, 1], 4),
        ([-2, 1, 0.5, 0.2], np.inf),
        ([1, -3, 1, 2], 4),  # ahead at first, behind later: only the last return counts
        ([0, 0, 0, 0], 1),
    ],
)
def test_break_even_is_where_the_running_sum_is_made_up_and_stays_so(gains: list[float], time: float) -> None:
    assert break_evens(np.asarray([gains], float))[0] == time


def test_worse_before_better_gives_trough_and_break_even() -> None:
    found = return_of(path(np.asarray([-2.0, -0.5, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0]), 0.3))
    assert (found.trough_at, found.words) == (1, break_even.MADE_UP)
    assert found.break_even.low <= 4.0 <= found.break_even.high
    assert found.break_even.estimate == 4.0


def test_a_loss_that_is_not_made_up_says_so() -> None:
    found = return_of(path(np.asarray([-2.0, 0, 0, 0, 0, 0, 0, 0]), 0.1))
    assert (found.words, found.break_even.estimate) == (break_even.NOT_MADE_UP, np.inf)


def test_no_effect_shows_no_dip_in_nineteen_studies_of_twenty() -> None:
    # as for relief: more than 14 of 200 in less than 1 of 1,000 runs
    words = [return_of(path(np.zeros(8), 1.0, seed=seed)).words for seed in range(200)]
    assert words.count(break_even.NO_DIP) >= 186


def test_one_quarters_variance_ratio_is_the_plain_one_and_its_interval_covers_the_truth() -> None:
    # 400 quarters of 60 replications; outside 360-394 in less than 2 of 1,000 runs
    hits, truth, weights = 0, np.log(0.5), Resamples(60)
    for seed in range(200):
        first, own = np.random.default_rng(seed).normal(size=(2, 60, 2))
        second, actual = np.sqrt(0.5) * (0.6 * first + 0.8 * own), np.full((60, 2), 100.0)
        found = of_variances((second, actual), (first, actual), weights)
        hits += sum(found.at(k).low <= truth <= found.at(k).high for k in range(2))
    assert 360 <= hits <= 394
    plain = np.log(second.var(axis=0, ddof=1) / first.var(axis=0, ddof=1))
    assert found.whole == pytest.approx(plain)
    assert np.median(found.draws, axis=0) == pytest.approx(plain, abs=0.1)


def test_a_mean_by_quarter_has_the_paired_t_interval_and_leaves_out_what_is_not_there() -> None:
    own, base = np.random.default_rng(3).normal(size=(2, 12, 3))
    own[4, 1] = np.nan
    found = of_means(own, base, Resamples(12))
    assert found.at(0) == pytest.approx(interval.of_mean((own - base)[:, 0]))
    assert found.whole[1] == pytest.approx(np.nanmean((own - base)[:, 1]))
    assert found.usable


def test_equal_scenarios_have_effects_of_exactly_zero_with_intervals_of_zero() -> None:
    error, actual = np.random.default_rng(1).normal(size=(30, 4)), np.full((30, 4), 100.0)
    found = of_variances((error, actual), (error, actual), Resamples(30))
    assert [tuple(found.at(k)) for k in range(4)] == [(0.0, 0.0, 0.0)] * 4


@pytest.fixture(scope="module")
def found() -> list[Timing]:
    """A remedy from quarter 3 on whose relief at hand-offs is 8, 4, 2, 1, ... and whose cost comes first."""
    rng = np.random.default_rng(2)
    relief = np.asarray([0, 0, 8.0, 4.0, 2.0, 1.0, 0.5, 0.25])
    paid = np.asarray([0, 0, 6.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    won = np.asarray([0, 0, 0, 2.0, 3.0, 5.0, 5.0, 5.0])
    noise = np.where(relief > 0.0, 0.2, 0.0) * rng.normal(size=(3, 60, 8))
    nothing = np.zeros((60, 8))
    columns = {
        "leaked_expected_value": np.stack([nothing + 20.0, nothing + 20.0 - relief + noise[0]]),
        "remedy_cost_design": np.stack([nothing, nothing + paid]),
        "bookings": np.stack([nothing + 100.0, nothing + 100.0 + won + noise[1]]),
    }
    error = np.repeat(rng.normal(size=(1, 60, 8)), 2, axis=0)
    return timings(cube_of(columns, error), 0, {"s1": (3, 0.0)})


def test_quarters_are_counted_from_the_one_in_which_the_remedy_begins(found: list[Timing]) -> None:
    frame = effects_frame(found, "EUR")
    leaks = frame[frame["measure"] == "leaked_expected_value"]
    assert leaks["since"].tolist() == [-1, 0, 1, 2, 3, 4, 5, 6]
    assert leaks.loc[leaks["since"] <= 0, ["estimate", "low", "high"]].to_numpy().tolist() == [[0.0] * 3] * 2
    assert leaks.loc[leaks["since"] == 1, "better"].tolist() == ["better"]


def test_relief_and_return_are_read_from_there(found: list[Timing]) -> None:
    frame = findings_frame(found, "EUR").set_index("measure")
    assert frame.loc["leaked_expected_value", "half_life"] == pytest.approx(1.0, rel=0.05)
    assert frame.loc["bookings_after_cost", "break_even"] == 4
    assert set(frame["step"]) == {"quarter"}


def test_the_words_say_what_the_table_says(found: list[Timing]) -> None:
    by_measure = {one.timed.measure: one for one in found if one.timed.step == "quarter"}
    assert "halves in 1.0 quarters" in relief_words(by_measure["leaked_expected_value"], "EUR")
    assert "made up from quarter 4 on" in return_words(by_measure["bookings_after_cost"], "EUR")
    assert relief_words(by_measure["absolute_error_week_7"], "EUR").startswith("no clear relief")
    assert "has made up for it from quarter 4 on" in claim(found)


def test_what_is_gone_within_a_quarter_but_for_noise_is_no_half_life() -> None:
    # gains of 1 and then nothing, with noise that leaves the next quarter open: at the grid's lower bound
    # that is no half-life of 0.25; 40 studies, and each of them that ends at the bound says so
    found = [fade_of(path(np.asarray([1.0, 0, 0, 0, 0, 0, 0, 0]), 1.5, seed=seed)) for seed in range(40)]
    bound = [one for one in found if one.words in {fade.UNRESOLVED, fade.GONE}]
    assert sum(one.words == fade.UNRESOLVED for one in bound) >= 3
    assert all(np.isnan(one.half_life.estimate) and np.isnan(one.half_life.low) for one in bound)
    assert all(np.isfinite(one.half_life.high) for one in bound)
    assert all(one.half_life.estimate > fade.SHORTEST for one in found if one.words == fade.FADES)


def test_what_may_be_gone_at_once_or_never_is_not_said_to_halve(
    found: list[Timing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fade, "_half_life", lambda *_: interval.Interval(fade.SHORTEST, 0.0, np.inf))
    life = fade_of(path(2.0 ** (-TIMES / 1.5), 0.2))
    assert life.words == fade.UNSURE
    one = next(each for each in found if each.timed.measure == "leaked_expected_value")._replace(fade=life)
    assert relief_words(one, "EUR").endswith("; whether it fades is not clear")
    assert "halves in" not in claim([one])


def test_an_interval_that_reaches_the_shortest_half_life_reaches_to_zero() -> None:
    lives = [fade_of(path(2.0 ** (-TIMES / 0.6), 1.0, seed=seed)).half_life for seed in range(40)]
    assert not [one for one in lives if 0.0 < one.low <= fade.SHORTEST]
    assert any(one.low == 0.0 for one in lives)


@pytest.mark.parametrize("place", [6, 7])
def test_a_largest_gain_in_the_last_two_quarters_shows_no_fading(place: int) -> None:
    gains = 2.0 ** (-TIMES / 1.5)
    gains[place] = 1.05
    found = fade_of(path(gains, 0.2))
    assert (found.peak_at, found.words) == (place + 1, fade.NO_TIME)
    assert np.isnan(found.half_life.estimate)


def test_a_relief_that_is_not_resolved_is_not_said_to_halve_in_a_number_of_quarters(found: list[Timing]) -> None:
    peak = interval.Interval(1.0, 0.5, 1.5)
    unresolved = fade.Fade(1, peak, interval.Interval(np.nan, np.nan, 1.32), fade.UNRESOLVED)
    one = next(each for each in found if each.timed.measure == "leaked_expected_value")._replace(fade=unresolved)
    assert relief_words(one, "EUR").endswith(
        "halves in under a quarter, which quarters do not resolve (upper end of the 95 % interval 1.3 quarters)"
    )
    assert "halves in" not in claim([one])


def test_the_claim_names_its_clock_and_what_it_leaves_out(found: list[Timing]) -> None:
    start = (
        "New business less cost of remedies, renewals and expansion not counted, by quarter since the remedy began: "
    )
    assert claim(found).startswith(start)


def test_the_claim_says_where_nothing_is_clear_and_where_the_return_is_not_sure(found: list[Timing]) -> None:
    rng = np.random.default_rng(4)
    none = timings(cube_of({"bookings": 100.0 + rng.normal(size=(2, 30, 8))}), 0)
    assert "“s1” shows no clear difference, all quarters taken together" in claim(none)
    (paid,) = [one for one in found if one.timed.measure == "bookings_after_cost"]
    assert paid.back is not None
    doubtful = paid._replace(back=paid.back._replace(words=break_even.UNSURE))
    assert "from quarter 4 on, though not surely within the window" in claim([doubtful])


def test_the_claim_gives_the_measured_quarter_beside_that_since_the_remedy_began(found: list[Timing]) -> None:
    (paid,) = [one for one in found if one.timed.measure == "bookings_after_cost"]
    assert paid.first == 2  # the remedy begins in the third measured quarter
    assert "from quarter 4 on (measured quarter 6)" in claim([paid])


def test_two_replications_say_nothing() -> None:
    assert timings(cube_of({}, np.zeros((2, 2, 4))), 0) == []


def test_a_loss_is_told_with_the_sign_of_its_measure(found: list[Timing]) -> None:
    """Where less is better a loss is a rise."""
    (one,) = [one for one in found if one.timed.measure == "bookings_after_cost" and one.timed.step == "quarter"]
    turned = one._replace(timed=one.timed._replace(better="lower"))
    told = [return_words(each, "EUR").partition("(")[2].partition(")")[0] for each in (one, turned)]
    assert told[0].startswith("\N{MINUS SIGN}") or told[0].startswith("-")
    assert told[1].lstrip("+") == told[0][1:]
