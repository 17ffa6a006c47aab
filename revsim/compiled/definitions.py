"""Definitions. See model/definitions.py."""

from __future__ import annotations

from revsim.compiled import history
from revsim.compiled._kernel import carray, kernel, pointer
from revsim.compiled.firm import record, view
from revsim.compiled.signal import heard
from revsim.compiled.views import FLOAT, GAPS, PRESSURES, lucks, numbers
from revsim.contract import chosen
from revsim.contract.constants import COMMON, LEAST_GAP, WEEKLY
from revsim.contract.trace import Kind
from revsim.formulas.drift import commit_push, corrected, drift_draw, drift_next, habituated, pay_push, stationary_sd
from revsim.formulas.leadership import gap_to_plan
from revsim.units import DAYS_PER_WEEK

QUALIFIED, COMMIT = 0, 1  # groups of readings: 0-2, and 3-4
FIRST, LAST = (0, 3), (3, 5)
CADENCE, OF_QUALIFIED, OF_COMMIT = chosen.CADENCE, chosen.QUALIFIED, chosen.COMMIT


@kernel
def weekly(firm, address, parts):
    """Luck of weeks that has parts, by week and part."""
    return carray(pointer(address), (firm.weeks, parts), FLOAT)


@kernel
def open_definitions(firm):
    """Readings of the first day, from their stationary law."""
    p = firm.p.definitions
    spread = stationary_sd(p.drift_sd * WEEKLY, p.learning, p.clip)
    opening = weekly(firm, lucks(firm)[0].week_opening, 5)
    for j in range(5):
        x = spread * opening[0, j]
        firm.readings[j] = max(-p.clip, min(p.clip, x))


@kernel
def drift(firm):
    """All five readings, a week on."""
    p, luck = firm.p.definitions, weekly(firm, lucks(firm)[firm.luck_spent].week_drift, 6)
    pressed = heard(firm, PRESSURES, firm.pressure)
    gap = heard(firm, GAPS, gap_to_plan(firm.plan, firm.number))
    for j in range(5):
        if j == 0:
            push = -pay_push(p.marketing_push, firm.pay[0], pressed)
        elif j == 1:
            push = pay_push(p.sales_push, firm.pay[1], pressed)
        elif j == 2:
            push = pay_push(p.operations_push, firm.pay[2], pressed)
        elif j == 3:
            push = commit_push(p.commit_push, firm.pay[1], gap, p.commit_scale)
        else:
            push = 0.0
        xi = drift_draw(p.common_share, luck[firm.week, COMMON], luck[firm.week, j])
        useful = firm.shift if j < FIRST[COMMIT] else 0.0
        moved = push + p.drift_sd * WEEKLY * xi
        firm.readings[j] = drift_next(firm.readings[j], useful, p.learning, moved, p.clip)


@kernel
def review(firm):
    """Once a cadence the owners move all readings towards their estimates."""
    cadence = firm.levers[CADENCE]
    if firm.now - firm.last_review < DAYS_PER_WEEK * cadence - 1.0e-9:
        return
    firm.last_review = firm.now
    record(firm, Kind.REVIEWED, firm.week, -1, cadence)
    p, luck = firm.p.definitions, weekly(firm, lucks(firm)[firm.luck_spent].week_owner, 2)
    known = numbers(firm.at_shifts, firm.weeks)[max(0, firm.n_shifts - 1 - int(p.owner_lag))]
    correct(firm, QUALIFIED, known + p.owner_error * luck[firm.week, 0], firm.levers[OF_QUALIFIED])
    correct(firm, COMMIT, p.owner_error * luck[firm.week, 1], firm.levers[OF_COMMIT])
    if cadence < p.review_weeks:
        for role in (1, 2):
            firm.owning_hours[role] += 0.5 * firm.p.remedies.review_hours


@kernel
def reset(firm):
    """A coordination reset: readings jump towards their common mean, less each time it is repeated."""
    c, now = firm.coordination, firm.now
    due = c.reset_weeks > 0 and now - firm.last_reset >= DAYS_PER_WEEK * c.reset_weeks - 1.0e-9
    alarmed = firm.trust < c.reset_trust_below and now - firm.last_reset >= DAYS_PER_WEEK * LEAST_GAP
    if not (due or alarmed):
        return
    firm.last_reset = now
    strength = habituated(c.reset_strength, c.reset_habituation, float(firm.resets))
    firm.resets += 1
    record(firm, Kind.RESET, firm.week, -1, strength)
    for group in (QUALIFIED, COMMIT):
        mean = 0.0
        for j in range(FIRST[group], LAST[group]):
            mean = mean + firm.readings[j]
        correct(firm, group, mean / (LAST[group] - FIRST[group]), strength)
    for role in range(3):
        firm.one_off_hours[role] += firm.p.remedies.reset_hours / 3.0


@kernel
def correct(firm, group, target, share):
    """Move readings towards a target; a corrected `commit` makes the recorded past mean something else."""
    sales, operations = firm.readings[3], firm.readings[4]
    for j in range(FIRST[group], LAST[group]):
        firm.readings[j] = corrected(firm.readings[j], target, share)
    if group == COMMIT and share > 0.0:
        moved = (sales - firm.readings[3]) - (operations - firm.readings[4])
        restated = firm.p.forecasting.restated_share
        restated = view(firm) if restated < 0.0 else restated
        history.restate(firm, restated, moved)
        firm.restate_backlog += restated * firm.p.desk.restate_hours
        record(firm, Kind.RESTATED, firm.week, -1, restated)
