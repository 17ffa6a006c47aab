"""Hand-off, sales to customer success; renewal and expansion, once a year on the day of the signature.

    hazard  += -ln p(renew) at each renewal; churned once it reaches a unit exponential          formulas/renewal.py
    value'   = value (1 + growth)                                                                a year

A customer keeps the hand-off it got: how far it was owned in the week of the signature, for the installed base on the
first day. Whether a customer stays is one threshold, met by the integrated hazard -ln p(renew): a yearly chance of p
each time, and the same buyer leaves at the same hazard in every scenario. A churn that p at full ownership would have
prevented has its own kind.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from revsim.contract.trace import BASE_FROM, Kind
from revsim.formulas.demand import contract_value
from revsim.formulas.quantiles import exponential
from revsim.formulas.renewal import chance_renew, contract_growth
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import base_luck, record_at, sign_up
from revsim.units import DAYS_PER_WEEK, DAYS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm


class Customer:
    """A contract: fit, value, how far its hand-off was owned, whether it was oversold, and the hazard it has met."""

    __slots__ = ("due", "fit", "hazard", "id", "leaves_at", "oversold", "ownership", "value")

    def __init__(self, entity: int, fit: float, value: float, due: float, leaves_at: float) -> None:
        """A contract that comes up on day `due`."""
        self.id, self.fit, self.value, self.due, self.leaves_at = entity, fit, value, due, leaves_at
        self.oversold = self.hazard = self.ownership = 0.0


@mechanism
def open_base(firm: Firm) -> None:
    """The installed base of the first day, ages spread over the year."""
    p, luck = firm.p, base_luck(firm)
    for k in range(p.customers.installed_base):
        value = contract_value(p.buyers.value_median, p.buyers.value_sigma, float(luck.value[k]))
        due = DAYS_PER_YEAR * (1.0 - float(luck.age[k]))
        leaves_at = exponential(float(luck.churn[k]), 1.0)
        sign_up(firm, BASE_FROM + k, p.customers.base_fit + float(luck.fit[k]), value, due, leaves_at)


@mechanism
def hazard_of(firm: Firm, customer: Customer, ownership: float) -> float:
    """Hazard of leaving that a renewal brings, -ln p(renew)."""
    p = firm.p.customers
    chance = chance_renew(
        p.renew, p.renew_fit * customer.fit, p.renew_oversold * customer.oversold, p.renew_handoff * (1.0 - ownership)
    )
    return -log(chance)


@mechanism
def comes_up(firm: Firm, customer: Customer) -> bool:
    """One contract comes up: renewed and changed, or churned; whether it comes up again."""
    p, ownership = firm.p.customers, customer.ownership
    record_at(firm, customer.due, Kind.DUE, customer.id, -1, customer.value)
    before = customer.hazard
    customer.hazard += hazard_of(firm, customer, ownership)
    if customer.hazard >= customer.leaves_at:
        owned = before + hazard_of(firm, customer, 1.0)
        kind = Kind.CHURNED if owned >= customer.leaves_at else Kind.CHURNED_HANDOFF
        record_at(firm, customer.due, kind, customer.id, -1, customer.value)
        return False
    growth = contract_growth(p.expansion, p.expansion_fit * customer.fit, p.expansion_handoff * (1.0 - ownership))
    record_at(firm, customer.due, Kind.RENEWED, customer.id, -1, customer.value)
    record_at(firm, customer.due, Kind.EXPANDED, customer.id, -1, customer.value * growth)
    customer.value = customer.value * (1.0 + growth)
    customer.due = customer.due + DAYS_PER_WEEK * WEEKS_PER_YEAR
    return True
