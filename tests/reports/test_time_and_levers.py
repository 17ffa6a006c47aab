"""The pictures of levers and of time to effect: claims true to their data, drawn, repeated to the byte."""

from __future__ import annotations

import re

import numpy as np
import pytest

from revsim.analysis.attribution import attribution
from revsim.analysis.comparison import compare_frames
from revsim.analysis.gains import gains_of
from revsim.analysis.time_to_effect import timings
from revsim.reports.figures.attribution import attribution_picture
from revsim.reports.figures.picture import Picture
from revsim.reports.figures.time_to_effect import time_picture
from revsim.scenario.levers import LEVERS, TITLES
from tests.analysis.made_up import cube_of
from tests.analysis.synthetic import study

NAMES = ["Status quo", "Coordination", "Design"]


@pytest.fixture(scope="module")
def time() -> Picture:
    frames = study(dict(zip(NAMES, (0.2, 0.18, 0.1), strict=True)), 30, common=False)
    comparison = compare_frames(*frames, NAMES, NAMES[0], "USD")
    picture = time_picture(timings(comparison.cube, comparison.base), comparison)
    assert picture is not None
    return picture


@pytest.fixture(scope="module")
def shares() -> Picture:
    rng = np.random.default_rng(1)
    scale = np.asarray([0.9 ** mask.bit_count() for mask in range(32)])[:, None, None]
    cube = cube_of({}, 10.0 * scale * rng.normal(size=(1, 40, 4)) + 0.1 * rng.normal(size=(32, 40, 4)))
    return attribution_picture(attribution(gains_of(cube, "forecast_variance_week_7", 0, "USD"), LEVERS))


@pytest.mark.parametrize("name", ["time", "shares"])
def test_each_number_of_a_claim_stands_in_its_data_table(name: str, request: pytest.FixtureRequest) -> None:
    picture = request.getfixturevalue(name)
    told = set(re.findall(r"\d+\.\d+", re.sub(r"“[^”]*”", "", picture.claim)))
    assert told <= set(re.findall(r"\d+\.\d+", " ".join(cell for row in picture.rows for cell in row)))
    assert {len(row) for row in picture.rows} == {len(picture.columns)}


@pytest.mark.parametrize("name", ["time", "shares"])
def test_a_picture_repeats_to_the_byte(name: str, request: pytest.FixtureRequest) -> None:
    picture = request.getfixturevalue(name)
    assert picture.files() == picture.files()


def test_time_is_drawn_for_each_remedy_and_three_measures_with_words_beside(time: Picture) -> None:
    assert {row[0] for row in time.rows} == {"Coordination", "Design"}
    assert len({row[1] for row in time.rows}) == 3
    assert [row[2] for row in time.rows].count("relief and fade") == 6
    assert b"Quarter since the remedy began" in time.files()["svg"]
    assert b"renewals and expansion not counted" in time.files()["svg"]
    assert "whichever measured quarter that is" in time.subtitle
    assert "by measured quarter, stands under what it costs and what it buys" in time.subtitle


def test_every_lever_is_drawn_and_the_largest_is_claimed(shares: Picture) -> None:
    drawn = re.sub(r"\s+", " ", " ".join(re.findall(r">([^<>]+)</text>", shares.files()["svg"].decode())))
    assert all(title.split()[0] in drawn for title in map(TITLES.get, LEVERS))
    assert "Largest by its estimate: " in shares.claim  # five levers of equal worth: none is clearly ahead
    assert "Most is due to" not in shares.claim
    assert shares.rows[0][0].lower() in shares.claim


def test_a_scenario_alone_has_no_time_to_effect() -> None:
    quarters, weeks = study({"Alone": 0.2}, 10)
    comparison = compare_frames(quarters, weeks, ["Alone"], "Alone", "USD")
    assert time_picture(timings(comparison.cube, 0), comparison) is None


def test_many_scenarios_with_long_names_are_drawn_without_a_warning() -> None:
    names = ["Status quo", *(f"A scenario whose name is long enough to be wrapped, number {k}" for k in range(8))]
    comparison = compare_frames(*study(dict.fromkeys(names, 0.2), 10, common=False), names, names[0], "USD")
    picture = time_picture(timings(comparison.cube, 0), comparison)
    assert picture is not None
    assert b"number 7" in picture.files()["svg"]  # a layout that does not fit warns, and warnings are errors here
