"""What pressure costs and brings: each acts on its own rows, all of them on none without pressure."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import get
from tests.model.frictionless import frictionless
from tests.model.looking import count, quiet, same, weekly, who
from tests.tiny import run

PRESSED = {"world.loops.pressure": "closed", "world.leadership.stretch": 2.0}
CALM = {"world.leadership.pressure_base": 0, "world.leadership.pressure_gap": 0}
OWN_PAY = {"world.today.design.shared_incentives.sales": 0}
PULLS = {"world.sales.pull_strength": 4.0, "world.sales.pull_window": 20, **OWN_PAY}
SURE = {f"world.sales.stages[{k}].advance": 30 for k in range(4)}
EVEN = {"world.sales.skill_sigma": 0, "world.sales.effort_sigma": 0, "world.sales.exit_hazard": 0}
LEAVES = {
    "world.people.leaving_pressure": 1.2,
    "world.leadership.skipped_steps": 0.25,
    "world.sales.pull_deeper": 1.5,
    "world.sales.pull_refused": 1.0,
    "world.sales.pressed_effort": 0.08,
}


def pressed(change: dict[str, float | str], replication: int = 0) -> Trace:
    """The quiet company with twice its plan to reach."""
    return run(quiet({**PRESSED, **change}), replication=replication)


def leavers(trace: Trace, role: int) -> Trace:
    """Rows of a role's exits."""
    rows = trace.of(Kind.EXIT)
    return rows.where(rows.actor == role)


def test_without_pressure_none_of_it_changes_a_row() -> None:
    ways = {**CALM, **PULLS, "world.sales.exit_hazard": 1.0}
    assert same(pressed({**ways, **LEAVES}), pressed(ways))


@pytest.mark.parametrize("address", LEAVES)
def test_where_nothing_is_wrong_pressure_costs_and_brings_nothing(address: str) -> None:
    assert get(frictionless(), address).value == 0


def test_under_pressure_reps_leave_sooner_and_nobody_else() -> None:
    """The first on a seat are the same people: each of them leaves no later on the same luck."""
    ways = {"world.sales.exit_hazard": 1.0, "world.leadership.seat_response": 0}
    gone = [0, 0]
    for replication in range(4):
        calm, driven = (
            pressed({**ways, "world.people.leaving_pressure": growth}, replication) for growth in (0.0, 1.2)
        )
        firsts = [
            {seat: day for day, seat, g in zip(rows.time, rows.entity.tolist(), rows.value, strict=True) if g == 0}
            for rows in (leavers(calm, 0), leavers(driven, 0))
        ]
        assert firsts[0].keys() <= firsts[1].keys()
        assert all(firsts[1][seat] <= day for seat, day in firsts[0].items())
        gone[0] += len(leavers(calm, 0).time)
        gone[1] += len(leavers(driven, 0).time)
        assert all(same(leavers(calm, role), leavers(driven, role)) for role in (1, 2))
    assert gone[1] > 1.3 * gone[0]


def test_under_pressure_owned_leads_are_orphaned_and_papers_come_back_whatever_the_data_are() -> None:
    """Share skipped is at most a quarter; of about 500 leads a twentieth is beyond four sd of chance."""
    assert count(pressed({}), Kind.ORPHANED) == 0
    skipped = pressed({"world.leadership.skipped_steps": 0.25})
    share = count(skipped, Kind.ORPHANED) / count(skipped, Kind.ACCEPTED)
    assert 0.05 < share < 0.25 * weekly(skipped, Kind.PRESSURE).max() + 0.05
    again = [int(np.sum(trace.of(Kind.DESK_ENTERED).actor > 0)) for trace in (pressed({}), skipped)]
    assert again[0] == 0 < again[1]


def test_under_pressure_a_discount_deepens_by_no_more_than_its_growth() -> None:
    trace = pressed({**PULLS, "world.sales.pull_deeper": 0.5})
    opened, agreed = trace.of(Kind.OPPORTUNITY), trace.of(Kind.PULL_AGREED)
    value = dict(zip(opened.entity.tolist(), opened.value, strict=True))
    shares = [cut / value[entity] for entity, cut in zip(agreed.entity.tolist(), agreed.value, strict=True)]
    assert len(shares) > 5
    assert 0.08 < min(shares) < max(shares) < 0.08 * 1.5
    assert min(shares) > 0.08 * (1 + 0.5 * weekly(trace, Kind.PRESSURE)[13:].min())


@pytest.mark.parametrize(("refused", "won"), [(0.0, True), (100.0, False)])
def test_only_buyers_who_are_pushed_refuse(refused: float, *, won: bool) -> None:
    """Nobody else ever says no here; at a hundred in log odds everybody who is pushed does."""
    trace = pressed({**PULLS, **SURE, "world.sales.pull_refused": refused})
    signed, lost, asked = who(trace, Kind.WON), who(trace, Kind.LOST), who(trace, Kind.PULL_AGREED)
    pushed = trace.of(Kind.DECIDED)
    assert len(asked) > 5
    assert bool(asked & signed) == won
    assert bool(lost) != won
    assert lost <= set(pushed.entity[pushed.actor == 3].tolist())


def test_effort_is_most_at_half_of_full_pressure_and_gone_at_the_full_of_it() -> None:
    """Pressure held where it is by its base alone: the shortest piece of work shortens by 1 + 4 b P (1 - P)."""
    ways = {**EVEN, "world.leadership.pressure_gap": 0, "world.leadership.pressure_weeks": 1}

    def hours(base: float, most: float) -> float:
        change = {**ways, "world.leadership.pressure_base": base, "world.sales.pressed_effort": most}
        return float(pressed(change).of(Kind.WORK_DONE).value.min())

    for base in (np.log(4.0 / 3.0), np.log(2.0), 5.0):  # P is 1/4, 1/2 and nearly 1
        p = 1.0 - np.exp(-base)
        assert hours(base, 0.0) / hours(base, 0.08) == pytest.approx(1.0 + 0.32 * p * (1.0 - p), rel=1e-9)
