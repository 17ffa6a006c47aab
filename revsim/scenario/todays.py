"""Whether a company, by its numbers, is one that these scenarios can be about.

It is not where a number lies outside the range that the baseline's file gives (or differs from one it takes as known),
and where a choice that raises (or lowers) today's level in the file would not do so there. A period in weeks raises as
often as it comes: 0 is never. How a lever works that is not used there (habituation, where there are no resets) says
nothing of today, so no choice changes it the other way. What a draw may mend (revsim/scenario/drawing.py) may lie
outside its range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from revsim.scenario.address import walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.drawing import mended
from revsim.scenario.ranges import CHOSEN, PERIODS, TODAY
from revsim.scenario.scenario import Scenario

Numbers = dict[str, Assumption]
# levers with parts, and those of their parts without which the others do nothing
USED_BY = (
    ("world.today.coordination.resets.", ("every_weeks", "strength")),
    ("world.today.coordination.agreement.", ("level",)),
)


def fits_scenarios(company: Mapping[str, float], scenarios: Sequence[Scenario]) -> bool:
    """Whether the scenarios, of which the first is the baseline, can be run in a company of these numbers."""
    numbers = [_numbers(scenario) for scenario in scenarios]
    free = mended(scenarios[0])
    return all(
        address in numbers[0]
        and (address in free or _is_within(value, numbers[0][address]))
        and (
            _is_idle(address, company, numbers[0])
            or all(_keeps_direction(address, value, numbers[0][address], other) for other in numbers)
        )
        for address, value in company.items()
    )


def _numbers(scenario: Scenario) -> Numbers:
    return {address: value for address, value in walk(scenario) if isinstance(value, Assumption)}


def _is_within(value: float, number: Assumption) -> bool:
    if number.low is None or number.high is None:
        return value == number.value
    return number.low <= value <= number.high


def _is_idle(address: str, company: Mapping[str, float], numbers: Numbers) -> bool:
    """Whether the number is a part of a lever that another of its parts, at 0, leaves unused today."""
    for lever, parts in USED_BY:
        if address.startswith(lever):
            others = (f"{lever}{part}" for part in parts if address != f"{lever}{part}")
            return any(company.get(other, numbers[other].value) == 0.0 for other in others)
    return False


def _keeps_direction(address: str, value: float, today: Assumption, scenario: Numbers) -> bool:
    """Whether the scenario's choice is on the same side of `value` as of the file's, or no choice is made."""
    choice = address.removeprefix(TODAY)
    if choice == address or not choice.startswith(CHOSEN) or choice not in scenario:
        return True
    level = _often if address.endswith(PERIODS) else float
    before, chosen, here = level(today.value), level(scenario[choice].value), level(value)
    if chosen == before:
        return True
    return here <= chosen if chosen > before else here >= chosen


def _often(weeks: float) -> float:
    """How often a period of so many weeks comes."""
    return 0.0 if weeks == 0.0 else 1.0 / weeks
