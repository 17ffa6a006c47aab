"""The record as operations and reps read it at each week's start, and what they make of it: by numpy from rows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.stats import norm

from revsim.contract.trace import BOUGHT_FROM, Kind
from tests.recomputed.company import Array, Company
from tests.recomputed.people import People

LOST = (Kind.LOST, Kind.LEFT_WORK, Kind.LEFT_DESK, Kind.LOST_HANDED_OVER)
NEVER = np.inf


class Deal:
    """One opportunity as its rows tell it."""

    def __init__(self, value: float) -> None:
        self.value = value
        self.entered: list[float] = []
        self.progress: list[float] = []  # as recorded at entry
        self.reps: list[tuple[float, int]] = []  # day, seat
        self.won, self.lost, self.off_record, self.booked = NEVER, NEVER, NEVER, 0.0
        self.lag = self.fit = self.noise = 0.0
        self.sensed: tuple[int, float, float, float] = (-1, 0.0, 0.0, 0.0)  # stage, odds, days: in all, of this stage

    def seat(self, day: float) -> int:
        """Who has it at a week's start."""
        return [seat for since, seat in self.reps if since < day][-1]


class Look(NamedTuple):
    """What is read in one week: deals, progress by operations' words, and sums of value."""

    deals: list[Deal]
    progress: Array
    roll_up: float
    sales: float
    truly_open: float


def deals_of(company: Company) -> dict[int, Deal]:
    """All opportunities by buyer; a stage is written down in the words of sales' `commit` of that week."""
    deals: dict[int, Deal] = {}
    kinds = (Kind.OPPORTUNITY, Kind.STAGE_ENTERED, Kind.HANDED_OVER, Kind.WON, *LOST)
    rows = company.trace.of(*kinds)
    for time, kind, entity, actor, value in zip(*(column.tolist() for column in rows), strict=True):
        week = int(time // 5)
        if kind == Kind.OPPORTUNITY:
            deals[entity] = born(company, entity, value)
        deal = deals[entity]
        if kind in {Kind.OPPORTUNITY, Kind.HANDED_OVER}:
            deal.reps.append((time, actor))
        elif kind == Kind.STAGE_ENTERED:
            words = company.readings[min(week + 1, company.weeks - 1), 3]
            deal.entered.append(time)
            deal.progress.append(value + luck_of(company, entity)[0].reading[luck_of(company, entity)[1]] - words)
        elif kind == Kind.WON:
            deal.won, deal.booked = time, value
        else:
            lag = company.record_lag[week - 1 if time % 5.0 == 0.0 else week]  # a sweep is before the week's own lag
            deal.lost = np.nextafter(time, np.inf) if kind == Kind.LOST_HANDED_OVER else time  # after the forecast
            deal.off_record = time + deal.lag * lag * company.p.sales.lost_record_factor
    return deals


def luck_of(company: Company, entity: int) -> tuple[object, int]:
    """The luck of a buyer, and its row there."""
    bought = entity >= BOUGHT_FROM
    return (company.luck.bought, entity - BOUGHT_FROM) if bought else (company.luck.own, entity)


def born(company: Company, entity: int, value: float) -> Deal:
    """What a buyer brings: lag of its records, fit, how wrongly its rep judges it."""
    p, deal, (luck, row) = company.p, Deal(value), luck_of(company, entity)
    deal.lag = -np.log1p(-luck.record[row])
    deal.noise = p.forecasting.deal_noise * norm.ppf(luck.judgement[row])
    source = min(
        int(np.searchsorted(p.demand.source_upto, luck.source[row], side="right")), len(p.demand.source_fit) - 1
    )
    mean = p.marketing.bought_fit if entity >= BOUGHT_FROM else p.demand.source_fit[source]
    deal.fit = mean + luck.fit[row]
    return deal


def looks(company: Company) -> list[Look]:
    """What is read in every week."""
    deals, people = deals_of(company), People(company)
    mood, moods = 0.0, []
    f = company.p.forecasting
    for week in range(company.weeks):
        mood = (
            f.mood_persistence * mood + f.mood_sd * np.sqrt(1.0 - f.mood_persistence**2) * company.luck.week.mood[week]
        )
        moods.append(mood)
    return [look(company, people, deals, week, moods[week]) for week in range(company.weeks)]


def look(company: Company, people: People, deals: dict[int, Deal], week: int, mood: float) -> Look:
    """What is read at one week's start: before it, as late as the record is kept."""
    now, last = 5.0 * week, company.p.sales.stages - 1
    lag = company.record_lag[week - 1] if week else 0.0
    seen: list[Deal] = []
    progress: list[float] = []
    roll_up = sales = truly_open = 0.0
    for deal in deals.values():
        lost = deal.lost <= now
        if not deal.entered or deal.entered[0] >= now or deal.won < now or (lost and deal.off_record <= now):
            continue
        truly_open += 0.0 if lost else deal.value
        known = [k for k, day in enumerate(deal.entered) if day <= now - deal.lag * lag]
        if not known:
            continue
        recorded = deal.progress[known[-1]]
        seen.append(deal)
        progress.append(recorded + company.readings[week, 4])
        sales += deal.value if recorded >= 1.0 else 0.0
        if recorded >= last - 1 and not lost:
            roll_up += deal.value * judged(company, people, deal, week, mood)
    return Look(seen, np.array(progress), roll_up, sales, truly_open)


def judged(company: Company, people: People, deal: Deal, week: int, mood: float) -> float:
    """A rep's belief that a deal is won in the quarter: true odds from its stage on, bent in log odds."""
    now, p = 5.0 * week, company.p
    stage = sum(day < now for day in deal.entered) - 1
    rep = (0, deal.seat(now))
    generation = people.there[week - 1].get(rep, 0)
    luck = company.luck.reps
    if deal.sensed[0] != stage:
        skill = p.sales.skill_sigma * luck.skill[rep[1], generation]
        shift = p.sales.fit_weight * (deal.fit - company.shift[week]) + p.sales.skill_weight * skill
        odds = np.prod(1.0 / (1.0 + np.exp(-np.array(p.sales.stage_advance[stage:]) - shift)))
        days = np.array(p.sales.stage_buyer) + 5.0 * np.array(p.sales.stage_effort) / p.sales.selling_hours
        deal.sensed = (stage, float(odds), float(days[stage:].sum()), float(days[stage]))
    _, odds, whole, here = deal.sensed
    need = whole - min(now - deal.entered[stage], here / 2.0)
    true = odds * norm.cdf(np.log((65.0 - now % 65.0) / need) / p.sales.buyer_sigma)
    bias = p.forecasting.optimism + mood + deal.noise + p.forecasting.optimism_sd * luck.optimism[rep[1], generation]
    return float(1.0 / (1.0 + (1.0 / true - 1.0) * np.exp(-bias)))
