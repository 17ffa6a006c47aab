"""Nothing is made or lost: buyers, money and hours add up, whatever the company."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import BASE_FROM, PLACES, Kind, Trace
from revsim.scenario.scenario import Scenario
from tests.model.busy import busy
from tests.tiny import run, tiny

LEAD_ENDS = {Kind.DROPPED, Kind.ORPHANED, Kind.COOLED, Kind.LEFT_WAITING}
DEAL_ENDS = {Kind.WON, Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER}
# What may follow what, for one buyer, among the rows that move it on.
NEXT = {
    None: {Kind.QUALIFIED},
    Kind.QUALIFIED: {Kind.ACCEPTED, Kind.REFUSED},
    Kind.REFUSED: {Kind.DROPPED, Kind.ARBITRATED, Kind.ACCEPTED},
    Kind.ARBITRATED: {Kind.SETTLED, Kind.DROPPED},
    Kind.SETTLED: {Kind.DROPPED, Kind.ACCEPTED},
    Kind.ACCEPTED: {Kind.ORPHANED, Kind.PICKED_UP, Kind.LEFT_WAITING},
    Kind.PICKED_UP: {Kind.COOLED, Kind.OPPORTUNITY},
    Kind.OPPORTUNITY: {Kind.STAGE_ENTERED},
    Kind.STAGE_ENTERED: {Kind.WORK_STARTED, *DEAL_ENDS} - {Kind.WON, Kind.LOST},
    Kind.WORK_STARTED: {Kind.WORK_DONE},
    Kind.WORK_DONE: {Kind.BUYER_DONE, Kind.LOST_HANDED_OVER},
    Kind.BUYER_DONE: {Kind.STAGE_ENTERED, Kind.LOST, Kind.WON, Kind.HELD_OVER, Kind.LOST_HANDED_OVER},
    Kind.HELD_OVER: {Kind.WON},
}
MOVES = {kind for kinds in NEXT.values() for kind in kinds}

COMPANIES = st.fixed_dictionaries(
    {},
    optional={
        "world.marketing_to_sales.never_worked": st.floats(0, 1),
        "world.marketing_to_sales.arbitrated_share": st.floats(0, 1),
        "world.sales.open_deals": st.integers(1, 40),
        "world.sales.exit_hazard": st.floats(0, 4),
        "world.buyers.work_patience": st.floats(1, 100),
        "world.buyers.desk_patience": st.floats(0.5, 100),
        "world.buyers.lead_patience": st.floats(0.5, 60),
        "world.desk.rework": st.floats(0, 0.95),
        "world.sales.sandbag_share": st.floats(0, 1),
        "world.sales.pull_strength": st.floats(0, 5),
        "world.people.hero_value_bar": st.sampled_from([0, 30_000]),
        "world.sales.vacancy_days": st.sampled_from([0, 5, 40]),
        "world.leadership.seat_limit": st.sampled_from([0, 0.5]),
        "world.demand.inquiries_per_week": st.integers(1, 80),
        "heroics.capacity": st.floats(0, 0.8),
    },
)
EXAMPLES = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def busy_trace() -> Trace:
    return run(busy())


def histories(trace: Trace) -> dict[int, list[Kind]]:
    """The moves of each buyer, in order."""
    found: dict[int, list[Kind]] = defaultdict(list)
    rows = trace.of(*MOVES)
    for kind, entity in zip(rows.kind.tolist(), rows.entity.tolist(), strict=True):
        if entity < BASE_FROM:
            found[entity].append(Kind(kind))
    return found


def check_lawful(trace: Trace) -> None:
    for entity, moves in histories(trace).items():
        before: Kind | None = None
        for move in moves:
            assert move in NEXT.get(before, set()), (
                f"buyer {entity}: {move.name} after {before and before.name}: {moves}"
            )
            before = move


@EXAMPLES
@given(COMPANIES, st.integers(0, 5))
def test_every_buyer_takes_lawful_steps_and_ends_at_most_once(changes: dict[str, Any], replication: int) -> None:
    trace = run(tiny(changes), replication=replication)
    check_lawful(trace)
    for moves in histories(trace).values():
        assert sum(move in LEAD_ENDS | DEAL_ENDS for move in moves) <= 1


def test_every_buyer_takes_lawful_steps_where_everything_is_on() -> None:
    check_lawful(busy_trace())


@EXAMPLES
@given(COMPANIES)
def test_bookings_of_a_quarter_are_the_deals_won_in_it(changes: dict[str, Any]) -> None:
    trace = run(tiny(changes))
    won = trace.of(Kind.WON)
    for quarter, booked in enumerate(trace.of(Kind.QUARTER_ENDED).value):
        inside = won.value[np.floor_divide(won.time, 65.0) == quarter]
        assert booked == pytest.approx(inside.sum(), rel=1e-12, abs=1e-6)


@EXAMPLES
@given(COMPANIES)
def test_a_contract_that_comes_up_is_renewed_or_churned(changes: dict[str, Any]) -> None:
    trace = run(tiny(changes))
    due = trace.of(Kind.DUE).value.sum()
    assert due == pytest.approx(trace.of(Kind.RENEWED, Kind.CHURNED, Kind.CHURNED_HANDOFF).value.sum(), rel=1e-12)


def work_intervals(trace: Trace) -> dict[int, list[tuple[float, float]]]:
    """Begin and end of each piece of work, by seat; a piece in progress at the end is left out."""
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    started: dict[int, tuple[int, float]] = {}
    rows = trace.of(Kind.WORK_STARTED, Kind.WORK_DONE)
    for kind, entity, seat, time in zip(rows.kind, rows.entity.tolist(), rows.actor.tolist(), rows.time, strict=True):
        if kind == Kind.WORK_STARTED:
            started[entity] = (seat, time)
        else:
            assert started[entity][0] == seat
            found[seat].append((started.pop(entity)[1], time))
    return found


def check_hours(trace: Trace, scenario: Scenario) -> None:
    """No rep does two things at once; no hero bridges more than the pool allows; the desk has only its own hands."""
    for pieces in work_intervals(trace).values():
        ordered = sorted(pieces)
        assert all(first[1] <= second[0] + 1e-9 for first, second in pairwise(ordered))
    analysts = int(scenario.world.desk.analysts.value)
    steps = [(time, 1) for time in trace.of(Kind.DESK_STARTED).time] + [(t, -1) for t in trace.of(Kind.DESK_DONE).time]
    busy_now = 0
    for _, step in sorted(steps):
        busy_now += step
        assert busy_now <= analysts
    p = parameters_of(scenario)
    most = max(p.today.heroics.capacity, p.chosen.heroics.capacity)
    hours = (p.sales.selling_hours, p.people.manager_hours, p.desk.hours)
    bridged = trace.of(Kind.BRIDGED)
    spent: dict[tuple[int, int], float] = defaultdict(float)
    for time, actor, value in zip(bridged.time, bridged.actor.tolist(), bridged.value, strict=True):
        spent[int(time // 5.0), actor] += value
    sofar: dict[int, float] = defaultdict(float)
    for (week, actor), value in sorted(spent.items()):
        sofar[actor] += value
        fresh = most * hours[actor // PLACES]
        assert value <= min(2.0 * fresh, 0.8 * hours[actor // PLACES]) + 1e-9
        assert sofar[actor] <= (week + 1) * fresh + 1e-9


@EXAMPLES
@given(COMPANIES)
def test_hours_spent_are_hours_that_people_have(changes: dict[str, Any]) -> None:
    scenario = tiny(changes)
    check_hours(run(scenario), scenario)


def test_hours_hold_where_everything_is_on() -> None:
    check_hours(busy_trace(), busy())


def test_work_done_is_no_more_than_the_selling_hours_there() -> None:
    """Over the whole run, the piece in progress as a week's capacity falls apart (a tenth)."""
    trace = run(tiny())
    assert trace.of(Kind.WORK_DONE).value.sum() <= 1.1 * trace.of(Kind.REPS_HOURS).value.sum()


def test_a_trace_is_in_the_order_of_time() -> None:
    assert (np.diff(busy_trace().time) >= 0.0).all()


def test_shuffled_keys_of_a_file_change_no_bit() -> None:
    from revsim.scenario.scenario import Scenario as Resolved
    from revsim.scenario.text import as_data

    def turned(value: Any) -> Any:
        return {k: turned(v) for k, v in reversed(value.items())} if isinstance(value, dict) else value

    data = turned(as_data(tiny()))
    again = Resolved.model_validate(data)
    assert all(np.array_equal(a, b) for a, b in zip(run(tiny()), run(again), strict=True))
