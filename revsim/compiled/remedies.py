"""Remedies in force. See model/remedies.py."""

from __future__ import annotations

from revsim.compiled import people
from revsim.compiled._kernel import kernel
from revsim.compiled.firm import record, view
from revsim.compiled.signal import heard
from revsim.compiled.views import PRESSURES
from revsim.contract import chosen
from revsim.contract.constants import BUILT, CADENCE_SCALE, COORDINATION, DESIGN, HEROICS
from revsim.contract.trace import Kind
from revsim.formulas.building import build_speed, built_next, decayed, governance_absent
from revsim.formulas.ownership import attendance_at, compliance_next, lent_by_meetings, ownership_of
from revsim.formulas.selling import effective_share
from revsim.units import DAYS_PER_WEEK, WEEKS_PER_YEAR

COMMIT, TO_SALES, TO_CUSTOMER = chosen.COMMIT, chosen.TO_SALES, chosen.TO_CUSTOMER
PAY_MARKETING, PAY_OPERATIONS, VIEW, CADENCE = chosen.PAY_MARKETING, chosen.PAY_OPERATIONS, chosen.VIEW, chosen.CADENCE


@kernel
def start_due(firm):
    """Remedies whose day has come, or whose alarm has rung, begin."""
    p = firm.p.chosen
    if firm.active[DESIGN] == 0 and begins(firm, p.design.start):
        firm.active[DESIGN] = 1
        take_design(firm, p.design)
    if firm.active[COORDINATION] == 0 and begins(firm, p.coordination.start):
        firm.active[COORDINATION] = 1
        begin_coordination(firm)
    if firm.active[HEROICS] == 0 and begins(firm, p.heroics.start):
        firm.active[HEROICS] = 1
        begin_heroics(firm)


@kernel
def take_design(firm, design):
    """Targets of the levers."""
    for j in range(12):
        firm.design.levers[j] = design.levers[j]
    firm.design.sponsored, firm.design.decay = design.sponsored, design.decay


@kernel
def take_coordination(firm, new):
    """Meetings, resets and agreement in force."""
    c = firm.coordination
    c.meetings, c.reset_weeks, c.reset_trust_below = new.meetings, new.reset_weeks, new.reset_trust_below
    c.reset_strength, c.reset_habituation = new.reset_strength, new.reset_habituation
    c.agreement_level, c.agreement_half_life = new.agreement_level, new.agreement_half_life
    c.agreement_renew_weeks = new.agreement_renew_weeks


@kernel
def take_heroics(firm, new):
    """The pool in force."""
    firm.heroics.capacity, firm.heroics.energy, firm.heroics.exit = new.capacity, new.energy, new.exit


@kernel
def begin_coordination(firm):
    """New coordination is fresh: nobody is used to it yet. If nothing changes, nothing begins."""
    today, new = firm.p.today.coordination, firm.p.chosen.coordination
    same = (
        new.meetings == today.meetings
        and new.reset_weeks == today.reset_weeks
        and new.reset_trust_below == today.reset_trust_below
        and new.reset_strength == today.reset_strength
        and new.reset_habituation == today.reset_habituation
        and new.agreement_level == today.agreement_level
        and new.agreement_half_life == today.agreement_half_life
        and new.agreement_renew_weeks == today.agreement_renew_weeks
    )
    if not same:
        firm.resets = firm.agreements = 0
    take_coordination(firm, new)


@kernel
def begin_heroics(firm):
    """A new pool has its heroes at once."""
    today, new = firm.p.today.heroics, firm.p.chosen.heroics
    take_heroics(firm, new)
    if not (new.capacity == today.capacity and new.energy == today.energy and new.exit == today.exit):
        people.choose_heroes(firm)


@kernel
def begins(firm, start):
    """Whether a remedy begins this week; alarms are armed from the first measured day."""
    return firm.measured and (firm.now >= start.day or firm.trust < start.trust_below)


@kernel
def half_life(firm, lever):
    """Build half-life of a lever, weeks."""
    r = firm.p.remedies
    if lever <= COMMIT:
        return r.definition_half_life
    if lever <= TO_CUSTOMER:
        return r.handoff_half_life
    if lever <= PAY_OPERATIONS:
        return r.incentive_half_life
    return r.view_half_life if lever == VIEW else r.governance_half_life


@kernel
def build_cost(firm, lever):
    """Cost of building a lever from 0 to 1 (cadence: from half-yearly to monthly reviews)."""
    r = firm.p.remedies
    if lever <= COMMIT:
        return r.definition_build
    if lever <= TO_CUSTOMER:
        return r.handoff_build
    if lever <= PAY_OPERATIONS:
        return r.incentive_build
    return r.view_build if lever == VIEW else r.governance_build / 3.0


@kernel
def as_dial(lever, change):
    """A change of a lever as a change of a dial; shorter cadence is more."""
    return -change / CADENCE_SCALE if lever == CADENCE else change


@kernel
def build(firm):
    """Design, a week on: built, decayed, paid for."""
    today, design, r = firm.p.today.design.levers, firm.design, firm.p.remedies
    pressed = heard(firm, PRESSURES, firm.pressure)
    speed = build_speed(pressed, r.build_pressure, design.sponsored)
    absent = governance_absent(firm.levers[CADENCE], firm.p.definitions.review_weeks)
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
        if j <= TO_CUSTOMER:
            firm.owning_hours[2 if j <= COMMIT else 1] += r.owner_hours * max(above, 0.0)
        note_lever(firm, j)
    firm.unbuilt = left / 12.0
    if money > 0.0:
        record(firm, Kind.DESIGN_COST, firm.week, -1, money)
    if firm.active[DESIGN] != 0 and firm.unbuilt > BUILT and design.sponsored > 0.0:
        record(firm, Kind.DESIGN_HOURS, firm.week, 3, r.sponsor_hours * design.sponsored)


@kernel
def note_lever(firm, lever):
    """A row where a lever has moved."""
    if firm.levers[lever] != firm.recorded_levers[lever]:
        firm.recorded_levers[lever] = firm.levers[lever]
        record(firm, Kind.LEVER, firm.week, lever, firm.levers[lever])


@kernel
def agree(firm):
    """Sign, renew or let fade the service-level agreement."""
    c, now = firm.coordination, firm.now
    first = c.agreement_level > 0.0 and firm.agreements == 0
    age = now - firm.last_agreement
    due = age >= DAYS_PER_WEEK * c.agreement_renew_weeks - 1.0e-9
    again = c.agreement_renew_weeks > 0 and firm.agreements > 0 and due
    if first or again:
        sign_agreement(firm)
    elif firm.compliance > 0.0:
        pressed = heard(firm, PRESSURES, firm.pressure)
        firm.compliance = compliance_next(
            firm.compliance, c.agreement_half_life, pressed, firm.p.remedies.agreement_pressure
        )
    record(firm, Kind.COMPLIANCE, firm.week, -1, firm.compliance)


@kernel
def sign_agreement(firm):
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


@kernel
def own(firm):
    """Ownership of the three hand-offs and effective shared pay, this week."""
    set_ownership(firm)
    for k in range(3):
        record(firm, Kind.OWNERSHIP, firm.week, k, firm.ownership[k])


@kernel
def set_ownership(firm):
    """As above, without rows: also on the first day."""
    r = firm.p.remedies
    pressed = heard(firm, PRESSURES, firm.pressure)
    attendance = attendance_at(pressed, firm.p.leadership.meeting_pressure)
    meetings = lent_by_meetings(r.meeting_lift, firm.coordination.meetings, r.meeting_half_hours, attendance)
    agreement = r.agreement_lift * firm.compliance
    for k in range(3):
        firm.ownership[k] = ownership_of(firm.levers[TO_SALES + k], meetings, agreement)
        firm.pay[k] = effective_share(firm.levers[PAY_MARKETING + k], view(firm))
