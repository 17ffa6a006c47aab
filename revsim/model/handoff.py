"""Hand-off, marketing to sales: disputes, orphans, pick-up, cooling; then a rep with room.

1. sales refuses what it reads below its bar: a dispute, settled at once by a hero or arbitrated by operations
2. an accepted lead is worked or orphaned (formulas/follow_up.py); an orphan that a hero rescues is worked as others are
3. it is picked up after a delay that ownership shortens; who has cooled by then (formulas/cooling.py) goes no further
4. it waits until a rep has room, at most as long as its patience; a hero may take it beyond the limit
5. a rep calls: it still answers, or has cooled while it waited for room
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revsim.contract.constants import ARBITRATION, MANAGER, NOBODY, REP
from revsim.contract.trace import Kind
from revsim.formulas.quantiles import exponential
from revsim.luck.purposes import LOOPS
from revsim.mechanisms import heroics
from revsim.mechanisms.handoffs import answers
from revsim.model import desk, opportunity, reps
from revsim.model.clock import at, pending
from revsim.model.deal import Deal

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.luck.draw import BuyerLuck
    from revsim.model.firm import Firm


class Lead(NamedTuple):
    """What marketing passes: who, when, from where, how it fits, and how sales and operations read it."""

    entity: int
    row: int
    day: float
    source: int
    fit: float
    value: float
    by_sales: float
    by_operations: float


def offer(firm: Firm, luck: BuyerLuck, lead: Lead) -> None:
    """Sales accepts, or disputes; whatever no state of the week can change is known now and is rows only."""
    entity, row, day, value = lead.entity, lead.row, lead.day, lead.value
    rows = firm.rows
    rows.append((day, Kind.QUALIFIED, entity, lead.source, value))
    if lead.by_sales >= 0.0:
        rows.append((day, Kind.ACCEPTED, entity, -1, value))
        if luck.worked[row] < firm.worked:
            pick_up(firm, deal_of(firm, luck, lead), day)
        elif heroics.noticed(firm, value, float(luck.noticed[row])):
            firm.env.process(orphan(firm, deal_of(firm, luck, lead)))
        else:
            rows.append((day, Kind.ORPHANED, entity, -1, value))
        return
    rows.append((day, Kind.REFUSED, entity, -1, value))
    if luck.arbitrate[row] < firm.p.handoff.arbitrated_share:
        firm.env.process(dispute(firm, deal_of(firm, luck, lead)))
    else:
        rows.append((day, Kind.DROPPED, entity, -1, value))


def deal_of(firm: Firm, luck: BuyerLuck, lead: Lead) -> Deal:
    """A lead that may become a deal."""
    deal = Deal(lead.entity, lead.day, lead.source, lead.fit, lead.value)
    deal.seen_by_operations = lead.by_operations
    stress = firm.p.stress
    if firm.now >= stress.segment_day and float(luck.segment[lead.row]) < stress.segment_share:
        deal.slower = stress.segment_slower
    return deal


def orphan(firm: Firm, deal: Deal) -> Generator[Event, None, None]:
    """A lead that nobody would work, worth a hero's while."""
    yield at(firm.env, deal.arrived, Kind.QUALIFIED, deal.id)
    if heroics.bridge_lead(firm, deal, REP, MANAGER, firm.p.people.lead_bridge_hours):
        pick_up(firm, deal, firm.now)
    else:
        firm.record(Kind.ORPHANED, deal.id, -1, deal.value)


def dispute(firm: Firm, deal: Deal) -> Generator[Event, None, None]:
    """A lead that sales refuses and somebody takes up."""
    yield at(firm.env, deal.arrived, Kind.QUALIFIED, deal.id)
    if not heroics.bridge_lead(firm, deal, MANAGER, NOBODY, firm.p.people.dispute_bridge_hours):
        firm.record(Kind.ARBITRATED, deal.id, -1, deal.value)
        yield desk.visit(firm, deal, LOOPS, firm.p.desk.arbitration_hours)
        desk.desk_done(firm, deal)
        firm.record(Kind.DECIDED, deal.id, ARBITRATION, firm.latency)
        yield at(firm.env, firm.now + firm.latency, Kind.SETTLED, deal.id)
        firm.record(Kind.SETTLED, deal.id, -1, float(deal.seen_by_operations >= 0.0))
    if deal.seen_by_operations < 0.0:
        firm.record(Kind.DROPPED, deal.id, -1, deal.value)
        return
    firm.record(Kind.ACCEPTED, deal.id, -1, deal.value)
    works = float(firm.buyers(deal).worked[deal.row]) < firm.worked
    if works or heroics.bridge_lead(firm, deal, REP, MANAGER, firm.p.people.lead_bridge_hours):
        pick_up(firm, deal, firm.now)
    else:
        firm.record(Kind.ORPHANED, deal.id, -1, deal.value)


def pick_up(firm: Firm, deal: Deal, accepted: float) -> None:
    """Somebody picks the lead up, after a delay from its acceptance; who has cooled by then is rows only."""
    ready = accepted + exponential(float(firm.buyers(deal).pickup[deal.row]), firm.pickup)
    later = firm.later(deal)
    if later is not None and firm.straddles(ready):
        ready = firm.fork_at + exponential(float(later.pickup[deal.row]), firm.pickup)
    luck = later if later is not None and firm.straddles(ready) else firm.buyers(deal)
    if answers(firm, float(luck.answer[deal.row]), ready - deal.arrived):
        firm.env.process(picked_up(firm, deal, ready))
    elif ready < firm.p.span.end:
        firm.record_at(ready, Kind.PICKED_UP, deal.id, -1, ready - deal.arrived)
        firm.record_at(ready, Kind.COOLED, deal.id, -1, deal.value)


def picked_up(firm: Firm, deal: Deal, ready: float) -> Generator[Event, None, None]:
    """A rep is looked for once somebody has picked the lead up; then the work."""
    yield at(firm.env, ready, Kind.PICKED_UP, deal.id)
    if (yield from find_rep(firm, deal)):
        yield from opportunity.work(firm, deal)


def find_rep(firm: Firm, deal: Deal) -> Generator[Event, None, bool]:
    """A rep with room, a hero without, or a wait that patience bounds; then the call, and whether the buyer answers."""
    rep = reps.with_room(firm)
    if rep is None:
        seat = heroics.hero_rep(firm, deal)
        rep = None if seat == NOBODY else firm.reps[seat]
    if rep is None:
        u = float(firm.buyers(deal).lead_patience[deal.row])
        deal.patience_until = firm.now + exponential(u, firm.p.buyers.lead_patience)
        deal.event = pending(firm.env)
        firm.waiting.append(deal)
        yield deal.event
        deal.event = None
    else:
        reps.reserve(deal, rep)
    return first_answer(firm, deal)


def first_answer(firm: Firm, deal: Deal) -> bool:
    """A rep calls; the buyer still answers, or has cooled while it waited for room."""
    delay = firm.now - deal.arrived
    firm.record(Kind.PICKED_UP, deal.id, -1, delay)
    if answers(firm, float(firm.buyers(deal).answer[deal.row]), delay):
        return True
    firm.record(Kind.COOLED, deal.id, -1, deal.value)
    reps.release(firm, deal)
    return False


def sweep(firm: Firm) -> None:
    """Leads whose patience has run out leave."""
    now, staying = firm.now, []
    for deal in firm.waiting:
        if deal.patience_until > now:
            staying.append(deal)
        else:
            firm.record(Kind.LEFT_WAITING, deal.id, -1, deal.value)
    firm.waiting = staying
