"""The weekly forecast: three functions, each from what it can see, and the number the company makes of them.

Sales rolls up its reps' judgement of the deals that the record shows late in the pipeline; marketing counts its leads;
operations reads the record by its own `commit` and applies learned conversion. See formulas/forecast.py,
formulas/judgement.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import CALLED, COMMIT_OPERATIONS, WEEKS
from revsim.contract.trace import Kind
from revsim.formulas.demand import shock_next
from revsim.formulas.forecast import company_number, drawn, inverse_error, opinion, spread_of, voice
from revsim.formulas.judgement import days_needed, in_time, judged_odds, odds_factor
from revsim.formulas.record import read_by
from revsim.formulas.stage_odds import chance_advance
from revsim.mechanisms.signal import PRESSURES, heard
from revsim.model import opportunity
from revsim.model.history import Snapshot

if TYPE_CHECKING:
    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


class View:
    """What a look at the record finds: deals, recorded progress as operations reads it, and sums of value."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.deals: list[Deal] = []
        self.progress: list[float] = []
        self.roll_up = 0.0
        self.sales = self.truly_open = 0.0


def look(firm: Firm) -> View:
    """Read the record of every deal that is in it: as late, and in whose words, as it is kept."""
    now, lag = firm.env.now, firm.record_lag
    last, days_left = float(firm.p.sales.stages - 1), firm.quarter_end() - now
    called, operations = last - (CALLED - 1), firm.readings[COMMIT_OPERATIONS]
    view, keep = View(), []
    see, note = view.deals.append, view.progress.append
    sales = truly_open = roll_up = 0.0
    for deal in firm.book:
        left, entered = deal.left_record, deal.entered
        if deal.won >= 0.0 or 0.0 <= left <= now:
            continue
        keep.append(deal)
        if left < 0.0:
            truly_open += deal.value
        known = now - deal.lag * lag
        at = len(entered) - 1
        while at >= 0 and entered[at] > known:
            at -= 1
        if at < 0:
            continue
        recorded = deal.progress[at]
        see(deal)
        note(read_by(recorded, operations))
        if recorded >= 1.0:
            sales += deal.value
            if recorded >= called and left < 0.0:  # of a lost deal the rep knows, whatever the record says
                roll_up += deal.value * judged(firm, deal, now, days_left)
    view.sales, view.truly_open, view.roll_up = sales, truly_open, roll_up
    firm.book = keep
    return view


def judged(firm: Firm, deal: Deal, now: float, days_left: float) -> float:
    """A rep's belief that the deal is won this quarter: its true current odds, through optimism, noise and mood."""
    if deal.sensed != deal.stage:
        sense(firm, deal)
    rep = deal.rep
    need = days_needed(deal.need_total, deal.need_stage, now - deal.entered[-1])
    p = deal.odds * in_time(days_left, need, firm.p.sales.buyer_sigma)
    return judged_odds(p, firm.spirits * (rep.optimism if rep is not None else 1.0) * deal.judgement)


def sense(firm: Firm, deal: Deal) -> None:
    """What a rep learns of a deal first called in a stage: its true odds from here, and the days it takes."""
    p = firm.p.sales
    assert deal.rep is not None
    fit, skill = p.fit_weight * (deal.fit - firm.shift), p.skill_weight * deal.rep.log_skill
    odds, need = 1.0, 0.0
    for k in range(deal.stage, p.stages):
        odds = odds * chance_advance(p.stage_advance[k], fit, skill, 0.0)
        need = need + opportunity.stage_days(firm, deal, k)
    deal.odds, deal.need_total = odds, need
    deal.need_stage = opportunity.stage_days(firm, deal, deal.stage)
    deal.sensed = deal.stage


def forecast(firm: Firm) -> None:
    """The week's number, recorded with what it was made of; state is that of the week's start."""
    p, history = firm.p.forecasting, firm.history
    week_luck, week = firm.luck.week, firm.week % WEEKS
    firm.mood = shock_next(firm.mood, p.mood_persistence, p.mood_sd, float(week_luck.mood[firm.week]))
    firm.spirits = odds_factor(p.optimism + firm.mood)
    view = look(firm)
    seen = Snapshot(view.deals, view.progress)
    by_stage = seen.value_by_stage(firm.p.sales.stages)
    leads = 0.0
    for count in firm.leads:
        leads = leads + count
    closed = firm.closed
    if history.past:
        cut = p.haircut * history.haircut[week] + (1.0 - p.haircut)
        sales = closed + view.roll_up * cut
        marketing = closed + leads * history.lead_yield[week]
        operations = closed + history.unseen[week]
        for stage in range(firm.p.sales.stages):
            operations = operations + by_stage[stage] * history.conversion[week][stage]
    else:
        sales = marketing = operations = max(firm.plan, closed)
    note_history(firm, seen, view.roll_up, (sales, marketing, operations), leads)
    evidence = weighed(firm, week, (sales, marketing, operations))
    mood = p.meeting_sd * float(week_luck.meeting[firm.week])
    said = opinion(voice(p.sales_voice, mood), sales, marketing, operations)
    pressed = heard(firm, PRESSURES, firm.pressure)
    pulled = drawn(said, firm.plan, p.plan_pull * pressed * (1.0 - week / WEEKS))
    firm.number = company_number(evidence, pulled, firm.levers[chosen.EVIDENCE], closed)
    firm.disagreement = spread_of(sales, marketing, operations, firm.plan)
    record(firm, (sales, marketing, operations, evidence))
    record_pipelines(firm, view, by_stage)


def weighed(firm: Firm, week: int, forecasts: tuple[float, float, float]) -> float:
    """Evidence: the three weighted by how well each has done."""
    history, top, bottom = firm.history, 0.0, 0.0
    for which in range(3):
        weight = inverse_error(history.errors[which][week], history.pooled_errors[which])
        top, bottom = top + weight * forecasts[which], bottom + weight
    return top / bottom


def note_history(
    firm: Firm, seen: Snapshot, roll_up: float, forecasts: tuple[float, float, float], leads: float
) -> None:
    """The company writes down what it will learn from."""
    quarter = firm.history.now
    quarter.snapshots.append(seen)
    quarter.closed.append(firm.closed)
    quarter.roll_up.append(roll_up)
    quarter.leads.append(leads)
    quarter.forecasts.append(forecasts)


def record(firm: Firm, numbers: tuple[float, float, float, float]) -> None:
    """The week's rows: the number, its parts, and the state that it was made in."""
    week = firm.week
    firm.record(Kind.FORECAST, week, -1, firm.number)
    for kind, value in (
        (Kind.FORECAST_SALES, numbers[0]),
        (Kind.FORECAST_MARKETING, numbers[1]),
        (Kind.FORECAST_OPERATIONS, numbers[2]),
        (Kind.EVIDENCE_NUMBER, numbers[3]),
        (Kind.CLOSED_TO_DATE, firm.closed),
        (Kind.DISAGREEMENT, firm.disagreement),
        (Kind.PRESSURE, firm.pressure),
        (Kind.TOLERANCE, firm.tolerance),
        (Kind.TRUST, firm.trust),
    ):
        firm.record(kind, week, -1, value)
    for j, reading in enumerate(firm.readings):
        firm.record(Kind.READING, week, j, reading)
        firm.record(Kind.DRIFT, week, j, reading - firm.shift if j < COMMIT_OPERATIONS - 1 else reading)


def record_pipelines(firm: Firm, view: View, by_stage: list[float]) -> None:
    """Open value as each function counts it: marketing all of the record, the others what is beyond the first stage."""
    whole = beyond = 0.0
    for stage, value in enumerate(by_stage):
        whole = whole + value
        beyond = beyond + (value if stage > 0 else 0.0)
    for kind, value in (
        (Kind.PIPELINE_SALES, view.sales),
        (Kind.PIPELINE_MARKETING, whole),
        (Kind.PIPELINE_OPERATIONS, beyond),
        (Kind.OPEN_PIPELINE, view.truly_open),
    ):
        firm.record(kind, firm.week, -1, value)
