"""A trace as plain rows, to read columns off by their definitions."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

from revsim.contract.trace import Kind, Row


class Plain(NamedTuple):
    """Rows (time, kind, entity, actor, value) in the order of time, and the measured quarters."""

    rows: list[Row]
    first: int
    quarters: int

    def during(self, start: float, end: float, *kinds: Kind) -> list[Row]:
        """The rows of these kinds from one day until before another."""
        return [row for row in self.rows if start <= row[0] < end and row[1] in kinds]

    def window(self, *kinds: Kind) -> list[Row]:
        return self.during(65.0 * self.first, 65.0 * (self.first + self.quarters), *kinds)

    def quarter(self, number: int, *kinds: Kind) -> list[Row]:
        """Rows of a quarter that is counted from the window's start."""
        return self.during(65.0 * (self.first + number), 65.0 * (self.first + number + 1), *kinds)

    def last(self, kind: Kind, entity: int, actor: int | None = None) -> float:
        """Value of the last row of an entity (and actor), anywhere in the trace."""
        found = [r[4] for r in self.rows if r[1] == kind and r[2] == entity and actor in {None, r[3]}]
        return found[-1] if found else nan

    def of_deal(self, deal: int, kind: Kind) -> list[Row]:
        """A deal's rows anywhere in the trace; an arbitration is no work on a deal."""
        desk = kind in {Kind.DESK_STARTED, Kind.DESK_DONE}
        return [r for r in self.rows if r[1] == kind and r[2] == deal and not (desk and r[3] == 4)]


def total(rows: list[Row]) -> float:
    return sum(row[4] for row in rows)


def times(rows: list[Row]) -> float:
    return sum(row[0] for row in rows)


def share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else nan
