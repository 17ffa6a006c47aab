"""People: reps, managers, analysts. Who is there, who leaves, who follows, and how much each can do this week."""

from __future__ import annotations

from math import ceil, inf
from typing import TYPE_CHECKING

from revsim.contract.constants import ANALYST, MANAGER, REP
from revsim.contract.sizes import seats_of
from revsim.contract.trace import Kind
from revsim.errors import UserError
from revsim.formulas.energy import energy_next, leaving_rate
from revsim.formulas.judgement import odds_factor
from revsim.formulas.quantiles import exponential
from revsim.formulas.selling import deal_room, ramp_share, work_speed
from revsim.luck.purposes import GENERATIONS
from revsim.model import reps
from revsim.units import DAYS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from revsim.luck.draw import PersonLuck
    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


class Person:
    """Somebody on a seat; the next generation takes over the seat's fields."""

    __slots__ = (
        "booked", "booked_year", "bridge_left", "bridged", "energy", "generation", "hazard", "hero", "hours", "joined",
        "leaves_at", "log_skill", "open_deals", "optimism", "present", "queue", "rate", "role", "room", "seat",
        "serving", "vacant_until",
    )  # fmt: skip

    def __init__(self, role: int, seat: int) -> None:
        """An empty seat."""
        self.role, self.seat, self.generation = role, seat, -1
        self.present = False
        self.vacant_until = inf
        self.joined = 0.0
        self.log_skill = self.optimism = 0.0
        self.hazard, self.leaves_at = 0.0, inf
        self.energy, self.hero = 1.0, False
        self.bridge_left = self.bridged = 0.0  # hours this week
        self.hours = 0.0  # hours a day for the work of the role
        self.rate = 0.0  # hours of standard work a day
        self.room = 0.0
        self.open_deals = 0
        self.queue: list[Deal] = []
        self.serving = False
        self.booked = self.booked_year = 0.0


def luck_of(firm: Firm, role: int) -> PersonLuck:
    """The luck of a role."""
    luck = firm.luck
    return luck.reps if role == REP else luck.managers if role == MANAGER else luck.analysts


def open_company(firm: Firm) -> None:
    """Fill the seats of the first day; tenures are those of a company that has stood for long."""
    sales = firm.p.sales
    firm.reps = [Person(REP, seat) for seat in range(seats_of(firm.p))]
    firm.managers = [Person(MANAGER, seat) for seat in range(firm.p.people.managers)]
    firm.analysts = [Person(ANALYST, seat) for seat in range(firm.p.desk.analysts)]
    for person in firm.reps[: sales.reps] + firm.managers + firm.analysts:
        join(firm, person, 0.0)
        u = float(luck_of(firm, person.role).tenure[person.seat, 0])
        person.joined = -exponential(u, DAYS_PER_YEAR / sales.exit_hazard) if sales.exit_hazard > 0.0 else -inf
    firm.seats_wanted = sales.reps


def join(firm: Firm, person: Person, now: float) -> None:
    """The next generation sits down."""
    person.generation += 1
    if person.generation >= GENERATIONS:
        message = f"more than {GENERATIONS} people on one seat: lower world.sales.exit_hazard or heroics.exit"
        raise UserError(message)
    luck = luck_of(firm, person.role)
    row, column = person.seat, person.generation
    person.present, person.vacant_until, person.joined = True, inf, now
    person.log_skill = firm.p.sales.skill_sigma * float(luck.skill[row, column])
    person.optimism = odds_factor(firm.p.forecasting.optimism_sd * float(luck.optimism[row, column]))
    person.hazard, person.leaves_at = 0.0, exponential(float(luck.exit[row, column]), 1.0)
    person.energy, person.hero = 1.0, False
    person.bridge_left = person.bridged = 0.0
    person.booked = person.booked_year = 0.0
    person.room = deal_room(person.log_skill, firm.p.sales.open_deals_exponent, firm.p.sales.open_deals)
    if person.role == REP:
        firm.on_duty = [rep for rep in firm.reps if rep.present]


def ramp_of(firm: Firm, person: Person) -> float:
    """Productivity by tenure."""
    return ramp_share(firm.env.now - person.joined, firm.p.sales.ramp_days, firm.p.sales.ramp_start)


def everybody(firm: Firm) -> list[Person]:
    """All seats, reps first."""
    return firm.reps + firm.managers + firm.analysts


def live_a_week(firm: Firm) -> None:
    """Energy, leaving and hiring; at the week's start."""
    people, choices = firm.p.people, firm.heroics
    for person in everybody(firm):
        if not person.present:
            continue
        if person.hero:
            full = choices.capacity * role_hours(firm, person.role)
            load = firm.loads[person.role].heard(firm, person.bridged / full if full > 0.0 else 0.0)
            person.energy = energy_next(person.energy, load, people.recovery_weeks, people.drain_weeks, choices.energy)
            firm.record(Kind.HERO, person.seat, person.role, person.energy)
        elif person.energy < 1.0:
            person.energy = energy_next(person.energy, 0.0, people.recovery_weeks, people.drain_weeks, 0.0)
        person.hazard += leaving_rate(firm.p.sales.exit_hazard, choices.exit, person.energy) / WEEKS_PER_YEAR
        if person.hazard >= person.leaves_at:
            leave(firm, person)
    staff(firm, firm.reps, firm.seats_wanted)
    staff(firm, firm.managers, people.managers)
    staff(firm, firm.analysts, firm.p.desk.analysts)


def leave(firm: Firm, person: Person) -> None:
    """Somebody leaves; a rep's open deals are handed over."""
    firm.record(Kind.EXIT, person.seat, person.role, float(person.generation))
    if person.role == REP:
        firm.on_duty.remove(person)
    person.present, person.hero, person.room, person.rate = False, False, 0.0, 0.0
    person.bridge_left = person.bridged = 0.0
    if person.role == REP:
        reps.hand_over(firm, person)


def staff(firm: Firm, team: list[Person], wanted: int) -> None:
    """Open or freeze requisitions, and seat those who arrive."""
    now = firm.env.now
    present = sum(1 for person in team if person.present)
    coming = [person for person in team if not person.present and person.vacant_until < inf]
    while present + len(coming) > wanted and coming:
        coming.pop().vacant_until = inf
    for person in team:
        if present + len(coming) >= wanted:
            break
        if not person.present and person.vacant_until == inf:
            person.vacant_until = now + firm.p.sales.vacancy_days + firm.latency
            coming.append(person)
    for person in coming:
        if person.vacant_until <= now and not person.serving:
            join(firm, person, now)
            firm.record(Kind.HIRED, person.seat, person.role, float(person.generation))
            if person.role == REP:
                reps.room_opened(firm, person)


def role_hours(firm: Firm, role: int) -> float:
    """Hours a week for the work of a role."""
    if role == REP:
        return firm.p.sales.selling_hours
    return firm.p.people.manager_hours if role == MANAGER else firm.p.desk.hours


def choose_heroes(firm: Firm) -> None:
    """At a quarter's start the best of each role are those who bridge: reps by skill and ramp, others by seat."""
    for team in (firm.reps, firm.managers, firm.analysts):
        present = [person for person in team if person.present]
        count = ceil(firm.p.people.hero_share * len(present))
        best = sorted(
            present, key=lambda person: (-work_speed(person.log_skill, 1.0, ramp_of(firm, person)), person.seat)
        )
        for rank, person in enumerate(best):
            person.hero = rank < count and firm.heroics.capacity > 0.0
        firm.heroes[team[0].role] = [person for person in team if person.hero]


def note_top_performer(firm: Firm) -> None:
    """Who booked most in the last warm-up year, among those still there: the same person in every scenario."""
    best: Person | None = None
    for person in firm.reps:
        if person.present and (best is None or person.booked_year > best.booked_year):
            best = person
    firm.top_performer = None if best is None else (best.seat, best.generation)


def top_performer_leaves(firm: Firm) -> None:
    """The stress: if that person is still there, now is the last day."""
    if firm.top_performer is None:
        return
    seat, generation = firm.top_performer
    person = firm.reps[seat]
    if person.present and person.generation == generation:
        leave(firm, person)
