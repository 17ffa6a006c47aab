"""The weekly forecast. See model/forecasting.py."""

from __future__ import annotations

from revsim.compiled import opportunity
from revsim.compiled._kernel import fetch, kernel
from revsim.compiled.firm import quarter_end, record
from revsim.compiled.views import book, deals, lucks, numbers, people, quarters, seen
from revsim.contract import chosen
from revsim.contract.constants import CALLED, COMMIT_OPERATIONS, WEEKS
from revsim.contract.trace import Kind
from revsim.formulas.demand import shock_next
from revsim.formulas.forecast import company_number, drawn, inverse_error, opinion, spread_of, voice
from revsim.formulas.judgement import days_needed, in_time, judged_odds, odds_factor
from revsim.formulas.record import read_by, read_stage
from revsim.formulas.stage_odds import chance_advance
from revsim.mechanisms.signal import PRESSURES, heard

ROOM_FOR_SNAPSHOTS = 8  # status: what ran out
EVIDENCE = chosen.EVIDENCE
SOON = 8  # deals ahead


@kernel
def look(firm):
    """Read the record of every deal that is in it: as late, and in whose words, as it is kept."""
    now, lag, many, entries = firm.now, firm.record_lag, deals(firm), book(firm)
    last, days_left = float(firm.p.sales.stages - 1), quarter_end(firm) - now
    called, operations = last - (CALLED - 1), firm.readings[COMMIT_OPERATIONS]
    quarter = quarters(firm)[firm.quarter_now]
    snapshot = seen(firm, firm.quarter_now, quarter.weeks)
    for stage in range(firm.p.sales.stages):
        firm.by_stage[stage] = 0.0
    kept, found, last_entry = 0, 0, firm.n_book - 1
    sales = truly_open = roll_up = 0.0
    for k in range(firm.n_book):
        place = entries[k]
        deal = many[place]
        fetch(many[entries[min(k + SOON, last_entry)]])
        left = deal.left_record
        if deal.won >= 0.0 or 0.0 <= left <= now:
            continue
        entries[kept] = place
        kept += 1
        if left < 0.0:
            truly_open += deal.value
        known = now - deal.lag * lag
        at = deal.stage
        while at >= 0 and deal.entered[at] > known:
            at -= 1
        if at < 0:
            continue
        recorded = deal.progress[at]
        if found >= firm.max_seen:
            firm.status = ROOM_FOR_SNAPSHOTS
            break
        read = snapshot[found]
        read.deal, read.progress, read.value, read.won = place, read_by(recorded, operations), deal.value, 0.0
        found += 1
        firm.by_stage[int(read_stage(read.progress, last))] += deal.value
        if recorded >= 1.0:
            sales += deal.value
            if recorded >= called and left < 0.0:
                roll_up += deal.value * judged(firm, deal, now, days_left)
    quarter.seen[quarter.weeks] = found
    firm.n_book = kept
    firm.view_sales, firm.view_open, firm.view_roll_up = sales, truly_open, roll_up


@kernel
def judged(firm, deal, now, days_left):
    """A rep's belief that the deal is won this quarter: its true current odds, through optimism, noise and mood."""
    if deal.sensed != deal.stage:
        sense(firm, deal)
    need = days_needed(deal.need_total, deal.need_stage, now - deal.entered[deal.stage])
    p = deal.odds * in_time(days_left, need, firm.p.sales.buyer_sigma)
    optimism = people(firm)[deal.rep].optimism if deal.rep >= 0 else 1.0
    return judged_odds(p, firm.spirits * optimism * deal.judgement)


@kernel
def sense(firm, deal):
    """What a rep learns of a deal first called in a stage: its true odds from here, and the days it takes."""
    p = firm.p.sales
    fit, skill = p.fit_weight * (deal.fit - firm.shift), p.skill_weight * people(firm)[deal.rep].log_skill
    odds, need = 1.0, 0.0
    for k in range(deal.stage, p.stages):
        odds = odds * chance_advance(p.stage_advance[k], fit, skill, 0.0)
        need = need + opportunity.stage_days(firm, deal, k)
    deal.odds, deal.need_total = odds, need
    deal.need_stage = opportunity.stage_days(firm, deal, deal.stage)
    deal.sensed = deal.stage


@kernel
def forecast(firm):
    """The week's number, recorded with what it was made of; state is that of the week's start."""
    p, luck = firm.p.forecasting, lucks(firm)[firm.luck_spent]
    week = firm.week % WEEKS
    firm.mood = shock_next(firm.mood, p.mood_persistence, p.mood_sd, numbers(luck.week_mood, firm.weeks)[firm.week])
    firm.spirits = odds_factor(p.optimism + firm.mood)
    look(firm)
    if firm.status != 0:
        return
    leads = 0.0
    for k in range(13):
        leads = leads + firm.leads[k]
    closed = firm.closed
    if firm.n_past > 0:
        cut = p.haircut * firm.haircut[week] + (1.0 - p.haircut)
        sales = closed + firm.view_roll_up * cut
        marketing = closed + leads * firm.lead_yield[week]
        operations = closed + firm.unseen[week]
        for stage in range(firm.p.sales.stages):
            operations = operations + firm.by_stage[stage] * firm.conversion[week, stage]
    else:
        sales = marketing = operations = max(firm.plan, closed)
    note_history(firm, sales, marketing, operations, leads)
    evidence = weighed(firm, week, sales, marketing, operations)
    mood = p.meeting_sd * numbers(luck.week_meeting, firm.weeks)[firm.week]
    said = opinion(voice(p.sales_voice, mood), sales, marketing, operations)
    pressed = heard(firm, PRESSURES, firm.pressure)
    pulled = drawn(said, firm.plan, p.plan_pull * pressed * (1.0 - week / WEEKS))
    firm.number = company_number(evidence, pulled, firm.levers[EVIDENCE], closed)
    firm.disagreement = spread_of(sales, marketing, operations, firm.plan)
    tell(firm, sales, marketing, operations, evidence)
    record_pipelines(firm)


@kernel
def weighed(firm, week, sales, marketing, operations):
    """Evidence: the three weighted by how well each has done."""
    top = bottom = 0.0
    for which in range(3):
        number = sales if which == 0 else (marketing if which == 1 else operations)
        weight = inverse_error(firm.errors[which, week], firm.pooled_errors[which])
        top, bottom = top + weight * number, bottom + weight
    return top / bottom


@kernel
def note_history(firm, sales, marketing, operations, leads):
    """The company writes down what it will learn from."""
    quarter = quarters(firm)[firm.quarter_now]
    week = quarter.weeks
    quarter.closed[week] = firm.closed
    quarter.roll_up[week] = firm.view_roll_up
    quarter.leads[week] = leads
    quarter.forecasts[0, week] = sales
    quarter.forecasts[1, week] = marketing
    quarter.forecasts[2, week] = operations
    quarter.weeks = week + 1


@kernel
def tell(firm, sales, marketing, operations, evidence):
    """The week's rows: the number, its parts, and the state that it was made in."""
    week = firm.week
    record(firm, Kind.FORECAST, week, -1, firm.number)
    record(firm, Kind.FORECAST_SALES, week, -1, sales)
    record(firm, Kind.FORECAST_MARKETING, week, -1, marketing)
    record(firm, Kind.FORECAST_OPERATIONS, week, -1, operations)
    record(firm, Kind.EVIDENCE_NUMBER, week, -1, evidence)
    record(firm, Kind.CLOSED_TO_DATE, week, -1, firm.closed)
    record(firm, Kind.DISAGREEMENT, week, -1, firm.disagreement)
    record(firm, Kind.PRESSURE, week, -1, firm.pressure)
    record(firm, Kind.TOLERANCE, week, -1, firm.tolerance)
    record(firm, Kind.TRUST, week, -1, firm.trust)
    for j in range(5):
        reading = firm.readings[j]
        record(firm, Kind.READING, week, j, reading)
        record(firm, Kind.DRIFT, week, j, reading - firm.shift if j < COMMIT_OPERATIONS - 1 else reading)


@kernel
def record_pipelines(firm):
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
