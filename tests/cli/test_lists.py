"""The names that commands take can be listed."""

from __future__ import annotations

import json
from math import isfinite

from revsim.analysis.comparison import Provenance, compare_cube
from revsim.analysis.cube import cube_of
from revsim.analysis.requirement import known_measures
from revsim.cli.lists import measures
from revsim.scenario import shipped
from revsim.scenario.load import load
from tests.analysis.synthetic import study
from tests.cli.conftest import Call


def test_every_shipped_scenario_is_listed_with_its_name_and_reason(revsim: Call) -> None:
    answer = revsim("show", "--list")
    rows = [line.split("\t") for line in answer.out.splitlines()]
    assert (answer.code, answer.err, rows[0]) == (0, "", ["file", "name", "why"])
    assert [row[0] for row in rows[1:]] == [*shipped.names(), "sweeps/severity.yaml"]
    assert rows[-1][1] == "Severity of misalignment"
    assert rows[-1][2].startswith("A sweep, for revsim sweep: Where do variance and mean")
    assert all(row[2] for row in rows[1:])
    design = load("design")
    assert ["design.yaml", design.name, design.why] in rows
    said = json.loads(revsim("show", "--list", "--json").out)
    assert len(said["scenarios"]) == len(shipped.names())
    assert [one["file"] for one in said["sweeps"]] == ["sweeps/severity.yaml"]


def test_every_measure_is_listed_as_requirements_take_it(revsim: Call) -> None:
    answer = revsim("show", "--measures")
    rows = [line.split("\t") for line in answer.out.splitlines()]
    assert rows[0] == ["name", "unit", "better", "title"]
    assert [row[0] for row in rows[1:]] == known_measures()
    assert ["bookings", "money/quarter", "higher", "New business"] in rows
    said = json.loads(revsim("show", "--measures", "--json").out)
    assert said["measures"][0]["name"] == "forecast_variance_week_7"


def test_titles_units_and_directions_are_those_of_a_study() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, replications=20, seed=5)
    rows = compare_cube(cube_of(quarters, weeks, ["a", "b"]), "a", "EUR", origin=Provenance(margin=0.7)).rows
    for one in measures():
        row = rows["b", one.name]
        assert (row.title, row.unit) == (one.title, one.unit.replace("money", "EUR"))
        is_there = row.effect is not None and isfinite(row.effect.estimate)
        assert (row.word == "not judged") == (one.better == "-" or not is_there)


def test_show_of_nothing_names_the_way_out(revsim: Call) -> None:
    answer = revsim("show")
    assert answer.code == 2
    assert "revsim show --list" in answer.err
