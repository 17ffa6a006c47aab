"""People. See model/people.py. A person's place is the seat for reps, behind these for managers, then analysts."""

from __future__ import annotations

from math import ceil, inf

from revsim.compiled import reps
from revsim.compiled._kernel import carray, kernel, pointer
from revsim.compiled.firm import record
from revsim.compiled.least_load import forget_best
from revsim.compiled.signal import heard
from revsim.compiled.views import FLOAT, LOADS, best_of_groups, loads, lucks, people, scratch
from revsim.contract.constants import ANALYST, MANAGER, REP
from revsim.contract.trace import Kind
from revsim.formulas.energy import energy_next, leaving_rate
from revsim.formulas.judgement import odds_factor
from revsim.formulas.quantiles import exponential
from revsim.formulas.selling import deal_room, ramp_share, work_speed
from revsim.luck.purposes import GENERATIONS
from revsim.units import DAYS_PER_YEAR, WEEKS_PER_YEAR

TOO_MANY_GENERATIONS = 7  # status


@kernel
def first_of(firm, role):
    """Place of the first person of a role."""
    if role == REP:
        return 0
    return firm.seats if role == MANAGER else firm.seats + firm.managers


@kernel
def count_of(firm, role):
    """Seats of a role."""
    if role == REP:
        return firm.seats
    return firm.managers if role == MANAGER else firm.analysts


@kernel
def table(firm, address):
    """Luck of people by place and generation."""
    return carray(pointer(address), (firm.seats + firm.managers + firm.analysts, GENERATIONS), FLOAT)


@kernel
def open_company(firm):
    """Fill the seats of the first day; tenures are those of a company that has stood for long."""
    sales, everybody = firm.p.sales, people(firm)
    tenure = table(firm, lucks(firm)[0].tenure)
    for role in range(3):
        first = first_of(firm, role)
        for seat in range(count_of(firm, role)):
            person = everybody[first + seat]
            person.role, person.seat, person.generation = role, seat, -1
            person.present = person.hero = person.serving = False
            person.vacant_until, person.leaves_at, person.energy = inf, inf, 1.0
            loads(firm)[first + seat] = inf
    forget_best(best_of_groups(firm))
    for place in range(len(everybody)):
        if everybody[place].role == REP and everybody[place].seat >= sales.reps:
            continue
        join(firm, place, 0.0)
        u = tenure[place, 0]
        everybody[place].joined = (
            -exponential(u, DAYS_PER_YEAR / sales.exit_hazard) if sales.exit_hazard > 0.0 else -inf
        )
    firm.seats_wanted = sales.reps


@kernel
def join(firm, place, now):
    """The next generation sits down."""
    person, luck = people(firm)[place], lucks(firm)[firm.luck_spent]
    person.generation += 1
    if person.generation >= GENERATIONS:
        firm.status = TOO_MANY_GENERATIONS
        person.generation = GENERATIONS - 1
    column = person.generation
    person.present, person.vacant_until, person.joined = True, inf, now
    person.log_skill = firm.p.sales.skill_sigma * table(firm, luck.skill)[place, column]
    person.optimism = odds_factor(firm.p.forecasting.optimism_sd * table(firm, luck.optimism)[place, column])
    person.hazard, person.leaves_at = 0.0, exponential(table(firm, luck.exit)[place, column], 1.0)
    person.energy, person.hero = 1.0, False
    person.bridge_left = person.bridged = 0.0
    person.booked = person.booked_year = 0.0
    person.room = deal_room(person.log_skill, firm.p.sales.open_deals_exponent, firm.p.sales.open_deals)
    reps.count_deal(firm, place, 0)


@kernel
def ramp_of(firm, person):
    """Productivity by tenure."""
    return ramp_share(firm.now - person.joined, firm.p.sales.ramp_days, firm.p.sales.ramp_start)


@kernel
def live_a_week(firm):
    """Energy, leaving and hiring; at the week's start."""
    p, choices, everybody = firm.p.people, firm.heroics, people(firm)
    for place in range(len(everybody)):
        person = everybody[place]
        if not person.present:
            continue
        if person.hero:
            full = choices.capacity * role_hours(firm, person.role)
            load = heard(firm, LOADS + person.role, person.bridged / full if full > 0.0 else 0.0)
            person.energy = energy_next(person.energy, load, p.recovery_weeks, p.drain_weeks, choices.energy)
            record(firm, Kind.HERO, person.seat, person.role, person.energy)
        elif person.energy < 1.0:
            person.energy = energy_next(person.energy, 0.0, p.recovery_weeks, p.drain_weeks, 0.0)
        person.hazard += leaving_rate(firm.p.sales.exit_hazard, choices.exit, person.energy) / WEEKS_PER_YEAR
        if person.hazard >= person.leaves_at:
            leave(firm, place)
    staff(firm, REP, firm.seats_wanted)
    staff(firm, MANAGER, p.managers)
    staff(firm, ANALYST, firm.p.desk.analysts)


@kernel
def leave(firm, place):
    """Somebody leaves; a rep's open deals are handed over."""
    person = people(firm)[place]
    record(firm, Kind.EXIT, person.seat, person.role, float(person.generation))
    person.present, person.hero, person.room, person.rate = False, False, 0.0, 0.0
    person.bridge_left = person.bridged = 0.0
    reps.count_deal(firm, place, 0)
    if person.role == REP:
        reps.hand_over(firm, place)


@kernel
def staff(firm, role, wanted):
    """Open or freeze requisitions, and seat those who arrive."""
    now, everybody, coming = firm.now, people(firm), scratch(firm)
    first = first_of(firm, role)
    last = first + count_of(firm, role)
    present = expected = 0
    for place in range(first, last):
        if everybody[place].present:
            present += 1
        elif everybody[place].vacant_until < inf:
            coming[expected] = place
            expected += 1
    while present + expected > wanted and expected > 0:
        expected -= 1
        everybody[coming[expected]].vacant_until = inf
    for place in range(first, last):
        if present + expected >= wanted:
            break
        person = everybody[place]
        if not person.present and person.vacant_until == inf:
            person.vacant_until = now + firm.p.sales.vacancy_days + firm.latency
            coming[expected] = place
            expected += 1
    for k in range(expected):
        place = coming[k]
        person = everybody[place]
        if person.vacant_until <= now and not person.serving:
            join(firm, place, now)
            record(firm, Kind.HIRED, person.seat, person.role, float(person.generation))
            if role == REP:
                reps.room_opened(firm, place)


@kernel
def role_hours(firm, role):
    """Hours a week for the work of a role."""
    if role == REP:
        return firm.p.sales.selling_hours
    return firm.p.people.manager_hours if role == MANAGER else firm.p.desk.hours


@kernel
def choose_heroes(firm):
    """At a quarter's start the best of each role are those who bridge: reps by skill and ramp, others by seat."""
    everybody = people(firm)
    for role in range(3):
        first = first_of(firm, role)
        last = first + count_of(firm, role)
        present = 0
        for place in range(first, last):
            present += everybody[place].present
            everybody[place].hero = False
        if firm.heroics.capacity > 0.0:
            for _ in range(ceil(firm.p.people.hero_share * present)):
                best, most = -1, 0.0
                for place in range(first, last):
                    person = everybody[place]
                    if person.present and not person.hero:
                        speed = work_speed(person.log_skill, 1.0, ramp_of(firm, person))
                        if best < 0 or speed > most:
                            best, most = place, speed
                everybody[best].hero = True


@kernel
def note_top_performer(firm):
    """Who booked most in the last warm-up year, among those still there: the same person in every scenario."""
    everybody, best = people(firm), -1
    for seat in range(firm.seats):
        if everybody[seat].present and (best < 0 or everybody[seat].booked_year > everybody[best].booked_year):
            best = seat
    firm.top_seat = best
    firm.top_generation = everybody[best].generation if best >= 0 else -1


@kernel
def top_performer_leaves(firm):
    """The stress: if that person is still there, now is the last day."""
    if firm.top_seat < 0:
        return
    person = people(firm)[firm.top_seat]
    if person.present and person.generation == firm.top_generation:
        leave(firm, firm.top_seat)
