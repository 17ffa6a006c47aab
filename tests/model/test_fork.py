"""A continuation with fresh luck: the same past to the bit, an exchangeable and independent future."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace
from revsim.errors import UserError
from revsim.luck.draw import Luck
from revsim.simulate import simulate
from tests.model.busy import busy
from tests.same_trace.differing import first_difference
from tests.tiny import luck_for, tiny

P = parameters_of(tiny())
QUARTER = 3  # the second measured one
REPLICATIONS = 60


@cache
def luck(seed: int, replication: int) -> Luck:
    return luck_for(P, seed, replication)


@cache
def plain(replication: int) -> Trace:
    return simulate(P, luck(1, replication))


def forked(replication: int, day: float, engine: str = "auto") -> Trace:
    return simulate(P, luck(1, replication), engine, fork_at=day, luck_after=luck(2, replication))


@pytest.mark.parametrize("week", [1, 7, 12])
def test_both_engines_continue_alike_where_continuations_are_judged(week: int) -> None:
    """What the engine that users get is shown to do is so shown of the reference."""
    for replication in range(3):
        day = 65.0 * QUARTER + 5.0 * (week - 1)
        both = (forked(replication, day, engine) for engine in ("simpy", "compiled"))
        assert first_difference(*both) is None


@pytest.mark.parametrize("week", [1, 7, 12])
def test_the_past_of_a_continuation_is_the_same_to_the_bit(week: int) -> None:
    for replication in range(6):
        day = 65.0 * QUARTER + 5.0 * (week - 1)
        base, other = plain(replication), forked(replication, day)
        assert all(np.array_equal(a, b) for a, b in zip(base.before(day), other.before(day), strict=True))
        assert not np.array_equal(base.time, other.time)


def test_the_past_is_the_same_in_a_company_where_everything_is_on() -> None:
    p = parameters_of(busy())
    for replication in range(4):
        one, two = luck_for(p, 1, replication), luck_for(p, 2, replication)
        for week in (20, 33, 47):
            base = simulate(p, one)
            other = simulate(p, one, fork_at=5.0 * week, luck_after=two)
            past, same = base.before(5.0 * week), other.before(5.0 * week)
            assert all(np.array_equal(a, b) for a, b in zip(past, same, strict=True))


def test_the_number_at_the_fork_never_reads_unspent_luck() -> None:
    for replication in range(6):
        for week in (40, 45, 50):
            base, other = plain(replication), forked(replication, 5.0 * week)
            made = [trace.of(Kind.FORECAST, Kind.FORECAST_SALES, Kind.FORECAST_OPERATIONS) for trace in (base, other)]
            numbers = [trace.value[trace.time <= 5.0 * week] for trace in made]
            assert np.array_equal(*numbers)


@cache
def errors(week: int) -> np.ndarray:
    """(replications, 3): the number at the start of the week, bookings of the run and of the continuation."""
    rows = []
    for replication in range(REPLICATIONS):
        day = 65.0 * QUARTER + 5.0 * (week - 1)
        base, other = plain(replication), forked(replication, day)
        number = base.of(Kind.FORECAST).value[13 * QUARTER + week - 1]
        rows.append((number, base.of(Kind.QUARTER_ENDED).value[QUARTER], other.of(Kind.QUARTER_ENDED).value[QUARTER]))
    return np.array(rows)


@pytest.mark.parametrize("week", [1, 7, 12])
def test_run_and_continuation_are_exchangeable(week: int) -> None:
    """Means of A and of squared error agree within 3.9 paired standard errors: false alarms 1 in 10,000 a test."""
    number, first, second = errors(week).T
    for difference in (first - second, np.square(number - first) - np.square(number - second)):
        assert abs(difference.mean()) <= 3.9 * difference.std(ddof=1) / np.sqrt(REPLICATIONS)


def test_chance_and_structure_sum_to_the_squared_error() -> None:
    number, first, second = errors(7).T
    chance = 0.5 * np.mean(np.square(first - second))
    structure = np.mean((number - first) * (number - second))
    whole = 0.5 * (np.mean(np.square(number - first)) + np.mean(np.square(number - second)))
    assert chance + structure == pytest.approx(whole, rel=1e-12)


def test_less_is_left_to_chance_as_the_quarter_ends() -> None:
    """Chance falls by half or more from week 1 to week 12; with 60 pairs its ratio is off by a third at most."""
    chance = [float(np.mean(np.square(errors(week)[:, 1] - errors(week)[:, 2]))) for week in (1, 7, 12)]
    assert chance[0] > chance[1] > chance[2]
    assert chance[2] < 0.5 * chance[0]


def test_traits_that_are_born_stay() -> None:
    base, other = plain(0), forked(0, 65.0 * QUARTER)
    values = [
        dict(zip(t.of(Kind.OPPORTUNITY).entity.tolist(), t.of(Kind.OPPORTUNITY).value, strict=True))
        for t in (base, other)
    ]
    born = {
        k
        for k, time in zip(base.of(Kind.QUALIFIED).entity.tolist(), base.of(Kind.QUALIFIED).time, strict=True)
        if time < 195.0
    }
    both = [k for k in values[0] if k in values[1] and k in born]
    assert len(both) > 20
    assert all(values[0][k] == values[1][k] for k in both)


def test_a_fork_within_a_week_is_refused() -> None:
    with pytest.raises(UserError, match="start of a week"):
        simulate(P, luck(1, 0), fork_at=12.0, luck_after=luck(2, 0))


def test_a_fork_without_a_second_luck_is_refused() -> None:
    with pytest.raises(UserError, match="belong together"):
        simulate(P, luck(1, 0), fork_at=10.0)
