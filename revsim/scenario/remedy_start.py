"""When what a scenario changes begins, against a base, and how often it is renewed."""

from __future__ import annotations

from typing import NamedTuple

from revsim.scenario import canonical
from revsim.scenario.scenario import Scenario
from revsim.units import WEEKS_PER_QUARTER

BLOCKS = ("design", "coordination", "heroics")


class Schedule(NamedTuple):
    """The measured quarter, from 1, in which a remedy begins, and the weeks between renewals; 0 is never."""

    quarter: int = 1
    renewed_weeks: float = 0.0


def schedule(base: Scenario, scenario: Scenario) -> Schedule:
    """When the first changed block of choices starts, and how often changed coordination is renewed.

    Quarter 1 as well for what waits until trust is low (no week is known beforehand) and where no choice is changed.
    """
    here, there = canonical.content(base), canonical.content(scenario)
    changed = [name for name in BLOCKS if here[name] != there[name]]
    weeks = [start.value for name in changed if (start := getattr(scenario, name).start_week) is not None]
    is_said = bool(weeks) and len(weeks) == len(changed)
    quarter = 1 + int(max(min(weeks), 1.0) - 1) // WEEKS_PER_QUARTER if is_said else 1
    return Schedule(quarter, _renewed(scenario) if "coordination" in changed else 0.0)


def _renewed(scenario: Scenario) -> float:
    """Weeks between renewals of the agreement or between resets, whichever is shorter; 0 if there are none."""
    agreement, resets = scenario.coordination.agreement, scenario.coordination.resets
    found = [agreement.renew_weeks.value] if agreement.level.value > 0.0 else []
    found += [resets.every_weeks.value] if resets.strength.value > 0.0 else []
    return min((weeks for weeks in found if weeks > 0.0), default=0.0)
