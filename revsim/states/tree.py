"""All cases of one replication: what they share is lived once, and what is continued goes on from states.

The first case of a world runs to its end and pauses where others leave its past and where a quarter is continued with
fresh luck. States are kept for the others, who are resumed from the latest on. The rows are those of runs from day 0.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from revsim.compiled.room import RoomError, larger, room_for_all
from revsim.contract.lived import Fork, Lived, blamed, first_event, week_of
from revsim.contract.trace import Kind
from revsim.states.paused import Company, Kept
from revsim.states.plan import Branch, plan
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters, Span
    from revsim.luck.draw import Luck


def runs(
    cases: Sequence[Parameters], luck: Luck, luck_after: Luck | None = None, forks: Sequence[Fork] = ()
) -> Iterator[Lived]:
    """Every case once, in the order that is quickest. Raises LuckExhausted, and CaseError for any other error."""
    for branch in plan_of(tuple(cases)):
        room, lived = room_for_all(cases[case] for case in cases_of(branch)), set[int]()
        while True:
            try:
                tree = Tree(cases, forks, Company(luck, luck_after, room), cases[branch.case].span)
                for each in tree.run(branch):
                    if each.case not in lived:
                        lived.add(each.case)
                        yield each
                    del each  # the next may have its memory
                break
            except RoomError as out:  # all of it once more, for there are only states that lacked room
                room = larger(room, out.wanted)


class Tree:
    """The cases of a world on one luck."""

    def __init__(self, cases: Sequence[Parameters], forks: Sequence[Fork], company: Company, span: Span) -> None:
        """`forks`: where quarters of the world's span are continued."""
        self.cases, self.company = cases, company
        self._forks = {week_of(fork, span): fork for fork in forks}
        self._early: dict[int, dict[Fork, float]] = {}  # by case: continued before it left its past

    def run(self, branch: Branch, state: State | None = None, place: int = 0) -> Iterator[Lived]:
        """A branch from the state in which it leaves its past; further states are kept from a place on."""
        p = self.cases[branch.case]
        with blamed(branch.case, "simulate", RoomError):
            if state is None:
                self.company.open(p)
            else:
                self.company.resume(state.kept, p)
        again = {} if state is None else dict(state.again)
        again |= self._early.pop(branch.case, {})
        states: dict[int, State] = {}
        for week, kind in self._stops(branch):
            with blamed(branch.case, "simulate", RoomError):
                self.company.live_until(week, kind)
            if kind == Kind.WEEK:
                again[self._forks[week]] = self._continued(branch.case, week)
                self._continue_early(branch, week)
            else:
                states[week] = State(self.company.keep(place + len(states)), dict(again))
        with blamed(branch.case, "simulate", RoomError):
            trace = self.company.live_to_the_end()
        for case in (branch.case, *branch.equal):
            yield Lived(case, trace, again)
        del trace
        for each in branch.branches:
            yield from self.run(each, states[each.week], place + len(states))

    def _stops(self, branch: Branch) -> list[tuple[int, Kind]]:
        """Where a case pauses: before the first event of a week that others leave in, and at forks."""
        forks = [(week, Kind.WEEK) for week in self._forks if week >= branch.week]
        return sorted({*forks, *((each.week, first_event(each.week)) for each in branch.branches)})

    def _continued(self, case: int, week: int) -> float:
        """The quarter's bookings once more, had the company that pauses been this case's."""
        with blamed(case, "continue", RoomError):
            return self.company.bookings_again(self.cases[case], self._forks[week][0])

    def _continue_early(self, branch: Branch, week: int) -> None:
        """Whoever leaves this past before the quarter ends goes on from here by its own choices."""
        ends = WEEKS_PER_QUARTER * (week // WEEKS_PER_QUARTER + 1)
        for each in branch.branches:
            for case in leaving_until(each, ends) if each.week > week else ():
                self._early.setdefault(case, {})[self._forks[week]] = self._continued(case, week)


class State(NamedTuple):
    """What a branch begins with: a company's state, and what has been continued before."""

    kept: Kept
    again: dict[Fork, float]


def leaving_until(branch: Branch, week: int) -> Iterator[int]:
    """A branch's case, and those that leave its past before a week."""
    if branch.week < week:
        yield branch.case
        for each in branch.branches:
            yield from leaving_until(each, week)


def cases_of(branch: Branch) -> Iterator[int]:
    """All cases of a tree."""
    yield from (branch.case, *branch.equal)
    for each in branch.branches:
        yield from cases_of(each)


class _Planned(threading.local):
    """What was planned last: a study asks for the same in each replication."""

    cases: tuple[Parameters, ...] = ()
    branches: tuple[Branch, ...] = ()


_planned = _Planned()


def plan_of(cases: tuple[Parameters, ...]) -> tuple[Branch, ...]:
    """The plan of these very cases."""
    before = _planned.cases
    if len(before) != len(cases) or any(one is not two for one, two in zip(before, cases, strict=True)):
        _planned.branches, _planned.cases = plan(cases), cases
    return _planned.branches
