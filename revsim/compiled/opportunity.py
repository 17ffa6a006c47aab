"""Sales works an opportunity. See model/opportunity.py; its process is cut here where it waits."""

from __future__ import annotations

from revsim.compiled import contracts, desk, reps
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.calendar import wait_until
from revsim.compiled.firm import quarter_end, record
from revsim.compiled.luck import (
    HELD,
    JUDGEMENT,
    LOST_TIME,
    PULL,
    READING,
    RECORD,
    SANDBAG,
    deal_stages,
    now_of,
)  # fmt: skip
from revsim.compiled.views import book, deals, people
from revsim.contract.constants import COMMIT_SALES
from revsim.contract.trace import Kind
from revsim.formulas.judgement import odds_factor
from revsim.formulas.quantiles import exponential, lognormal, normal
from revsim.formulas.record import recorded_progress
from revsim.formulas.timing import buyer_end
from revsim.mechanisms.handoffs import learn_yield
from revsim.mechanisms.selling import buyer_days, chance_held, chance_now, told_days, win
from revsim.units import DAYS_PER_QUARTER


@kernel
def begin(firm, place):
    """The lead is an opportunity; what only now matters of the buyer's luck is read once."""
    deal = deals(firm)[place]
    deal.created = firm.now
    deal.lag = exponential(now_of(firm, deal, RECORD, 0), 1.0)
    deal.reading = now_of(firm, deal, READING, 0)
    deal.judgement = odds_factor(firm.p.forecasting.deal_noise * normal(now_of(firm, deal, JUDGEMENT, 0)))
    deal.pull_at = exponential(now_of(firm, deal, PULL, 0), 1.0)
    book(firm)[firm.n_book] = place
    firm.n_book += 1
    record(firm, Kind.OPPORTUNITY, deal.id, deal.rep, deal.value)
    enter(firm, place, 0)


@kernel
def enter(firm, place, stage):
    """Enter a stage and write it down; then work, before the last stage after the desk."""
    deal = deals(firm)[place]
    deal.stage = stage
    deal.entered[stage] = firm.now
    deal.progress[stage] = recorded_progress(float(stage), deal.reading, firm.readings[COMMIT_SALES])
    record(firm, Kind.STAGE_ENTERED, deal.id, deal.rep, float(stage))
    if stage & 3 == 0:
        deal_stages(firm, deal)
    if stage == firm.p.sales.stages - 1:
        desk.visit(firm, place, 0, firm.p.desk.deal_hours)
    else:
        reps.do_work(firm, place)


@kernel
def buyer_decides(firm, place):
    """The buyer's own time; in the last stage on the buyer's clock, and open to being pulled forward."""
    deal, p = deals(firm)[place], firm.p.sales
    stage = deal.stage
    median = buyer_days(firm, deal, stage)
    deal.began, deal.mean = firm.now, median
    time = lognormal(deal.of_buyer_time[stage & 3], median, p.buyer_sigma)
    if stage < p.stages - 1:
        deal.due = firm.now + time
    else:
        deal.due = last_decision(firm, firm.now, time)
        deal.negotiating, deal.deciding_since = True, firm.now
    wait_until(firm, place, deal.due, Kind.BUYER_DONE)


@inlined
def last_decision(firm, since, time):
    """The day of the last decision of a buyer who takes so long on its own clock."""
    return buyer_end(since, time, DAYS_PER_QUARTER, firm.p.buyers.quarter_end_speed, firm.p.buyers.quarter_end_window)


@kernel
def buyer_done(firm, place):
    """BUYER_DONE: on to the next stage, lost, or signed."""
    deal = deals(firm)[place]
    stage = deal.stage
    goes_on = deal.of_advance[stage & 3] < chance_now(firm, deal, people(firm)[deal.rep])
    record(firm, Kind.BUYER_DONE, deal.id, deal.rep, float(stage))
    deal.negotiating = False
    if stage == 0:
        learn_yield(firm, 1.0 if goes_on else 0.0)
    if not goes_on:
        wait_until(firm, place, told(firm, deal), Kind.LOST_TOLD)
    elif stage < firm.p.sales.stages - 1:
        enter(firm, place, stage + 1)
    else:
        sign(firm, place)


@kernel
def told(firm, deal):
    """The day on which a loss is told: buyers who say no take longer to say it."""
    deal.mean = told_days(firm, deal)
    return firm.now + exponential(now_of(firm, deal, LOST_TIME, 0), deal.mean)


@kernel
def sign(firm, place):
    """The buyer has said yes; the rep may hold the signature over the quarter's end."""
    deal, end = deals(firm)[place], quarter_end(firm)
    deal.booked = deal.value * (1.0 - deal.discount)
    if now_of(firm, deal, SANDBAG, 0) < chance_held(firm, people(firm)[deal.rep]):
        record(firm, Kind.HELD_OVER, deal.id, deal.rep, deal.booked)
        deal.held, deal.began = True, firm.now
        signed = end + exponential(now_of(firm, deal, HELD, 0), firm.p.sales.held_days)
        wait_until(firm, place, signed, Kind.SIGNED_LATE)
    else:
        signed_now(firm, place)


@kernel
def signed_now(firm, place):
    """Won, now."""
    deal = deals(firm)[place]
    deal.token = -1
    win(firm, deal, people(firm)[deal.rep])
    reps.release(firm, deal)
    contracts.welcome(firm, deal)
