"""Scenarios under stress: the same company, the same choices, and an event; each beside itself without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from revsim.errors import UserError
from revsim.scenario import shipped
from revsim.scenario.address import replace, walk_block
from revsim.scenario.assumption import Assumption
from revsim.scenario.design import Start
from revsim.scenario.evidence import says_none
from revsim.scenario.load import load_many
from revsim.scenario.scenario import MOST_QUARTERS, Scenario
from revsim.scenario.text import as_data
from revsim.units import WEEKS_PER_QUARTER

FOLDER = "stress/"

BUILDING = "build_stalls"  # an event of the build: it has no week of its own
LONGEST = 80


class Event(NamedTuple):
    """What hits a company. `week` is a measured week, None where the build decides; `assumed`: its size is chosen."""

    name: str
    keys: tuple[str, ...]
    week: int | None
    assumed: bool
    changes: dict[str, Any]


class Case(NamedTuple):
    """A scenario without (`event` is None) and with an event; `calm` is the name of the one without."""

    scenario: Scenario
    calm: str
    event: Event | None


def shipped_stresses() -> list[str]:
    """Names of the shipped stress files."""
    return [name for name in shipped.names() if name.startswith(FOLDER)]


def events(paths: Iterable[str]) -> list[Event]:
    """The `stress` block of each file. Raises ScenarioError of `load`, UserError for a file without one."""
    return [_event(loaded.scenario, loaded.file) for loaded in load_many(paths)]


def _event(scenario: Scenario, file: str) -> Event:
    said = {key: block for key, block in as_data(scenario)["stress"].items() if block is not None}
    if not said:
        raise UserError(
            f"--stress {file}: has no `stress` block, so nothing happens in it; name one of "
            f"{', '.join(shipped_stresses())}, or a file with a block such as `stress: {{top_performer_leaves: "
            "{week: 14}}`."
        )
    numbers = {address: value for address, value in walk_block(scenario.stress) if isinstance(value, Assumption)}
    weeks = [int(number.value) for address, number in numbers.items() if address.endswith(".week")]
    return Event(
        scenario.name,
        tuple(said),
        min(weeks, default=None),
        any(says_none(number.source) for number in numbers.values()),
        {f"stress.{key}": block for key, block in said.items()},
    )


def at_quarter(event: Event, quarter: int) -> Event:
    """The event from the first week of a measured quarter on; one that the build decides stays as it is."""
    if event.week is None:
        return event
    week = 1 + WEEKS_PER_QUARTER * (quarter - 1)
    changes = {address: _later(block, week - event.week) for address, block in event.changes.items()}
    return event._replace(week=week, changes=changes)


def _later(block: dict[str, Any], weeks: int) -> dict[str, Any]:
    """A stress so many weeks later; its range of weeks goes along, and what its source says stays."""
    number = block.get("week")
    if number is None:
        return block
    moved = {key: number[key] + weeks for key in ("value", "low", "high") if number.get(key) is not None}
    return block | {"week": number | moved | ({"low": max(moved["low"], 1)} if "low" in moved else {})}


def is_built(scenario: Scenario) -> bool:
    """Whether the scenario's design is another than today's: only then a build can stall."""
    own, today = (
        {address: value for address, value in walk_block(design) if not address.startswith(tuple(Start.model_fields))}
        for design in (scenario.design, scenario.world.today.design)
    )
    return any(_value(own.get(address)) != _value(today.get(address)) for address in {*own, *today})


def stalls_in(scenario: Scenario) -> bool:
    """Whether its build stalls."""
    return scenario.stress.build_stalls is not None


def _value(given: object) -> object:
    return given.value if isinstance(given, Assumption) else given


def fits(event: Event, scenario: Scenario) -> bool:
    """Whether the event can happen to the scenario and does not already."""
    happens = [key for key in event.keys if getattr(scenario.stress, key) is not None]
    return not happens and (BUILDING not in event.keys or is_built(scenario))


def cases(scenarios: Sequence[Scenario], stresses: Sequence[Event]) -> list[Case]:
    """Each scenario, followed by itself under each event that fits. Raises UserError for an event after the end."""
    found = []
    for scenario in scenarios:
        found.append(Case(scenario, scenario.name, None))
        for event in stresses:
            _check_week(event, scenario)
            if fits(event, scenario):
                name = f"{scenario.name}: {event.name}"[:LONGEST]
                found.append(Case(replace(scenario, event.changes, name), scenario.name, event))
    return found


def _check_week(event: Event, scenario: Scenario) -> None:
    last = WEEKS_PER_QUARTER * int(scenario.calendar.quarters.value)
    if event.week is not None and event.week > last:
        quarters = -(-event.week // WEEKS_PER_QUARTER) + 2
        longer = f", or measure longer: --set calendar.quarters={quarters}" if quarters <= MOST_QUARTERS else ""
        raise UserError(
            f"“{event.name}” is to happen in measured week {event.week}, and “{scenario.name}” measures {last} weeks: "
            f"it would never happen.\n  Name an earlier quarter or a file with an earlier week{longer}."
        )
