"""Durations under way, drawn again at a fork from the state alone, given how long each has lasted.

A deal that waits keeps what the end of its wait was drawn from: the day on which it began, its median or mean, and the
hours a day of who works on it. The reference draws the same ends when a duration begins, as it knows of the fork then.

    work, a buyer's time     began + X | X > now - began       X lognormal (on the buyer's clock in the last stage)
    desk, a loss, a pick-up  now + X                           X exponential: memoryless
    a signature held over    max(quarter's end, now) + X       X exponential
"""

from __future__ import annotations

from revsim.compiled import handoff
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import ENTITY_BITS, KNOWN, link, push, unlink, wait_until
from revsim.compiled.handoff import PICK_UP
from revsim.compiled.layout import PARTS
from revsim.compiled.luck import BUYER_TIME, DESK_WORK, EFFORT, HELD, LOST_TIME, PULL_DAY, now_of
from revsim.compiled.opportunity import last_decision
from revsim.compiled.views import ahead, calendar, deals, later, parts, scratch
from revsim.contract.trace import Kind
from revsim.formulas.quantiles import exponential, lognormal_left
from revsim.formulas.timing import buyer_elapsed
from revsim.units import DAYS_PER_QUARTER


@kernel
def redraw_durations(firm):
    """All that ends after now is drawn again. The list holds deals with what they wait for, then cooled leads."""
    firm.ahead_from = firm.n_ahead
    listed = scratch(firm)
    waiting = list_waiting(firm, listed)
    cooled = take_out_cooled(firm, listed, 2 * waiting)
    for k in range(waiting):
        redraw(firm, listed[2 * k], listed[2 * k + 1])
    for k in range(cooled):
        wait_again(firm, listed[2 * waiting + k])


@kernel
def list_waiting(firm, into):
    """Pairs of a deal and what it waits for on a day after now; returns how many."""
    count, heap = 0, calendar(firm)
    for k in range(firm.n_calendar):
        entry = heap[k]
        count = add_waiting(firm, (entry.time, entry.rank, entry.number, entry.what), into, count)
    first, waiting = parts(firm), later(firm)
    for part in range(PARTS):
        place = first[part]
        while place >= 0:
            entry = waiting[place]
            count = add_waiting(firm, (entry.time, entry.rank, entry.number, entry.what), into, count)
            place = entry.next
    return count


@inlined
def add_waiting(firm, entry, into, count):
    """One pair more, if a deal still waits for this entry."""
    time, rank, number, place = entry
    kind = rank >> ENTITY_BITS
    if place >= 0 and time > firm.now and kind != KNOWN and deals(firm)[place].token == number:
        into[2 * count], into[2 * count + 1] = place, kind
        return count + 1
    return count


@kernel
def take_out_cooled(firm, into, first_free):
    """Leads that would have cooled when somebody picks them up leave the calendar, for now they may not have.

    Returns how many, listed from a place on.
    """
    heap, size, count = calendar(firm), firm.n_calendar, first_free
    firm.n_calendar = 0
    for k in range(size):
        entry = heap[k]
        if is_cooled(firm, entry.time, entry.rank, entry.number):
            into[count] = entry.what
            count += 1
        else:
            push(firm, entry.time, entry.rank, entry.number, entry.what)
    first, waiting = parts(firm), later(firm)
    for part in range(PARTS):
        place = unlink(firm, part) if first[part] >= 0 else -1
        while place >= 0:
            entry = waiting[place]
            follower = entry.next
            if is_cooled(firm, entry.time, entry.rank, entry.number):
                into[count] = entry.what
                count += 1
                entry.next, firm.free = firm.free, place
            else:
                link(firm, part, place)
            place = follower
    return count - first_free


@inlined
def is_cooled(firm, time, rank, number):
    """Whether an entry is of a lead that will have cooled: rows known ahead, or none where the run ends before."""
    if rank >> ENTITY_BITS != KNOWN or time <= firm.now:
        return False
    return number < 0 or ahead(firm)[number].kind == Kind.PICKED_UP


@kernel
def redraw(firm, place, kind):
    """The end of what a deal waits for."""
    deal, p, now = deals(firm)[place], firm.p.sales, firm.now
    if kind == Kind.WORK_DONE:
        u = now_of(firm, deal, EFFORT, deal.stage)
        end = deal.began + lognormal_left(u, deal.mean, p.effort_sigma, now - deal.began)
        deal.effort = (end - deal.began) * deal.rate
        wait_until(firm, place, end, kind)
    elif kind == Kind.DESK_DONE:
        end = now + exponential(now_of(firm, deal, DESK_WORK, deal.loop), deal.mean)
        deal.effort = (end - deal.began) * deal.rate
        wait_until(firm, place, end, kind)
    elif kind == Kind.BUYER_DONE:
        deal.due = decision_again(firm, deal)
        wait_until(firm, place, deal.due, kind)
    elif kind == Kind.LOST_TOLD:
        wait_until(firm, place, now + exponential(now_of(firm, deal, LOST_TIME, 0), deal.mean), kind)
    elif kind == Kind.SIGNED_LATE:
        end = (deal.began // DAYS_PER_QUARTER + 1.0) * DAYS_PER_QUARTER
        wait_until(firm, place, max(end, now) + exponential(now_of(firm, deal, HELD, 0), p.held_days), kind)
    elif kind == Kind.PICKED_UP and deal.waits_for == PICK_UP:
        wait_again(firm, place)


@kernel
def decision_again(firm, deal):
    """The day of a buyer's decision; in the last stage the earlier of its own and that of a discount that is agreed."""
    p, buyers, now, u = firm.p.sales, firm.p.buyers, firm.now, now_of(firm, deal, BUYER_TIME, deal.stage)
    if not deal.negotiating:
        return deal.began + lognormal_left(u, deal.mean, p.buyer_sigma, now - deal.began)
    speed, window = buyers.quarter_end_speed, buyers.quarter_end_window
    passed = buyer_elapsed(deal.began, now, DAYS_PER_QUARTER, speed, window)
    end = max(now, last_decision(firm, deal.began, lognormal_left(u, deal.mean, p.buyer_sigma, passed)))
    if deal.oversold > 0.0:
        quarter_end = (now // DAYS_PER_QUARTER + 1.0) * DAYS_PER_QUARTER
        end = min(end, now + now_of(firm, deal, PULL_DAY, 0) * (quarter_end - now))
    return end


@inlined
def wait_again(firm, place):
    """A lead waits for somebody to pick it up."""
    deals(firm)[place].token = -1
    handoff.will_be_picked_up(firm, place, firm.now)
