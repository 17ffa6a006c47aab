"""Stresses: the best of a role leaves; a rep by what was booked, a manager or an analyst by speed.

Who it is has been noted on the first measured day, so that it is the same person in every scenario. Where that person
has left before, it is the best of those who are there on the day: the stress always strikes somebody.

    best of reps    = most booked since the last warm-up year began
    best of others  = highest skill x ramp, who are the first to bridge (people.py)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.constants import ANALYST, MANAGER, NOBODY, REP
from revsim.formulas.selling import work_speed
from revsim.mechanisms import people
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import team
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.person import Person


@mechanism
def note_leavers(firm: Firm) -> None:
    """The best of each role today."""
    for role in range(3):
        seat = best_of(firm, role)
        firm.leaver_seat[role] = seat
        firm.leaver_generation[role] = team(firm, role)[seat].generation if seat != NOBODY else -1


@mechanism
def best_of(firm: Firm, role: int) -> int:
    """Seat of the best of a role who are there; ties to the lower seat."""
    best, most = NOBODY, 0.0
    for person in team(firm, role):
        if person.present:
            here = merit(firm, person)
            if best == NOBODY or here > most:
                best, most = person.seat, here
    return best


@mechanism
def merit(firm: Firm, person: Person) -> float:
    """What the best of a role are told by."""
    if person.role == REP:
        return person.booked_year
    return work_speed(person.log_skill, 1.0, people.ramp_of(firm, person))


@mechanism
def strike(firm: Firm) -> None:
    """Those whose last day has come leave."""
    stress = firm.p.stress
    if is_due(firm, stress.leaves_day):
        lose(firm, REP)
    if is_due(firm, stress.manager_day):
        lose(firm, MANAGER)
    if is_due(firm, stress.analyst_day):
        lose(firm, ANALYST)


@mechanism
def is_due(firm: Firm, day: float) -> bool:
    """Whether a day is this week's first."""
    return day <= firm.now < day + DAYS_PER_WEEK


@mechanism
def lose(firm: Firm, role: int) -> None:
    """The noted person leaves, or else the best of those who are there."""
    seat = firm.leaver_seat[role]
    if seat != NOBODY:
        noted = team(firm, role)[seat]
        if not noted.present or noted.generation != firm.leaver_generation[role]:
            seat = best_of(firm, role)
    if seat != NOBODY:
        people.leave(firm, team(firm, role)[seat])
