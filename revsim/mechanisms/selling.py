"""What a stage takes and how likely it goes on; who is served first near the quarter's end.

p       = chance_advance(base, fit - shift, skill, age)           formulas/stage_odds.py
days    = buyer's median + a week's days x effort / selling hours
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.formulas.stage_odds import chance_advance, over_age
from revsim.mechanisms._mechanism import mechanism
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.mechanisms.deal import Deal
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.person import Person


@mechanism
def buyer_days(firm: Firm, deal: Deal, stage: int) -> float:
    """Median days that the buyer takes in a stage."""
    return firm.p.sales.stage_buyer[stage] * deal.slower


@mechanism
def stage_days(firm: Firm, deal: Deal, stage: int) -> float:
    """Median days that a stage takes: the buyer's, and the rep's work in an ordinary week."""
    p = firm.p.sales
    return buyer_days(firm, deal, stage) + DAYS_PER_WEEK * p.stage_effort[stage] / p.selling_hours


@mechanism
def chance_now(firm: Firm, deal: Deal, rep: Person) -> float:
    """Chance to go on, at the moment of the buyer's decision."""
    p, stage = firm.p.sales, deal.stage
    return chance_advance(
        p.stage_advance[stage],
        p.fit_weight * (deal.fit - firm.shift),
        p.skill_weight * rep.log_skill,
        p.age_weight * over_age(firm.now - deal.created, p.stage_norm[stage] * deal.slower),
    )


@mechanism
def told_days(firm: Firm, deal: Deal) -> float:
    """Mean days until a loss is told: buyers who say no take longer to say it."""
    return (firm.p.buyers.lost_factor - 1.0) * firm.p.sales.stage_buyer[deal.stage] * deal.slower
