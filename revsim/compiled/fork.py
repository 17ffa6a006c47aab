"""Continue the same state with fresh luck. See model/fork.py."""

from __future__ import annotations

from revsim.compiled import market, redraw
from revsim.compiled._kernel import kernel
from revsim.compiled.firm import DESK, REPS, WAITING
from revsim.compiled.luck import CHURN, DESK_PATIENCE, LEAD_PATIENCE, PULL, WORK_PATIENCE, deal_stages, now_of, of_buyer
from revsim.compiled.seats import people_luck
from revsim.compiled.views import book, customers, deals, due, lucks, numbers, people, queues
from revsim.contract.trace import BASE_FROM, BOUGHT_FROM
from revsim.formulas.quantiles import exponential


@kernel
def fork(firm):
    """From here on the second luck."""
    firm.luck_spent = 1
    market.restart(firm, market.OWN)
    market.restart(firm, market.BOUGHT)
    redraw_patience(firm)
    for k in range(firm.n_book):
        deal = deals(firm)[book(firm)[k]]
        if deal.won >= 0.0 or deal.left_record >= 0.0:
            continue  # over, and only its record is still open
        deal.pull_at = deal.pushed + exponential(now_of(firm, deal, PULL, 0), 1.0)
        deal_stages(firm, deal)
    everybody = people(firm)
    for place in range(len(everybody)):
        person = everybody[place]
        if person.present:
            person.leaves_at = person.hazard + exponential(
                people_luck(firm, person.role).exit[person.seat, person.generation], 1.0
            )
    lists = due(firm)
    last = lists.shape[1] if firm.pause_week < 0 else firm.pause_week  # nobody is asked who comes up after the end
    for week in range(firm.week, last):
        place = lists[0, week]
        while place >= 0:
            customer = customers(firm)[place]
            customer.leaves_at = customer.hazard + exponential(churn_luck(firm, customer.id), 1.0)
            place = customer.next
    redraw.redraw_durations(firm)


@kernel
def redraw_patience(firm):
    """Whoever waits has been patient so far; patience is memoryless."""
    buyers = firm.p.buyers
    for which in range(REPS + firm.seats):
        queue = queues(firm)[which]
        place = queue.first
        for _ in range(queue.count):
            deal = deals(firm)[place]
            if which == WAITING:
                u, mean = now_of(firm, deal, LEAD_PATIENCE, 0), buyers.lead_patience
            elif which == DESK:
                u, mean = now_of(firm, deal, DESK_PATIENCE, deal.loop), buyers.desk_patience
            else:
                u, mean = now_of(firm, deal, WORK_PATIENCE, deal.stage), buyers.work_patience
            deal.patience_until = firm.now + exponential(u, mean)
            place = deal.next


@kernel
def churn_luck(firm, entity):
    """The uniform behind a customer's threshold of leaving."""
    if entity >= BASE_FROM:
        return numbers(lucks(firm)[1].base_churn, firm.p.customers.installed_base)[entity - BASE_FROM]
    if entity >= BOUGHT_FROM:
        return of_buyer(firm, 1, True, entity - BOUGHT_FROM, CHURN, 0)
    return of_buyer(firm, 1, False, entity, CHURN, 0)
