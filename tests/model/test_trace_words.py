"""What `contract/trace.py` says of its rows where a reader could mistake entity, actor and value for another thing."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from tests.model.busy import busy
from tests.tiny import run


@pytest.fixture(scope="module")
def trace() -> Trace:
    return run(busy())


@pytest.mark.parametrize("kind", [Kind.EXIT, Kind.HIRED])
def test_the_actor_of_an_exit_or_a_hire_is_the_role_and_the_value_the_generation(kind: Kind, trace: Trace) -> None:
    rows = trace.of(kind)
    assert set(rows.actor.tolist()) <= {0, 1, 2}
    for role in set(rows.actor.tolist()):
        for seat in set(rows.entity[rows.actor == role].tolist()):
            generations = rows.value[(rows.actor == role) & (rows.entity == seat)]
            assert (np.diff(generations) > 0).all()


@pytest.mark.parametrize(
    ("started", "done"), [(Kind.WORK_STARTED, Kind.WORK_DONE), (Kind.DESK_STARTED, Kind.DESK_DONE)]
)
def test_the_value_of_a_start_is_the_wait_in_days_and_of_an_end_the_hours(
    started: Kind, done: Kind, trace: Trace
) -> None:
    begun, ended = trace.of(started), trace.of(done)
    assert (begun.value >= 0).all()
    assert (begun.value <= begun.time).all()
    assert (ended.value > 0).all()


def test_the_desk_s_rows_name_the_loop_and_four_for_an_arbitration(trace: Trace) -> None:
    arbitrated = set(trace.of(Kind.ARBITRATED).entity.tolist())
    for kind in (Kind.DESK_ENTERED, Kind.DESK_STARTED, Kind.DESK_DONE):
        rows = trace.of(kind)
        assert set(rows.entity[rows.actor == 4].tolist()) <= arbitrated
        assert set(rows.actor.tolist()) <= set(range(5))
    assert set(trace.of(Kind.DESK_ENTERED).actor.tolist()) >= {0, 4}


def test_a_decision_s_entity_is_the_quarter_the_week_or_the_buyer_by_what_is_decided(trace: Trace) -> None:
    rows = trace.of(Kind.DECIDED)
    assert set(rows.actor.tolist()) == {0, 1, 2, 3}
    budget, revision, discount = (rows.where(rows.actor == actor) for actor in (0, 1, 3))
    assert budget.time == pytest.approx(65.0 * budget.entity + budget.value)
    assert revision.time == pytest.approx(5.0 * revision.entity + revision.value)
    assert set(discount.entity.tolist()) <= set(trace.of(Kind.OPPORTUNITY).entity.tolist())


def test_inquiries_seen_are_counted_apart_for_those_who_came_and_those_who_were_bought(trace: Trace) -> None:
    seen = trace.of(Kind.SEEN_QUALIFIED)
    assert set(seen.actor.tolist()) == {0, 1}
    assert seen.value.sum() == len(trace.of(Kind.QUALIFIED).time)


def test_a_review_tells_the_weeks_between_reviews(trace: Trace) -> None:
    assert (trace.of(Kind.REVIEWED).value >= 1).all()
