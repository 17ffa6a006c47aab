"""What a stage takes and how likely it goes on; who is served first near the quarter's end.

p       = chance_advance(base, fit - shift, skill, age)           formulas/stage_odds.py
days    = buyer's median + a week's days x effort / selling hours
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import Kind
from revsim.formulas.stage_odds import chance_advance, over_age
from revsim.formulas.timing import holds_over
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import quarter_end, record
from revsim.mechanisms.signal import ATTAINMENTS, heard
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
    refused = p.pull_refused if deal.asked else 0.0
    return chance_advance(
        p.stage_advance[stage],
        p.fit_weight * (deal.fit - firm.shift),
        p.skill_weight * rep.log_skill,
        p.age_weight * over_age(firm.now - deal.created, p.stage_norm[stage] * deal.slower) + refused,
    )


@mechanism
def told_days(firm: Firm, deal: Deal) -> float:
    """Mean days until a loss is told: buyers who say no take longer to say it."""
    return (firm.p.buyers.lost_factor - 1.0) * firm.p.sales.stage_buyer[deal.stage] * deal.slower


@mechanism
def day_out_of_record(firm: Firm, deal: Deal) -> float:
    """The day on which a deal that is lost now leaves the record."""
    return firm.now + deal.lag * firm.record_lag * firm.p.sales.lost_record_factor


@mechanism
def near_end(firm: Firm) -> bool:
    """Whether the quarter's end is near enough for reps to act on it."""
    return quarter_end(firm) - firm.now <= firm.p.sales.end_window


@mechanism
def weight_of_stage(firm: Firm) -> float:
    """Days of waiting that a later stage counts for in a rep's queue, as far as pay is one's own."""
    return firm.p.sales.attention * (1.0 - firm.pay[1])


@mechanism
def chance_held(firm: Firm, rep: Person) -> float:
    """Chance that a rep holds a signature over the quarter's end, for the bonus of the next."""
    p = firm.p.sales
    attainment = heard(firm, ATTAINMENTS, rep.booked / (firm.plan / p.reps))
    weeks_left = (quarter_end(firm) - firm.now) / DAYS_PER_WEEK
    return p.sandbag_share * (1.0 - firm.pay[1]) * holds_over(attainment, p.sandbag_above, p.sandbag_below, weeks_left)


@mechanism
def win(firm: Firm, deal: Deal, rep: Person) -> None:
    """A deal is signed: booked by the company and its rep, less the discount."""
    deal.won = firm.now
    firm.closed += deal.booked
    rep.booked += deal.booked
    rep.booked_year += deal.booked
    record(firm, Kind.WON, deal.id, rep.seat, deal.booked)
