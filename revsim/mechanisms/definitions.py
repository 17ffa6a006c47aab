"""Definitions drift; reviews and resets correct them; corrections leave history as it was unless operations restate it.

    reading'  = drift_next(reading, useful, learning, push + sd xi, clip)        a week, formulas/drift.py
    review    = towards the owner's estimate, once a cadence, as far as definitions are owned
    reset     = towards the common mean, less each time it is repeated

Readings 0-2 are marketing's, sales' and operations' `qualified`, in sd of fit, 3 and 4 sales' and operations' `commit`,
in stages; each word drifts, is learned, is bounded and is known to its owner by numbers of its own. The owner's
estimate of the useful bar lags and errs: an owned definition is common to all and can be consistently wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revsim.contract import chosen
from revsim.contract.constants import (
    COMMIT_OPERATIONS,
    COMMIT_SALES,
    COMMON,
    LEAST_GAP,
    MARKETING,
    OPERATIONS,
    SALES,
    WEEKLY,
)
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
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.history import restate
from revsim.mechanisms.port import record, useful_bar, week_luck
from revsim.mechanisms.signal import GAPS, PRESSURES, heard
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm

READINGS = COMMIT_OPERATIONS + 1


class Drifting(NamedTuple):
    """How a word's readings drift: sd a root quarter, learning a week, and how far they stray at most."""

    sd: float
    learning: float
    clip: float


@mechanism
def drifting(firm: Firm, reading: int) -> Drifting:
    """By the word that is read, in its unit."""
    p = firm.p.definitions
    if reading < COMMIT_SALES:
        return Drifting(p.qualified_drift_sd, p.qualified_learning, p.qualified_clip)
    return Drifting(p.commit_drift_sd, p.commit_learning, p.commit_clip)


@mechanism
def open_definitions(firm: Firm) -> None:
    """Readings of the first day, from their stationary law."""
    opening = week_luck(firm).opening
    for j in range(READINGS):
        of = drifting(firm, j)
        x = stationary_sd(of.sd * WEEKLY, of.learning, of.clip) * float(opening[0, j])
        firm.readings[j] = max(-of.clip, min(of.clip, x))


@mechanism
def drift(firm: Firm) -> None:
    """All five readings, a week on."""
    p, luck = firm.p.definitions, week_luck(firm).drift
    pressed = heard(firm, PRESSURES, firm.pressure)
    gap = heard(firm, GAPS, gap_to_plan(firm.plan, firm.number))
    for j in range(READINGS):
        xi = drift_draw(p.common_share, float(luck[firm.week, COMMON]), float(luck[firm.week, j]))
        of, useful = drifting(firm, j), firm.shift if j < COMMIT_SALES else 0.0
        moved = push_on(firm, j, pressed, gap) + of.sd * WEEKLY * xi
        firm.readings[j] = drift_next(firm.readings[j], useful, of.learning, moved, of.clip)


@mechanism
def push_on(firm: Firm, reading: int, pressed: float, gap: float) -> float:
    """Whither pay by one's own target pushes a reading in a week; operations read `commit` for nobody's pay."""
    p = firm.p.definitions
    if reading == MARKETING:
        return -pay_push(p.marketing_push, firm.pay[0], pressed)
    if reading == SALES:
        return pay_push(p.sales_push, firm.pay[1], pressed)
    if reading == OPERATIONS:
        return pay_push(p.operations_push, firm.pay[2], pressed)
    return commit_push(p.commit_push, firm.pay[1], gap, p.commit_scale) if reading == COMMIT_SALES else 0.0


@mechanism
def review(firm: Firm) -> None:
    """Once a cadence the owners move all readings towards their estimates."""
    cadence = firm.levers[chosen.CADENCE]
    if firm.now - firm.last_review < DAYS_PER_WEEK * cadence - 1.0e-9:
        return
    firm.last_review = firm.now
    record(firm, Kind.REVIEWED, firm.week, -1, cadence)
    p, luck = firm.p.definitions, week_luck(firm).owner
    known = useful_bar(firm, int(p.owner_lag))
    correct_qualified(firm, known + p.qualified_owner_error * float(luck[firm.week, 0]), firm.levers[chosen.QUALIFIED])
    correct_commit(firm, p.commit_owner_error * float(luck[firm.week, 1]), firm.levers[chosen.COMMIT])
    if cadence < p.review_weeks:  # what is routine today is in today's jobs
        for role in (1, 2):
            firm.owning_hours[role] += 0.5 * firm.p.remedies.review_hours


@mechanism
def reset(firm: Firm) -> None:
    """A coordination reset: readings jump towards their common mean, less each time it is repeated."""
    c, age = firm.coordination, firm.now - firm.last_reset
    due = c.reset_weeks > 0 and age >= DAYS_PER_WEEK * c.reset_weeks - 1.0e-9
    alarmed = firm.trust < c.reset_trust_below and age >= DAYS_PER_WEEK * LEAST_GAP
    if not (due or alarmed):
        return
    firm.last_reset = firm.now
    strength = habituated(c.reset_strength, c.reset_habituation, float(firm.resets))
    firm.resets += 1
    record(firm, Kind.RESET, firm.week, -1, strength)
    correct_qualified(firm, mean_of(firm, MARKETING, COMMIT_SALES), strength)
    correct_commit(firm, mean_of(firm, COMMIT_SALES, READINGS), strength)
    for role in range(3):
        firm.one_off_hours[role] += firm.p.remedies.reset_hours / 3.0


@mechanism
def mean_of(firm: Firm, first: int, end: int) -> float:
    """Mean of the readings from one to before another."""
    mean = 0.0
    for j in range(first, end):
        mean = mean + firm.readings[j]
    return mean / (end - first)


@mechanism
def correct_qualified(firm: Firm, target: float, share: float) -> None:
    """Move the three readings of `qualified` towards a target."""
    for j in range(MARKETING, COMMIT_SALES):
        firm.readings[j] = corrected(firm.readings[j], target, share)


@mechanism
def correct_commit(firm: Firm, target: float, share: float) -> None:
    """Move both readings of `commit`; the recorded past means something else then, and is restated as far as agreed."""
    sales, operations = firm.readings[COMMIT_SALES], firm.readings[COMMIT_OPERATIONS]
    for j in range(COMMIT_SALES, READINGS):
        firm.readings[j] = corrected(firm.readings[j], target, share)
    if share > 0.0:
        moved = (sales - firm.readings[COMMIT_SALES]) - (operations - firm.readings[COMMIT_OPERATIONS])
        restated = firm.p.forecasting.restated_share
        restated = firm.levers[chosen.VIEW] if restated < 0.0 else restated
        restate(firm, restated, moved)
        firm.restate_backlog += restated * firm.p.desk.restate_hours
        record(firm, Kind.RESTATED, firm.week, -1, restated)
