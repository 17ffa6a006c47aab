"""Frictions that can be switched off: each in every shipped company, alone and together."""

from __future__ import annotations

import pytest

from revsim.scenario import frictions
from revsim.scenario.address import get
from revsim.scenario.load import load

COMPANIES = ["status-quo.yaml", "design.yaml", "coordination.yaml", "heroics.yaml", "companies/maven.yaml"]


@pytest.mark.parametrize("name", COMPANIES)
def test_every_friction_can_be_switched_off_in_any_company(name: str) -> None:
    found = frictions.without(load(name), 0b1111)
    values = {address: get(found, address).value for part in frictions.PARTS.values() for address in part}
    assert values == {address: 0 for part in frictions.PARTS.values() for address in part}


def test_switching_off_one_friction_leaves_the_others_as_they_are() -> None:
    base = load("status-quo.yaml")
    found = frictions.without(base, 0b0010)
    assert found.name == "Without data"
    for name, part in frictions.PARTS.items():
        same = [get(found, address) == get(base, address) for address in part]
        assert all(same) == (name != "data")


def test_the_sets_are_binary_numbers_from_the_company_as_it_is() -> None:
    base = load("status-quo.yaml")
    found = frictions.subsets(base)
    assert found[0] is base
    assert [each.name for each in found[1:4]] == ["Without definitions", "Without data", "Without definitions, data"]
    assert len({each.name for each in found}) == 16


def test_every_friction_is_explained() -> None:
    assert frictions.MEANT.keys() == frictions.PARTS.keys()
