"""Leadership: plan, pressure, decision latency, tolerance, the use of the number.

    level'    = growth ((1 - ratchet) level + ratchet bookings), growth level where that is 0;  plan = stretch level
    P*        = 1 - exp(-(base + k gap+ (1/2 + 1/2 share of quarter gone))),  P += (P* - P) / weeks
    latency   = base + (a disagreement + b (1 - trust)) (1 - rights)             days
    tolerance += (e - tolerance) up or down;  trust = 1 - 2 tolerance;  e = |F - A| / A, 1 where A is 0 and F is not
    budget    = clip(1 + response (F / level - 1), 1/2, 3/2)

With level bookings B the plan settles at stretch growth ratchet B / (1 - growth (1 - ratchet)), 1.10 B as shipped: most
quarters then miss it by formula, whatever the company does.

gap = (plan - F) / plan. Tolerance floats up quickly, down slowly: normalisation of deviance.

Source: Oliva and Sterman (2001), Vaughan (1996) for the asymmetric goal; forms from a trial, sizes chosen.
"""

from __future__ import annotations

from math import exp

from revsim.formulas._formula import formula


@formula
def plan_level(level: float, growth: float, ratchet: float, bookings: float) -> float:
    """Expected bookings of the next quarter as planners see it; nobody plans for nothing: the level stays then."""
    seen = (1.0 - ratchet) * level + ratchet * bookings
    return growth * (seen if seen > 0.0 else level)


@formula
def gap_to_plan(plan: float, number: float) -> float:
    """Share of the plan that the number lacks."""
    return (plan - number) / plan


@formula
def pressure_target(base: float, per_gap: float, gap: float, gone: float) -> float:
    """Where pressure tends to; `gone` is the share of the quarter gone."""
    short = gap if gap > 0.0 else 0.0
    return 1.0 - exp(-(base + per_gap * short * (0.5 + 0.5 * gone)))


@formula
def smoothed(old: float, target: float, weeks: float) -> float:
    """One week's step of exponential smoothing."""
    return old + (target - old) / weeks


@formula
def decision_latency(base: float, by_disagreement: float, by_distrust: float, rights: float) -> float:
    """Days until a decision is taken; the second and third are already weight times signal."""
    return base + (by_disagreement + by_distrust) * (1.0 - rights)


@formula
def day_one_error(number: float, bookings: float) -> float:
    """Error of day one's number as a share of bookings; all of the number where nothing was booked."""
    if bookings > 0.0:
        return abs(number - bookings) / bookings
    return 1.0 if number > 0.0 else 0.0


@formula
def tolerance_next(tolerance: float, error: float, up: float, down: float) -> float:
    """Tolerated error after a quarter whose day-one error was `error`."""
    share = up if error > tolerance else down
    tolerance = tolerance + share * (error - tolerance)
    return 1.0 if tolerance > 1.0 else tolerance


@formula
def trust_of(tolerance: float) -> float:
    """Trust is tolerance's mirror."""
    trust = 1.0 - 2.0 * tolerance
    return trust if trust > 0.0 else 0.0


@formula
def follow_number(number: float, level: float, response: float, limit: float) -> float:
    """Budget or seats against their reference, decided with `number`."""
    change = response * (number / level - 1.0)
    if change > limit:
        change = limit
    elif change < -limit:
        change = -limit
    return 1.0 + change
