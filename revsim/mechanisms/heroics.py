"""Heroics: people who put a friction right at once, in their own hours, unseen.

    able        = hero, there, hours left >= hours of the bridge; first who has the most left
    hours left  = capacity x hours of the role x energy, anew each week

Frictions worth at least a bar are bridged while somebody has hours left: an orphaned lead, a dispute, a rework loop,
a lead that finds every rep full, a late reconciliation. The hours come out of the hero's own selling, managing or
desk hours of the next week. What is bridged never reaches leadership: no loss, no delay, no disagreement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import MANAGER, NOBODY, REP
from revsim.contract.trace import PLACES, Kind
from revsim.mechanisms import people
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import everybody, record, team

if TYPE_CHECKING:
    from revsim.mechanisms.deal import Deal
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.person import Person


@mechanism
def bridge(firm: Firm, deal: Deal, first: int, second: int, hours: float) -> bool:
    """Whether a hero of one of two roles (first the first) bridges this."""
    if deal.value < firm.p.people.hero_value_bar:
        return False
    for role in (first, second):
        if role != NOBODY:
            seat = hero_with(firm, role, hours)
            if seat != NOBODY:
                spend(firm, team(firm, role)[seat], deal.id, hours)
                return True
    return False


@mechanism
def hero_with(firm: Firm, role: int, hours: float) -> int:
    """Seat of the hero of a role with the most hours left, if these suffice; ties to the lower seat."""
    best, most = NOBODY, 0.0
    for person in team(firm, role):
        able = person.hero and person.present and person.bridge_left >= hours
        if able and (best == NOBODY or person.bridge_left > most):
            best, most = person.seat, person.bridge_left
    return best


@mechanism
def spend(firm: Firm, hero: Person, entity: int, hours: float) -> None:
    """The hero's hours are gone."""
    hero.bridge_left -= hours
    hero.bridged += hours
    record(firm, Kind.BRIDGED, entity, PLACES * hero.role + hero.seat, hours)


@mechanism
def hero_rep(firm: Firm, deal: Deal) -> int:
    """Seat of a hero who takes a lead beyond the limit when every rep is full."""
    if deal.value < firm.p.people.hero_value_bar:
        return NOBODY
    hours = firm.p.people.lead_bridge_hours
    seat = hero_with(firm, REP, hours)
    if seat != NOBODY:
        spend(firm, team(firm, REP)[seat], deal.id, hours)
    return seat


@mechanism
def reconcile(firm: Firm, disagreement: float, tolerance: float) -> float:
    """Disagreement as leadership hears it: a hero may make the numbers agree overnight, as far as is tolerated."""
    if disagreement <= tolerance:
        return disagreement
    hours = firm.p.people.reconcile_bridge_hours
    seat = hero_with(firm, MANAGER, hours)
    if seat == NOBODY:
        return disagreement
    spend(firm, team(firm, MANAGER)[seat], firm.week, hours)
    return tolerance


@mechanism
def open_week(firm: Firm) -> None:
    """A new week's hours for bridging; last week's are worked off now (see capacity.py)."""
    for person in everybody(firm):
        if person.hero and person.present:
            person.bridge_left = firm.heroics.capacity * people.role_hours(firm, person.role) * person.energy
        else:
            person.bridge_left = 0.0
