"""People write numbers in many ways: what a hint offers obeys the schema, loads, and is what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from revsim.errors import ScenarioError
from revsim.scenario.address import leaf_rule, walk
from revsim.scenario.assumption import Assumption, broken_rule
from revsim.scenario.load import load
from revsim.scenario.log_odds import is_level
from revsim.scenario.number_hints import way_out
from revsim.scenario.number_text import readings
from revsim.scenario.problems import Problem
from tests.scenario.conftest import Write

HEAD = "extends: base.yaml\n"
MEANT = {  # as people write it: what it may stand for; a percentage and a range are held below
    "60,000": {60000.0, 60.0},
    "1,5": {1.5},
    "1,234": {1234.0, 1.234},
    "0,850": {0.85},
    "60.000,00": {60000.0},
    "1.234,5": {1234.5},
    "1.234.567": {1234567.0},
    "12,34,567": {1234567.0},
    "4'200'000": {4200000.0},
    "4\N{RIGHT SINGLE QUOTATION MARK}200\N{RIGHT SINGLE QUOTATION MARK}000": {4200000.0},
    "60 000": {60000.0},
    "60\N{NO-BREAK SPACE}000": {60000.0},
    "60\N{NARROW NO-BREAK SPACE}000": {60000.0},
    "1_000": {1000.0},
    "60k": {60000.0},
    "1.2M": {1200000.0},
    "1,2 Mio": {1200000.0},
    "$1.2m": {1200000.0},
    "\N{EURO SIGN}60,000": {60000.0},
    "60000 EUR": {60000.0},
    "EUR 60000": {60000.0},
    "12 days": {12.0},
    "2 weeks": {2.0},
    "5m": {5e6},
    "\N{MINUS SIGN}5": {-5.0},
    "\N{VULGAR FRACTION ONE HALF}": {0.5},
    "1\N{VULGAR FRACTION ONE HALF}": {1.5},
    "\uff11\uff12": {12.0},
    "~50": {50.0},
    "about 50": {50.0},
    '"24"': {24.0},
    "\N{LEFT DOUBLE QUOTATION MARK}24\N{RIGHT DOUBLE QUOTATION MARK}": {24.0},
}
NOTHING = (
    ">=10",
    "<5",
    "ten",
    "n/a",
    "TBD",
    "?",
    "",
    "x",
    "1.2.3",
    "1,2,3",
    "10\N{SUPERSCRIPT TWO}",
    "1e3k",
    "--5",
    "5 or 6",
)
UNITS = {"12 days": "days", "2 weeks": "weeks", "60k": None, "1.2M": None, "5m": None, "1,2 Mio": None}
COUNTED = {"people", "customers", "leads", "deals", "inquiries/week"}


def rules() -> Iterator[tuple[str, dict[str, Any]]]:
    """One address for each rule of the schema."""
    known: set[str] = set()
    for address, number in walk(load("status-quo.yaml")):
        if isinstance(number, Assumption):
            rule = leaf_rule(address)
            if repr(rule) not in known or is_level(address):
                known.add(repr(rule))
                yield address, rule


RULES = dict(rules())


def is_money(rule: dict[str, Any]) -> bool:
    return str(rule["unit"]).startswith("currency")


@pytest.mark.parametrize("text", MEANT)
def test_what_is_offered_is_what_was_written_and_obeys_the_rule_of_every_number(text: str) -> None:
    offered = 0
    for address, rule in RULES.items():
        found = readings(text, rule)
        assert set(found) <= MEANT[text], address
        assert all(broken_rule(one, rule) is None for one in found), address
        hint = way_out(text, rule, address, lambda _: None)
        assert hint.startswith("write " + " or ".join(f"{one:.12g}" for one in found) if found else "write a plain")
        offered += bool(found)
    assert offered


@pytest.mark.parametrize("text", MEANT)
def test_a_unit_that_is_not_the_schema_s_is_never_dropped(text: str) -> None:
    for address, rule in RULES.items():
        unit = str(rule["unit"])
        if text in UNITS and readings(text, rule):
            fits = is_money(rule) or unit in COUNTED if UNITS[text] is None else unit == UNITS[text]
            assert fits, (address, unit)
        if re.search("EUR|[$\N{EURO SIGN}]", text) and readings(text, rule):
            assert is_money(rule), (address, unit)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_number_is_offered_an_example_that_obeys_the_rule(text: str) -> None:
    for address, rule in RULES.items():
        assert readings(text, rule) == []
        found = re.match(r"write a plain number, e\.g\. (\S+?)(;|$)", way_out(text, rule, address, lambda _: None))
        assert found is not None
        assert broken_rule(float(found[1]), rule) is None, address


@pytest.mark.parametrize("text", ["50-60", "50\N{EN DASH}60", "50 to 60", "between 50 and 60"])
def test_two_ends_are_offered_as_a_range(text: str) -> None:
    offered = [way_out(text, rule, address, lambda _: None) for address, rule in RULES.items()]
    assert any(one.startswith("write {value: 55, low: 50, high: 60}") for one in offered)
    assert all("e.g." in one or one.startswith("write {value: 55, low: 50, high: 60}") for one in offered)


def test_a_percentage_is_offered_only_where_it_is_a_share_growth_or_a_level() -> None:
    shares = {"share", "dial", "ratio", "ratio/sd", "1/year", "elasticity", "correlation"}
    for address, rule in RULES.items():
        found, unit = readings("12 %", rule), rule["unit"]
        assert found in ([], [0.12], [1.12]), address
        assert not found or found == ([1.12] if unit == "ratio/quarter" else [0.12]), address
        assert not found or unit in shares or unit == "ratio/quarter", address
        hint = way_out("12 %", rule, address, lambda _: None)
        assert ("log odds" in hint) == is_level(address), address


def test_a_comma_that_may_be_either_is_told_both_ways() -> None:
    rule = leaf_rule("world.sales.ramp_days")
    assert way_out("1,234", rule, "", lambda _: None).startswith("write 1234 or 1.234, whichever is meant")


TRIED = {
    "world.buyers.value_median": (
        "60.000,00",
        "4'200'000",
        "\N{EURO SIGN}60,000",
        "1,2 Mio",
        "50k-60k",
        "\uff11\uff12",
    ),
    "world.sales.reps": (
        "27 people",
        "~50",
        "50-60",
        "\N{LEFT DOUBLE QUOTATION MARK}24\N{RIGHT DOUBLE QUOTATION MARK}",
    ),
    "world.customers.renew": ("85%", "85 %", "1,5", "\N{MINUS SIGN}5"),
    "world.people.margin": ("85%", "0,850", "\N{VULGAR FRACTION ONE HALF}"),
    "world.sales.ramp_days": ("12 days", "1,234", "60\N{NO-BREAK SPACE}000"),
    "world.demand.growth": ("2 %", "1,5"),
}


@pytest.mark.parametrize(("address", "text"), [(address, text) for address, texts in TRIED.items() for text in texts])
def test_following_a_hint_loads(address: str, text: str, write: Write) -> None:
    def body(value: str) -> str:
        steps = address.split(".")
        return HEAD + "".join(f"{'  ' * depth}{step}:" + ("\n" if step != steps[-1] else f" {value}\n")
                              for depth, step in enumerate(steps))  # fmt: skip

    with pytest.raises(ScenarioError) as caught:
        load(write(body(text)))
    (problem,) = caught.value.problems
    assert isinstance(problem, Problem)
    found = re.match(r"write (\{[^}]*\}|-?[\d.e+]+)", problem.hint)
    assert found is not None, problem.hint
    load(write(body(found[1].rstrip(":"))))
