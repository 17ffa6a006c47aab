"""The same remedy, less of it: every dial between what the company has today and what the remedy sets."""

from __future__ import annotations

from revsim.scenario.address import leaf_rule, replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.scenario import Scenario

SCALED = ("dial", "hours/week")  # units of how much; weeks of a rhythm keep their place, but for the cadence
CADENCE = "design.governance.cadence_weeks"


def smaller(scenario: Scenario, share: float, name: str) -> Scenario:
    """A scenario whose design and coordination go `share` of the way from today's to its own.

    The review's cadence is scaled as reviews a week. What is not on today is scaled from nothing.
    """
    today = {f"{block}.{rest}": value for block, rest, value in _today(scenario)}
    changes: dict[str, float] = {}
    for address, value in walk(scenario):
        if not isinstance(value, Assumption) or address.partition(".")[0] not in ("design", "coordination"):
            continue
        before = today.get(address, value.value)
        if address == CADENCE:
            changes[address] = 1.0 / (1.0 / before + share * (1.0 / value.value - 1.0 / before))
        elif leaf_rule(address)["unit"] in SCALED:
            changes[address] = before + share * (value.value - before)
    return replace(scenario, changes, name)


def _today(scenario: Scenario) -> list[tuple[str, str, float]]:
    """(block, address below it, value) of what the company has."""
    found = []
    for address, value in walk(scenario):
        if address.startswith("world.today.") and isinstance(value, Assumption):
            block, _, rest = address.removeprefix("world.today.").partition(".")
            found.append((block, rest, value.value))
    return found
