"""What the columns of each kind of row hold, where everything happens: actors and entities as `Kind` says."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import everything
from tests.recomputed.test_heroics import crowded

SEATED = {Kind.WORK_DONE, Kind.BUYER_DONE, Kind.OPPORTUNITY, Kind.STAGE_ENTERED, Kind.WORK_STARTED, Kind.LOST,
          Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER, Kind.WON, Kind.PULL_AGREED, Kind.HELD_OVER,
          Kind.SLIPPED, Kind.HANDED_OVER}  # fmt: skip
ACTORS = {
    Kind.DECIDED: 4, Kind.QUALIFIED: 5, Kind.DESK_DONE: 5, Kind.DESK_ENTERED: 5, Kind.DESK_STARTED: 5, Kind.EXIT: 3,
    Kind.HIRED: 3, Kind.HERO: 3, Kind.SEEN_QUALIFIED: 2, Kind.SEEN_BY_SALES: 2, Kind.SEEN_BY_OPERATIONS: 2,
    Kind.DRIFT: 5, Kind.READING: 5, Kind.OWNERSHIP: 3, Kind.LEVER: 12, Kind.RECONCILIATION_HOURS: 3,
    Kind.COORDINATION_HOURS: 3, Kind.DESIGN_HOURS: 4,
}  # fmt: skip
WHOLE_COMPANY = sorted(set(Kind) - SEATED - set(ACTORS) - {Kind.BRIDGED})
OF_WEEKS = [kind for kind in Kind if Kind.INQUIRIES <= kind <= Kind.COMPLIANCE]
LATER = {Kind.REVISED, Kind.BUDGET, Kind.SEATS}  # a latency after their week, or of the week that it is by then


@pytest.mark.parametrize("kind", WHOLE_COMPANY, ids=lambda kind: kind.name.lower())
def test_what_nobody_in_particular_does_has_no_actor(kind: Kind) -> None:
    for company in (everything(), crowded()):
        assert (company.trace.of(kind).actor == -1).all()


@pytest.mark.parametrize("kind", [*ACTORS, *sorted(SEATED)], ids=lambda kind: kind.name.lower())
def test_an_actor_is_one_of_its_kind(kind: Kind) -> None:
    most = ACTORS.get(kind, 6)
    for company in (everything(), crowded()):
        actors = company.trace.of(kind).actor
        assert ((actors >= 0) & (actors < most)).all()


@pytest.mark.parametrize("kind", OF_WEEKS, ids=lambda kind: kind.name.lower())
def test_rows_of_a_week_are_at_its_start(kind: Kind) -> None:
    rows = everything().trace.of(kind)
    assert (rows.entity >= 0).all()
    if kind not in LATER:
        assert rows.time == pytest.approx(5.0 * rows.entity, rel=1e-12)


@pytest.mark.parametrize("kind", [Kind.BUDGET, Kind.SEATS])
def test_what_was_decided_is_told_in_the_week_in_which_it_holds(kind: Kind) -> None:
    rows = everything().trace.of(kind)
    assert np.array_equal(rows.entity, rows.time // 5)


@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.PLAN_FROM])
def test_plans_are_told_on_the_first_day_of_their_quarter(kind: Kind) -> None:
    rows = everything().trace.of(kind)
    assert rows.time.tolist() == (65.0 * rows.entity).tolist()


@pytest.mark.parametrize("kind", [Kind.QUARTER_ENDED, Kind.BUDGET_ERROR, Kind.SEATS_ERROR, Kind.OPEN_AT_END])
def test_what_a_quarter_came_to_is_told_on_the_day_after_its_last(kind: Kind) -> None:
    rows = everything().trace.of(kind)
    assert rows.time.tolist() == (65.0 * (rows.entity + 1)).tolist()
    assert len(rows.time) == everything().weeks // 13


def test_deals_open_at_a_quarter_s_end_are_those_begun_and_neither_won_nor_lost() -> None:
    trace = everything().trace
    ends = (Kind.WON, Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)
    for day, told in zip(trace.of(Kind.OPEN_AT_END).time, trace.of(Kind.OPEN_AT_END).value, strict=True):
        before = trace.before(day)
        assert told == len(before.of(Kind.OPPORTUNITY).time) - len(before.of(*ends).time)
