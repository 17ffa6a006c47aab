"""Who sits where: a person's place is the seat for reps, behind these for managers, then for analysts."""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from revsim.compiled._kernel import carray, inlined, kernel, pointer
from revsim.compiled.least_load import forget_best
from revsim.compiled.views import FLOAT, PERSON, best_of_groups, loads, lucks, people
from revsim.contract.constants import MANAGER, REP
from revsim.luck.purposes import GENERATIONS

PERSON_BYTES, LUCK_BYTES = PERSON.itemsize, GENERATIONS * FLOAT().itemsize
TOO_MANY_GENERATIONS = 7  # status


class PeopleLuck(NamedTuple):
    """Luck of the people of one role, (seat, generation)."""

    skill: Any
    optimism: Any
    exit: Any
    tenure: Any


@inlined
def first_of(firm, role):
    """Place of the first person of a role."""
    if role == REP:
        return 0
    return firm.seats if role == MANAGER else firm.seats + firm.managers


@inlined
def count_of(firm, role):
    """Seats of a role."""
    if role == REP:
        return firm.seats
    return firm.managers if role == MANAGER else firm.analysts


@inlined
def place_of(firm, person):
    """Place of somebody."""
    return first_of(firm, person.role) + person.seat


@inlined
def team(firm, role):
    """All seats of a role."""
    return carray(pointer(firm.at_people + first_of(firm, role) * PERSON_BYTES), (count_of(firm, role),), PERSON)


@inlined
def table(firm, address, role):
    """Luck of a role, by seat and generation."""
    return carray(pointer(address + first_of(firm, role) * LUCK_BYTES), (count_of(firm, role), GENERATIONS), FLOAT)


@inlined
def people_luck(firm, role):
    """The luck that people of a role meet now."""
    luck = lucks(firm)[firm.luck_spent]
    return PeopleLuck(
        table(firm, luck.skill, role),
        table(firm, luck.optimism, role),
        table(firm, luck.exit, role),
        table(firm, luck.tenure, role),
    )


@kernel
def empty_seats(firm):
    """Nobody sits anywhere yet."""
    for role in range(3):
        for seat in range(count_of(firm, role)):
            person = team(firm, role)[seat]
            person.role, person.seat, person.generation = role, seat, -1
            person.vacant_until, person.leaves_at, person.energy = inf, inf, 1.0
            loads(firm)[place_of(firm, person)] = inf
    forget_best(best_of_groups(firm))


@kernel
def generations_ran_out(firm):
    """There is no luck for one more person on a seat."""
    firm.status = TOO_MANY_GENERATIONS


@inlined
def everybody(firm):
    """All seats."""
    return people(firm)
