"""Customers by the week in which their contracts come up; what happens then, mechanisms/customers.py says."""

from __future__ import annotations

from typing import Any, NamedTuple

from revsim.compiled._kernel import fetch, kernel
from revsim.compiled.luck import CHURN, now_of
from revsim.compiled.views import customers, due, lucks, numbers
from revsim.formulas.quantiles import exponential
from revsim.mechanisms.customers import comes_up
from revsim.units import DAYS_PER_WEEK, DAYS_PER_YEAR

ROOM_FOR_CUSTOMERS = 6  # status: what ran out


class BaseLuck(NamedTuple):
    """Luck of the installed base, by customer."""

    fit: Any
    value: Any
    age: Any
    churn: Any


@kernel
def base_luck(firm):
    """The luck of the installed base."""
    luck, size = lucks(firm)[firm.luck_spent], firm.p.customers.installed_base
    return BaseLuck(
        numbers(luck.base_fit, size),
        numbers(luck.base_value, size),
        numbers(luck.base_age, size),
        numbers(luck.base_churn, size),
    )


@kernel
def sign_up(firm, entity, fit, value, day, leaves_at):
    """A contract that comes up on a day, handed over as such are today; returns its place."""
    place = firm.n_customers
    if place >= firm.max_customers:
        firm.status = ROOM_FOR_CUSTOMERS
        return 0
    firm.n_customers = place + 1
    customer = customers(firm)[place]
    customer.id, customer.fit, customer.value, customer.due = entity, fit, value, day
    customer.leaves_at, customer.oversold, customer.hazard = leaves_at, 0.0, 0.0
    customer.ownership = firm.ownership[2]
    put(firm, place)
    return place


@kernel
def put(firm, place):
    """Note in which week the contract comes up."""
    customer, lists = customers(firm)[place], due(firm)
    week = int(customer.due // DAYS_PER_WEEK)
    customer.next = -1
    if lists[0, week] < 0:
        lists[0, week] = place
    else:
        customers(firm)[lists[1, week]].next = place
    lists[1, week] = place


@kernel
def welcome(firm, deal):
    """A won deal is a customer; the contract is of the value that was agreed."""
    leaves_at = exponential(now_of(firm, deal, CHURN, 0), 1.0)
    place = sign_up(firm, deal.id, deal.fit, deal.booked, firm.now + DAYS_PER_YEAR, leaves_at)
    customers(firm)[place].oversold = deal.oversold


@kernel
def week_of_renewals(firm):
    """Contracts that come up this week."""
    lists = due(firm)
    place = lists[0, firm.week]
    while place >= 0:
        customer = customers(firm)[place]
        follower = customer.next
        fetch(customers(firm)[max(follower, 0)])
        if comes_up(firm, customer):
            put(firm, place)
        place = follower
