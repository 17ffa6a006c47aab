"""What is not known of a company: the leaves of `world` that have a range, as the axes of a space of worlds.

    axes(scenarios) -> [Axis, ...]        one axis is what varies together
    Spread.at(u), 0 <= u < 1              a value between low and high; the value of the file is the median

Half of the worlds lie from low up to the value of the file and half from there up to high, evenly on either side; where
the value is an end of its range, half of the worlds keep it. Whole numbers are rounded. Five rules keep worlds
valid and about one company (docs/worlds.md tells them to readers):

- A leaf whose value is not the same in all scenarios is what they are about: it keeps each one's value.
- The stages of a deal share one axis for each of their numbers; TIED names what else varies together, and why.
- A period in weeks whose low is 0 has no order, as 0 is never and 1 is weekly: it takes one end or the other.
- What a scenario raises (or lowers) against today it also does in each world: today's range ends at that choice.
- revsim.scenario.drawing mends what rules between leaves forbid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from revsim.errors import UserError
from revsim.scenario.address import leaf_of, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.evidence import CHOICE, NO_EVIDENCE, evidence_of
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Leaf

TODAY, CHOSEN = "world.today.", ("design.", "coordination.", "heroics.")
PERIODS = (".every_weeks", ".renew_weeks")
STAGES = re.compile(r"^world\.sales\.stages\[\d+\]")
# by the sources in scenarios/status-quo.yaml: one company has one size, one growth, one rhythm of reviews
TIED = (
    (
        "world.demand.inquiries_per_week",
        "world.sales.reps",  # "sized with demand"
        "world.people.managers",  # "8-12 direct reports"
        "world.customers.installed_base",  # "about three years of wins less churn"
        "world.leadership.opening_level",  # "bookings of the warm-up"
    ),
    ("world.demand.growth", "world.leadership.plan_growth"),  # "equals demand's growth"
    ("world.definitions.review_weeks", "world.today.design.governance.cadence_weeks"),  # "as review_weeks"
)


class Spread(NamedTuple):
    """One number and the range it is drawn from."""

    address: str
    low: float
    value: float
    high: float
    whole: bool
    ends: bool = False  # low or high, nothing between

    def at(self, u: float) -> float:
        """The value at a share `u` of all worlds, from 0 (low) to 1 (high); increasing in u."""
        if self.ends:
            return self.low if u < 0.5 else self.high  # noqa: PLR2004 - the median
        if u < 0.5:  # noqa: PLR2004 - the median
            found = self.low + 2.0 * u * (self.value - self.low)
        else:
            found = self.value + (2.0 * u - 1.0) * (self.high - self.value)
        return float(floor(found + 0.5)) if self.whole else min(max(found, self.low), self.high)


class Axis(NamedTuple):
    """What varies together; named and shown by its first number."""

    spreads: tuple[Spread, ...]
    title: str
    unit: str
    evidence: str  # NO_EVIDENCE, CHOICE or empty

    @property
    def name(self) -> str:
        """The address of its first number."""
        return self.spreads[0].address


def axes(scenarios: Sequence[Scenario], fixed: Sequence[str] = ()) -> list[Axis]:
    """The axes of the first scenario's world; addresses that begin with one of `fixed` keep their value.

    Raises UserError if a `fixed` is the beginning of no number with a range, or nothing is left to draw.
    """
    ranged = _ranged(scenarios)
    for prefix in fixed:
        if not any(spread.address.startswith(prefix) for spread, _ in ranged):
            raise UserError(
                f"--fix {prefix}: no number of these scenarios' worlds with a range begins so; write e.g. "
                "--fix world.today, or see `revsim show`."
            )
    free = [(spread, source) for spread, source in ranged if not spread.address.startswith(tuple(fixed))]
    groups: dict[str, list[tuple[Spread, str | None]]] = {}
    for spread, source in free:
        groups.setdefault(_tie(spread.address), []).append((spread, source))
    if not groups:
        raise UserError(
            "There are no worlds to draw: no number of `world` has `low` and `high`.\n"
            "  Give the numbers that are not known a range: {value: 24, low: 18, high: 30}."
        )
    return [_axis(group, scenarios[0]) for group in groups.values()]


def _ranged(scenarios: Sequence[Scenario]) -> list[tuple[Spread, str | None]]:
    """All numbers of the first scenario's world that can be drawn, with their sources."""
    first, *others = [_numbers(scenario) for scenario in scenarios]
    found = []
    for address, number in first.items():
        if not address.startswith("world.") or number.low is None or number.high is None:
            continue
        if any(address not in other or other[address].value != number.value for other in others):
            continue
        rule = leaf_of(address)
        assert isinstance(rule, Leaf), "numbers have rules"
        low, high = _beside_choices(address, number, [first, *others])
        never = address.endswith(PERIODS) and low == 0.0
        if low < high:
            found.append((Spread(address, low, number.value, high, rule.rule["whole"], never), number.source))
    return found


def _numbers(scenario: Scenario) -> dict[str, Assumption]:
    return {address: value for address, value in walk(scenario) if isinstance(value, Assumption)}


def _beside_choices(address: str, today: Assumption, scenarios: Sequence[dict[str, Assumption]]) -> tuple[float, float]:
    """The range of a number of today's, ended where a scenario's choice would no longer raise or lower it."""
    assert today.low is not None
    assert today.high is not None
    low, high, choice = today.low, today.high, address.removeprefix(TODAY)
    if choice == address or not choice.startswith(CHOSEN):
        return low, high
    chosen = [numbers[choice].value for numbers in scenarios if choice in numbers]
    return (
        max([low, *(value for value in chosen if value < today.value)]),
        min([high, *(value for value in chosen if value > today.value)]),
    )


def _tie(address: str) -> str:
    """One text for all addresses that vary together."""
    group = next((group[0] for group in TIED if address in group), address)
    return STAGES.sub("world.sales.stages[*]", group)


def _axis(group: Sequence[tuple[Spread, str | None]], scenario: Scenario) -> Axis:
    first = group[0][0].address
    shape = leaf_of(first)
    assert isinstance(shape, Leaf), "numbers have titles"
    marks = {evidence_of(source) for _, source in group}
    evidence = next((mark for mark in (NO_EVIDENCE, CHOICE) if mark in marks), "")
    title = shape.title + _where(first, scenario)
    return Axis(tuple(spread for spread, _ in group), title, shape.rule["unit"], evidence)


def _where(address: str, scenario: Scenario) -> str:
    """What the title leaves open: which source, all stages, or today."""
    if STAGES.match(address):
        return ", all stages"
    item = re.match(r"world\.demand\.sources\[(\d+)\]", address)
    if item:
        return f", {scenario.world.demand.sources[int(item[1])].name}"
    return ", today" if address.startswith(TODAY) else ""
