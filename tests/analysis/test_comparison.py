"""What a comparison says of frames whose truth is known."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.comparison import Comparison, Provenance, compare_frames, headline_half_width
from revsim.analysis.cube import cube_of
from revsim.analysis.table import lines
from revsim.analysis.variance import HEADLINE
from revsim.errors import UnpairedError
from tests.analysis.synthetic import study


def compared(frames: tuple[pd.DataFrame, pd.DataFrame], names: list[str], base: str | None = None) -> Comparison:
    return compare_frames(*frames, names, base or names[0], "USD")


def test_equal_frames_give_effects_of_exactly_zero_and_no_word_of_difference() -> None:
    effects = compared(study({"a": 0.2, "b": 0.2}), ["a", "b"]).effects()
    there = effects.dropna(subset="estimate")
    assert (there[["estimate", "low", "high"]].to_numpy() == 0.0).all()
    assert set(effects["better"]) <= {"no clear difference", "not judged"}


def test_swapping_the_scenarios_flips_the_sign_of_every_mean_effect() -> None:
    frames = study({"a": 0.2, "b": 0.1}, common=False)
    forth, back = compared(frames, ["a", "b"]).effects(), compared(frames, ["b", "a"]).effects()
    plain = ~forth["measure"].isin(["plan_met", "unbiased_plan_met", "revenue_at_risk", "expected_shortfall"]) & ~forth[
        "measure"
    ].str.contains("_common")
    np.testing.assert_allclose(forth["estimate"][plain], -back["estimate"][plain], rtol=1e-12)
    plain &= forth["group"] != "headline"
    np.testing.assert_allclose(forth["low"][plain], -back["high"][plain], rtol=1e-9)
    first, second = (frame.set_index("measure").loc[HEADLINE, "relative"] for frame in (forth, back))
    assert (1 + first) * (1 + second) == pytest.approx(1.0)


def test_a_paired_effect_is_the_mean_difference_and_its_interval_is_the_paired_t() -> None:
    from scipy import stats

    quarters, weeks = study({"a": 0.2, "b": 0.2}, 30, common=False)
    row = compared((quarters, weeks), ["a", "b"]).row(1, "bookings")
    means = quarters.groupby(["scenario", "replication"])["bookings"].mean()
    gap = (means["b"] - means["a"]).to_numpy()
    low, high = stats.t.interval(0.95, 29, gap.mean(), stats.sem(gap))
    assert row.effect is not None
    assert tuple(row.effect) == pytest.approx((gap.mean(), low, high), rel=1e-10)


def test_half_the_error_is_better_and_twice_the_error_is_worse() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1, "c": 0.4}, common=False), ["a", "b", "c"])
    assert [comparison.row(own, HEADLINE).word for own in (1, 2)] == ["better", "worse"]
    assert comparison.row(1, HEADLINE).relative.estimate == pytest.approx(-0.75, abs=0.12)
    assert comparison.best_chance[1] == 1.0
    assert sum(comparison.best_chance) == pytest.approx(1.0)


def test_frames_with_other_replications_are_refused() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 10)
    keep = lambda frame: frame[(frame["scenario"] == "a") | (frame["replication"] < 5)]  # noqa: E731
    with pytest.raises(UnpairedError, match="`b` has replications 0-4, `a` has 0-9"):
        cube_of(keep(quarters), keep(weeks), ["a", "b"])


def test_a_missing_quarter_is_refused() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 5)
    with pytest.raises(UnpairedError, match="missing or doubled"):
        cube_of(quarters.drop(index=3), weeks, ["a", "b"])


def test_replications_that_failed_somewhere_are_left_out_with_a_note() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 10)
    keep = lambda frame: frame[(frame["scenario"] == "a") | (frame["replication"] != 4)]  # noqa: E731
    comparison = compared((keep(quarters), keep(weeks)), ["a", "b"])
    assert len(comparison.cube.replications) == 9
    assert any(note.startswith("1 replication failed") for note in comparison.notes)


@pytest.mark.parametrize("replications", [1, 2])
def test_one_or_two_replications_give_empty_intervals_and_a_note(replications: int) -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1}, replications), ["a", "b"])
    effects = comparison.effects().set_index("measure")
    assert effects[["low", "high"]].isna().all(axis=None)
    assert np.isfinite(effects.loc["bookings", "estimate"])
    assert any("there are no intervals" in note for note in comparison.notes)
    assert np.isnan(headline_half_width(comparison))


def test_quarters_without_bookings_are_told() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1})
    quarters.loc[(quarters["scenario"] == "b") & (quarters["quarter"] == 2), "bookings"] = 0.0
    comparison = compared((quarters, weeks), ["a", "b"])
    assert any("40 quarters of “b” without bookings" in note for note in comparison.notes)


def test_different_worlds_are_called_different_companies() -> None:
    comparison = compare_frames(*study({"a": 0.2, "b": 0.1}), ["a", "b"], "a", "USD", Provenance(["one", "other"]))
    assert "different companies" in comparison.notes[0]


def test_risk_is_measured_against_the_baselines_plan() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.2})
    quarters.loc[quarters["scenario"] == "b", "plan"] *= 1000
    comparison = compared((quarters, weeks), ["a", "b"])
    assert comparison.row(1, "plan_met").level == comparison.row(0, "plan_met").level
    assert comparison.row(1, "own_plan_met").level.estimate == 0.0


def test_the_table_begins_with_the_headline_and_has_five_symptoms() -> None:
    table = lines(compared(study({"a": 0.2, "b": 0.1}), ["a", "b"]))
    assert table[0].measure == HEADLINE
    assert sum(line.group == "Symptoms" for line in table) == 5
    assert all(len(line.cells) == 1 for line in table)


def test_the_table_tells_how_often_the_number_is_far_off_and_its_bias() -> None:
    by_measure = {line.measure: line for line in lines(compared(study({"a": 0.2, "b": 0.1}), ["a", "b"]))}
    assert by_measure["off_by_ten_percent_week_7"].title.startswith("Quarters more than 10 % off at mid-quarter")
    assert by_measure["off_by_ten_percent_week_7"].words == ["better"]
    assert by_measure["bias_week_7"].title.startswith("Forecast bias at mid-quarter")


def test_each_row_of_the_table_has_a_unit_and_says_what_it_means() -> None:
    for line in lines(compared(study({"a": 0.2, "b": 0.1}), ["a", "b"])):
        assert line.meaning
        assert re.search(r" %|USD/quarter|USD per USD|days|hours/quarter", line.level), line


def test_forms_of_the_headline_that_nobody_has_are_in_the_files_and_not_in_the_table() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1}), ["a", "b"])
    parts = {f"{HEADLINE}_structure", f"{HEADLINE}_chance"}
    assert parts <= set(comparison.effects()["measure"]) & set(comparison.summary()["measure"])
    assert not parts & {line.measure for line in lines(comparison)}


def test_the_table_of_a_scenario_alone_speaks_of_no_baseline() -> None:
    table = lines(compared(study({"a": 0.2}), ["a"]))
    assert not any("baseline" in line.title + line.meaning for line in table)
    assert f"{HEADLINE}_common" not in {line.measure for line in table}


def test_a_scenario_alone_has_levels_and_no_effects() -> None:
    comparison = compared(study({"a": 0.2}), ["a"])
    text = comparison.verdict
    assert comparison.effects().empty
    bias = 100.0 * comparison.row(0, "bias_week_7").level.estimate
    said = re.match(
        r"“a” misses bookings at mid-quarter by ±[\d.]+ % \(one standard deviation\), .* is ([\d.]+) % too (\w+)", text
    )
    assert said is not None
    assert (float(said[1]), said[2]) == (pytest.approx(abs(bias), rel=0.01), "high" if bias > 0.0 else "low")
    assert 0.0 < headline_half_width(comparison) < 0.5
