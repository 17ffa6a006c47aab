"""Continue the same state with fresh luck: what is born stays, what is not yet spent is drawn anew.

Durations under way were redrawn when they began (Firm.lognormal_end and its kin), given that they outlast the fork.
Here the thresholds that nobody has met yet (patience, pushing, leaving, churn) are redrawn given what they have
survived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import BASE_FROM, BOUGHT_FROM
from revsim.formulas.quantiles import exponential

if TYPE_CHECKING:
    from revsim.model.firm import Firm


def fork(firm: Firm) -> None:
    """From here on the second luck."""
    if firm.luck_after is None:
        return
    firm.luck, firm.forking = firm.luck_after, False
    firm.own.restart(firm.luck.own)
    firm.bought.restart(firm.luck.bought)
    redraw_patience(firm)
    for deal in firm.book:
        deal.pull_at = deal.pushed + exponential(float(firm.buyers(deal).pull[deal.row]), 1.0)
    for person in firm.everybody():
        if person.present:
            u = float(firm.people_luck(person.role).exit[person.seat, person.generation])
            person.leaves_at = person.hazard + exponential(u, 1.0)
    for customers in firm.due.values():
        for customer in customers:
            customer.leaves_at = customer.hazard + exponential(churn_luck(firm, customer.id), 1.0)


def redraw_patience(firm: Firm) -> None:
    """Whoever waits has been patient so far; patience is memoryless."""
    now, buyers = firm.env.now, firm.p.buyers
    for deal in firm.waiting:
        u = float(firm.buyers(deal).lead_patience[deal.row])
        deal.patience_until = now + exponential(u, buyers.lead_patience)
    for deal in firm.desk_queue:
        u = float(firm.buyers(deal).desk_patience[deal.row, deal.loop])
        deal.patience_until = now + exponential(u, buyers.desk_patience)
    for rep in firm.reps:
        for deal in rep.queue:
            u = float(firm.buyers(deal).work_patience[deal.row, deal.stage])
            deal.patience_until = now + exponential(u, buyers.work_patience)


def churn_luck(firm: Firm, entity: int) -> float:
    """The uniform behind a customer's threshold of leaving."""
    if entity >= BASE_FROM:
        return float(firm.luck.base.churn[entity - BASE_FROM])
    if entity >= BOUGHT_FROM:
        return float(firm.luck.bought.churn[entity - BOUGHT_FROM])
    return float(firm.luck.own.churn[entity])
