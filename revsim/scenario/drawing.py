"""A world: one value for each number that is not known; the same world for all scenarios.

Rules between leaves that a draw may break, and how it is mended (scenario/meaning.py holds the rules):

- shares of the sources are divided by their sum, so that they sum to 1;
- shares of reconciliation borne by operations and by managers that sum to more than 1 are divided by their sum;
- norms of stages that do not increase are lifted just above the one before;
- reps give up below an attainment that stays under the one above which they hold over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from revsim.scenario.address import get, replace
from revsim.scenario.assumption import Assumption
from revsim.scenario.ranges import Axis
from revsim.scenario.scenario import Scenario

Values = dict[str, float]
LONGEST_NAME = 80
SLIGHTLY = 1e-6
BEARERS = ("world.reconciliation.operations_share", "world.reconciliation.managers_share")
BELOW, ABOVE = "world.sales.sandbag_below", "world.sales.sandbag_above"


def drawn(axes: Sequence[Axis], at: Iterable[float], scenario: Scenario) -> Values:
    """Values by address at one point of the unit cube (one coordinate an axis), mended for this company."""
    values = {spread.address: spread.at(u) for axis, u in zip(axes, at, strict=True) for spread in axis.spreads}
    _share_out(values, sharing(scenario), scenario)
    if sum(_value(values, address, scenario) for address in BEARERS) > 1.0:
        _share_out(values, BEARERS, scenario)
    _increase(values, _norms(scenario), scenario)
    if _value(values, BELOW, scenario) >= _value(values, ABOVE, scenario):
        values[BELOW] = (1.0 - SLIGHTLY) * _value(values, ABOVE, scenario)
    return values


def sharing(scenario: Scenario) -> list[str]:
    """Addresses of the shares that sum to 1: those of the sources."""
    return [f"world.demand.sources[{k}].share" for k in range(len(scenario.world.demand.sources))]


def mended(scenario: Scenario) -> frozenset[str]:
    """Addresses whose values a draw may mend, and so move out of their range."""
    return frozenset([*sharing(scenario), *BEARERS, *_norms(scenario), BELOW])


def _norms(scenario: Scenario) -> list[str]:
    return [f"world.sales.stages[{k}].norm_days" for k in range(len(scenario.world.sales.stages))]


def in_world(scenario: Scenario, values: Values, world: int) -> Scenario:
    """The scenario in a world, named after both: `w0007 Design`. Raises ScenarioError for what cannot be."""
    return replace(scenario, values, name_in_world(scenario.name, world))


def name_in_world(name: str, world: int) -> str:
    """How a scenario of a world is called in tables."""
    return f"w{world:04d} {name}"[:LONGEST_NAME]


def world_of(name: str) -> int:
    """The world in such a name."""
    found = re.match(r"w(\d+) ", name)
    assert found is not None, "name_in_world made it"
    return int(found[1])


def _value(values: Values, address: str, scenario: Scenario) -> float:
    if address in values:
        return values[address]
    number: Assumption = get(scenario, address)
    return number.value


def _share_out(values: Values, addresses: Sequence[str], scenario: Scenario) -> None:
    """Make numbers sum to 1 if any of them was drawn."""
    if any(address in values for address in addresses):
        shares = [_value(values, address, scenario) for address in addresses]
        total = sum(shares)
        values |= {address: share / total for address, share in zip(addresses, shares, strict=True)}


def _increase(values: Values, addresses: Sequence[str], scenario: Scenario) -> None:
    """Make numbers increase if any of them was drawn."""
    if not any(address in values for address in addresses):
        return
    before = 0.0
    for address in addresses:
        wanted = _value(values, address, scenario)
        if wanted <= before:
            wanted = values[address] = before * (1.0 + SLIGHTLY)
        before = wanted
