"""One extra buyer: with free capacity and loops cut, a buyer who now wins adds one win and moves nothing else."""

from __future__ import annotations

import numpy as np

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import replace
from revsim.simulate import simulate
from tests.model.frictionless import frictionless
from tests.tiny import luck_for

AMPLE = {
    "world.sales.reps": 400,
    "world.sales.open_deals": 500,
    "world.desk.analysts": 60,
    "world.buyers.work_patience": 1e9,
    "world.buyers.desk_patience": 1e9,
    "world.sales.skill_sigma": 0,
    "world.sales.exit_hazard": 0,
    "world.leadership.seat_limit": 0,
}
OF_BUYERS = [kind for kind in Kind if kind < Kind.EXIT and kind > Kind.QUALIFIED and kind is not Kind.DECIDED]


def lost_opportunity(trace: Trace, first: int) -> int:
    """A buyer who lost in the warm-up or later, the `first` of them."""
    lost = trace.of(Kind.LOST)
    return int(lost.entity[first])


def pair() -> tuple[Trace, Trace, int]:
    """A run, the run in which one losing buyer wins, and that buyer; a rep for everybody, so that nobody waits."""
    p = parameters_of(replace(frictionless(), AMPLE, "A rep for everybody"))
    luck = luck_for(p)
    base = simulate(p, luck, "simpy")
    buyer = lost_opportunity(base, 40)
    advance = np.array(luck.own.advance)
    advance[buyer, :] = 0.0
    other = luck._replace(own=luck.own._replace(advance=advance))
    return base, simulate(p, other, "simpy"), buyer


def test_a_buyer_who_now_wins_adds_exactly_one_win() -> None:
    base, more, buyer = pair()
    wins = [set(trace.of(Kind.WON).entity.tolist()) for trace in (base, more)]
    assert wins[1] - wins[0] == {buyer}
    assert wins[0] <= wins[1]


def test_nobody_else_notices() -> None:
    base, more, buyer = pair()
    rest = [others(trace, buyer) for trace in (base, more)]
    assert len(rest[0].time) > 500
    assert np.array_equal(rest[0].time, rest[1].time)
    assert np.array_equal(rest[0].entity, rest[1].entity)
    assert np.array_equal(rest[0].kind, rest[1].kind)


def others(trace: Trace, buyer: int) -> Trace:
    """Rows of the other buyers; which rep they got is left aside, as the rep who is freest may be another."""
    rows = trace.of(*OF_BUYERS)
    return rows.where(rows.entity != buyer)
