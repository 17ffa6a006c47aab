"""The weekly forecast: three functions, each from what it can see, and the number the company makes of them.

    sales       = closed + roll-up of judged odds x haircut
    marketing   = closed + leads of thirteen weeks x learned yield
    operations  = closed + unseen + sum over stages of open value x learned conversion
    run-rate    = closed + what past quarters still brought, early the last one, late the learned mean
    number      = company_number(evidence, opinion drawn to run-rate and plan, lever, closed)     formulas/forecast.py

Sales rolls up its reps' judgement of the deals that the record shows late in the pipeline; marketing counts its leads;
operations reads the record by its own `commit` and applies learned conversion. Nobody speaks for the run-rate: it is a
calculation, so that it is part of the evidence and has a weight in the room, and is no version of the truth that
functions disagree about. Judged odds: formulas/judgement.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import COMMIT_SALES, FORECASTS, WEEKS
from revsim.contract.trace import Kind
from revsim.formulas.demand import shock_next
from revsim.formulas.forecast import company_number, drawn, inverse_error, opinion, spread_of, voice
from revsim.formulas.judgement import days_needed, in_time, judged_odds, odds_factor
from revsim.formulas.stage_odds import chance_advance
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.history import note_week
from revsim.mechanisms.port import look, quarters_learned, record, week_luck
from revsim.mechanisms.selling import stage_days
from revsim.mechanisms.signal import PRESSURES, heard

if TYPE_CHECKING:
    from revsim.mechanisms.deal import Deal
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.history import Forecasts
    from revsim.mechanisms.person import Person


@mechanism
def judged(firm: Firm, deal: Deal, rep: Person, days_left: float) -> float:
    """A rep's belief that the deal is won this quarter: its true current odds, through optimism, noise and mood."""
    if deal.sensed != deal.stage:
        sense(firm, deal, rep)
    need = days_needed(deal.need_total, deal.need_stage, firm.now - deal.entered[deal.stage])
    p = deal.odds * in_time(days_left, need, firm.p.sales.buyer_sigma)
    return judged_odds(p, firm.spirits * rep.optimism * deal.judgement)


@mechanism
def sense(firm: Firm, deal: Deal, rep: Person) -> None:
    """What a rep learns of a deal first called in a stage: its true odds from here, and the days it takes."""
    p = firm.p.sales
    fit, skill = p.fit_weight * (deal.fit - firm.shift), p.skill_weight * rep.log_skill
    odds, need = 1.0, 0.0
    for k in range(deal.stage, p.stages):
        odds = odds * chance_advance(p.stage_advance[k], fit, skill, 0.0)
        need = need + stage_days(firm, deal, k)
    deal.odds, deal.need_total, deal.need_stage = odds, need, stage_days(firm, deal, deal.stage)
    deal.sensed = deal.stage


@mechanism
def forecast(firm: Firm) -> None:
    """The week's number, recorded with what it was made of; state is that of the week's start."""
    p, week, luck = firm.p.forecasting, firm.week % WEEKS, week_luck(firm)
    firm.mood = shock_next(firm.mood, p.mood_persistence, p.mood_sd, float(luck.mood[firm.week]))
    firm.spirits = odds_factor(p.optimism + firm.mood)
    look(firm)
    leads = 0.0
    for k in range(WEEKS):
        leads = leads + firm.leads[k]
    forecasts = forecasts_of(firm, week, leads)
    sales, marketing, operations, run_rate = forecasts
    note_week(firm, forecasts, leads)
    evidence = weighed(firm, week, forecasts)
    mood = p.meeting_sd * float(luck.meeting[firm.week])
    said = drawn(opinion(voice(p.sales_voice, mood), sales, marketing, operations), run_rate, p.run_rate_voice)
    pressed = heard(firm, PRESSURES, firm.pressure)
    pulled = drawn(said, firm.plan, p.plan_pull * pressed * (1.0 - week / WEEKS))
    firm.number = company_number(evidence, pulled, firm.levers[chosen.EVIDENCE], firm.closed)
    firm.disagreement = spread_of(sales, marketing, operations, firm.plan)
    tell(firm, forecasts, evidence)
    tell_pipelines(firm)


@mechanism
def forecasts_of(firm: Firm, week: int, leads: float) -> Forecasts:
    """The quarter's bookings by sales, marketing and operations, and the run-rate; with nothing learned, the plan."""
    p, closed = firm.p.forecasting, firm.closed
    if quarters_learned(firm) == 0:
        plan = max(firm.plan, closed)
        return plan, plan, plan, plan
    sales = closed + firm.view_roll_up * (p.haircut * firm.haircut[week] + (1.0 - p.haircut))
    marketing = closed + leads * firm.lead_yield[week]
    operations = closed + firm.unseen[week]
    for stage in range(firm.p.sales.stages):
        operations = operations + firm.by_stage[stage] * firm.conversion[stage][week]
    return sales, marketing, operations, closed + firm.still[week]


@mechanism
def weighed(firm: Firm, week: int, forecasts: Forecasts) -> float:
    """Evidence: the four weighted by how well each has done."""
    top = bottom = 0.0
    for which in range(FORECASTS):
        weight = inverse_error(firm.errors[which][week], firm.pooled_errors[which])
        top, bottom = top + weight * forecasts[which], bottom + weight
    return top / bottom


@mechanism
def tell(firm: Firm, forecasts: Forecasts, evidence: float) -> None:
    """The week's rows: the number, its parts, and the state that it was made in."""
    week = firm.week
    record(firm, Kind.FORECAST, week, -1, firm.number)
    record(firm, Kind.FORECAST_SALES, week, -1, forecasts[0])
    record(firm, Kind.FORECAST_MARKETING, week, -1, forecasts[1])
    record(firm, Kind.FORECAST_OPERATIONS, week, -1, forecasts[2])
    record(firm, Kind.FORECAST_RUN_RATE, week, -1, forecasts[3])
    record(firm, Kind.EVIDENCE_NUMBER, week, -1, evidence)
    record(firm, Kind.CLOSED_TO_DATE, week, -1, firm.closed)
    record(firm, Kind.DISAGREEMENT, week, -1, firm.disagreement)
    record(firm, Kind.PRESSURE, week, -1, firm.pressure)
    record(firm, Kind.TOLERANCE, week, -1, firm.tolerance)
    record(firm, Kind.TRUST, week, -1, firm.trust)
    for j in range(len(firm.readings)):
        reading = firm.readings[j]
        record(firm, Kind.READING, week, j, reading)
        record(firm, Kind.DRIFT, week, j, reading - firm.shift if j < COMMIT_SALES else reading)


@mechanism
def tell_pipelines(firm: Firm) -> None:
    """Open value as each function counts it: marketing all of the record, the others what is beyond the first stage."""
    whole = beyond = 0.0
    for stage in range(firm.p.sales.stages):
        value = firm.by_stage[stage]
        whole = whole + value
        beyond = beyond + (value if stage > 0 else 0.0)
    record(firm, Kind.PIPELINE_SALES, firm.week, -1, firm.view_sales)
    record(firm, Kind.PIPELINE_MARKETING, firm.week, -1, whole)
    record(firm, Kind.PIPELINE_OPERATIONS, firm.week, -1, beyond)
    record(firm, Kind.OPEN_PIPELINE, firm.week, -1, firm.view_open)
