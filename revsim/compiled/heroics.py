"""Heroics. See model/heroics.py."""

from __future__ import annotations

from revsim.compiled import people
from revsim.compiled._kernel import kernel
from revsim.compiled.firm import record
from revsim.compiled.views import people as seats
from revsim.contract.constants import MANAGER, REP
from revsim.contract.trace import PLACES, Kind


@kernel
def bridge(firm, deal, first, second, hours):
    """Whether a hero of one of two roles (first the first) bridges this."""
    if deal.value < firm.p.people.hero_value_bar:
        return False
    for role in (first, second):
        if role >= 0:
            hero = hero_with(firm, role, hours)
            if hero >= 0:
                spend(firm, hero, deal.id, hours)
                return True
    return False


@kernel
def hero_with(firm, role, hours):
    """The hero of a role with the most hours left, if these suffice; ties to the lower seat. -1: nobody."""
    best, everybody, first = -1, seats(firm), people.first_of(firm, role)
    for place in range(first, first + people.count_of(firm, role)):
        person = everybody[place]
        able = person.hero and person.present and person.bridge_left >= hours
        if able and (best < 0 or person.bridge_left > everybody[best].bridge_left):
            best = place
    return best


@kernel
def spend(firm, hero, entity, hours):
    """The hero's hours are gone."""
    person = seats(firm)[hero]
    person.bridge_left -= hours
    person.bridged += hours
    record(firm, Kind.BRIDGED, entity, PLACES * person.role + person.seat, hours)


@kernel
def hero_rep(firm, deal):
    """A hero who takes a lead beyond the limit when every rep is full; -1: nobody."""
    if deal.value < firm.p.people.hero_value_bar:
        return -1
    hours = firm.p.people.lead_bridge_hours
    hero = hero_with(firm, REP, hours)
    if hero >= 0:
        spend(firm, hero, deal.id, hours)
    return hero


@kernel
def reconcile(firm, disagreement, tolerance):
    """Disagreement as leadership hears it: a hero may make the numbers agree overnight, as far as is tolerated."""
    if disagreement <= tolerance:
        return disagreement
    hours = firm.p.people.reconcile_bridge_hours
    hero = hero_with(firm, MANAGER, hours)
    if hero < 0:
        return disagreement
    spend(firm, hero, firm.week, hours)
    return tolerance


@kernel
def open_week(firm):
    """A new week's hours for bridging; last week's are worked off now (see capacity)."""
    everybody = seats(firm)
    for place in range(len(everybody)):
        person = everybody[place]
        if person.hero and person.present:
            person.bridge_left = firm.heroics.capacity * people.role_hours(firm, person.role) * person.energy
        else:
            person.bridge_left = 0.0
