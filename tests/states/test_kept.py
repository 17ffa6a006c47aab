"""States that are kept in memory: whoever goes on from one gets the rows of a run from day 0."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.errors import LuckExhausted, UserError
from revsim.luck.draw import draw
from revsim.simulate import keep, simulate
from revsim.states.kept import States, key_of
from tests.model.busy import busy
from tests.model.test_prefix import CHANGES, same, starting
from tests.tiny import luck_for, tiny

P = parameters_of(tiny())
FROM = P.span.measured_from


def changed(week: int, which: int) -> Parameters:
    return parameters_of(tiny(starting(CHANGES[which], week)))


@pytest.mark.parametrize("which", range(len(CHANGES)))
def test_other_choices_go_on_from_a_state(which: int) -> None:
    luck, other = luck_for(P), changed(1, which)
    assert same(keep(P, luck, FROM, "compiled").go_on(other), simulate(other, luck, "compiled"))


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_other_luck_goes_on_from_a_state(engine: str) -> None:
    p = parameters_of(busy())
    for replication in range(2):
        luck, after = luck_for(p, 1, replication), luck_for(p, 99, replication)
        for day in (p.span.measured_from, p.span.measured_from + 5.0 * 17):
            forked = simulate(p, luck, "compiled", fork_at=day, luck_after=after)
            assert same(keep(p, luck, day, engine).go_on(p, after), forked)


def test_a_state_outlives_what_runs_after_it_and_serves_twice() -> None:
    luck, other = luck_for(P), changed(14, 3)
    state = keep(P, luck, FROM + 65.0, "compiled")
    expected = simulate(other, luck, "compiled")
    simulate(parameters_of(busy()), luck_for(parameters_of(busy())), "compiled")
    first = state.go_on(other)
    simulate(P, luck_for(P, 5), "compiled")
    assert same(first, expected)
    assert same(state.go_on(other), expected)


def test_threads_go_on_from_one_state() -> None:
    luck = luck_for(P)
    state = keep(P, luck, FROM, "compiled")
    others = [changed(1, which) for which in range(6)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(state.go_on, others))
    assert all(same(trace, simulate(other, luck, "compiled")) for trace, other in zip(found, others, strict=True))


def test_a_scenario_that_differs_before_the_day_is_refused() -> None:
    state = keep(P, luck_for(P), FROM + 20.0, "compiled")
    with pytest.raises(UserError, match="differs before"):
        state.go_on(changed(2, 0))
    with pytest.raises(UserError, match="differs before"):
        state.go_on(parameters_of(tiny({"world.sales.reps": 4})))
    assert same(state.go_on(changed(5, 0)), simulate(changed(5, 0), luck_for(P), "compiled"))


@pytest.mark.parametrize("day", [0.0, 12.0, -5.0, P.span.end])
def test_a_day_within_a_week_or_outside_the_run_is_refused(day: float) -> None:
    with pytest.raises(UserError, match="start of a week within the run"):
        keep(P, luck_for(P), day)


def test_luck_that_is_too_short_is_asked_for() -> None:
    from revsim.contract.sizes import sizes_for

    short = draw(1, 0, sizes_for(P)._replace(inquiries=10))
    with pytest.raises(LuckExhausted):
        keep(P, short, FROM, "compiled")


def test_states_are_known_by_past_seed_replication_day_and_code() -> None:
    key = key_of(P, 1, 0, FROM)
    assert key == key_of(changed(1, 0), 1, 0, FROM)
    assert key != key_of(changed(1, 0), 1, 0, FROM + 5.0)
    others = [
        key_of(P, 2, 0, FROM),
        key_of(P, 1, 1, FROM),
        key_of(parameters_of(tiny({"world.sales.reps": 4})), 1, 0, FROM),
    ]
    assert len({key, *others}) == 4
    assert key.code


def test_states_are_made_once_and_the_last_used_stay() -> None:
    states, made = States(most=2), []

    def of(replication: int) -> object:
        def make() -> object:
            made.append(replication)
            return keep(P, luck_for(P, replication=replication), FROM, "simpy")

        return states.of(key_of(P, 1, replication, FROM), make)

    for replication in (0, 1, 0, 2, 0, 1):
        of(replication)
    assert made == [0, 1, 2, 1]
    assert len(states) == 2
