"""Columns of the table of quarters about money, and all of that table, by their plain definitions."""

from __future__ import annotations

from math import ceil

from revsim.contract.parameters import Parameters
from revsim.contract.trace import PLACES, Kind
from tests.measures.plain import Plain, share, total
from tests.measures.plain_buyers import UNWORKED, buyers, cycle, loads


def top_share(p: Plain, q: int) -> float:
    seats = {row[3] for row in p.window(Kind.WON)}
    active = [seat for seat in seats if total([r for r in p.window(Kind.WON) if r[3] == seat]) > 0]
    booked = [total([r for r in p.quarter(q, Kind.WON) if r[3] == seat]) for seat in seats]
    top = sorted(booked, reverse=True)[: ceil(0.2 * max(1, len(active)))]
    return share(sum(top), sum(booked))


def money(p: Plain, q: int, parameters: Parameters) -> dict[str, float]:
    firm = parameters.people
    price = (firm.rep_cost, firm.manager_cost, firm.analyst_cost, firm.manager_cost)

    def summed(*kinds: Kind) -> float:
        return total(p.quarter(q, *kinds))

    def cost(kind: Kind, roles: tuple[int, ...] = (0, 1, 2, 3), seats: int = 1) -> float:
        return sum(r[4] * price[r[3] // seats] for r in p.quarter(q, kind) if r[3] // seats in roles)

    start = 65.0 * (p.first + q)
    plan, revised = p.last(Kind.PLAN, p.first + q), p.quarter(q, Kind.REVISED)
    week = 13 * (p.first + q)
    leads = summed(*UNWORKED) * summed(Kind.WON) / max(summed(Kind.ACCEPTED), 1.0)
    leaked = summed(Kind.LEFT_DESK, Kind.CHURNED_HANDOFF) + leads
    return {
        "plan": plan,
        "plan_revised": revised[-1][4] if revised else plan,
        "plan_revisions": len(revised),
        "bookings": summed(Kind.WON),
        "forecast_day_one": p.last(Kind.FORECAST, week, -1),
        "forecast_mid": p.last(Kind.FORECAST, week + 6, -1),
        "forecast_two_weeks_to_go": p.last(Kind.FORECAST, week + 11, -1),
        "bookings_third_month": total([r for r in p.quarter(q, Kind.WON) if r[0] - start >= 65.0 * 2 / 3]),
        "bookings_last_two_weeks": total([r for r in p.quarter(q, Kind.WON) if r[0] - start >= 55.0]),
        "top_fifth_share": top_share(p, q),
        "churned_value": summed(Kind.CHURNED, Kind.CHURNED_HANDOFF),
        "renewed_value": summed(Kind.RENEWED),
        "expansion_value": summed(Kind.EXPANDED),
        "installed_value": summed(Kind.DUE),
        "marketing_spend": summed(Kind.MARKETING_SPEND),
        "people_cost": summed(Kind.PEOPLE_COST),
        "spend": summed(Kind.MARKETING_SPEND, Kind.PEOPLE_COST, Kind.DESIGN_COST),
        "remedy_cost_design": summed(Kind.DESIGN_COST) + cost(Kind.DESIGN_HOURS),
        "remedy_cost_coordination": cost(Kind.COORDINATION_HOURS),
        "leaders_cost": cost(Kind.DESIGN_HOURS, (3,)),
        "forecast_error_cost": p.last(Kind.BUDGET_ERROR, p.first + q) + p.last(Kind.SEATS_ERROR, p.first + q),
        "leaked_expected_value": leaked,
        "debt": cost(Kind.BRIDGED, seats=PLACES) + cost(Kind.RECONCILIATION_HOURS) + leaked,
    }


def quarter(p: Plain, q: int, parameters: Parameters) -> dict[str, float]:
    """Every column of the table of quarters, of one quarter."""
    parts = (buyers(p, q), cycle(p, q), money(p, q, parameters), loads(p, q, parameters.sales.reps))
    return {"quarter": q + 1} | {name: value for part in parts for name, value in part.items()}
