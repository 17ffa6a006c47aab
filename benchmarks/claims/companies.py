"""The scenarios that claims compare: the shipped company with something changed, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import ceil
from typing import Any

from revsim.api import Scenario, load
from revsim.scenario.grid import points_of
from revsim.scenario.scenario import Scenario as Resolved
from revsim.scenario.standing import programmes
from revsim.scenario.stressed import at_quarter, events
from revsim.scenario.sweep import read_sweep

NONE, SHIPPED = "none", "status-quo.yaml"
SEVERITY = "sweeps/severity.yaml"


@cache
def shipped(file: str = SHIPPED) -> Scenario:
    """A shipped scenario."""
    return load(file)


def today(name: str = NONE, changes: Mapping[str, Any] | None = None) -> Scenario:
    """The shipped company without a programme, changed at some addresses."""
    return shipped().replace(dict(changes or {}), name=name)


def from_file(file: str, name: str, changes: Mapping[str, Any] | None = None) -> Scenario:
    """A shipped scenario under a name, changed at some addresses."""
    return shipped(file).replace(dict(changes or {}), name=name)


def standing(scenario: Scenario) -> Scenario:
    """Its programmes in force from the first day of the run."""
    starts = {f"{block}.start_week": 0 for block in programmes(scenario.resolved)}
    return scenario.replace(starts, name=scenario.name)


@cache
def _levels() -> dict[float, tuple[Resolved, Resolved]]:
    """By severity the scenario of the shipped sweep, while it is built and standing."""
    sweep, layer = read_sweep(SEVERITY)
    points = [point for point in points_of(sweep, layer) if not point.waits]
    half = len(points) // 2
    return {
        level: (built.scenario, stands.scenario)
        for level, built, stands in zip(sweep.factors[0].levels, points[:half], points[half:], strict=True)
    }


def severities() -> list[float]:
    """The levels of the shipped sweep."""
    return list(_levels())


def severity(level: float, name: str, *, built: bool = False) -> Scenario:
    """The shipped company at a level of misalignment, standing unless said."""
    return Scenario(_levels()[level][0 if built else 1], SEVERITY).replace({}, name=name)


def struck(scenario: Scenario, stress: str, name: str, quarter: int | None = None) -> Scenario:
    """A scenario hit by a shipped stress, in the week of its file or from a measured quarter on."""
    (event,) = events([f"stress/{stress}.yaml"])
    event = event if quarter is None else at_quarter(event, quarter)
    return scenario.replace(event.changes, name=name)


def sized(scenario: Scenario, reps: int, name: str) -> Scenario:
    """The company with so many reps: what comes in, is spent and is wanted, and others' hours, in proportion."""
    world = scenario.resolved.world
    share = reps / world.sales.reps.value
    analysts, managers = (ceil(each.value * share) for each in (world.desk.analysts, world.people.managers))
    changes = {
        "world.sales.reps": reps,
        "world.demand.inquiries_per_week": world.demand.inquiries_per_week.value * share,
        "world.marketing.budget_per_week": world.marketing.budget_per_week.value * share,
        "world.leadership.opening_level": world.leadership.opening_level.value * share,
        "world.customers.installed_base": round(world.customers.installed_base.value * share),
        "world.desk.analysts": analysts,
        "world.desk.hours": world.desk.hours.value * world.desk.analysts.value * share / analysts,
        "world.people.managers": managers,
        "world.people.manager_hours": world.people.manager_hours.value * world.people.managers.value * share / managers,
    }
    return scenario.replace(changes, name=name)
