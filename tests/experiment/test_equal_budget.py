"""Remedies at equal cost: a share is found, and a smaller remedy lies between today's and the whole."""

from __future__ import annotations

import pytest

from revsim.errors import UserError
from revsim.experiment.equal_budget import CLOSE, cheapest, share_that_costs
from revsim.scenario.address import get
from revsim.scenario.smaller import smaller
from tests.tiny import tiny

REMEDY = {"design.owned_handoffs": 0.9, "design.governance.cadence_weeks": 4, "coordination.meetings": 2.5}


@pytest.mark.parametrize("budget", [5.0, 20.0, 60.0])
def test_the_share_found_costs_the_budget(budget: float) -> None:
    def cost(share: float) -> float:
        return 100.0 * share**1.5

    assert cost(share_that_costs(cost, budget)) == pytest.approx(budget, rel=CLOSE)


def test_what_costs_no_more_is_left_whole() -> None:
    assert share_that_costs(lambda share: 10.0 * share, 10.1) == 1.0


def test_what_cannot_be_had_for_so_little_is_refused() -> None:
    with pytest.raises(UserError, match="no share of that remedy"):
        share_that_costs(lambda share: 50.0 + share, 10.0)


def test_two_remedies_must_cost_something() -> None:
    assert cheapest({"a": 5.0, "b": 3.0, "c": 0.0}) == "b"
    with pytest.raises(UserError, match="at least two"):
        cheapest({"a": 5.0, "b": 0.0})


def test_nothing_of_a_remedy_is_what_the_company_has_today() -> None:
    none = smaller(tiny(REMEDY), 0.0, "none")
    for address in REMEDY:
        target = f"{address}.marketing_to_sales" if address.endswith("handoffs") else address
        assert get(none, target).value == pytest.approx(get(none, f"world.today.{target}").value)


def test_all_of_a_remedy_is_the_remedy() -> None:
    whole = smaller(tiny(REMEDY), 1.0, "whole")
    assert get(whole, "design.owned_handoffs.sales_to_operations").value == pytest.approx(0.9)
    assert get(whole, "design.governance.cadence_weeks").value == pytest.approx(4.0)
    assert get(whole, "coordination.meetings").value == pytest.approx(2.5)


def test_half_of_a_remedy_lies_in_the_middle_and_reviews_half_as_often_more() -> None:
    half = smaller(tiny(REMEDY), 0.5, "half")
    today = get(half, "world.today.design.owned_handoffs.marketing_to_sales").value
    assert get(half, "design.owned_handoffs.marketing_to_sales").value == pytest.approx((today + 0.9) / 2)
    before = get(half, "world.today.design.governance.cadence_weeks").value
    assert 1.0 / get(half, "design.governance.cadence_weeks").value == pytest.approx((1.0 / before + 1.0 / 4.0) / 2)
