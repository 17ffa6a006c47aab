"""Renewal, churn, expansion. See model/customers.py."""

from __future__ import annotations

from math import log

from revsim.compiled._kernel import fetch, kernel
from revsim.compiled.firm import record_at
from revsim.compiled.luck import CHURN, now_of
from revsim.compiled.views import customers, due, lucks, numbers
from revsim.contract.trace import BASE_FROM, Kind
from revsim.formulas.demand import contract_value
from revsim.formulas.quantiles import exponential
from revsim.formulas.renewal import chance_renew, contract_growth
from revsim.units import DAYS_PER_WEEK, DAYS_PER_YEAR, WEEKS_PER_YEAR

ROOM_FOR_CUSTOMERS = 6  # status: what ran out


@kernel
def open_base(firm):
    """The installed base of the first day, ages spread over the year."""
    p, luck, size = firm.p, lucks(firm)[0], firm.p.customers.installed_base
    value, age, churn, fit = (
        numbers(luck.base_value, size), numbers(luck.base_age, size), numbers(luck.base_churn, size),
        numbers(luck.base_fit, size),
    )  # fmt: skip
    for k in range(size):
        worth = contract_value(p.buyers.value_median, p.buyers.value_sigma, value[k])
        day = DAYS_PER_YEAR * (1.0 - age[k])
        leaves_at = exponential(churn[k], 1.0)
        sign_up(firm, BASE_FROM + k, p.customers.base_fit + fit[k], worth, day, leaves_at)


@kernel
def sign_up(firm, entity, fit, value, day, leaves_at):
    """A contract that comes up on a day; returns its place."""
    place = firm.n_customers
    if place >= firm.max_customers:
        firm.status = ROOM_FOR_CUSTOMERS
        return 0
    firm.n_customers = place + 1
    customer = customers(firm)[place]
    customer.id, customer.fit, customer.value, customer.due = entity, fit, value, day
    customer.leaves_at, customer.oversold, customer.hazard = leaves_at, 0.0, 0.0
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
        follower = customers(firm)[place].next
        fetch(customers(firm)[max(follower, 0)])
        come_up(firm, place)
        place = follower


@kernel
def hazard(firm, customer, ownership):
    """Hazard of leaving that a renewal brings, -ln p(renew)."""
    p = firm.p.customers
    chance = chance_renew(
        p.renew, p.renew_fit * customer.fit, p.renew_oversold * customer.oversold, p.renew_handoff * (1.0 - ownership)
    )
    return -log(chance)


@kernel
def come_up(firm, place):
    """One contract comes up: renewed and changed, or churned."""
    customer, p, ownership = customers(firm)[place], firm.p.customers, firm.ownership[2]
    record_at(firm, customer.due, Kind.DUE, customer.id, -1, customer.value)
    before = customer.hazard
    customer.hazard += hazard(firm, customer, ownership)
    if customer.hazard >= customer.leaves_at:
        owned = before + hazard(firm, customer, 1.0)
        kind = Kind.CHURNED if owned >= customer.leaves_at else Kind.CHURNED_HANDOFF
        record_at(firm, customer.due, kind, customer.id, -1, customer.value)
        return
    growth = contract_growth(p.expansion, p.expansion_fit * customer.fit, p.expansion_handoff * (1.0 - ownership))
    record_at(firm, customer.due, Kind.RENEWED, customer.id, -1, customer.value)
    record_at(firm, customer.due, Kind.EXPANDED, customer.id, -1, customer.value * growth)
    customer.value = customer.value * (1.0 + growth)
    customer.due = customer.due + DAYS_PER_WEEK * WEEKS_PER_YEAR
    put(firm, place)
