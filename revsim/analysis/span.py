"""A study as if only some of its quarters had been measured."""

from __future__ import annotations

from revsim.analysis.cube import Cube
from revsim.units import WEEKS_PER_QUARTER

AFTER = 2  # quarters beside that of the event


def quarter_of(week: int) -> int:
    """The measured quarter, from 1, that a measured week lies in."""
    return (week - 1) // WEEKS_PER_QUARTER + 1


def from_event(cube: Cube, week: int) -> tuple[int, int]:
    """First and last quarter (from 1) of the event's quarter and the two after it, as far as they are measured."""
    first = quarter_of(week)
    return first, min(first + AFTER, len(cube.quarters))


def within(cube: Cube, first: int, last: int) -> Cube:
    """The cube of quarters `first` to `last`, counted from 1, both included."""
    part = slice(first - 1, last)
    return cube._replace(
        quarters=cube.quarters[part],
        quarterly={name: values[:, :, part] for name, values in cube.quarterly.items()},
        weekly={name: values[:, :, part] for name, values in cube.weekly.items()},
    )
