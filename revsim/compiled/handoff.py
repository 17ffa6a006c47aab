"""Hand-off, marketing to sales. See model/handoff.py; what a process waits for there is `waits_for` here."""

from __future__ import annotations

from revsim.compiled import desk, opportunity, reps
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import KNOWN, put, wait_until
from revsim.compiled.firm import WAITING, join_queue, record, record_ahead, record_at, take_impatient
from revsim.compiled.luck import (
    ANSWER,
    ARBITRATE,
    LEAD_PATIENCE,
    NOTICED,
    PICKUP,
    SEGMENT,
    WORKED,
    now_of,
    of_buyer,
)  # fmt: skip
from revsim.compiled.views import deals, inquiries, scratch
from revsim.contract.constants import ARBITRATION, MANAGER, NOBODY, REP
from revsim.contract.trace import BOUGHT_FROM, Kind
from revsim.formulas.quantiles import exponential
from revsim.luck.purposes import LOOPS
from revsim.mechanisms import heroics
from revsim.mechanisms.handoffs import answers

ROOM_FOR_DEALS = 5  # status: what ran out
ORPHAN, DISPUTE, ARBITRATED, PICK_UP, ROOM, ELSEWHERE = range(6)  # what a lead waits for


@inlined
def offer(firm, entity, day, source, born, readings):
    """Sales accepts, or disputes; whatever no state of the week can change is known now and is rows only."""
    (_, value), (by_sales, by_operations) = born, readings
    bought = entity >= BOUGHT_FROM
    row = entity - BOUGHT_FROM if bought else entity
    record_at(firm, day, Kind.QUALIFIED, entity, source, value)
    if by_sales:
        record_at(firm, day, Kind.ACCEPTED, entity, -1, value)
        if inquiries(firm, firm.luck_spent, 1 if bought else 0)[3][row] < firm.worked:
            pick_up(firm, deal_of(firm, entity, day, born, by_operations), day)
        elif heroics.noticed(firm, value, of_buyer(firm, firm.luck_spent, bought, row, NOTICED, 0)):
            deal = deal_of(firm, entity, day, born, by_operations)
            deals(firm)[deal].waits_for = ORPHAN
            wait_until(firm, deal, day, Kind.QUALIFIED)
        else:
            record_at(firm, day, Kind.ORPHANED, entity, -1, value)
        return
    record_at(firm, day, Kind.REFUSED, entity, -1, value)
    if of_buyer(firm, firm.luck_spent, bought, row, ARBITRATE, 0) < firm.p.handoff.arbitrated_share:
        deal = deal_of(firm, entity, day, born, by_operations)
        deals(firm)[deal].waits_for = DISPUTE
        wait_until(firm, deal, day, Kind.QUALIFIED)
    else:
        record_at(firm, day, Kind.DROPPED, entity, -1, value)


@kernel
def deal_of(firm, entity, day, born, by_operations):
    """A lead that may become a deal."""
    place = firm.n_deals
    if place >= firm.max_deals:
        firm.status = ROOM_FOR_DEALS
        place = firm.max_deals - 1
    else:
        firm.n_deals = place + 1
    deal = deals(firm)[place]
    deal.id, deal.bought = entity, entity >= BOUGHT_FROM
    deal.row = entity - BOUGHT_FROM if deal.bought else entity
    deal.fit, deal.value = born
    deal.arrived, deal.seen_by_operations = day, by_operations
    deal.slower = 1.0
    deal.in_service = deal.at_desk = deal.negotiating = deal.held = deal.asked = deal.in_queue = False
    deal.token = deal.next = deal.rep = deal.server = deal.stage = deal.sensed = -1
    deal.loop = deal.handovers = 0
    deal.won = deal.left_record = -1.0
    deal.lag = deal.judgement = deal.odds = deal.need_total = deal.need_stage = 0.0
    deal.created = deal.reading = deal.queued = deal.effort = deal.patience_until = deal.log_value = deal.due = 0.0
    deal.deciding_since = deal.pushed = deal.pull_at = deal.discount = deal.oversold = deal.booked = 0.0
    stress = firm.p.stress
    if firm.now >= stress.segment_day and now_of(firm, deal, SEGMENT, 0) < stress.segment_share:
        deal.slower = stress.segment_slower
    return place


@kernel
def arrived(firm, deal):
    """QUALIFIED: a lead that nobody would work, worth a hero's while, or one that sales refuses."""
    if deals(firm)[deal].waits_for == ORPHAN:
        orphan(firm, deal)
    else:
        dispute(firm, deal)


@kernel
def orphan(firm, place):
    """A lead that nobody would work, worth a hero's while."""
    deal = deals(firm)[place]
    if heroics.bridge_lead(firm, deal, REP, MANAGER, firm.p.people.lead_bridge_hours):
        pick_up(firm, place, firm.now)
    else:
        record(firm, Kind.ORPHANED, deal.id, -1, deal.value)


@kernel
def dispute(firm, place):
    """A lead that sales refuses and somebody takes up."""
    deal = deals(firm)[place]
    if heroics.bridge_lead(firm, deal, MANAGER, NOBODY, firm.p.people.dispute_bridge_hours):
        ruled(firm, place)
    else:
        record(firm, Kind.ARBITRATED, deal.id, -1, deal.value)
        deal.waits_for = ARBITRATED
        desk.visit(firm, place, LOOPS, firm.p.desk.arbitration_hours)


@kernel
def arbitrated(firm, place):
    """DESK_DONE of an arbitration: the decision waits for its latency."""
    deal = deals(firm)[place]
    record(firm, Kind.DECIDED, deal.id, ARBITRATION, firm.latency)
    wait_until(firm, place, firm.now + firm.latency, Kind.SETTLED)


@kernel
def settled(firm, place):
    """SETTLED: the decision is told."""
    deal = deals(firm)[place]
    record(firm, Kind.SETTLED, deal.id, -1, 1.0 if deal.seen_by_operations else 0.0)
    ruled(firm, place)


@kernel
def ruled(firm, place):
    """What becomes of a dispute by operations' reading."""
    deal = deals(firm)[place]
    if not deal.seen_by_operations:
        record(firm, Kind.DROPPED, deal.id, -1, deal.value)
        return
    record(firm, Kind.ACCEPTED, deal.id, -1, deal.value)
    works = now_of(firm, deal, WORKED, 0) < firm.worked
    if works or heroics.bridge_lead(firm, deal, REP, MANAGER, firm.p.people.lead_bridge_hours):
        pick_up(firm, place, firm.now)
    else:
        record(firm, Kind.ORPHANED, deal.id, -1, deal.value)


@kernel
def pick_up(firm, place, accepted):
    """Somebody picks the lead up, after a delay from its acceptance; who has cooled by then is rows only."""
    deal = deals(firm)[place]
    deal.mean, deal.waits_for = firm.pickup, PICK_UP
    will_be_picked_up(firm, place, accepted)


@kernel
def will_be_picked_up(firm, place, since):
    """The day on which the lead is picked up, for which it has waited since another; whether it answers then."""
    deal = deals(firm)[place]
    ready = since + exponential(now_of(firm, deal, PICKUP, 0), deal.mean)
    if answers(firm, now_of(firm, deal, ANSWER, 0), ready - deal.arrived):
        wait_until(firm, place, ready, Kind.PICKED_UP)
    elif ready < firm.p.span.end:
        record_ahead(firm, ready, (Kind.PICKED_UP, deal.id, -1, ready - deal.arrived), place)
        record_at(firm, ready, Kind.COOLED, deal.id, -1, deal.value)
    elif ready > firm.p.span.end:
        put(firm, ready, KNOWN, -1, place)  # no row; a fork that draws again finds whom it is of


@kernel
def picked_up(firm, place):
    """PICKED_UP: somebody looks for a rep, or a rep has found room."""
    if deals(firm)[place].waits_for == PICK_UP:
        find_rep(firm, place)
    else:
        first_answer(firm, place)


@kernel
def find_rep(firm, place):
    """A rep with room, a hero without, or a wait that patience bounds."""
    deal = deals(firm)[place]
    rep = reps.with_room(firm)
    if rep < 0:
        rep = heroics.hero_rep(firm, deal)
    if rep < 0:
        deal.patience_until = firm.now + exponential(now_of(firm, deal, LEAD_PATIENCE, 0), firm.p.buyers.lead_patience)
        deal.token, deal.waits_for = -1, ROOM
        join_queue(firm, WAITING, place)
        return
    reps.reserve(firm, deal, rep)
    first_answer(firm, place)


@kernel
def first_answer(firm, place):
    """A rep calls; the buyer still answers, or has cooled while it waited for room."""
    deal = deals(firm)[place]
    delay = firm.now - deal.arrived
    deal.waits_for = ELSEWHERE
    record(firm, Kind.PICKED_UP, deal.id, -1, delay)
    if not answers(firm, now_of(firm, deal, ANSWER, 0), delay):
        record(firm, Kind.COOLED, deal.id, -1, deal.value)
        reps.release(firm, deal)
        return
    opportunity.begin(firm, place)


@kernel
def sweep(firm):
    """Leads whose patience has run out leave."""
    gone = scratch(firm)
    for k in range(take_impatient(firm, WAITING, gone)):
        deal = deals(firm)[gone[k]]
        record(firm, Kind.LEFT_WAITING, deal.id, -1, deal.value)
