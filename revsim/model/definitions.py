"""Definitions drift; reviews and resets correct them; corrections leave history as it was unless operations restate it.

Readings 0-2 are marketing's, sales' and operations' `qualified`, 3 and 4 sales' and operations' `commit`. The owner's
estimate of the useful bar lags and errs: an owned definition is common to all and can be consistently wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import COMMON, LEAST_GAP, WEEKLY
from revsim.contract.trace import Kind
from revsim.formulas.drift import (
    commit_push,
    corrected,
    drift_draw,
    drift_next,
    habituated,
    pay_push,
    stationary_sd,
)
from revsim.formulas.leadership import gap_to_plan
from revsim.model import history
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.model.firm import Firm

QUALIFIED, COMMIT = (0, 1, 2), (3, 4)


def open_definitions(firm: Firm) -> None:
    """Readings of the first day, from their stationary law."""
    p = firm.p.definitions
    spread = stationary_sd(p.drift_sd * WEEKLY, p.learning, p.clip)
    for j in range(5):
        x = spread * float(firm.luck.week.opening[0, j])
        firm.readings[j] = max(-p.clip, min(p.clip, x))


def drift(firm: Firm) -> None:
    """All five readings, a week on."""
    p, luck = firm.p.definitions, firm.luck.week.drift[firm.week]
    pressed = firm.pressures.heard(firm, firm.pressure)
    gap = firm.gaps.heard(firm, gap_to_plan(firm.plan, firm.number))
    pushes = (
        -pay_push(p.marketing_push, firm.pay[0], pressed),
        pay_push(p.sales_push, firm.pay[1], pressed),
        pay_push(p.operations_push, firm.pay[2], pressed),
        commit_push(p.commit_push, firm.pay[1], gap, p.commit_scale),
        0.0,
    )
    for j in range(5):
        xi = drift_draw(p.common_share, float(luck[COMMON]), float(luck[j]))
        useful = firm.shift if j < COMMIT[0] else 0.0
        moved = pushes[j] + p.drift_sd * WEEKLY * xi
        firm.readings[j] = drift_next(firm.readings[j], useful, p.learning, moved, p.clip)


def review(firm: Firm) -> None:
    """Once a cadence the owners move all readings towards their estimates."""
    cadence = firm.lever(chosen.CADENCE)
    if firm.env.now - firm.last_review < DAYS_PER_WEEK * cadence - 1.0e-9:
        return
    firm.last_review = firm.env.now
    firm.record(Kind.REVIEWED, firm.week, -1, cadence)
    p, luck = firm.p.definitions, firm.luck.week.owner[firm.week]
    known = firm.shifts[max(0, len(firm.shifts) - 1 - int(p.owner_lag))]
    correct(firm, QUALIFIED, known + p.owner_error * float(luck[0]), firm.lever(chosen.QUALIFIED))
    correct(firm, COMMIT, p.owner_error * float(luck[1]), firm.lever(chosen.COMMIT))
    if cadence < firm.p.definitions.review_weeks:  # what is routine today is in today's jobs
        for role in (1, 2):
            firm.owning_hours[role] += 0.5 * firm.p.remedies.review_hours


def reset(firm: Firm) -> None:
    """A coordination reset: readings jump towards their common mean, less each time it is repeated."""
    c, now = firm.coordination, firm.env.now
    due = c.reset_weeks > 0 and now - firm.last_reset >= DAYS_PER_WEEK * c.reset_weeks - 1.0e-9
    alarmed = firm.trust < c.reset_trust_below and now - firm.last_reset >= DAYS_PER_WEEK * LEAST_GAP
    if not (due or alarmed):
        return
    firm.last_reset = now
    strength = habituated(c.reset_strength, c.reset_habituation, float(firm.resets))
    firm.resets += 1
    firm.record(Kind.RESET, firm.week, -1, strength)
    for group in (QUALIFIED, COMMIT):
        mean = 0.0
        for j in group:
            mean = mean + firm.readings[j]
        correct(firm, group, mean / len(group), strength)
    for role in range(3):
        firm.one_off_hours[role] += firm.p.remedies.reset_hours / 3.0


def correct(firm: Firm, group: tuple[int, ...], target: float, share: float) -> None:
    """Move readings towards a target; a corrected `commit` makes the recorded past mean something else."""
    before = [firm.readings[j] for j in COMMIT]
    for j in group:
        firm.readings[j] = corrected(firm.readings[j], target, share)
    if group is COMMIT and share > 0.0:
        moved = (before[0] - firm.readings[COMMIT[0]]) - (before[1] - firm.readings[COMMIT[1]])
        restated = firm.p.forecasting.restated_share
        restated = firm.view() if restated < 0.0 else restated
        history.restate(firm, restated, moved)
        firm.restate_backlog += restated * firm.p.desk.restate_hours
        firm.record(Kind.RESTATED, firm.week, -1, restated)
