"""Heroics: people who put a friction right at once, in their own hours, unseen.

Frictions worth at least a bar are bridged while somebody has hours left: an orphaned lead, a dispute, a rework loop,
a lead that finds every rep full, a late reconciliation. The hours come out of the hero's own selling, managing or
desk hours of the next week. What is bridged never reaches leadership: no loss, no delay, no disagreement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import MANAGER, REP
from revsim.contract.trace import PLACES, Kind
from revsim.model import people

if TYPE_CHECKING:
    from revsim.model.deal import Deal
    from revsim.model.firm import Firm
    from revsim.model.people import Person


def bridge(firm: Firm, deal: Deal, roles: tuple[int, ...], hours: float) -> bool:
    """Whether a hero of one of these roles (first the first) bridges this."""
    if deal.value < firm.p.people.hero_value_bar:
        return False
    for role in roles:
        hero = hero_with(firm, role, hours)
        if hero is not None:
            spend(firm, hero, deal.id, hours)
            return True
    return False


def hero_with(firm: Firm, role: int, hours: float) -> Person | None:
    """The hero of a role with the most hours left, if these suffice; ties to the lower seat."""
    best = None
    for person in firm.heroes[role]:
        able = person.hero and person.present and person.bridge_left >= hours
        if able and (best is None or person.bridge_left > best.bridge_left):
            best = person
    return best


def spend(firm: Firm, hero: Person, entity: int, hours: float) -> None:
    """The hero's hours are gone."""
    hero.bridge_left -= hours
    hero.bridged += hours
    firm.record(Kind.BRIDGED, entity, PLACES * hero.role + hero.seat, hours)


def hero_rep(firm: Firm, deal: Deal) -> Person | None:
    """A hero who takes a lead beyond the limit when every rep is full."""
    if deal.value < firm.p.people.hero_value_bar:
        return None
    hours = firm.p.people.lead_bridge_hours
    hero = hero_with(firm, REP, hours)
    if hero is not None:
        spend(firm, hero, deal.id, hours)
    return hero


def reconcile(firm: Firm, disagreement: float, tolerance: float) -> float:
    """Disagreement as leadership hears it: a hero may make the numbers agree overnight, as far as is tolerated."""
    if disagreement <= tolerance:
        return disagreement
    hours = firm.p.people.reconcile_bridge_hours
    hero = hero_with(firm, MANAGER, hours)
    if hero is None:
        return disagreement
    spend(firm, hero, firm.week, hours)
    return tolerance


def open_week(firm: Firm) -> None:
    """A new week's hours for bridging; last week's are worked off now (see capacity)."""
    for person in people.everybody(firm):
        if person.hero and person.present:
            person.bridge_left = firm.heroics.capacity * people.role_hours(firm, person.role) * person.energy
        else:
            person.bridge_left = 0.0
