"""Which case runs from where: cases of one world share their past, so that each lives only what is its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from revsim.contract.pasts import Act, acts_of, shared_until, world_of

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters


class Branch(NamedTuple):
    """A case that lives from the week in which it leaves a past that it shares, to its end."""

    case: int  # its place
    week: int  # 0: from the first day
    equal: tuple[int, ...]  # cases that never differ from it
    branches: tuple[Branch, ...]  # cases that leave its past, the latest first: what they write lies behind that


def plan(cases: Sequence[Parameters]) -> tuple[Branch, ...]:
    """One tree a world."""
    worlds: dict[object, list[int]] = {}
    for place, p in enumerate(cases):
        worlds.setdefault(world_of(p), []).append(place)
    acts = [acts_of(p) for p in cases]
    return tuple(branch for group in worlds.values() for branch in _from(group, 0, acts))


def _from(group: Sequence[int], week: int, acts: Sequence[tuple[Act, ...]]) -> Iterable[Branch]:
    """Branches of cases that share the past of a week: who differs from the first in that very week goes on its own."""
    leaves = {place: shared_until(acts[group[0]], acts[place]) for place in group[1:]}
    later = sorted({when for when in leaves.values() if week < when < inf}, reverse=True)
    branches = [
        branch
        for when in later
        for branch in _from([place for place in leaves if leaves[place] == when], int(when), acts)
    ]
    equal = tuple(place for place in leaves if leaves[place] == inf)
    yield Branch(group[0], week, equal, tuple(branches))
    beside: dict[object, list[int]] = {}
    for place in (place for place in leaves if leaves[place] <= week):
        beside.setdefault(tuple(act for act in acts[place] if act.week == week), []).append(place)
    for others in beside.values():
        yield from _from(others, week, acts)
