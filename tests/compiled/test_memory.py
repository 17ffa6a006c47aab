"""Arrays are kept from run to run, and nothing of one run is seen in the next."""

from __future__ import annotations

import threading
from math import inf

import numpy as np
import pytest

from revsim.compiled import memory
from revsim.compiled.company import run
from revsim.compiled.inquiries import BY_SOURCE, Inquiries
from revsim.compiled.room import first_room
from revsim.compiled.views import AT_ONCE, CELLS
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Trace
from revsim.errors import LuckExhausted
from revsim.luck.draw import Sizes, draw
from revsim.luck.laws import normals
from tests.tiny import luck_for, tiny

SHAPES = [{}, {"world.sales.reps": 9}, {"world.desk.analysts": 3, "calendar.quarters": 3}, {"world.people.managers": 5}]


def companies() -> list[Parameters]:
    return [parameters_of(tiny(changes)) for changes in SHAPES]


def equal(one: Trace, other: Trace) -> bool:
    return all(np.array_equal(mine, theirs) for mine, theirs in zip(one, other, strict=True))


def alone(p: Parameters, replication: int) -> Trace:
    """A run in fresh memory."""
    memory._kept.memory = None
    return run(p, luck_for(p, replication=replication), inf, None)


def test_a_run_is_the_same_whatever_ran_before() -> None:
    fresh = [alone(p, r) for p in companies() for r in range(2)]
    memory._kept.memory = None
    again = [run(p, luck_for(p, replication=r), inf, None) for p in companies() for r in range(2)]
    assert all(equal(one, other) for one, other in zip(fresh, again, strict=True))


def test_what_lies_in_the_arrays_is_never_read() -> None:
    p = companies()[0]
    expected = alone(p, 3)
    kept = memory.memory_for(p, first_room(p))
    for array in kept.arrays.values():
        array.view(np.uint8)[:] = 0xFF
    assert equal(run(p, luck_for(p, replication=3), inf, None), expected)
    assert memory._kept.memory is kept


def test_a_fork_leaves_nothing_behind() -> None:
    p = companies()[0]
    luck = luck_for(p)
    expected = alone(p, 0)
    run(p, luck, p.span.measured_from + 5.0, draw(1, 0, luck_sizes(p), 1))
    assert equal(run(p, luck, inf, None), expected)


def test_a_trace_that_somebody_holds_is_never_written_over() -> None:
    p = companies()[0]
    memory._kept.memory = None
    kept = run(p, luck_for(p, replication=0), inf, None)
    part, before = kept.value[10:20], kept.value.copy()
    of_part = part.copy()
    run(p, luck_for(p, replication=1), inf, None)
    assert np.array_equal(kept.value, before)
    del kept
    run(p, luck_for(p, replication=2), inf, None)
    assert np.array_equal(part, of_part)


def test_a_trace_that_nobody_holds_leaves_its_room_to_the_next() -> None:
    p = companies()[0]
    memory._kept.memory = None
    places = [run(p, luck_for(p, replication=r), inf, None).time.ctypes.data for r in range(3)]
    assert len(set(places)) == 1


def test_inquiries_are_drawn_once_for_all_scenarios_of_a_replication() -> None:
    p, other = companies()[0], parameters_of(tiny({"world.demand.growth": 1.1}))
    luck = luck_for(p)
    run(p, luck, inf, None)
    kept = memory._kept.memory
    assert kept is not None
    drawn = kept.inquiries[0][0]
    many = AT_ONCE * int(drawn.whole.sum())
    drawn.value[:many] = 0.5  # whatever is there is taken as it is
    run(other, luck, inf, None)
    assert (drawn.value[:many] == 0.5).all()
    run(p, luck_for(p, replication=1), inf, None)
    anew = AT_ONCE * int(drawn.whole.sum())  # fewer where the market asks less
    assert anew > AT_ONCE
    assert not (drawn.value[: min(many, anew)] == 0.5).any()


@pytest.mark.parametrize("name", ["fit", "value", "worked", "source", "seen_by_sales"])
def test_luck_that_shares_its_clock_with_other_luck_is_its_own(name: str) -> None:
    p = companies()[0]
    plain, other = luck_for(p), luck_for(p, seed=99)
    mixed = plain._replace(own=plain.own._replace(**{name: getattr(other.own, name)}))
    expected = alone(p, 0)
    assert not equal(run(p, mixed, inf, None), expected)
    assert equal(run(p, plain, inf, None), expected)


def test_an_interrupt_while_room_is_made_leaves_nothing_that_is_taken_for_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    p = companies()[0]
    expected = alone(p, 1)
    run(p, luck_for(p), inf, None)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as while_made:
        while_made.setattr(Inquiries, "_make_room", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(p, luck_for(p, replication=1), inf, None)
    assert equal(run(p, luck_for(p, replication=1), inf, None), expected)


def test_luck_after_a_fork_that_is_shorter_than_what_has_come_is_asked_for() -> None:
    p = parameters_of(tiny({"world.demand.inquiries_per_week": 400}))
    short = draw(99, 0, luck_sizes(p)._replace(inquiries=50, bought=50))
    with pytest.raises(LuckExhausted):
        run(p, luck_for(p), 155.0, short)


@pytest.mark.parametrize("entity", ["weeks", "reps", "managers", "analysts", "customers"])
def test_luck_for_fewer_than_there_are_is_refused(entity: str) -> None:
    p = companies()[0]
    with pytest.raises(IndexError, match=f"luck of {entity} is for"):
        run(p, draw(1, 0, luck_sizes(p)._replace(**{entity: 0})), inf, None)


def test_what_is_drawn_of_inquiries_is_their_luck() -> None:
    p, luck = companies()[0], luck_for(companies()[0])
    memory._kept.memory = None
    run(p, luck, inf, None)
    for stream, buyers in enumerate((luck.own, luck.bought)):
        drawn = memory.memory_for(p, first_room(p)).inquiries[0][stream]
        many = min(AT_ONCE * int(drawn.whole.sum()), len(buyers.clock))
        assert many > 0
        assert np.array_equal(drawn.clock[:many], buyers.clock[:many])
        assert np.array_equal(normals(drawn.fit[:many]), buyers.fit[:many])
        assert np.array_equal(drawn.value[:many], buyers.value[:many])
        assert np.array_equal(drawn.worked[:many], buyers.worked[:many])
        assert np.array_equal(drawn.cells[:many, BY_SOURCE], (buyers.source[:many] * CELLS).astype(int))


@pytest.mark.parametrize("threads", [3])
def test_threads_have_memories_of_their_own(threads: int) -> None:
    p = companies()[0]
    expected = [alone(p, r) for r in range(threads)]
    found: dict[int, list[Trace]] = {r: [] for r in range(threads)}

    def several(r: int) -> None:
        for _ in range(5):
            found[r].append(run(p, luck_for(p, replication=r), inf, None))

    workers = [threading.Thread(target=several, args=(r,)) for r in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(equal(trace, expected[r]) for r in range(threads) for trace in found[r])


def luck_sizes(p: Parameters) -> Sizes:
    sizes = sizes_for(p)
    return sizes._replace(inquiries=2 * sizes.inquiries + 500, bought=2 * sizes.bought + 500)


@pytest.mark.parametrize("most", [1, 2, 64])
def test_companies_of_one_shape_that_come_in_turn_start_as_if_alone(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_OPENED", most)
    changes: list[dict[str, object]] = [{}, {"world.sales.open_deals": 3}, {"world.demand.inquiries_per_week": 12}]
    several = [parameters_of(tiny(change)) for change in changes]
    expected = [[alone(p, replication) for p in several] for replication in range(2)]
    memory._kept.memory = None
    for replication in (0, 1, 0):
        for place, p in enumerate(several):
            assert equal(run(p, luck_for(p, replication=replication), inf, None), expected[replication][place])
    assert memory._kept.memory is not None
    assert len(memory._kept.memory.opened) <= most
