"""While it is built, over all quarters, standing: each row is of its own quarters and of its own pair."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.comparison import Provenance, compare_cube, paired
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import Row
from revsim.analysis.net_words import both_words, net_of
from revsim.analysis.spans import STANDING, WHILE_BUILT, WHOLE, Twins, frame, row_of, spans
from revsim.analysis.spans_words import ALL, ASK, head, lines, spans_words
from tests.analysis.synthetic import study

NAMES = ["a", "b", "Frictionless"]
MEASURES = [
    "forecast_variance_week_7",
    "forecast_variance_week_7_common",
    "bookings_volatility",
    "bookings_volatility_common",
    "bookings",
    "net_value_without_renewals",
    "net_value",
]


def cube_of(errors: dict[str, float], sold: dict[tuple[str, int], float], quarters: int = 8) -> Cube:
    """A study with sums added to new business of a scenario from a quarter on."""
    table, weeks = study(errors, 40, quarters)
    for (name, first), much in sold.items():
        here = (table["scenario"] == name) & (table["quarter"] >= first)
        table.loc[here, "bookings"] += much
        also = (weeks["scenario"] == name) & (weeks["quarter"] >= first)
        weeks.loc[also, "forecast"] += much
    return paired(table, weeks, list(errors))[0]._replace(margin=0.5)


BUILT = cube_of({"a": 0.2, "b": 0.1, "Frictionless": 0.05}, {("b", 1): -10.0, ("b", 5): 40.0})
STANDS = Twins(cube_of({"a": 0.2, "b, standing": 0.1}, {("b, standing", 1): 25.0}), 0, {"b, standing": "b"})
FOUND = spans(BUILT, 0, "EUR", {"b": 1}, STANDS)


def row(span: str, measure: str) -> Row:
    found = row_of(FOUND, "b", span, measure)
    assert found is not None
    return found.row


def effect(span: str, measure: str) -> float:
    part = row(span, measure).effect
    assert part is not None
    return part.estimate


def test_new_business_is_told_of_the_quarters_that_a_span_is_of() -> None:
    """Ten less for four quarters, then thirty more; 25 more where it stands."""
    found = [effect(span, "bookings") for span in (WHILE_BUILT, WHOLE, STANDING)]
    assert found == pytest.approx([-10.0, 10.0, 25.0])


def test_net_value_of_a_span_is_half_of_it_here_less_nothing() -> None:
    for measure in ("net_value_without_renewals", "net_value"):
        assert effect(WHILE_BUILT, measure) == pytest.approx(-5.0)
        assert effect(STANDING, measure) == pytest.approx(12.5)


def test_all_quarters_are_the_comparison_s_own_rows() -> None:
    rows = compare_cube(BUILT, "a", "EUR", 0, Provenance(margin=0.5)).rows
    for measure in MEASURES:
        assert row(WHOLE, measure) == rows["b", measure], measure


def test_forecast_variance_while_it_is_built_rests_on_those_quarters_alone() -> None:
    """Errors are half as large throughout: the variance is a quarter, whatever the span."""
    relative = [row(span, MEASURES[1]).relative for span in (WHILE_BUILT, WHOLE, STANDING)]
    assert [part.estimate for part in relative] == pytest.approx([-0.75] * 3)


@pytest.mark.parametrize(("begins", "quarters"), [(1, (1, 4)), (3, (3, 6)), (7, (7, 8)), (8, (8, 8)), (11, (8, 8))])
def test_it_is_built_in_the_quarter_it_begins_in_and_the_three_after_it(begins: int, quarters: tuple[int, int]) -> None:
    first = spans(BUILT, 0, "EUR", {"b": begins})[0]
    assert (first.span, first.first, first.last) == (WHILE_BUILT, *quarters)


def test_control_and_what_has_no_programme_have_no_span() -> None:
    assert {one.scenario for one in FOUND} == {"b"}
    assert spans(BUILT, 0, "EUR", {}) == []


def test_the_table_says_of_each_row_its_span_its_quarters_and_whom_it_is_against() -> None:
    table = frame(FOUND)
    assert len(table) == 3 * len(MEASURES)
    assert table["measure"].tolist() == 3 * MEASURES
    keys = table.drop_duplicates("span")[["span", "first_quarter", "last_quarter", "baseline"]]
    assert keys.to_numpy().tolist() == [[WHILE_BUILT, 1, 4, "a"], [WHOLE, 1, 8, "a"], [STANDING, 1, 8, "a"]]
    assert np.isfinite(table[["estimate", "low", "high", "relative"]].to_numpy(float)).all()


def test_the_words_tell_net_value_without_renewals_first_and_ask_for_what_stands_where_it_was_not_run() -> None:
    building, standing, last = spans_words(FOUND, "EUR", steady=True)
    assert last == ALL
    assert both_words(net_of(STANDS.cube, 1, 0, 0.5), "EUR") in standing
    assert "quarters 1 to 4" in building
    assert spans_words(spans(BUILT, 0, "EUR", {"b": 1}), "EUR", steady=False) == [building, ASK]
    assert spans_words([], "EUR", steady=False) == []


def test_the_report_s_table_has_a_column_a_span() -> None:
    assert len(head(FOUND)) == 1 + 3
    assert [len(cells) for cells in lines(FOUND)] == [4] * len(MEASURES)


def test_without_a_margin_no_net_value_is_told() -> None:
    bare = spans(BUILT._replace(margin=np.nan), 0, "EUR", {"b": 1})
    assert {one.row.measure for one in bare} == set(MEASURES[:5])
