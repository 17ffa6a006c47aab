"""Rows of levels and effects: the words for them, what is said of missing numbers, and the checks of continuations."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import MEASURES, NO_ORACLE, Row, doubtful, estimates, level_of, word_of
from revsim.analysis.interval import Interval
from revsim.analysis.variance import HEADLINE
from tests.analysis.cubes import cube

NAMES = ["a", "b"]


def rows(made: Cube) -> dict[tuple[str, str], Row]:
    return {(row.scenario, row.measure): row for row in estimates(made, 0, "EUR")}


@pytest.mark.parametrize(
    ("better", "low", "high", "word"),
    [
        ("lower", -2.0, -1.0, "better"),
        ("lower", 1.0, 2.0, "worse"),
        ("higher", 1.0, 2.0, "better"),
        ("higher", -2.0, -1.0, "worse"),
        ("higher", -1.0, 2.0, "no clear difference"),
        ("lower", 0.0, 2.0, "no clear difference"),
        ("lower", -2.0, 0.0, "no clear difference"),
        ("", 1.0, 2.0, "not judged"),
        ("lower", np.nan, 2.0, "not judged"),
        ("lower", 1.0, np.inf, "not judged"),
    ],
)
def test_a_word_is_said_of_the_side_on_which_the_interval_lies(better: str, low: float, high: float, word: str) -> None:
    assert word_of(better, Interval(0.0, low, high)) == word


@pytest.mark.parametrize(
    ("level", "is_doubtful"),
    [
        (Interval(2.1, 1.1, 3.1), True),
        (Interval(-2.1, -3.1, -1.1), True),
        (Interval(2.0, 1.0, 3.0), False),
        (Interval(0.5, -0.5, 1.5), False),
        (Interval(9.0, np.nan, np.nan), False),
    ],
)
def test_a_check_is_doubtful_beyond_twice_its_interval(level: Interval, *, is_doubtful: bool) -> None:
    assert doubtful(level) == is_doubtful


@pytest.mark.parametrize("measure", ["plan_met", "own_plan_met", "off_by_ten_percent_week_12"])
def test_shares_of_quarters_have_wilson_s_interval_and_all_else_hall_s(measure: str) -> None:
    values = np.array([0.0, 0.25, 0.25, 0.0, 1.0])
    assert level_of(measure, values) == interval.of_share(values)
    assert level_of("bookings", values) == interval.of_level(values) != interval.of_share(values)


def test_a_baseline_has_levels_alone_and_others_effects_against_it() -> None:
    made = cube(NAMES, bookings={"b": 2.0 * cube(NAMES).quarterly["bookings"][0]})
    found = rows(made)
    own, base = found["b", "bookings"], found["a", "bookings"]
    assert (base.effect, base.word, base.relative.estimate) == (None, "", 0.0)
    assert own.level.estimate == pytest.approx(2.0 * base.level.estimate)
    assert own.effect.estimate == pytest.approx(base.level.estimate)
    assert own.relative.estimate == pytest.approx(1.0)
    assert (own.word, own.unit) == ("better", "EUR/quarter")
    risk = found["b", "revenue_at_risk"]
    assert (found["a", "revenue_at_risk"].effect, found["a", "revenue_at_risk"].word) == (None, "")
    assert risk.effect.estimate == pytest.approx(risk.level.estimate - found["a", "revenue_at_risk"].level.estimate)
    assert (risk.word, risk.unit) == ("better", "EUR/quarter")


def test_of_tails_the_change_is_told_as_a_share_of_the_baseline_s() -> None:
    poor = {
        "bookings": {
            name: factor * cube(NAMES).quarterly["bookings"][0] for name, factor in ((NAMES[0], 0.8), (NAMES[1], 0.7))
        }
    }
    found = rows(cube(NAMES, **poor))
    own, base = found["b", "revenue_at_risk"], found["a", "revenue_at_risk"]
    assert own.relative.estimate == pytest.approx(own.level.estimate / base.level.estimate - 1.0)
    assert own.relative.low < own.relative.estimate < own.relative.high


def test_replications_without_a_number_are_counted_and_named_in_either_scenario() -> None:
    cycle = cube(NAMES).weekly["hero_energy"][0].copy()
    cycle[:3] = np.nan
    found = rows(cube(NAMES, hero_energy={"a": cycle}))
    words = "3 of 40 replications without such a number, left out"
    assert found["a", "hero_energy"].note == found["b", "hero_energy"].note == words
    assert found["a", "trust"].note == ""


def test_without_continuations_chance_and_structure_are_empty_and_say_how_to_have_them() -> None:
    found = rows(cube(NAMES))
    assert {found["b", f"{HEADLINE}_{part}"].note for part in ("chance", "structure")} == {NO_ORACLE}
    assert found["b", HEADLINE].note == found["b", f"{HEADLINE}_common"].note == ""


@pytest.mark.parametrize(
    ("empty", "note"),
    [(4, "no number: nothing is booked in any quarter"), (1, "1 quarter of 4 without any bookings, left out"), (0, "")],
)
def test_quarters_in_which_nobody_books_anything_are_named(empty: int, note: str) -> None:
    booked = cube(NAMES).quarterly["bookings"][0].copy()
    booked[:, :empty] = 0.0
    assert rows(cube(NAMES, bookings={"b": booked}))["b", HEADLINE].note == note


@pytest.mark.parametrize(("replications", "note"), [(2, ""), (3, "no interval"), (40, "no interval")])
def test_a_number_without_an_interval_is_explained_from_three_replications_on(replications: int, note: str) -> None:
    booked = np.zeros((replications, 4))
    booked[0] = 50.0
    row = rows(cube(NAMES, replications, bookings={"b": booked}))["b", HEADLINE]
    assert np.isfinite(row.level.estimate)
    assert np.isnan(row.level.low)
    assert row.note.startswith(note)
    assert bool(row.note) == bool(note)


def with_futures(*, shift: float = 0.0) -> Cube:
    """Continuations of which both scenarios know the same, those of b `shift` above the run."""
    made = cube(NAMES, 200)
    shape = made.weekly["forecast"].shape
    booked = made.quarterly["bookings"][..., None] * np.ones(13)
    away = 5.0 * np.random.default_rng(3).standard_normal(shape[1:3])[None, ..., None]
    moved = np.array([0.0, shift])[:, None, None, None]
    return made._replace(
        weekly={**made.weekly, "oracle": booked + away + moved, "oracle_n": np.ones(shape)},
    )


def test_checks_of_continuations_are_rows_that_nobody_is_judged_by() -> None:
    found = rows(with_futures(shift=7.0))
    own, base = (found[name, "continuation_bookings_week_7"] for name in ("b", "a"))
    level = 7.0 / with_futures().quarterly["bookings"][0].mean()
    assert own.effect.estimate == pytest.approx(level, rel=0.01)
    assert (base.effect, base.word, own.word) == (None, "", "not judged")
    assert doubtful(own.level)
    assert not doubtful(base.level)
    pairs = found["b", "structure_of_pairs_week_7"]
    assert (pairs.effect, pairs.word, pairs.group) == (None, "", "pairs")


def test_without_continuations_there_are_no_checks() -> None:
    assert not [row for row in rows(cube(NAMES)).values() if row.group in {"check", "pairs"}]


def test_net_value_is_told_only_where_a_margin_is_known() -> None:
    assert ("a", "net_value") not in rows(cube(NAMES))
    assert rows(cube(NAMES)._replace(margin=0.5))["a", "net_value"].unit == "EUR/quarter"
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
