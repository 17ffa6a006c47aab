"""The weekly forecast: three functions, each from what it can see, and the number the company makes of them.

Sales rolls up its reps' judgement of the deals that the record shows late in the pipeline; marketing counts its leads;
operations reads the record by its own `commit` and applies learned conversion. See formulas/forecast.py, formulas/judgement.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.trace import Kind
from revsim.formulas.demand import shock_next
from revsim.formulas.forecast import company_number, drawn, inverse_error, opinion, spread_of, voice
from revsim.formulas.judgement import days_needed, in_time, judged_odds
from revsim.formulas.record import read_stage
from revsim.model.history import WEEKS, Snapshot

if TYPE_CHECKING:
    from revsim.model.deal import Deal
    from revsim.model.firm import Firm

COMMIT_OPERATIONS = 4  # reading
CALLED = 2  # the last stages that reps call: best case and commit


class View:
    """What a look at the record finds."""

    def __init__(self, stages: int) -> None:
        """Nothing seen yet."""
        self.deals: list[Deal] = []
        self.progress: list[float] = []
        self.by_stage = [0.0] * stages
        self.roll_up = 0.0
        self.sales = self.marketing = self.operations = self.truly_open = 0.0


def look(firm: Firm) -> View:
    """Read the record of every deal that is in it: as late, and in whose words, as it is kept."""
    now, stages, lag = firm.env.now, firm.p.sales.stages, firm.record_lag
    last, days_left = float(stages - 1), firm.quarter_end() - now
    operations = firm.readings[COMMIT_OPERATIONS]
    view, keep = View(stages), []
    for deal in firm.book:
        if deal.won >= 0.0 or 0.0 <= deal.left_record <= now:
            continue
        keep.append(deal)
        value = deal.value
        if deal.left_record < 0.0:
            view.truly_open += value
        known = now - deal.lag * lag
        at = len(deal.entered) - 1
        while at >= 0 and deal.entered[at] > known:
            at -= 1
        if at < 0:
            continue
        recorded = deal.progress[at]
        stage = read_stage(recorded, last)
        read = recorded - operations
        view.deals.append(deal)
        view.progress.append(read)
        view.by_stage[int(read_stage(read, last))] += value
        view.marketing += value
        if stage >= 1.0:
            view.sales += value
        if read >= 1.0:
            view.operations += value
        if stage >= last - (CALLED - 1):
            view.roll_up += value * judged(firm, deal, now, days_left)
    firm.book = keep
    return view


def judged(firm: Firm, deal: Deal, now: float, days_left: float) -> float:
    """A rep's belief that the deal is won this quarter: its true current odds, through optimism, noise and mood."""
    if deal.left_record >= 0.0:
        return 0.0  # the rep knows that it is lost, whatever the record says
    rep = deal.rep
    need = days_needed(deal.need_total, deal.need_stage, now - deal.entered[-1])
    p = deal.odds * in_time(days_left, need, firm.p.sales.buyer_sigma)
    bias = firm.p.forecasting.optimism + (rep.optimism if rep is not None else 0.0) + deal.judgement + firm.mood
    return judged_odds(p, bias)


def forecast(firm: Firm) -> None:
    """The week's number, recorded with what it was made of; state is that of the week's start."""
    p, history = firm.p.forecasting, firm.history
    week_luck, week = firm.luck.week, firm.week % WEEKS
    firm.mood = shock_next(firm.mood, p.mood_persistence, p.mood_sd, float(week_luck.mood[firm.week]))
    view = look(firm)
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
            operations = operations + view.by_stage[stage] * history.conversion[week][stage]
    else:
        sales = marketing = operations = max(firm.plan, closed)
    note_history(firm, view, (sales, marketing, operations), leads)
    evidence = weighed(firm, week, (sales, marketing, operations))
    mood = p.meeting_sd * float(week_luck.meeting[firm.week])
    said = opinion(voice(p.sales_voice, mood), sales, marketing, operations)
    pressed = firm.pressures.heard(firm, firm.pressure)
    pulled = drawn(said, firm.plan, p.plan_pull * pressed * (1.0 - week / WEEKS))
    firm.number = company_number(evidence, pulled, firm.lever(chosen.EVIDENCE), closed)
    firm.disagreement = spread_of(sales, marketing, operations, firm.plan)
    record(firm, view, (sales, marketing, operations, evidence))


def weighed(firm: Firm, week: int, forecasts: tuple[float, float, float]) -> float:
    """Evidence: the three weighted by how well each has done."""
    history, top, bottom = firm.history, 0.0, 0.0
    for which in range(3):
        weight = inverse_error(history.errors[which][week], history.pooled_errors[which])
        top, bottom = top + weight * forecasts[which], bottom + weight
    return top / bottom


def note_history(firm: Firm, view: View, forecasts: tuple[float, float, float], leads: float) -> None:
    """The company writes down what it will learn from."""
    quarter = firm.history.now
    quarter.snapshots.append(Snapshot(view.deals, view.progress))
    quarter.closed.append(firm.closed)
    quarter.roll_up.append(view.roll_up)
    quarter.leads.append(leads)
    quarter.forecasts.append(forecasts)


def record(firm: Firm, view: View, numbers: tuple[float, float, float, float]) -> None:
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
        (Kind.PIPELINE_SALES, view.sales),
        (Kind.PIPELINE_MARKETING, view.marketing),
        (Kind.PIPELINE_OPERATIONS, view.operations),
        (Kind.OPEN_PIPELINE, view.truly_open),
    ):
        firm.record(kind, week, -1, value)
    for j, reading in enumerate(firm.readings):
        firm.record(Kind.READING, week, j, reading)
        firm.record(Kind.DRIFT, week, j, reading - firm.shift if j < COMMIT_OPERATIONS - 1 else reading)
