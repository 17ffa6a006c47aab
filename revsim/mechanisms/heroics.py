"""Heroics: people who put a friction right at once, in their own hours, unseen.

    able        = hero, there, hours left >= hours of the bridge; first who has the most left
    fresh       = capacity x hours of the role x energy                                       hours a week
    hours left' = min(fresh + min(hours left, fresh), 0.8 x hours of the role)                 a week on
    noticed     = value x exp(noise x z) at least the bar                                     of a lead

Frictions worth at least a bar are bridged while somebody has hours left: an orphaned lead, a dispute, a rework loop,
a lead that finds every rep full, a late reconciliation. Of a lead nobody knows the value yet: it is estimated with an
error; at the desk it stands on the quote. A rescued lead is then picked up as late as any other. Hours that were not
used are there for one week more. The hours come out of the hero's own selling, managing or desk hours of the next
week. What is bridged never reaches leadership: no loss, no delay, no disagreement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import MANAGER, MOST_BRIDGED, NOBODY, REP
from revsim.contract.trace import PLACES, Kind
from revsim.formulas.demand import contract_value
from revsim.formulas.quantiles import normal
from revsim.mechanisms import people
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import everybody, noticed_luck, record, team

if TYPE_CHECKING:
    from revsim.mechanisms.deal import Deal
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.person import Person


@mechanism
def noticed(firm: Firm, value: float, u: float) -> bool:
    """Whether a lead looks large enough to be bridged; `u` is the luck of who looks."""
    p = firm.p.people
    return contract_value(value, p.hero_value_noise, normal(u)) >= p.hero_value_bar


@mechanism
def bridge_lead(firm: Firm, deal: Deal, first: int, second: int, hours: float) -> bool:
    """Whether a hero of one of two roles bridges a lead, whose value is estimated."""
    return noticed(firm, deal.value, noticed_luck(firm, deal)) and bridge(firm, deal, first, second, hours)


@mechanism
def bridge_quote(firm: Firm, deal: Deal, first: int, second: int, hours: float) -> bool:
    """Whether a hero of one of two roles bridges a deal, whose value stands on the quote."""
    return deal.value >= firm.p.people.hero_value_bar and bridge(firm, deal, first, second, hours)


@mechanism
def bridge(firm: Firm, deal: Deal, first: int, second: int, hours: float) -> bool:
    """Whether a hero of one of two roles (first the first) has the hours for this."""
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
    if not noticed(firm, deal.value, noticed_luck(firm, deal)):
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
    """A new week's hours for bridging, and last week's that are left; what was used is worked off (see capacity.py)."""
    for person in everybody(firm):
        if person.hero and person.present:
            fresh = firm.heroics.capacity * people.role_hours(firm, person.role) * person.energy
            most = MOST_BRIDGED * people.role_hours(firm, person.role)
            person.bridge_left = min(fresh + min(person.bridge_left, fresh), most)
        else:
            person.bridge_left = 0.0
