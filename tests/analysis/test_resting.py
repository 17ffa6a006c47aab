"""What rows of effects.csv and balance.csv rest on that nobody has measured."""

from __future__ import annotations

import pandas as pd
import pytest

from revsim import api
from revsim.analysis import resting
from revsim.analysis.balance import COLUMNS, as_frame, balances
from revsim.analysis.estimates import MEASURES, estimates
from revsim.analysis.resting import COLUMN, marked_balance, marked_effects, named, of_item, of_measure
from revsim.scenario.address import walk
from revsim.scenario.evidence import without_evidence
from tests.analysis.cubes import cube

NAMES = ["a", "b"]
CUBE = cube(NAMES)._replace(margin=0.7)
STATUS_QUO = api.load("status-quo.yaml").resolved
UNKNOWN = list(without_evidence(STATUS_QUO))
OF_BOTH = {"a": UNKNOWN, "b": [*UNKNOWN, "stress.demand_shock.factor"]}


def effects(unknown: dict[str, list[str]]) -> pd.Series:
    rows = estimates(CUBE, 0, "EUR")
    frame = pd.DataFrame(
        [(row.scenario, row.measure, row.group) for row in rows if row.effect is not None],
        columns=["scenario", "measure", "group"],
    )
    return marked_effects(frame, unknown, "a").set_index("measure")[COLUMN]


def test_each_row_of_effects_has_its_place_and_each_but_a_check_names_something() -> None:
    marks = effects({"a": UNKNOWN, "b": UNKNOWN})
    assert {measure.name for measure in MEASURES} <= set(marks.index)
    assert not (marks == "").any()
    assert of_measure("continuation_square_week_7", "check") == ()


def test_a_measure_that_nobody_has_placed_is_a_fault() -> None:
    with pytest.raises(KeyError):
        of_measure("new", "hours")


def test_a_row_names_the_numbers_of_its_own_mechanism_alone() -> None:
    marks = effects({"a": UNKNOWN, "b": UNKNOWN})
    assert "world.definitions.commit_learning" in marks["forecast_variance_week_7"]
    assert "world.customers" not in marks["forecast_variance_week_7"]
    assert "world.customers.renew_handoff" in marks["renewals_and_expansion"]
    assert "commit_learning" not in marks["renewals_and_expansion"]


def test_addresses_stand_once_in_the_order_of_the_file_joined_as_in_other_tables() -> None:
    assert named(["world.b", "world.a", "world.b", "x"], ("world.",)) == "world.b; world.a"
    assert named(["world.b"], ()) == ""


def test_a_choice_whose_size_nobody_has_measured_is_named_in_every_row_of_its_scenario() -> None:
    assert effects(OF_BOTH).str.endswith("stress.demand_shock.factor").all()
    assert not effects({"a": UNKNOWN, "b": UNKNOWN}).str.contains("stress.").any()


def test_without_unmeasured_numbers_the_column_is_empty() -> None:
    assert set(effects({"a": [], "b": []})) == {""}


def test_the_balance_names_what_its_items_rest_on_and_its_net_all_of_it() -> None:
    table = marked_balance(as_frame(balances(CUBE, 0, 0.7, CUBE), "EUR"), OF_BOTH, "a")
    assert list(table.columns) == [*COLUMNS, COLUMN]
    marks = table.set_index("item")[COLUMN].map(lambda text: set(text.split("; ")))
    assert "world.customers.renew_handoff" in marks["customers"] & marks["net"] & marks["net_p10"]
    assert "world.leadership.budget_response" in marks["marketing"]
    parts = [item for item in resting.ITEMS if item != "forecast_error"]
    assert set.union(*(marks[item] for item in parts)) == marks["net"] == marks["payback_quarter"]
    assert marks["net"] | marks["forecast_error"] == marks["net_with_error"] == marks["mean_pays_back_with_error"]


def test_each_beginning_is_that_of_some_address() -> None:
    addresses = [address for address, _ in walk(STATUS_QUO)]
    places = {*resting.NET, *(each for found in (resting.MEASURES | resting.GROUPS).values() for each in found)}
    places |= {each for item in resting.ITEMS for each in of_item(item)}
    assert [place for place in places if not any(address.startswith(place) for address in addresses)] == []


def test_a_check_rests_on_nothing_not_even_on_choices() -> None:
    frame = pd.DataFrame([("b", "continuation_square_week_7", "check")], columns=["scenario", "measure", "group"])
    assert marked_effects(frame, OF_BOTH, "a")[COLUMN].tolist() == [""]


def test_rows_that_name_what_they_are_against_rest_on_both() -> None:
    unknown = {"a": ["world.people.margin"], "b": ["stress.x"], "c": ["world.people.margin", "design.y"]}
    frame = pd.DataFrame([("b", "a", "net"), ("b", "c", "net")], columns=["scenario", "against", "item"])
    told = ["world.people.margin; stress.x", "world.people.margin; design.y; stress.x"]
    assert marked_balance(frame, unknown)[COLUMN].tolist() == told
    named_so = frame.rename(columns={"against": "baseline"}).assign(measure="net_value", group="cost")
    assert marked_effects(named_so, unknown, "")[COLUMN].tolist() == told
