"""Who leaves and comes, how tired heroes get, where everybody's hours go: from rows of exits, hires and bridging."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import COMPANIES, Array, Company, changed, everything, ordinary
from tests.recomputed.people import Hours, People, heroes_of

Of = Callable[[], Company]


@cache
def restless() -> Company:
    """Two in three leave within a year; several sit in each role."""
    staff = {
        "world.sales.reps": 4,
        "world.people.managers": 2,
        "world.desk.analysts": 2,
        "world.sales.vacancy_days": 10,
    }
    return changed({**staff, "world.sales.exit_hazard": 1.2, "calendar.quarters": 4})


each = pytest.mark.parametrize("company_of", [*COMPANIES, restless], ids=lambda f: f.__name__)


@cache
def people(company_of: Of) -> People:
    return People(company_of())


@cache
def hours(company_of: Of) -> Hours:
    return Hours(people(company_of))


@each
def test_energy_is_drained_by_bridging_against_working_hours_and_comes_back_with_rest(
    company_of: Of,
) -> None:
    told, energy = heroes_of(company_of()), people(company_of).energy
    for week, heroes in enumerate(told):
        left = {seat for kind, seat, _ in people(company_of).moves[week] if kind == Kind.EXIT}
        for seat, value in heroes.items():
            assert seat in left or value == pytest.approx(energy[week][seat], rel=1e-9)
    assert min(min(heroes.values(), default=1.0) for heroes in told) < 0.9


@each
def test_people_leave_when_their_summed_hazard_meets_their_threshold(company_of: Of) -> None:
    company, who = company_of(), people(company_of)
    p, luck = company.p, (company.luck.reps, company.luck.managers, company.luck.analysts)
    hazard = dict.fromkeys(who.there[0], 0.0)
    struck = (p.stress.leaves_day, p.stress.manager_day, p.stress.analyst_day)
    for week in range(company.weeks - 1):
        pool = company.pool(week)
        gone = {seat: g for kind, seat, g in who.moves[week] if kind == Kind.EXIT}
        for seat, met in hazard.items():
            rate = p.sales.exit_hazard * np.exp(pool.exit * (1.0 - who.lived[week][seat]))
            sooner = np.exp(p.people.leaving_pressure * company.pressed[week]) if seat[0] == 0 else 1.0
            hazard[seat] = met + rate * sooner / 52.0
            generation = gone.get(seat, who.there[week].get(seat))
            threshold = -np.log1p(-luck[seat[0]].exit[seat[1], generation])
            if not struck[seat[0]] <= 5.0 * week < struck[seat[0]] + 5.0:
                assert (seat in gone) == (hazard[seat] >= threshold)
        for kind, seat, _ in who.moves[week]:
            hazard.pop(seat, None)
            if kind == Kind.HIRED:
                hazard[seat] = 0.0
    assert company_of is not restless or sum(map(len, who.moves.values())) > 5


@pytest.mark.parametrize("warmup", [1, 6])
def test_who_booked_most_in_the_last_warm_up_year_leaves_in_the_week_of_the_stress_and_nobody_else(warmup: int) -> None:
    stress = {"stress.top_performer_leaves": {"week": 3}, "world.sales.exit_hazard": 0, "world.sales.reps": 5}
    company = changed({**stress, "calendar.warmup_quarters": warmup})
    start = company.p.span.measured_from
    won = company.trace.of(Kind.WON)
    year = won.where((won.time >= max(65.0, start - 260.0)) & (won.time < start))
    booked = np.bincount(year.actor, weights=year.value, minlength=5)
    rows = company.trace.of(Kind.EXIT)
    assert (rows.time.tolist(), rows.actor.tolist(), rows.entity.tolist()) == ([start + 10.0], [0], [booked.argmax()])


@pytest.mark.parametrize(("stress", "role"), [("top_performer", 0), ("manager", 1), ("analyst", 2)])
def test_a_stress_by_a_leaver_takes_one_person_along_even_where_the_noted_one_has_gone(stress: str, role: int) -> None:
    """Of runs in which most leave within a year, some have lost that person before the stress comes."""
    staff = {"world.sales.reps": 2, "world.people.managers": 2, "world.desk.analysts": 2}
    plain = {**staff, "world.sales.exit_hazard": 3.0, "world.sales.vacancy_days": 0}
    late = {**plain, f"stress.{stress}_leaves": {"week": 8}}
    for replication in range(5):
        rows = [changed(ways, replication).trace.of(Kind.EXIT).before(165.0 + 1e-9) for ways in (plain, late)]
        of_role = [int(np.count_nonzero(exits.actor == role)) for exits in rows]
        assert of_role[1] - of_role[0] == 1
        assert len(rows[1].time) - len(rows[0].time) == 1


@pytest.mark.parametrize(("stress", "role"), [("manager", 1), ("analyst", 2)])
def test_the_manager_or_analyst_who_leaves_is_the_fastest_of_the_first_measured_day(stress: str, role: int) -> None:
    ways = {f"stress.{stress}_leaves": {"week": 3}, "world.sales.exit_hazard": 0, "world.people.managers": 4}
    company = changed({**ways, "world.desk.analysts": 4})
    luck = (company.luck.reps, company.luck.managers, company.luck.analysts)[role]
    rows = company.trace.of(Kind.EXIT)
    start = company.p.span.measured_from
    best = int(np.argmax(luck.skill[:4, 0]))
    assert (rows.time.tolist(), rows.actor.tolist(), rows.entity.tolist()) == ([start + 10.0], [role], [best])


def working(company: Company, day: float) -> set[int]:
    """Seats on which a piece of work is under way; a leaver's is brought to its end before anybody sits down."""
    rows = company.trace.of(Kind.WORK_STARTED, Kind.WORK_DONE).before(day)
    last = dict(zip(rows.actor.tolist(), rows.kind.tolist(), strict=True))
    return {seat for seat, kind in last.items() if kind == Kind.WORK_STARTED}


def hired(company_of: Of, role: int) -> list[tuple[int, int]]:
    """Week and seat of each hire, by the seats wanted: opened for a vacancy and a latency, frozen from the last one."""
    company, who = company_of(), people(company_of)
    p = company.p
    seats = (int(np.ceil(p.sales.reps * (1.0 + p.leadership.seat_limit))), p.people.managers, p.desk.analysts)[role]
    usual = (p.sales.reps, p.people.managers, p.desk.analysts)[role]
    told = company.trace.of(Kind.SEATS)
    until: dict[int, float] = {}
    found = []
    for week in range(company.weeks):
        day = 5.0 * week
        before = told.before(day).value
        wanted = int(before[-1]) if role == 0 and len(before) else usual
        there = set(who.team(week, role)) - {s for k, (r, s), _ in who.moves[week] if k == Kind.HIRED and r == role}
        coming = [seat for seat in range(seats) if seat in until]
        while coming and len(there) + len(coming) > wanted:
            del until[coming.pop()]
        for seat in range(seats):
            if len(there) + len(until) < wanted and seat not in there and seat not in until:
                until[seat] = day + p.sales.vacancy_days + company.latency[week]
        busy = working(company, day) if role == 0 else set()
        for seat in sorted(until):
            if until[seat] <= day and seat not in busy:
                found.append((week, seat))
                del until[seat]
    return found


@each
@pytest.mark.parametrize("role", range(3))
def test_seats_are_filled_a_vacancy_and_a_latency_after_they_are_wanted(company_of: Of, role: int) -> None:
    rows = people(company_of).moves
    told = [(t, seat) for t in sorted(rows) for kind, (r, seat), _ in rows[t] if kind == Kind.HIRED and r == role]
    assert told == hired(company_of, role)


@each
@pytest.mark.parametrize("role", range(3))
def test_hours_of_each_role_go_to_reconciling_coordinating_and_designing(company_of: Of, role: int) -> None:
    company, asked = company_of(), hours(company_of)
    there = asked.whole[:, role] > 0
    for kind, part in (
        (Kind.RECONCILIATION_HOURS, asked.reconciling),
        (Kind.COORDINATION_HOURS, asked.coordinating),
        (Kind.DESIGN_HOURS, asked.designing),
    ):
        told = company.sums(kind, role)
        assert told[there] == pytest.approx((asked.given * part)[there, role], rel=1e-9)
        assert not told[~there].any()


def test_nobody_gives_more_than_nine_tenths_of_the_hours_there_are() -> None:
    assert (hours(everything).given < 1).any()
    assert hours(everything).lost.max() == 0.9
    assert (hours(ordinary).given == 1).any()


@cache
def kept(company_of: Of, role: int) -> list[dict[int, float]]:
    """By week and seat, the share of hours that is left for the role's own work."""
    who, lost = people(company_of), hours(company_of).lost
    return [
        {
            seat: (1.0 - lost[week, role]) * (1.0 - who.bridging_share(week, (role, seat)))
            for seat in who.team(week, role)
        }
        for week in range(company_of().weeks)
    ]


@each
def test_selling_hours_are_what_is_left_and_dip_after_a_revision(company_of: Of) -> None:
    company = company_of()
    dip = 1.0 - company.p.leadership.revision_dip * company.revised_in
    left = np.array([sum(shares.values()) for shares in kept(company_of, 0)])
    assert company.by_week(Kind.REPS_HOURS) == pytest.approx(company.p.sales.selling_hours * dip * left, rel=1e-9)


@each
def test_desk_hours_are_what_is_left_of_rested_analysts_and_a_migration_takes_its_share(company_of: Of) -> None:
    company, who = company_of(), people(company_of)
    worse = np.where(company.migrating, 1.0 - company.p.stress.migration_desk_lost, 1.0)
    left = [
        sum(share * np.sqrt(who.energy[week][2, seat]) for seat, share in shares.items())
        for week, shares in enumerate(kept(company_of, 2))
    ]
    assert company.by_week(Kind.DESK_HOURS) == pytest.approx(company.p.desk.hours * worse * left, rel=1e-9)


@each
def test_people_cost_forty_hours_a_week_each_whatever_they_do(company_of: Of) -> None:
    company = company_of()
    p, size = company.p.people, hours(company_of).size
    prices = np.array([p.rep_cost, p.manager_cost, p.analyst_cost])
    assert company.by_week(Kind.PEOPLE_COST) == pytest.approx(40.0 * size @ prices, rel=1e-12)


@cache
def coached(company_of: Of) -> Array:
    """Reps' productivity by the managing hours that are there, (weeks,)."""
    p, who = company_of().p.people, people(company_of)
    there = [
        sum(share * np.sqrt(who.energy[week][1, seat]) for seat, share in shares.items())
        for week, shares in enumerate(kept(company_of, 1))
    ]
    return 1.0 - p.coaching * (1.0 - np.array(there) / p.managers)


@cache
def staying() -> Company:
    """Nobody ever leaves, so everybody has been there for ever."""
    return changed({"world.sales.exit_hazard": 0, "calendar.quarters": 4})


@pytest.mark.parametrize("company_of", [*COMPANIES, restless, staying], ids=lambda f: f.__name__)
def test_a_piece_of_work_takes_the_hours_that_skill_ramp_pay_coaching_and_energy_make_of_it(company_of: Of) -> None:
    """The hours told are median effort and its luck over the rep's speed in the week in which it was begun."""
    from scipy.stats import norm

    company, who = company_of(), people(company_of)
    p, trace = company.p.sales, company.trace
    tenure = -np.log1p(-company.luck.reps.tenure[:, 0]) * 260.0 / max(p.exit_hazard, 1e-300)
    joined_at = {(seat, 0): -tenure[seat] for seat in range(p.reps)}
    for week, moves in who.moves.items():
        joined_at |= {(seat, g): 5.0 * week for kind, (role, seat), g in moves if kind == Kind.HIRED and role == 0}
    stage, begun, seen = {}, {}, 0
    rows = trace.of(Kind.STAGE_ENTERED, Kind.WORK_STARTED, Kind.WORK_DONE)
    for time, kind, entity, seat, value in zip(*(column.tolist() for column in rows), strict=True):
        if kind == Kind.STAGE_ENTERED:
            stage[entity] = int(value)
        elif kind == Kind.WORK_STARTED:
            begun[entity] = time
        elif (
            begun[entity] % 5.0 != 0.0 and entity < 100_000_000 and begun[entity] < 5.0 * (company.weeks - 1)
        ):  # at a week's turn the old week's speed may hold still
            day, week = begun[entity], int(begun[entity] // 5)
            generation = who.there[week][0, seat]
            ramp = min(
                1.0, p.ramp_start + (1.0 - p.ramp_start) * (5.0 * week - joined_at[seat, generation]) / p.ramp_days
            )
            near = 65.0 - (5.0 * week) % 65.0 <= p.end_window
            effort = 1.0 + (p.own_pay_effort + p.end_pay_effort * near) * (1.0 - company.levers[week, 6])
            effort *= 1.0 + 4.0 * p.pressed_effort * company.pressed[week] * (1.0 - company.pressed[week])
            skill = p.skill_sigma * company.luck.reps.skill[seat, generation]
            speed = np.exp(p.speed_exponent * skill) * ramp * effort * coached(company_of)[week]
            speed *= np.sqrt(who.energy[week][0, seat])
            luck = np.exp(p.effort_sigma * norm.ppf(company.luck.own.effort[entity, stage[entity]]))
            assert value == pytest.approx(p.stage_effort[stage[entity]] * luck / speed, rel=1e-9), day
            seen += 1
    assert seen > 100
