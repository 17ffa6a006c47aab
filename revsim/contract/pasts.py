"""What two scenarios of one world have in common: on the same luck all that happens before the first change acts.

A scenario is its world and its acts: what it changes, by the week in which that begins to act. Programmes that answer
to an alarm can act from the first measured week on, and choices that stand from the first day of the run. A block of
choices that changes nothing is no act.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from revsim.contract.constants import FIRST_DAY
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.contract.chosen import Coordination, Design, Heroics
    from revsim.contract.parameters import Parameters

STRESSES = (
    "leaves",
    "manager",
    "analyst",
    "target",
    "demand",
    "segment",
    "migration",
)  # each by its day; stalls act with the design


class Act(NamedTuple):
    """One change of the world: nothing of it is seen before the start of its week, counted from day 0."""

    week: int
    name: str
    content: tuple[Any, ...]


def world_of(p: Parameters) -> tuple[Any, ...]:
    """All that a scenario does not change."""
    return tuple(part for name, part in zip(p._fields, p, strict=True) if name not in ("chosen", "stress"))


def acts_of(p: Parameters) -> tuple[Act, ...]:
    """What a scenario changes of its world before the run ends, in order of time."""
    found = [_programme(p, name) for name in p.chosen._fields]
    found += [_stress(p, kind) for kind in STRESSES]
    return tuple(sorted(act for act in found if act is not None and act.week < p.span.weeks))


def _programme(p: Parameters, name: str) -> Act | None:
    """A block of choices; None if it changes nothing."""
    today: Design | Coordination | Heroics = getattr(p.today, name)
    choice: Design | Coordination | Heroics = getattr(p.chosen, name)
    if choice._replace(start=today.start) == today:
        return None
    day = p.span.measured_from if choice.start.trust_below >= 0.0 else choice.start.day
    stall = (p.stress.stall_at_share,) if name == "design" else ()
    return _act(p, day, name, (*choice, *stall))


def _stress(p: Parameters, kind: str) -> Act | None:
    """A stress; None where it never hits."""
    fields = {field: value for field, value in p.stress._asdict().items() if field.startswith(f"{kind}_")}
    return _act(p, fields[f"{kind}_day"], kind, tuple(fields.values()))


def _act(p: Parameters, day: float, name: str, content: tuple[Any, ...]) -> Act | None:
    """Nothing is armed before the first measured day, but for choices that stand."""
    if day == inf:
        return None
    first = day if day == FIRST_DAY else max(day, p.span.measured_from)
    return Act(int(first // DAYS_PER_WEEK), name, content)


def shared_until(acts: tuple[Act, ...], other: tuple[Act, ...]) -> float:
    """The week from which on two scenarios of one world may differ; infinite where they never do."""
    for one, two in zip(acts, other, strict=False):
        if one != two:
            return min(one.week, two.week)
    longer = acts if len(acts) > len(other) else other
    common = min(len(acts), len(other))
    return longer[common].week if len(longer) > common else inf


def begun_anew(p: Parameters, other: Parameters) -> int:
    """Blocks of choices in which two scenarios differ, as bits by DESIGN, COORDINATION, HEROICS."""
    return sum(1 << block for block, (one, two) in enumerate(zip(p.chosen, other.chosen, strict=True)) if one != two)
