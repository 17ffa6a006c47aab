"""Sales works an opportunity through the stages: rep's work, buyer's time, on or out; then signature.

1. entering a stage leaves a record, in the words of sales' own `commit` (formulas/record.py)
2. before the last stage the deal desk (model/desk.py)
3. the rep's work, then the buyer's time; the last decision runs on the buyer's clock (formulas/timing.py)
4. on with chance_advance (formulas/stage_odds.py); a loss is told later than a win
5. won: signed now, or held over the quarter's end (sandbagging)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import COMMIT_SALES
from revsim.contract.trace import Kind
from revsim.formulas.judgement import odds_factor
from revsim.formulas.quantiles import exponential, lognormal, lognormal_left, normal
from revsim.formulas.record import recorded_progress
from revsim.formulas.timing import buyer_elapsed, buyer_end
from revsim.mechanisms.handoffs import learn_yield
from revsim.mechanisms.selling import buyer_days, chance_held, chance_now, told_days, win
from revsim.model import contracts, desk, reps
from revsim.model.clock import at
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


def work(firm: Firm, deal: Deal) -> Generator[Event, None, None]:
    """All stages of one opportunity."""
    begin(firm, deal)
    last = firm.p.sales.stages - 1
    for stage in range(last + 1):
        enter(firm, deal, stage)
        if stage == last:
            yield from desk.clear(firm, deal)
        yield reps.do_work(firm, deal)
        reps.work_done(firm, deal)
        yield buyer_decides(firm, deal)
        deal.event = None
        assert deal.rep is not None
        goes_on = float(firm.buyers(deal).advance[deal.row, stage]) < chance_now(firm, deal, deal.rep)
        firm.record(Kind.BUYER_DONE, deal.id, deal.rep.seat, float(stage))
        deal.negotiating = False
        if stage == 0:
            learn_yield(firm, float(goes_on))
        if not goes_on:
            deal.event = at(firm.env, told(firm, deal), Kind.LOST_TOLD, deal.id)
            yield deal.event
            deal.event = None
            reps.lose(firm, deal, Kind.LOST)
            return
    yield from sign(firm, deal)


def begin(firm: Firm, deal: Deal) -> None:
    """The lead is an opportunity; what only now matters of the buyer's luck is read once."""
    luck, row = firm.buyers(deal), deal.row
    deal.created = firm.env.now
    deal.lag = exponential(float(luck.record[row]), 1.0)
    deal.reading = float(luck.reading[row])
    deal.judgement = odds_factor(firm.p.forecasting.deal_noise * normal(float(luck.judgement[row])))
    deal.pull_at = exponential(float(luck.pull[row]), 1.0)
    firm.book.append(deal)
    assert deal.rep is not None
    firm.record(Kind.OPPORTUNITY, deal.id, deal.rep.seat, deal.value)


def enter(firm: Firm, deal: Deal, stage: int) -> None:
    """Enter a stage and write it down."""
    now = firm.env.now
    deal.stage = stage
    deal.entered.append(now)
    deal.progress.append(recorded_progress(float(stage), deal.reading, firm.readings[COMMIT_SALES]))
    assert deal.rep is not None
    firm.record(Kind.STAGE_ENTERED, deal.id, deal.rep.seat, float(stage))


def buyer_decides(firm: Firm, deal: Deal) -> Event:
    """The buyer's own time; in the last stage on the buyer's clock, and open to being pulled forward."""
    p, stage, later = firm.p, deal.stage, firm.later(deal) if firm.forking else None
    u = float(firm.buyers(deal).buyer_time[deal.row, stage])
    later_u = 0.0 if later is None else float(later.buyer_time[deal.row, stage])
    median = buyer_days(firm, deal, stage)
    if stage < p.sales.stages - 1:
        deal.due = firm.lognormal_end(u, later_u, median, p.sales.buyer_sigma)
    else:
        deal.due = last_decision(firm, u, later_u, median)
        deal.negotiating, deal.deciding_since = True, firm.env.now
    event = deal.event = at(firm.env, deal.due, Kind.BUYER_DONE, deal.id)
    return event


def last_decision(firm: Firm, u: float, later_u: float, median: float) -> float:
    """The day of the last decision, on the buyer's clock; redrawn given what has passed if a fork lies between."""
    now, sigma = firm.env.now, firm.p.sales.buyer_sigma
    speed, window = firm.p.buyers.quarter_end_speed, firm.p.buyers.quarter_end_window
    end = buyer_end(now, lognormal(u, median, sigma), DAYS_PER_QUARTER, speed, window)
    if firm.straddles(end):
        passed = buyer_elapsed(now, firm.fork_at, DAYS_PER_QUARTER, speed, window)
        whole = lognormal_left(later_u, median, sigma, passed)
        end = max(firm.fork_at, buyer_end(now, whole, DAYS_PER_QUARTER, speed, window))
    return end


def told(firm: Firm, deal: Deal) -> float:
    """The day on which a loss is told: buyers who say no take longer to say it."""
    mean = told_days(firm, deal)
    later = firm.later(deal)
    later_u = 0.0 if later is None else float(later.lost_time[deal.row])
    return firm.exponential_end(float(firm.buyers(deal).lost_time[deal.row]), later_u, mean)


def sign(firm: Firm, deal: Deal) -> Generator[Event, None, None]:
    """The buyer has said yes; the rep may hold the signature over the quarter's end."""
    assert deal.rep is not None
    end, mean = firm.quarter_end(), firm.p.sales.held_days
    deal.booked = deal.value * (1.0 - deal.discount)
    if float(firm.buyers(deal).sandbag[deal.row]) < chance_held(firm, deal.rep):
        firm.record(Kind.HELD_OVER, deal.id, deal.rep.seat, deal.booked)
        deal.held = True
        later = firm.later(deal)
        later_u = 0.0 if later is None else float(later.held[deal.row])
        signed = end + exponential(float(firm.buyers(deal).held[deal.row]), mean)
        if firm.straddles(signed):
            signed = max(end, firm.fork_at) + exponential(later_u, mean)
        yield at(firm.env, signed, Kind.SIGNED_LATE, deal.id)
    win(firm, deal, deal.rep)
    reps.release(firm, deal)
    contracts.welcome(firm, deal)
