"""Remedies in force: what has started, how far design is built, what coordination lends, what all of it costs.

    level'     = built_next(level, goal), then decayed where governance is absent       formulas/building.py
    goal       = today + reach (target - today), reach below 1 where a build stalls
    cost       = build cost of what was built + running share of it for what stands     currency a week
    ownership  = of levers, meetings and agreement together                             formulas/ownership.py

Design builds by half-lives, slower under pressure unless sponsored, and decays where governance is absent;
coordination acts at once. Choices that stand (`start_week: 0`) are in force on the first day (state.py): nothing is
built, what stands above `today` is kept up, an agreement is signed in the first week.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import BUILT, CADENCE_SCALE, COORDINATION, DESIGN, HEROICS
from revsim.contract.trace import Kind
from revsim.formulas.building import build_speed, built_next, decayed, governance_absent
from revsim.formulas.ownership import attendance_at, compliance_next, lent_by_meetings, ownership_of
from revsim.formulas.selling import effective_share
from revsim.mechanisms import people
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import record
from revsim.mechanisms.signal import PRESSURES, heard
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from revsim.contract.chosen import Start
    from revsim.mechanisms.firm import Firm


@mechanism
def start_due(firm: Firm) -> None:
    """Remedies whose day has come, or whose alarm has rung, begin."""
    p = firm.p.chosen
    if not firm.active[DESIGN] and begins(firm, p.design.start):
        firm.active[DESIGN] = True
        firm.design = p.design
    if not firm.active[COORDINATION] and begins(firm, p.coordination.start):
        firm.active[COORDINATION] = True
        firm.coordination = p.coordination
        if p.coordination.is_new:  # nobody is used to it yet
            firm.resets = firm.agreements = 0
    if not firm.active[HEROICS] and begins(firm, p.heroics.start):
        firm.active[HEROICS] = True
        firm.heroics = p.heroics
        if p.heroics.is_new:  # a new pool has its heroes at once
            people.choose_heroes(firm)


@mechanism
def begins(firm: Firm, start: Start) -> bool:
    """Whether a remedy begins this week; alarms are armed from the first measured day."""
    return firm.measured and (firm.now >= start.day or firm.trust < start.trust_below)


@mechanism
def half_life(firm: Firm, lever: int) -> float:
    """Build half-life of a lever, weeks."""
    r = firm.p.remedies
    if lever <= chosen.COMMIT:
        return r.definition_half_life
    if lever <= chosen.TO_CUSTOMER:
        return r.handoff_half_life
    if lever <= chosen.PAY_OPERATIONS:
        return r.incentive_half_life
    return r.view_half_life if lever == chosen.VIEW else r.governance_half_life


@mechanism
def build_cost(firm: Firm, lever: int) -> float:
    """Cost of building a lever from 0 to 1 (cadence: from half-yearly to monthly reviews)."""
    r = firm.p.remedies
    if lever <= chosen.COMMIT:
        return r.definition_build
    if lever <= chosen.TO_CUSTOMER:
        return r.handoff_build
    if lever <= chosen.PAY_OPERATIONS:
        return r.incentive_build
    return r.view_build if lever == chosen.VIEW else r.governance_build / 3.0


@mechanism
def as_dial(lever: int, change: float) -> float:
    """A change of a lever as a change of a dial; shorter cadence is more."""
    return -change / CADENCE_SCALE if lever == chosen.CADENCE else change


@mechanism
def build(firm: Firm) -> None:
    """Design, a week on: built, decayed, paid for."""
    today, design, r = firm.p.today.design.levers, firm.design, firm.p.remedies
    pressed = heard(firm, PRESSURES, firm.pressure)
    speed = build_speed(pressed, r.build_pressure, design.sponsored)
    absent = governance_absent(firm.levers[chosen.CADENCE], firm.p.definitions.review_weeks)
    reach = min(1.0, firm.p.stress.stall_at_share)
    money = left = 0.0
    for j in range(12):
        old = firm.levers[j]
        goal = today[j] + reach * (design.levers[j] - today[j])
        level = built_next(old, goal, half_life(firm, j), speed)
        built = as_dial(j, level - old)
        level = decayed(level, today[j], design.decay, absent)
        firm.levers[j] = level
        above = as_dial(j, level - today[j])
        cost = build_cost(firm, j)
        money += cost * max(built, 0.0) + cost * r.running_share / WEEKS_PER_YEAR * max(above, 0.0)
        left += abs(as_dial(j, goal - level))
        if j <= chosen.TO_CUSTOMER:
            firm.owning_hours[2 if j <= chosen.COMMIT else 1] += r.owner_hours * max(above, 0.0)
        note_lever(firm, j)
    firm.unbuilt = left / 12.0
    if money > 0.0:
        record(firm, Kind.DESIGN_COST, firm.week, -1, money)
    if firm.active[DESIGN] and firm.unbuilt > BUILT and design.sponsored > 0.0:
        record(firm, Kind.DESIGN_HOURS, firm.week, 3, r.sponsor_hours * design.sponsored)


@mechanism
def note_lever(firm: Firm, lever: int) -> None:
    """A row where a lever has moved."""
    if firm.levers[lever] != firm.recorded_levers[lever]:
        firm.recorded_levers[lever] = firm.levers[lever]
        record(firm, Kind.LEVER, firm.week, lever, firm.levers[lever])


@mechanism
def agree(firm: Firm) -> None:
    """Sign, renew or let fade the service-level agreement."""
    c, age = firm.coordination, firm.now - firm.last_agreement
    first = c.agreement_level > 0.0 and firm.agreements == 0
    due = c.agreement_renew_weeks > 0 and age >= DAYS_PER_WEEK * c.agreement_renew_weeks - 1.0e-9
    if first or (due and firm.agreements > 0):
        sign_agreement(firm)
    elif firm.compliance > 0.0:
        pressed = heard(firm, PRESSURES, firm.pressure)
        firm.compliance = compliance_next(
            firm.compliance, c.agreement_half_life, pressed, firm.p.remedies.agreement_pressure
        )
    record(firm, Kind.COMPLIANCE, firm.week, -1, firm.compliance)


@mechanism
def sign_agreement(firm: Firm) -> None:
    """All sign; each renewal is believed less, by the same habituation as resets."""
    c = firm.coordination
    firm.compliance = c.agreement_level
    for _ in range(firm.agreements):
        firm.compliance = firm.compliance * c.reset_habituation
    firm.agreements += 1
    firm.last_agreement = firm.now
    record(firm, Kind.AGREED, firm.week, -1, firm.compliance)
    for role in range(3):
        firm.one_off_hours[role] += firm.p.remedies.agreement_hours / 3.0


@mechanism
def own(firm: Firm) -> None:
    """Ownership of the three hand-offs and effective shared pay, this week."""
    set_ownership(firm)
    for k in range(3):
        record(firm, Kind.OWNERSHIP, firm.week, k, firm.ownership[k])


@mechanism
def set_ownership(firm: Firm) -> None:
    """As above, without rows: also on the first day."""
    r = firm.p.remedies
    pressed = heard(firm, PRESSURES, firm.pressure)
    attendance = attendance_at(pressed, firm.p.leadership.meeting_pressure)
    meetings = lent_by_meetings(r.meeting_lift, firm.coordination.meetings, r.meeting_half_hours, attendance)
    agreement = r.agreement_lift * firm.compliance
    for k in range(3):
        firm.ownership[k] = ownership_of(firm.levers[chosen.TO_SALES + k], meetings, agreement)
        firm.pay[k] = effective_share(firm.levers[chosen.PAY_MARKETING + k], firm.levers[chosen.VIEW])
