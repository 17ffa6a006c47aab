"""A sweep's points in groups, each compared with a baseline of its own: of several scenarios the first at those levels.

One scenario makes one group of all its points, compared with the first. Points that wait are compared with the same
design begun at once; they are no choice, so the best is not asked among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from revsim.analysis.comparison import Comparison, Provenance, best_frame, compare_cube, effects_frame, summary_frame
from revsim.analysis.contest import Contestant
from revsim.analysis.cube import Column, Cube
from revsim.analysis.estimates import Row


class Group(NamedTuple):
    """Points by position, the baseline first; `asks_best`: whether a company could choose among them.

    `stands`: these are the other points once more, standing.
    """

    members: tuple[int, ...]
    asks_best: bool = True
    stands: bool = False


def groups_of(
    baselines: Sequence[int], waits: Sequence[int], *, has_rivals: bool, stands: Sequence[bool] = ()
) -> list[Group]:
    """The groups of points with these baselines (positions); one of all unless several scenarios are rivals.

    Points that stand are a group of their own, told beside the others.
    """
    if not has_rivals:
        places = range(len(baselines))
        standing = [k for k in places if stands and stands[k]]
        others = [k for k in places if k not in standing and k != baselines[0]]
        own = [Group(tuple(standing), asks_best=False, stands=True)] if standing else []
        return [Group((baselines[0], *others), not any(waits)), *own]
    found: dict[tuple[int, bool], list[int]] = {}
    for position, baseline in enumerate(baselines):
        members = found.setdefault((baseline, bool(waits[position])), [baseline])
        if position != baseline:
            members.append(position)
    return [Group(tuple(members), not is_waiting) for (_, is_waiting), members in found.items()]


class GroupedComparison:
    """Comparisons of all groups, read point by point."""

    def __init__(self, comparisons: Sequence[Comparison], groups: Sequence[Group], ids: Sequence[str]) -> None:
        """Keep them; `ids` are what the tables call the points, in the order of their positions."""
        self.comparisons, self.groups, self.ids = tuple(comparisons), tuple(groups), tuple(ids)

    @cached_property
    def _home(self) -> dict[int, tuple[int, int]]:
        """By position the group in which a point is told, and its position there; a baseline's is its first."""
        found: dict[int, tuple[int, int]] = {}
        for number, group in enumerate(self.groups):
            for own, position in enumerate(group.members):
                found.setdefault(position, (number, own))
        return dict(sorted(found.items()))

    @property
    def has_rivals(self) -> bool:
        """Whether there are baselines of several levels."""
        return sum(not group.stands for group in self.groups) > 1

    @property
    def titles(self) -> list[str]:
        """What people call the points, in the order of their positions."""
        return [self.comparisons[group].cube.scenarios[own] for group, own in self._home.values()]

    def baseline_of(self, position: int) -> int:
        """The position of what a point is compared with."""
        return self.groups[self._home[position][0]].members[0]

    def row(self, position: int, measure: str) -> Row:
        """A point's row of a measure."""
        group, own = self._home[position]
        return self.comparisons[group].row(own, measure)

    @cached_property
    def _rows(self) -> list[tuple[int, Row]]:
        """All rows by position, in the order of the points."""
        by_title: list[dict[str, list[Row]]] = []
        for comparison in self.comparisons:
            by_title.append({})
            for row in comparison.rows.values():
                by_title[-1].setdefault(row.scenario, []).append(row)
        return [
            (position, row)
            for position, (group, own) in self._home.items()
            for row in by_title[group][self.comparisons[group].cube.scenarios[own]]
        ]

    @property
    def rows(self) -> list[Row]:
        """All rows, in the order of the points."""
        return [row for _, row in self._rows]

    def effects(self) -> pd.DataFrame:
        """The rows of effects.csv, with the point that each is compared with."""
        told = [(position, row) for position, row in self._rows if row.effect is not None]
        frame = effects_frame([row._replace(scenario=self.ids[position]) for position, row in told])
        baselines = [self.ids[self.baseline_of(position)] for position, _ in told]
        frame.insert(list(frame.columns).index("better") + 1, "baseline", baselines)
        return frame

    def summary(self) -> pd.DataFrame:
        """The rows of summary.csv."""
        return summary_frame([row._replace(scenario=self.ids[position]) for position, row in self._rows])

    @property
    def contests(self) -> list[tuple[int, list[Contestant]]]:
        """By group where the best is asked: the baseline's position and who may be best there."""
        pairs = zip(self.groups, self.comparisons, strict=True)
        return [(group.members[0], each.contest) for group, each in pairs if group.asks_best and each.contest]

    def best(self) -> pd.DataFrame:
        """The rows of best.csv, each against the best of the others of its group; empty below three."""
        frames = []
        for group, comparison in zip(self.groups, self.comparisons, strict=True):
            if comparison.contest and not group.stands and (group.asks_best or not self.has_rivals):
                names = {one.place: self.ids[group.members[one.place]] for one in comparison.contest}
                contest = [one._replace(scenario=names[one.place]) for one in comparison.contest]
                frame = best_frame(contest, comparison.best_chance)
                frames.append(frame.assign(baseline=self.ids[group.members[0]]) if self.has_rivals else frame)
        return pd.concat(frames, ignore_index=True) if frames else best_frame([], [])


def compare_groups(
    cube: Cube, groups: Sequence[Group], ids: Sequence[str], money: str, dropped: int, origins: Sequence[Provenance]
) -> GroupedComparison:
    """Compare each group of a cube, whose scenarios are called as people call them, with its first member."""
    comparisons = []
    for group, origin in zip(groups, origins, strict=True):
        part = members_of(cube, group.members)
        comparisons.append(compare_cube(part, part.scenarios[0], money, dropped, origin))
    return GroupedComparison(comparisons, groups, ids)


class Members:
    """A column of some scenarios of a cube, read when it is asked for."""

    def __init__(self, column: Column, members: Sequence[int]) -> None:
        """Keep the column of all."""
        self._column, self._members = column, members

    def __getitem__(self, key: Any, /) -> Any:  # noqa: ANN401 - as an array's
        """An array of one scenario, or all of them with a part of the replications."""
        first, *rest = key if isinstance(key, tuple) else (key,)
        if isinstance(first, slice):
            return Members(self._column[(first, *rest)], self._members)
        return self._column[(self._members[first], *rest)] if rest else self._column[self._members[first]]


def members_of(cube: Cube, members: Sequence[int]) -> Cube:
    """The cube of some scenarios; itself where these are all in their order."""
    if list(members) == list(range(len(cube.scenarios))):
        return cube
    return cube._replace(
        scenarios=tuple(cube.scenarios[k] for k in members),
        quarterly={name: Members(column, members) for name, column in cube.quarterly.items()},
        weekly={name: Members(column, members) for name, column in cube.weekly.items()},
    )
