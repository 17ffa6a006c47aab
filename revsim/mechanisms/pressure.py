"""What pressure does to people at work; each is nothing where its own number is 0.

    leaves     hazard x leaving_factor(growth, P)                     reps, a week
    skips      follow-up x (1 - skipped), papers incomplete + skipped   of leads, and of deals at the desk
    gives      deeper_discount(discount, growth, P)                   share of a pulled deal's value
    works      rate x pressed_effort(most, P)                         a rep's

All of them: formulas/pressure.py. What is skipped is skipped whoever owns the step: nothing found says that an owned
one is left out less. Pressure on readings, on what marketing buys, on the number, on meetings, agreements and builds
stands in the files of those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import REP
from revsim.formulas.pressure import deeper_discount, leaving_factor, pressed_effort, skipped_share
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.signal import PRESSURES, heard

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm


@mechanism
def leaves_sooner(firm: Firm, role: int) -> float:
    """Rate of leaving against one without pressure; a target is the reps'."""
    if role != REP:
        return 1.0
    return leaving_factor(firm.p.people.leaving_pressure, heard(firm, PRESSURES, firm.pressure))


@mechanism
def skips(firm: Firm) -> float:
    """Share of the steps between functions that nobody takes this week."""
    return skipped_share(firm.p.leadership.skipped_steps, heard(firm, PRESSURES, firm.pressure))


@mechanism
def gives(firm: Firm) -> float:
    """Discount on a deal that is pulled forward now."""
    p = firm.p.sales
    return deeper_discount(p.pull_discount, p.pull_deeper, heard(firm, PRESSURES, firm.pressure))


@mechanism
def works_harder(firm: Firm) -> float:
    """Reps' effort against that without pressure."""
    return pressed_effort(firm.p.sales.pressed_effort, heard(firm, PRESSURES, firm.pressure))
