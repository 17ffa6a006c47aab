"""Relief that fades, losses that are made up, and nothing at all: paths whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import break_even, fade, interval
from revsim.analysis.break_even import break_evens, return_of
from revsim.analysis.cube import Cube
from revsim.analysis.fade import fade_of, half_lives
from revsim.analysis.path import Path, Resamples, of_means, of_variances
from revsim.analysis.time_to_effect import Timed, Timing, effects_frame, findings_frame, frames, timings
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


def by_hand() -> Cube:
    """Ten replications, two quarters; all columns are round numbers, those of the remedy's in the second quarter."""
    level, later = np.full((10, 2), 100.0), np.array([0.0, 1.0]) * np.ones((10, 2))
    columns = {
        "bookings": np.stack([level, level + 7.0 * later]),
        "remedy_cost_design": np.stack([0.0 * level, 3.0 * later]),
        "remedy_cost_coordination": np.stack([0.0 * level, 2.0 * later]),
        "leaked_expected_value": np.stack([level, level - 4.0 * later]),
        "selling_share": np.stack([0.5 + 0.0 * level, 0.5 + 0.1 * later]),
    }
    error = np.linspace(-1.0, 1.0, 10)[None, :, None] * np.stack([1.0 + 0.0 * level, 1.0 - 0.5 * later])
    made = cube_of(columns, 10.0 * error)
    apart = np.stack([0.2 + 0.0 * level, 0.2 - 0.1 * later])[..., None] * np.linspace(0.5, 1.5, 13)
    return made._replace(weekly=dict(made.weekly) | {"disagreement": apart})


def test_each_measure_is_read_from_its_columns() -> None:
    """Mean |F - A| of -10 ... 10 in ten steps is 50/9; half of it in the second quarter."""
    found = {(one.timed.measure, one.timed.step): one for one in timings(by_hand(), 0)}
    effects = {key: [part.estimate for part in one.effects] for key, one in found.items()}
    assert effects["bookings", "quarter"] == pytest.approx([0.0, 7.0])
    assert effects["bookings_after_cost", "quarter"] == pytest.approx([0.0, 7.0 - 3.0 - 2.0])
    assert effects["leaked_expected_value", "quarter"] == pytest.approx([0.0, -4.0])
    assert effects["selling_share", "quarter"] == pytest.approx([0.0, 0.1])
    assert effects["absolute_error_week_7", "quarter"] == pytest.approx([0.0, -25.0 / 9.0])
    assert effects["disagreement", "quarter"] == pytest.approx([0.0, -0.1])
    assert effects["forecast_variance_week_7", "quarter"] == pytest.approx([0.0, np.log(0.25 / 1.07**2)])
    weekly = effects["disagreement", "week"]
    assert weekly == pytest.approx([*np.zeros(13), *(-0.1 * np.linspace(0.5, 1.5, 13))])
    assert [part.estimate for part in found["bookings", "quarter"].running] == pytest.approx([0.0, 7.0])


@pytest.mark.parametrize(("begins", "quarter", "week"), [(1, 0, 0), (2, 1, 13), (9, 1, 13)])
def test_time_is_counted_from_the_remedy_s_quarter_or_the_last(begins: int, quarter: int, week: int) -> None:
    found = {one.timed.step: one.first for one in timings(by_hand(), 0, {"s1": (begins, 0.0)})}
    assert found == {"quarter": quarter, "week": week}


def test_a_measure_that_lacks_a_number_in_some_week_or_quarter_is_not_told() -> None:
    made = by_hand()
    apart = np.asarray(made.weekly["disagreement"]).copy()
    apart[1, :, 1, 5] = np.nan
    sold = np.asarray(made.quarterly["selling_share"]).copy()
    sold[1, :, 1] = np.nan
    made = made._replace(
        weekly=dict(made.weekly) | {"disagreement": apart}, quarterly=dict(made.quarterly) | {"selling_share": sold}
    )
    told = {(one.timed.measure, one.timed.step) for one in timings(made, 0)}
    assert ("disagreement", "quarter") in told
    assert not told & {("disagreement", "week"), ("selling_share", "quarter")}


def test_gains_of_what_is_better_lower_are_what_it_falls_by_and_nothing_is_told_of_nothing() -> None:
    by_measure = {one.timed.measure: one for one in timings(by_hand(), 0) if one.fade}
    assert (by_measure["leaked_expected_value"].fade.peak.estimate, by_measure["bookings"].fade.peak_at) == (4.0, 2)
    assert (by_measure["bookings_after_cost"].back.trough.estimate, by_measure["bookings"].back.trough_at) == (0.0, 1)
    assert frames([], "EUR") == {}
    assert {len(table) for table in frames(timings(by_hand(), 0), "EUR").values()} == {7 * 2 + 26, 7}


@pytest.mark.parametrize(
    ("gains", "quarter"),
    [
        ([1, 1, 1], 1.0),
        ([-1, 1, 1], 2.0),
        ([-2, 1, 1], 3.0),
        ([-2, 1, 0.5], np.inf),
        ([1, -2, 1], 3.0),
        ([1, 1, -3], np.inf),
        ([0, 0, 0], 1.0),
    ],
)
def test_break_even_is_the_first_quarter_from_which_the_sum_stays_at_or_above_zero(gains: list, quarter: float) -> None:
    assert break_evens(np.array([gains], dtype=float))[0] == quarter


@pytest.mark.parametrize(
    ("gains", "words"),
    [
        ([1, 1, 1, 1], break_even.NO_DIP),
        ([-1, 2, 2, 2], break_even.MADE_UP),
        ([-3, 1, 1, 1.2], break_even.UNSURE),
        ([-3, 1, 1, 0.5], break_even.NOT_MADE_UP),
    ],
)
def test_a_dip_is_made_up_surely_or_not_surely_or_not(gains: list, words: str) -> None:
    found = return_of(path(np.array(gains, dtype=float), 0.3))
    assert found.words == words
    assert found.trough_at == 1 + int(np.argmin(path(np.array(gains, dtype=float), 0.3).whole))


def a_timing(measure: str, better: str = "higher", unit: str = "money", first: int = 0) -> Timing:
    return Timing("s", Timed(measure, measure, unit, better, "quarter", None), [], [], first, None, None)


@pytest.mark.parametrize(
    ("words", "life", "told"),
    [
        (fade.NO_TIME, (np.nan,) * 3, "; grows to the end of the window"),
        (fade.RISES, (np.nan,) * 3, "; grows after it begins, and no fading is seen"),
        (fade.NO_FADE, (np.inf, 5.0, np.inf), "; does not fade"),
        (fade.GONE, (np.nan, np.nan, 0.4), "; gone by the next quarter"),
        (fade.UNRESOLVED, (np.nan, np.nan, np.inf), "do not resolve (upper end of the 95 % interval endless)"),
        (fade.UNSURE, (2.0, 1.0, np.inf), "not clear: half-life 2.0 quarters (95 % interval 1.0 to endless)"),
        (fade.FADES, (2.0, 1.0, 3.0), "; halves in 2.0 quarters (95 % interval 1.0 to 3.0)"),
    ],
)
def test_relief_is_told_with_its_largest_and_how_it_fades(words: str, life: tuple, told: str) -> None:
    peak = interval.Interval(2e3, 1e3, 3e3)
    one = a_timing("x")._replace(fade=fade.Fade(3, peak, interval.Interval(*life), words))
    assert relief_words(one, "EUR").startswith("largest in quarter 3 (+2.00k EUR)")
    assert relief_words(one, "EUR").endswith(told)
    lower = one._replace(timed=one.timed._replace(better="lower"))
    assert relief_words(lower, "EUR").startswith("largest in quarter 3 (-2.00k EUR)")


@pytest.mark.parametrize(
    ("even", "told"),
    [
        ((4.0, 3.0, 5.0), "made up from quarter 4 on (95 % interval 3 to 5)"),
        ((4.0, 3.0, np.inf), "made up from quarter 4 on (95 % interval 3 to later than the window)"),
        ((np.inf, 3.0, np.inf), "not made up within the window (95 % interval 3 to later)"),
        ((np.inf, np.inf, np.inf), "not made up within the window"),
    ],
)
def test_a_loss_is_told_with_when_it_is_made_up(even: tuple, told: str) -> None:
    trough = interval.Interval(-2e3, -3e3, -1e3)
    back = break_even.Return(2, trough, interval.Interval(*even), break_even.MADE_UP)
    assert return_words(a_timing("x")._replace(back=back), "EUR") == f"worst in quarter 2 (-2.00k EUR); {told}"
    none = back._replace(words=break_even.NO_DIP)
    assert return_words(a_timing("x")._replace(back=none), "EUR").startswith("not clearly worse")


PEAK, LIFE = interval.Interval(2.0, 1.0, 3.0), interval.Interval(2.0, 1.0, 3.0)


def paid(back: str, gain: str = fade.NO_FADE, even: float = 3.0) -> Timing:
    part = interval.Interval(even, even, even)
    return a_timing("bookings_after_cost", first=2)._replace(
        fade=fade.Fade(1, PEAK, LIFE, gain), back=break_even.Return(1, PEAK, part, back)
    )


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (paid(break_even.NO_DIP), "“s” does not clearly lose,"),
        (paid(break_even.NO_DIP, fade.NO_RELIEF), "“s” shows no clear difference,"),
        (paid(break_even.NOT_MADE_UP), "“s” loses and does not make up for it within the window."),
        (paid(break_even.MADE_UP), "from quarter 3 on (measured quarter 5)."),
        (
            paid(break_even.UNSURE, even=np.inf),
            "from quarter later than the window on, though not surely within the window.",
        ),
    ],
)
def test_a_claim_says_whether_a_loss_is_made_up(one: Timing, told: str) -> None:
    assert told in claim([one])


def test_a_claim_tells_of_three_scenarios_and_only_of_reliefs_that_fade() -> None:
    leaks = a_timing("leaked_expected_value", "lower")._replace(fade=fade.Fade(1, PEAK, LIFE, fade.FADES))
    many = [one._replace(scenario=name) for name in "abcd" for one in (paid(break_even.NO_DIP), leaks)]
    said = claim(many)
    assert said.count("does not clearly lose") == said.count("halves in 2.0 quarters") == 3
    assert "“d”" not in said
    steady = leaks._replace(fade=fade.Fade(1, PEAK, LIFE, fade.NO_FADE))
    assert "halves" not in claim([paid(break_even.NO_DIP), steady])


def test_an_estimate_lies_within_the_interval_of_its_break_even_even_where_no_draw_does() -> None:
    whole = np.array([-3.0, 1.0, 1.0])
    late = return_of(Path(whole, np.tile(whole, (9, 1)), np.tile([-1.0, 1.0, 1.0], (50, 1))))
    assert late.break_even == (np.inf, 2.0, np.inf)
    soon = return_of(Path(np.ones(3), np.ones((9, 3)), np.tile(whole, (50, 1))))
    assert soon.break_even == (1.0, 1.0, np.inf)


def test_without_any_error_on_one_side_there_is_no_ratio_and_on_both_it_is_one() -> None:
    error, actual = np.random.default_rng(1).normal(size=(20, 2)), np.full((20, 2), 100.0)
    none = 0.0 * error
    for own, base in ((error, none), (none, error)):
        found = of_variances((own, actual), (base, actual), Resamples(20))
        assert np.isnan(found.whole).all()
        assert not found.usable
    assert of_variances((none, actual), (none, actual), Resamples(20)).whole.tolist() == [0.0, 0.0]


def sure(gains: list[float]) -> Path:
    """A path that hardly varies."""
    whole = np.array(gains, dtype=float)
    away = 1e-3 * np.random.default_rng(1).normal(size=(50, len(whole)))
    return of_means(whole + away - away.mean(axis=0), 0.0 * away, Resamples(50))


@pytest.mark.parametrize(
    ("gains", "period", "words"),
    [
        ([4, 2, 1], 0.0, fade.FADES),
        ([2, 4, 1], 0.0, fade.NO_TIME),
        ([4, 2], 0.0, fade.NO_TIME),
        ([2, 4, 2, 1], 0.0, fade.FADES),
        ([2, 2, 4, 1], 0.0, fade.NO_TIME),
        ([2, 4.0001, 4.0, 4.00005], 0.0, fade.RISES),
        ([1, 1, 1, 1], 0.0, fade.NO_FADE),
        ([4, 0.01, 0, 0], 0.0, fade.GONE),
        ([-1, -1, -1], 0.0, fade.NO_RELIEF),
        ([4, 2, 4.01, 2], 2.0, fade.FADES),
        ([4, 2, 4.01, 2], 1.9, fade.NO_TIME),
        ([4, 2, 4.01, 2], 0.0, fade.NO_TIME),
        ([2, 4], 2.0, fade.NO_TIME),
    ],
)
def test_how_a_path_fades_is_told_by_where_its_largest_gain_lies(gains: list, period: float, words: str) -> None:
    found = fade_of(sure(gains), period)
    assert found.words == words
    assert found.peak_at == 1 + int(np.argmax(gains))


@pytest.mark.parametrize("lacks", ["fade", "back"])
def test_what_lacks_its_fading_or_its_paying_back_has_no_row_of_findings(lacks: str) -> None:
    one = next(each for each in timings(by_hand(), 0) if each.fade and each.back)
    assert len(findings_frame([one, one._replace(**{lacks: None})], "EUR")) == 1


def drawn(whole: np.ndarray, draws: np.ndarray) -> Path:
    """A path of forty replications that all say the same, with these resamples."""
    return Path(whole, np.tile(whole, (40, 1)), draws)


def test_a_company_without_any_effect_has_no_dip_and_no_relief() -> None:
    nothing = drawn(np.zeros(4), np.zeros((9, 4)))
    assert return_of(nothing) == (1, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), break_even.NO_DIP)
    assert fade_of(nothing).words == fade.NO_RELIEF


def test_the_interval_of_a_break_even_leaves_out_a_fortieth_of_the_resamples_at_each_end() -> None:
    """Of 401 eleven are even at once, 380 after two times and ten after three."""
    gains = {1: [1.0, 0.0, 0.0, 0.0], 2: [-1.0, 1.0, 0.0, 0.0], 3: [-1.0, 0.0, 1.0, 0.0]}
    draws = np.array([gains[1]] * 11 + [gains[2]] * 380 + [gains[3]] * 10)
    assert return_of(drawn(np.array(gains[2]), draws)).break_even == (2.0, 1.0, 2.0)
    draws[0] = gains[2]
    assert return_of(drawn(np.array(gains[2]), draws)).break_even == (2.0, 2.0, 2.0)
    # an estimate outside of all resamples widens it
    assert return_of(drawn(np.array(gains[3]), draws)).break_even == (3.0, 2.0, 3.0)
    assert return_of(drawn(np.array(gains[1]), draws[20:380])).break_even == (1.0, 1.0, 2.0)


def fading(*lives: float) -> np.ndarray:
    """Gains of 1 that halve in so many times, a row each."""
    return np.asarray(2.0 ** (-TIMES / np.array(lives)[:, None]))


def test_the_interval_of_a_half_life_leaves_out_a_fortieth_of_the_resamples_at_each_end() -> None:
    """Of 401 eleven halve in one, 380 in two and ten in four."""
    draws = fading(*[1.0] * 11, *[2.0] * 380, *[4.0] * 10)
    found = fade_of(drawn(fading(2.0)[0], draws))
    assert found.half_life == pytest.approx((2.0, 1.0, 2.0), rel=0.005)
    assert (found.peak_at, found.peak, found.words) == (1, (1.0, 1.0, 1.0), fade.FADES)
    draws[0] = draws[11]
    assert fade_of(drawn(fading(2.0)[0], draws)).half_life == pytest.approx((2.0, 2.0, 2.0), rel=0.005)
    assert fade_of(drawn(fading(3.0)[0], draws)).half_life == pytest.approx((3.0, 2.0, 3.0), rel=0.005)
    assert fade_of(drawn(fading(0.8)[0], draws)).half_life == pytest.approx((0.8, 0.8, 2.0), rel=0.005)


def test_resamples_without_any_gain_widen_a_half_life_to_zero_and_without_end() -> None:
    draws = np.concatenate([fading(*[2.0] * 390), -np.ones((11, 8))])
    found = fade_of(drawn(fading(2.0)[0], draws))
    assert found.half_life[1:] == (0.0, np.inf)
    assert found.words == fade.UNSURE


@pytest.mark.parametrize(("life", "words"), [(0.45, fade.GONE), (0.55, fade.FADES)])
def test_what_halves_in_half_a_time_or_less_is_gone_by_the_next(life: float, words: str) -> None:
    found = fade_of(drawn(fading(life)[0], fading(*[life] * 41)))
    assert found.half_life == pytest.approx((life, life, life), rel=0.02)
    assert found.words == words


@pytest.mark.parametrize(("period", "life"), [(4.0, 1.5), (2.0, np.inf), (1.5, np.inf), (0.0, np.inf)])
def test_renewals_count_from_two_times_on(period: float, life: float) -> None:
    """A gain that is renewed every four times looks endless to whoever thinks of other renewals, or none."""
    gains = 2.0 ** (-(TIMES % 4.0) / 1.5) if period == 4.0 else np.ones(8)
    found = fade_of(drawn(gains, np.tile(gains, (41, 1))), period)
    assert found.half_life.estimate == pytest.approx(life, rel=0.005)
    assert found.words == (fade.FADES if period == 4.0 else fade.NO_FADE)


def test_a_rise_that_is_not_followed_by_a_fall_shows_no_fading() -> None:
    gains = np.array([1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0])
    assert fade_of(drawn(gains, np.tile(gains, (41, 1)))).words == fade.RISES
    gains = np.array([1.0, 4.0, 2.0, 1.0, 0.5, 0.25, 0.125, 0.0625])
    found = fade_of(drawn(gains, np.tile(gains, (41, 1))))
    assert (found.peak_at, found.words) == (2, fade.FADES)
    assert found.half_life == pytest.approx((1.0, 1.0, 1.0), rel=0.005)


def test_three_times_are_enough_to_show_a_fall() -> None:
    gains = fading(1.0)[:, :3]
    assert fade_of(drawn(gains[0], np.tile(gains, (41, 1)))).half_life.estimate == pytest.approx(1.0, rel=0.005)
    assert fade_of(drawn(gains[0, :2], np.tile(gains[:, :2], (41, 1)))).words == fade.NO_TIME


@pytest.mark.parametrize(("life", "is_endless"), [(0.5, False), (20.0, False), (77.0, False), (79.25, True)])
def test_a_half_life_of_eight_windows_is_endless(life: float, *, is_endless: bool) -> None:
    """Ten quarters are a window of ten: what halves in eighty, or half a step of the grid less, is endless."""
    (found,) = half_lives(2.0 ** (-np.arange(10.0) / life)[None, :])
    assert found == (np.inf if is_endless else pytest.approx(life, rel=0.01))
