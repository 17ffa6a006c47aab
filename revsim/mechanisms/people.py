"""People: who is there, who leaves, who follows, and how much each can do this week.

hazard   += leaving_rate(base, exit, energy) / 52 a week; leaves at a unit exponential   formulas/energy.py
            times leaving_factor(growth, pressure)                                      mechanisms/pressure.py
energy    = energy_next(energy, hours bridged last week / hours of the role)
follows   after vacancy days and the latency of decisions
heroes    = the best share of each role, by speed at full ramp's share                   chosen once a quarter
"""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING

from revsim.contract.constants import ANALYST, MANAGER, REP
from revsim.contract.trace import Kind
from revsim.formulas.energy import energy_next, leaving_rate
from revsim.formulas.judgement import odds_factor
from revsim.formulas.quantiles import exponential
from revsim.formulas.selling import deal_room, ramp_share, work_speed
from revsim.luck.purposes import GENERATIONS
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import (
    everybody,
    generations_ran_out,
    hand_over,
    note_presence,
    people_luck,
    record,
    room_opened,
    team,
)
from revsim.mechanisms.pressure import leaves_sooner
from revsim.mechanisms.signal import LOADS, heard
from revsim.units import DAYS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.person import Person


@mechanism
def open_company(firm: Firm) -> None:
    """Fill the seats of the first day; tenures are those of a company that has stood for long."""
    sales = firm.p.sales
    for person in everybody(firm):
        if person.role == REP and person.seat >= sales.reps:
            continue
        join(firm, person, 0.0)
        u = float(people_luck(firm, person.role).tenure[person.seat, 0])
        person.joined = -exponential(u, DAYS_PER_YEAR / sales.exit_hazard) if sales.exit_hazard > 0.0 else -inf


@mechanism
def join(firm: Firm, person: Person, now: float) -> None:
    """The next generation sits down."""
    person.generation += 1
    if person.generation >= GENERATIONS:
        generations_ran_out(firm)
        person.generation = GENERATIONS - 1
    luck, row, column = people_luck(firm, person.role), person.seat, person.generation
    person.present, person.vacant_until, person.joined = True, inf, now
    person.log_skill = firm.p.sales.skill_sigma * float(luck.skill[row, column])
    person.optimism = odds_factor(firm.p.forecasting.optimism_sd * float(luck.optimism[row, column]))
    person.hazard, person.leaves_at = 0.0, exponential(float(luck.exit[row, column]), 1.0)
    person.energy, person.hero = 1.0, False
    person.bridge_left = person.bridged = 0.0
    person.booked = person.booked_year = 0.0
    person.room = deal_room(person.log_skill, firm.p.sales.open_deals_exponent, firm.p.sales.open_deals)
    note_presence(firm, person)


@mechanism
def ramp_of(firm: Firm, person: Person) -> float:
    """Productivity by tenure."""
    return ramp_share(firm.now - person.joined, firm.p.sales.ramp_days, firm.p.sales.ramp_start)


@mechanism
def role_hours(firm: Firm, role: int) -> float:
    """Hours a week for the work of a role."""
    if role == REP:
        return firm.p.sales.selling_hours
    return firm.p.people.manager_hours if role == MANAGER else firm.p.desk.hours


@mechanism
def live_a_week(firm: Firm) -> None:
    """Energy, leaving and hiring; at the week's start."""
    p, choices = firm.p.people, firm.heroics
    for person in everybody(firm):
        if not person.present:
            continue
        if person.hero:
            load = heard(firm, LOADS + person.role, person.bridged / role_hours(firm, person.role))
            person.energy = energy_next(person.energy, load, p.recovery_weeks, p.drain_weeks, choices.energy)
            record(firm, Kind.HERO, person.seat, person.role, person.energy)
        elif person.energy < 1.0:
            person.energy = energy_next(person.energy, 0.0, p.recovery_weeks, p.drain_weeks, 0.0)
        rate = leaving_rate(firm.p.sales.exit_hazard, choices.exit, person.energy)
        person.hazard += rate * leaves_sooner(firm, person.role) / WEEKS_PER_YEAR
        if person.hazard >= person.leaves_at:
            leave(firm, person)
    staff(firm, REP, firm.seats_wanted)
    staff(firm, MANAGER, p.managers)
    staff(firm, ANALYST, firm.p.desk.analysts)


@mechanism
def leave(firm: Firm, person: Person) -> None:
    """Somebody leaves; a rep's open deals are handed over."""
    record(firm, Kind.EXIT, person.seat, person.role, float(person.generation))
    person.present, person.hero, person.room, person.rate = False, False, 0.0, 0.0
    person.bridge_left = person.bridged = 0.0
    note_presence(firm, person)
    if person.role == REP:
        hand_over(firm, person)


@mechanism
def staff(firm: Firm, role: int, wanted: int) -> None:
    """Freeze or open requisitions, and seat those who arrive."""
    there = coming = 0
    for person in team(firm, role):
        if person.present:
            there += 1
        elif person.vacant_until < inf:
            coming += 1
    freeze(firm, role, min(there + coming - wanted, coming))
    for person in team(firm, role):
        if not person.present and person.vacant_until < inf:
            seat_arrival(firm, person)
    lacking = wanted - there - coming
    for person in team(firm, role):
        if lacking > 0 and not person.present and person.vacant_until == inf:
            person.vacant_until = firm.now + firm.p.sales.vacancy_days + firm.latency
            lacking -= 1
            seat_arrival(firm, person)


@mechanism
def freeze(firm: Firm, role: int, surplus: int) -> None:
    """Requisitions beyond what is wanted are frozen, those of the last seats first."""
    seats = team(firm, role)
    for seat in range(len(seats) - 1, -1, -1):
        person = seats[seat]
        if surplus > 0 and not person.present and person.vacant_until < inf:
            person.vacant_until = inf
            surplus -= 1


@mechanism
def seat_arrival(firm: Firm, person: Person) -> None:
    """A successor sits down once the day has come and the leaver's last piece of work is done."""
    if person.vacant_until <= firm.now and not person.serving:
        join(firm, person, firm.now)
        record(firm, Kind.HIRED, person.seat, person.role, float(person.generation))
        if person.role == REP:
            room_opened(firm, person)


@mechanism
def choose_heroes(firm: Firm) -> None:
    """At a quarter's start the best of each role are those who bridge: reps by skill and ramp, others by seat."""
    for role in range(3):
        there = 0
        for person in team(firm, role):
            there += person.present
            person.hero = False
        if firm.heroics.capacity > 0.0:
            for _ in range(ceil(firm.p.people.hero_share * there)):
                best = best_of_rest(firm, role)
                team(firm, role)[best].hero = True


@mechanism
def best_of_rest(firm: Firm, role: int) -> int:
    """Seat of the fastest of a role who is no hero yet; ties to the lower seat."""
    best, most = 0, -1.0
    for person in team(firm, role):
        if person.present and not person.hero:
            speed = work_speed(person.log_skill, 1.0, ramp_of(firm, person))
            if speed > most:
                best, most = person.seat, speed
    return best
