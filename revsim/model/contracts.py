"""Customers by the week in which their contracts come up; what happens then, mechanisms/customers.py says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.formulas.quantiles import exponential
from revsim.mechanisms.customers import Customer, comes_up
from revsim.units import DAYS_PER_WEEK, DAYS_PER_YEAR

if TYPE_CHECKING:
    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


def sign_up(firm: Firm, entity: int, fit: float, value: float, due: float, leaves_at: float) -> Customer:
    """A contract that comes up on a day, handed over as such are today."""
    customer = Customer(entity, fit, value, due, leaves_at)
    customer.ownership = firm.ownership[2]
    put(firm, customer)
    return customer


def put(firm: Firm, customer: Customer) -> None:
    """Note in which week the contract comes up."""
    firm.due.setdefault(int(customer.due // DAYS_PER_WEEK), []).append(customer)


def welcome(firm: Firm, deal: Deal) -> None:
    """A won deal is a customer; the contract is of the value that was agreed."""
    leaves_at = exponential(float(firm.buyers(deal).churn[deal.row]), 1.0)
    customer = sign_up(firm, deal.id, deal.fit, deal.booked, firm.now + DAYS_PER_YEAR, leaves_at)
    customer.oversold = deal.oversold


def week_of_renewals(firm: Firm) -> None:
    """Contracts that come up this week."""
    for customer in firm.due.pop(firm.week, ()):
        if comes_up(firm, customer):
            put(firm, customer)
