"""The market of a week: shocks, the useful bar, how many ask, and what marketing spends.

rate   = inquiry_rate(base, growth, quarters, shock) x season x budget effect x stress      a day, formulas/demand.py
shift += sd a week; the fit that buyers must have to be useful
spend  = budget + price x bought inquiries                                                  a week
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import MARKETING, WEEKLY, WEEKS
from revsim.contract.trace import Kind
from revsim.formulas.demand import bought_rate, budget_effect, inquiry_rate, shock_next
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import note_shift, record, week_luck
from revsim.mechanisms.signal import PRESSURES, heard
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm


@mechanism
def move_market(firm: Firm) -> None:
    """Demand's shock and the useful bar, a week on."""
    p, week, luck = firm.p, firm.week, week_luck(firm)
    firm.shock = shock_next(firm.shock, p.demand.shock_persistence, p.demand.shock_sd, float(luck.shock[week]))
    firm.shift += p.buyers.market_shift_sd * WEEKLY * float(luck.shift[week])
    if p.stress.segment_day <= firm.now < p.stress.segment_day + DAYS_PER_WEEK:
        firm.shift += p.stress.segment_shift
    note_shift(firm)


@mechanism
def rate_of(firm: Firm) -> float:
    """Inquiries a day this week."""
    p, stress, now = firm.p, firm.p.stress, firm.now
    quarter = int(now // DAYS_PER_QUARTER) - p.span.warmup_quarters  # 0 is the first measured one
    rate = inquiry_rate(
        p.demand.inquiries_per_week / DAYS_PER_WEEK,
        p.demand.growth,
        (now - p.span.measured_from) / DAYS_PER_QUARTER,
        firm.shock,
        p.demand.shock_sd,
    )
    rate = rate * p.demand.season[quarter % 4] * budget_effect(firm.budget, p.marketing.budget_elasticity)
    if stress.demand_day <= now < stress.demand_until:
        rate = rate * stress.demand_factor
    return rate


@mechanism
def bought_of(firm: Firm, rate: float) -> float:
    """Inquiries a day that marketing buys, under pressure and as far as pay is its own."""
    pressed = heard(firm, PRESSURES, firm.pressure)
    return bought_rate(rate, firm.p.marketing.bought_push, firm.pay[MARKETING], pressed)


@mechanism
def close_week(firm: Firm, bought: int, passed: int) -> None:
    """What was bought and spent, and how many leads marketing has qualified in the last thirteen weeks."""
    p = firm.p.marketing
    record(firm, Kind.BOUGHT, firm.week, -1, float(bought))
    record(firm, Kind.MARKETING_SPEND, firm.week, -1, p.budget_per_week * firm.budget + p.bought_price * bought)
    for k in range(WEEKS - 1):
        firm.leads[k] = firm.leads[k + 1]
    firm.leads[WEEKS - 1] = float(passed)
