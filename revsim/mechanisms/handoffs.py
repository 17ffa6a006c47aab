"""What ownership, pay and data make of the week's hand-offs.

worked    = chance_worked(ownership, never worked, recent / usual yield) (1 - skipped)   formulas/follow_up.py
rework    = rework (1 - one view) x migration's factor + skipped, at most 0.95           of a deal at the desk
skipped   = skipped_share(most, pressure)                                               mechanisms/pressure.py
loop      = second_loop (1 - ownership of sales to operations)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import MOST_REWORKED
from revsim.formulas.cooling import chance_answers
from revsim.formulas.follow_up import chance_worked, pickup_mean, yield_next
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.capacity import migrates
from revsim.mechanisms.pressure import skips
from revsim.mechanisms.signal import YIELD_RATIOS, heard

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm


@mechanism
def set_follow_up(firm: Firm) -> None:
    """Chance this week that an accepted lead is worked, and the mean delay until it is."""
    p, ownership = firm.p.handoff, firm.ownership[0]
    ratio = heard(firm, YIELD_RATIOS, firm.recent_yield / firm.usual_yield)
    firm.worked = chance_worked(ownership, p.never_worked, ratio, 1.0, p.follow_up_sensitivity) * (1.0 - skips(firm))
    firm.pickup = pickup_mean(ownership, p.pickup_owned, p.pickup_unowned)


@mechanism
def learn_yield(firm: Firm, went_on: float) -> None:
    """Reps remember how leads turned out lately, and know how they usually do."""
    memory = firm.p.handoff.yield_memory
    firm.yields += 1
    firm.recent_yield = yield_next(firm.recent_yield, went_on, memory)
    firm.usual_yield = yield_next(firm.usual_yield, went_on, memory + firm.yields)


@mechanism
def answers(firm: Firm, u: float, delay: float) -> bool:
    """Whether the buyer still answers after a delay from its inquiry."""
    return u < chance_answers(delay, firm.p.handoff.cooling_scale, firm.p.handoff.cooling_exponent)


@mechanism
def rework_now(firm: Firm) -> float:
    """Chance that data, which a migration makes worse, or incomplete papers send a deal back to the desk this week."""
    chance = firm.p.desk.rework * (1.0 - firm.levers[chosen.VIEW])
    if migrates(firm):
        chance = chance * firm.p.stress.migration_factor
    return min(chance + skips(firm), MOST_REWORKED)


@mechanism
def second_loop_now(firm: Firm) -> float:
    """Chance that a deal comes back to the desk because nobody owns its hand-off."""
    return firm.p.desk.second_loop * (1.0 - firm.ownership[1])


@mechanism
def weight_of_value(firm: Firm) -> float:
    """Days of waiting that a larger deal counts for at the desk, in log value, as far as operations' pay is shared."""
    return firm.p.desk.value_priority * firm.pay[2]


@mechanism
def drops_handed_over(firm: Firm) -> float:
    """Chance that a leaver's deal is never taken up."""
    return firm.p.handoff.never_worked * (1.0 - firm.ownership[0])
