"""Every contract of every year: renewed, grown or lost by fit, hand-off and how it was sold, also a second time."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import BASE_FROM, Kind
from tests.recomputed.company import Company, changed
from tests.recomputed.record import born, luck_of

Row = tuple[float, Kind, int, float]  # day, kind, customer, value


@cache
def long_lived() -> Company:
    """Two years and a half: contracts come up a second time; discounts and hand-offs leave their marks."""
    return changed(
        {
            "calendar.quarters": 8,
            "world.sales.pull_strength": 4.0,
            "world.customers.renew_oversold": 1.5,
            "world.customers.renew_handoff": 1.0,
            "world.customers.expansion_fit": 0.1,
            "design.owned_handoffs.sales_to_customer": 0.8,
        }
    )


Contract = tuple[int, float, float, float, float, float, bool]


def contracts(company: Company) -> list[Contract]:
    """Customer, first day due, value, fit, threshold of leaving, how far its hand-off was not owned, if oversold."""
    p, base, r = company.p, company.luck.base, company.p.remedies
    lent = r.meeting_lift * (1.0 - 2.0 ** (-p.today.coordination.meetings / r.meeting_half_hours))
    unowned = (1.0 - p.today.design.levers[4]) * (1.0 - lent)  # on the first day, without pressure
    found: list[Contract] = []
    for k in range(p.customers.installed_base):
        value = p.buyers.value_median * np.exp(p.buyers.value_sigma * base.value[k])
        fit = p.customers.base_fit + base.fit[k]
        leaves = -np.log1p(-base.churn[k])
        found.append((BASE_FROM + k, 260.0 * (1.0 - base.age[k]), value, fit, leaves, unowned, False))
    pulled = set(company.trace.of(Kind.PULL_AGREED).entity.tolist())
    won = company.trace.of(Kind.WON)
    for day, entity, value in zip(won.time.tolist(), won.entity.tolist(), won.value.tolist(), strict=True):
        luck, row = luck_of(company, entity)
        leaves, unowned = -np.log1p(-luck.churn[row]), 1.0 - company.ownership[int(day // 5), 2]
        fit = born(company, entity, value).fit
        found.append((entity, day + 260.0, value, fit, leaves, unowned, entity in pulled))
    return found


def years(company: Company) -> list[Row]:
    """What happens to every contract on each of its days, until the run ends or the customer leaves."""
    c, rows = company.p.customers, []
    for entity, first, signed, fit, leaves, unowned, oversold in contracts(company):
        day, value, met = first, signed, 0.0
        while day < company.p.span.end:
            odds = c.renew + c.renew_fit * fit - c.renew_oversold * oversold
            rows.append((day, Kind.DUE, entity, value))
            owned, met = met + np.log1p(np.exp(-odds)), met + np.log1p(np.exp(c.renew_handoff * unowned - odds))
            if met >= leaves:
                rows.append((day, Kind.CHURNED if owned >= leaves else Kind.CHURNED_HANDOFF, entity, value))
                break
            growth = max(-0.9, c.expansion + c.expansion_fit * fit - c.expansion_handoff * unowned)
            rows += [(day, Kind.RENEWED, entity, value), (day, Kind.EXPANDED, entity, value * growth)]
            value, day = value * (1.0 + growth), day + 260.0
    return rows


@pytest.mark.parametrize("kind", [Kind.DUE, Kind.RENEWED, Kind.EXPANDED, Kind.CHURNED, Kind.CHURNED_HANDOFF])
def test_each_contract_is_renewed_expanded_or_lost_on_its_day_every_year(kind: Kind) -> None:
    company = long_lived()
    expected = sorted((entity, day, value) for day, which, entity, value in years(company) if which == kind)
    told = company.trace.of(kind)
    order = np.lexsort((told.time, told.entity))
    assert told.entity[order].tolist() == [entity for entity, _, _ in expected]
    assert told.time[order] == pytest.approx([day for _, day, _ in expected], rel=1e-12)
    assert told.value[order] == pytest.approx([value for _, _, value in expected], rel=1e-9)
    assert len(expected) > 5


def test_a_second_renewal_is_of_the_value_that_the_first_one_made() -> None:
    company = long_lived()
    rows = company.trace.of(Kind.DUE)
    first, again = np.unique(rows.entity, return_counts=True)
    assert (again >= 2).sum() > 10
    grown = company.trace.of(Kind.EXPANDED)
    for entity in first[again >= 2]:
        due = rows.value[rows.entity == entity]
        assert due[1] == pytest.approx(due[0] + grown.value[grown.entity == entity][0], rel=1e-12)
