"""What the pictures show: the table's numbers, readable, each said where it stands."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.comparison import Comparison, compare_frames
from revsim.analysis.curves import error_by_week
from revsim.analysis.interval import Interval
from revsim.analysis.table import lines
from revsim.analysis.variance import HEADLINE
from revsim.reports.figures.bookings import bookings_picture
from revsim.reports.figures.effects import effects_picture
from revsim.reports.figures.error_by_week import error_picture
from revsim.reports.figures.forest import Mark, Panel, reach
from revsim.reports.figures.labels import Label, apart
from revsim.reports.figures.picture import Picture
from revsim.reports.look import BASELINE
from revsim.reports.theme import add_claim, styled
from tests.analysis.synthetic import study

NAMES = ["Status quo", "Coordination", "Design"]


def compared(frames: tuple[pd.DataFrame, pd.DataFrame], names: list[str] = NAMES) -> Comparison:
    return compare_frames(*frames, names, names[0], "USD")


def drawn(picture: Picture | None) -> Picture:
    assert picture is not None
    return picture


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Design costs many times what the baseline's remedies cost; the baseline spends no hours on design."""
    quarters, weeks = study(dict(zip(NAMES, (0.2, 0.18, 0.1), strict=True)), 30, common=False)
    quarters.loc[quarters["scenario"] == NAMES[0], "design_hours"] = 0.0
    quarters.loc[quarters["scenario"] == NAMES[2], "remedy_cost_design"] += 2000.0
    return compared((quarters, weeks))


def test_the_counts_of_the_claim_are_those_of_the_table(comparison: Comparison) -> None:
    table = lines(comparison)
    others = [f"{HEADLINE}_common", f"{HEADLINE}_structure", f"{HEADLINE}_chance"]
    words = [line.words[1] for line in table if line.measure not in others]
    assert len(words) == len(table) - 1
    claim = drawn(effects_picture(comparison)).claim
    said = re.search(r"Of its (\d+) measures in the table, .* once: (\d+) clearly better, (\d+) clearly", claim)
    assert said is not None
    assert [int(part) for part in said.groups()] == [len(words), words.count("better"), words.count("worse")]


def test_where_no_effect_is_clear_no_title_says_that_there_is_one() -> None:
    other = compared(study({"Status quo": 0.2, "Tea": 0.199}, 20, common=False), ["Status quo", "Tea"])
    assert {other.row(1, measure).word for measure in (HEADLINE, "plan_met")} == {"no clear difference"}
    error, effects, bookings = error_picture(other), effects_picture(other), bookings_picture(other)
    assert "no other scenario by clearly less" in drawn(error).claim
    assert drawn(effects).claim.startswith("No scenario clearly lowers the headline: “Tea” changes it by")
    assert "no other scenario clearly more often" in bookings.claim
    for claim in (drawn(error).claim, drawn(effects).claim, bookings.claim):
        assert "no clear difference" in claim


def test_what_cannot_be_drawn_because_the_baseline_is_0_is_named(comparison: Comparison) -> None:
    picture = drawn(effects_picture(comparison))
    assert "Not drawn, baseline is 0: Hours of owning and building design." in picture.subtitle
    assert "Hours of owning and building design" in [row[0] for row in picture.rows]


def test_shares_are_drawn_in_the_points_of_the_table(comparison: Comparison) -> None:
    picture = drawn(effects_picture(comparison))
    cells = {line.measure: line.cells[1] for line in lines(comparison)}
    row = next(row for row in picture.rows if row[0] == "Quarters at or above the baseline's plan")
    assert row[5].split(" points")[0] == cells["plan_met"].split(" points")[0]
    assert b"percentage points" in picture.files()["svg"]


def test_each_mark_says_its_number_and_word_and_what_is_beyond_the_scale_too(comparison: Comparison) -> None:
    picture = drawn(effects_picture(comparison))
    text = picture.files()["svg"].decode()
    for row in picture.rows:
        for change, word in ((row[1], row[4]), (row[5], row[8])):
            assert change == "n/a" or f"{change} {word}" in text
    cost = next(row for row in picture.rows if row[0] == "Cost of the remedies")
    assert float(cost[5].split()[0].replace(",", "").replace("k", "e3")) > 1000.0


def test_a_huge_change_does_not_set_the_scale_and_shares_are_not_cut() -> None:
    marks = [Mark(Interval(size, size - 1, size + 1), "", "better") for size in (5.0, -8.0, 12.0, 700.0)]
    rows = [(str(k), [mark]) for k, mark in enumerate(marks)]
    assert reach(Panel("%", rows * 3 + rows[:3] * 2, cut=True)) < 60.0
    assert reach(Panel("points", rows, cut=False)) > 700.0


def test_without_an_interval_the_mark_is_not_judged() -> None:
    frames = study(dict(zip(NAMES, (0.2, 0.18, 0.1), strict=True)), 12, common=False)
    picture = drawn(effects_picture(compared(frames)))
    row = next(row for row in picture.rows if row[0].startswith("Revenue at risk"))
    assert [row[4], row[8]] == ["not judged", "not judged"]
    assert row[2] == "n/a"


def test_the_forecast_figure_has_one_panel_marks_week_7_and_names_its_lines(comparison: Comparison) -> None:
    picture = drawn(error_picture(comparison))
    with styled("test"):
        assert len(picture.draw().axes) == 1
    text = picture.files()["svg"].decode()
    assert all(words in text for words in ("week 7, mid-quarter", *NAMES))
    assert "no friction" not in text


def test_one_replication_has_neither_spread_nor_intervals_to_draw() -> None:
    alone = compared(study({"a": 0.2, "b": 0.1}, 1), ["a", "b"])
    assert error_picture(alone) is None
    assert effects_picture(alone) is None


def test_the_control_is_the_floor_of_the_forecast_figure_and_no_choice_in_the_others() -> None:
    names = [*NAMES, "Frictionless"]
    comparison = compared(study(dict(zip(names, (0.2, 0.18, 0.1, 0.02), strict=True)), 30, common=False), names)
    svg = drawn(error_picture(comparison)).files()["svg"].decode()
    assert "Frictionless: no friction at all" in " ".join(re.findall(r">\s*([^<>]*\S)\s*</t", svg))
    assert "(one standard deviation), “Design” by ±" in drawn(error_picture(comparison)).claim
    effects = drawn(effects_picture(comparison))
    assert not any("Frictionless" in column for column in effects.columns)
    assert "Frictionless" not in effects.claim + bookings_picture(comparison).claim


def test_a_band_is_the_paired_interval_so_equal_scenarios_have_none() -> None:
    frame = error_by_week(compared(study({"a": 0.2, "b": 0.2}), ["a", "b"])).set_index("scenario")
    assert frame.loc["a", "low"].isna().all()
    np.testing.assert_allclose(frame.loc["b", "low"], frame.loc["b", "high"])
    alone = error_by_week(compared(study({"a": 0.2}), ["a"]))
    assert (alone["low"] < alone["spread"]).all()


def test_labels_of_lines_that_end_together_do_not_overlap() -> None:
    labels = [Label("one", 3.0, BASELINE), Label("two\nlines", 3.1, BASELINE), Label("far", 9.0, BASELINE)]
    assert apart(labels, 1.0) == pytest.approx([3.0, 4.5, 9.0])


def test_the_claim_stands_above_the_picture_and_covers_nothing(comparison: Comparison) -> None:
    for found in (error_picture, effects_picture, bookings_picture):
        picture = drawn(found(comparison))
        with styled(picture.name):
            figure = picture.draw()
            add_claim(figure, picture.claim, picture.subtitle)
            figure.draw_without_rendering()
            texts = [text.get_window_extent() for text in figure.texts]
            assert texts[0].y0 >= texts[1].y1
            assert max(axes.get_tightbbox().y1 for axes in figure.axes) <= texts[1].y0
            assert all(box.x1 <= figure.bbox.x1 for box in texts)
