"""Remedies in force: what has started, how far design is built, what coordination lends, what all of it costs.

Design builds by half-lives, slower under pressure unless sponsored, and decays where governance is absent;
coordination acts at once. Ownership of each hand-off this week comes from all three (formulas/ownership.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import BUILT, CADENCE_SCALE, COORDINATION, DESIGN
from revsim.contract.trace import Kind
from revsim.formulas.building import build_speed, built_next, decayed, governance_absent
from revsim.formulas.ownership import attendance_at, compliance_next, lent_by_meetings, ownership_of
from revsim.formulas.selling import effective_share
from revsim.model import people
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from revsim.contract.chosen import Start
    from revsim.model.firm import Firm


def start_due(firm: Firm) -> None:
    """Remedies whose day has come, or whose alarm has rung, begin."""
    p = firm.p.chosen
    starts = (p.design.start, p.coordination.start, p.heroics.start)
    for which, start in enumerate(starts):
        if not firm.active[which] and begins(firm, start):
            firm.active[which] = True
            if which == DESIGN:
                firm.design = p.design
            elif which == COORDINATION:
                begin_coordination(firm)
            else:
                begin_heroics(firm)


def begin_coordination(firm: Firm) -> None:
    """New coordination is fresh: nobody is used to it yet. If nothing changes, nothing begins."""
    today, new = firm.p.today.coordination, firm.p.chosen.coordination
    if new._replace(start=today.start) != today:
        firm.resets = firm.agreements = 0
    firm.coordination = new


def begin_heroics(firm: Firm) -> None:
    """A new pool has its heroes at once."""
    today, new = firm.p.today.heroics, firm.p.chosen.heroics
    firm.heroics = new
    if new._replace(start=today.start) != today:
        people.choose_heroes(firm)


def begins(firm: Firm, start: Start) -> bool:
    """Whether a remedy begins this week; alarms are armed from the first measured day."""
    return firm.measured and (firm.env.now >= start.day or firm.trust < start.trust_below)


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


def as_dial(lever: int, change: float) -> float:
    """A change of a lever as a change of a dial; shorter cadence is more."""
    return -change / CADENCE_SCALE if lever == chosen.CADENCE else change


def build(firm: Firm) -> None:
    """Design, a week on: built, decayed, paid for."""
    today, design = firm.p.today.design.levers, firm.design
    pressed = firm.pressures.heard(firm, firm.pressure)
    speed = build_speed(pressed, firm.p.remedies.build_pressure, design.sponsored)
    absent = governance_absent(firm.lever(chosen.CADENCE), firm.p.definitions.review_weeks)
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
        money += cost * max(built, 0.0) + cost * firm.p.remedies.running_share / WEEKS_PER_YEAR * max(above, 0.0)
        left += abs(as_dial(j, goal - level))
        if j <= chosen.TO_CUSTOMER:
            firm.owning_hours[2 if j <= chosen.COMMIT else 1] += firm.p.remedies.owner_hours * max(above, 0.0)
        note_lever(firm, j)
    firm.unbuilt = left / 12.0
    if money > 0.0:
        firm.record(Kind.DESIGN_COST, firm.week, -1, money)
    if firm.active[DESIGN] and firm.unbuilt > BUILT and design.sponsored > 0.0:
        firm.record(Kind.DESIGN_HOURS, firm.week, 3, firm.p.remedies.sponsor_hours * design.sponsored)


def note_lever(firm: Firm, lever: int) -> None:
    """A row where a lever has moved."""
    if firm.levers[lever] != firm.recorded_levers[lever]:
        firm.recorded_levers[lever] = firm.levers[lever]
        firm.record(Kind.LEVER, firm.week, lever, firm.levers[lever])


def agree(firm: Firm) -> None:
    """Sign, renew or let fade the service-level agreement."""
    c, r, now = firm.coordination, firm.p.remedies, firm.env.now
    first = c.agreement_level > 0.0 and firm.agreements == 0
    age = now - firm.last_agreement
    again = c.agreement_renew_weeks > 0 and firm.agreements and age >= DAYS_PER_WEEK * c.agreement_renew_weeks - 1.0e-9
    if first or again:
        sign_agreement(firm)
    elif firm.compliance > 0.0:
        pressed = firm.pressures.heard(firm, firm.pressure)
        firm.compliance = compliance_next(firm.compliance, c.agreement_half_life, pressed, r.agreement_pressure)
    firm.record(Kind.COMPLIANCE, firm.week, -1, firm.compliance)


def sign_agreement(firm: Firm) -> None:
    """All sign; each renewal is believed less, by the same habituation as resets."""
    c = firm.coordination
    firm.compliance = c.agreement_level
    for _ in range(firm.agreements):
        firm.compliance = firm.compliance * c.reset_habituation
    firm.agreements += 1
    firm.last_agreement = firm.env.now
    firm.record(Kind.AGREED, firm.week, -1, firm.compliance)
    for role in range(3):
        firm.one_off_hours[role] += firm.p.remedies.agreement_hours / 3.0


def own(firm: Firm) -> None:
    """Ownership of the three hand-offs and effective shared pay, this week."""
    r = firm.p.remedies
    pressed = firm.pressures.heard(firm, firm.pressure)
    attendance = attendance_at(pressed, firm.p.leadership.meeting_pressure)
    meetings = lent_by_meetings(r.meeting_lift, firm.coordination.meetings, r.meeting_half_hours, attendance)
    agreement = r.agreement_lift * firm.compliance
    for k in range(3):
        firm.ownership[k] = ownership_of(firm.lever(chosen.TO_SALES + k), meetings, agreement)
        firm.record(Kind.OWNERSHIP, firm.week, k, firm.ownership[k])
        firm.pay[k] = effective_share(firm.lever(chosen.PAY_MARKETING + k), firm.view())
