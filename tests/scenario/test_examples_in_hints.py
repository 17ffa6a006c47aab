"""Whoever follows a hint for what is no number is neither refused nor warned."""

from __future__ import annotations

import re
from functools import cache

import pytest

from revsim.scenario.address import leaf_rule, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.load import load, load_with_origins, try_many
from revsim.scenario.number_hints import way_out
from tests.scenario.conftest import Write

EXAMPLE = re.compile(r"write a plain number, e\.g\. (-?[\d.e+-]+\d|\d)")


@cache
def leaves() -> dict[str, Assumption]:
    """Every number of the benchmark company."""
    return {address: number for address, number in walk(load("status-quo.yaml")) if isinstance(number, Assumption)}


def hints(write: Write, text: str, base: str = "status-quo.yaml") -> list[str]:
    """What is said of an overlay's renewal."""
    _, problems = try_many([write(f"extends: {base}\nworld: {{customers: {{renew: {text}}}}}\n")])
    return [problem.hint for problem in problems]


def test_the_example_for_every_number_is_neither_refused_nor_warned_of() -> None:
    sets = []
    for address in leaves():
        found = EXAMPLE.match(way_out(None, leaf_rule(address), address, lambda _: None))
        assert found is not None, address
        sets.append(f"{address}={found[1]}")
    assert len(sets) > 200
    warned = load_with_origins("status-quo.yaml").warnings
    for start in range(0, len(sets), 40):
        assert load_with_origins("status-quo.yaml", sets[start : start + 40]).warnings == warned


@pytest.mark.parametrize("text", ["null", ".nan", ".inf", "1e1000", "true", "[1, 2, 3]", "[]", "x", "{value: null}"])
def test_the_example_is_the_number_of_the_file_below(text: str, write: Write) -> None:
    write("extends: status-quo.yaml\nworld: {customers: {renew: {value: 0.8, low: 0.7, high: 0.9}}}\n", "own.yaml")
    (hint,) = hints(write, text, "own.yaml")
    found = EXAMPLE.match(hint)
    assert found is not None, hint
    assert float(found[1]) == 0.8


@pytest.mark.parametrize(("text", "number"), [("1_000", 1000), ("4'200", 4200), ("0xff", 255), ("-0b11111111", -255)])
def test_a_number_beyond_the_bounds_is_named(text: str, number: int, write: Write) -> None:
    (hint,) = hints(write, text)
    assert f"`{text}` is {number}, " in hint
    assert EXAMPLE.match(hint)


@pytest.mark.parametrize(
    ("text", "number"), [("[1.9]", "1.9"), ("[[1.9]]", "1.9"), ("['1,9']", "1.9"), ("0x2", "2"), ("0o17", "15")]
)
def test_a_number_in_another_form_is_offered(text: str, number: str, write: Write) -> None:
    (hint,) = hints(write, text)
    assert hint.startswith(f"write {number}: a plain number")


def test_a_list_of_two_numbers_is_a_range(write: Write) -> None:
    (hint,) = hints(write, "[1.5, 2.1]")
    assert hint.startswith("write {value: 1.8, low: 1.5, high: 2.1}")


def test_an_example_for_an_end_is_on_its_side_of_the_value(write: Write) -> None:
    (hint,) = hints(write, "{value: 0.2, low: x}")
    assert hint.startswith("write a plain number, e.g. 0.2")


@pytest.mark.parametrize("text", ["x", "[0.1, 0.2]", "{value: x}"])
def test_the_number_for_all_parts_of_a_dial_is_plausible_for_each(text: str, write: Write) -> None:
    for block in ("owned_handoffs", "shared_incentives", "shared_definitions"):
        _, problems = try_many(
            [write(f"extends: status-quo.yaml\nworld: {{today: {{design: {{{block}: {text}}}}}}}\n")]
        )
        found = re.match(r"write (?:a plain number, e\.g\. )?([\d.]+)", problems[0].hint)
        assert found is not None
        loaded = load_with_origins("status-quo.yaml", [f"world.today.design.{block}={found[1]}"])
        assert loaded.warnings == ()
