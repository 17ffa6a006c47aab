"""Hours of a week: what meetings, reconciliation, check-ins, building, owning and bridging leave over for work.

    lost      = min(asked / hours, 0.9) of a role's hours; what is given of what was asked is cut in proportion
    rep's     = hours (1 - lost) (1 - dip) (1 - bridged), and a rate of standard work from skill, ramp, pay, coaching
    desk's    = hours (1 - lost) x mean of the analysts' (1 - bridged) output

All of them are paid in the same people's hours. What is lost is a share of a role's hours, except bridging, which
each hero works off alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import ANALYST, MANAGER, MOST, MOST_BRIDGED, REP
from revsim.contract.trace import Kind
from revsim.formulas.energy import output_of
from revsim.formulas.reconciliation import capped_share, reconcile_hours
from revsim.formulas.record import record_lag
from revsim.formulas.selling import pay_effort, work_speed
from revsim.mechanisms import people
from revsim.mechanisms._mechanism import mechanism
from revsim.mechanisms.port import record, start_desk, start_work, team
from revsim.mechanisms.pressure import works_harder
from revsim.mechanisms.selling import near_end
from revsim.mechanisms.signal import DIPS, HOURS_LOST, heard
from revsim.units import DAYS_PER_WEEK, HOURS_PER_WEEK

if TYPE_CHECKING:
    from revsim.mechanisms.firm import Firm
    from revsim.mechanisms.person import Person


@mechanism
def share_out(firm: Firm) -> None:
    """Set everybody's hours and rates for the week."""
    r = firm.p.reconciliation
    whole = reconcile_hours(
        firm.levers[chosen.VIEW], r.pair_hours, r.disagreement_hours, firm.disagreement, r.disagreement_cap
    )
    lost_by_reps = role_lost(firm, REP, whole)
    lost_by_managers = role_lost(firm, MANAGER, whole)
    lost_by_analysts = role_lost(firm, ANALYST, whole)
    for role in range(3):
        firm.one_off_hours[role] = firm.owning_hours[role] = 0.0
    set_desk(firm, lost_by_analysts)
    coached = 1.0 - firm.p.people.coaching * managers_lost(firm, lost_by_managers)
    set_reps(firm, lost_by_reps, coached)
    record_people(firm)


@mechanism
def there(firm: Firm, role: int) -> int:
    """How many of a role are there."""
    count = 0
    for person in team(firm, role):
        count += person.present
    return count


@mechanism
def share_of_role(firm: Firm, role: int) -> float:
    """Share of all reconciling that a role does."""
    r = firm.p.reconciliation
    if role == REP:
        return 1.0 - r.operations_share - r.managers_share
    return r.managers_share if role == MANAGER else r.operations_share


@mechanism
def role_lost(firm: Firm, role: int, reconciling: float) -> float:
    """Share of a role's hours that is lost this week, bridging apart."""
    r, size = firm.p.reconciliation, there(firm, role)
    hours = people.role_hours(firm, role) * size
    if hours <= 0.0:
        heard(firm, HOURS_LOST + role, 0.0)
        return 0.0
    reconciled = capped_share(reconciling * share_of_role(firm, role), hours, r.cap) * hours
    checks = (1.0 - firm.trust) * r.check_in_hours * size if role != ANALYST else 0.0
    coordinating = firm.coordination.meetings * size + firm.one_off_hours[role]
    designing = firm.p.remedies.build_load * firm.unbuilt * hours + firm.owning_hours[role]
    if role == ANALYST:
        designing, firm.restate_backlog = designing + firm.restate_backlog, 0.0
    asked = reconciled + checks + coordinating + designing
    live = capped_share(asked, hours, MOST)
    given = 1.0 if asked <= MOST * hours else MOST * hours / asked  # nobody gives more hours than there are
    record(firm, Kind.RECONCILIATION_HOURS, firm.week, role, given * (reconciled + checks))
    record(firm, Kind.COORDINATION_HOURS, firm.week, role, given * coordinating)
    if designing > 0.0:
        record(firm, Kind.DESIGN_HOURS, firm.week, role, given * designing)
    return heard(firm, HOURS_LOST + role, live)


@mechanism
def unbridged(person: Person, hours: float) -> float:
    """Share of a person's hours that last week's bridging leaves; then a new week begins."""
    left = 1.0 - capped_share(person.bridged, hours, MOST_BRIDGED)
    person.bridged = 0.0
    return left


@mechanism
def managers_lost(firm: Firm, lost: float) -> float:
    """Share of managing hours that is missing: lost, bridged or vacant."""
    at_work = 0.0
    for person in team(firm, MANAGER):
        if person.present:
            at_work += (1.0 - lost) * unbridged(person, firm.p.people.manager_hours) * output_of(person.energy)
    return 1.0 - at_work / firm.p.people.managers


@mechanism
def set_desk(firm: Firm, lost: float) -> None:
    """Analysts there, and hours a day of one."""
    p, size, total = firm.p.desk, there(firm, ANALYST), 0.0
    for person in team(firm, ANALYST):
        if person.present:
            total += unbridged(person, p.hours) * output_of(person.energy)
    kept = 1.0 - lost
    if migrates(firm):
        kept = kept * (1.0 - firm.p.stress.migration_desk_lost)
    firm.desk_present = size
    if size > 0:
        firm.desk_rate = p.hours / DAYS_PER_WEEK * kept * total / size
    record(firm, Kind.DESK_HOURS, firm.week, -1, firm.desk_rate * DAYS_PER_WEEK * size)
    start_desk(firm)


@mechanism
def set_reps(firm: Firm, lost: float, coached: float) -> None:
    """Each rep's selling hours and rate of work."""
    p, total = firm.p.sales, 0.0
    dip = heard(firm, DIPS, firm.p.leadership.revision_dip if firm.week == firm.dip_on else 0.0)
    near = 1.0 if near_end(firm) else 0.0
    effort = pay_effort(firm.levers[chosen.PAY_SALES], p.own_pay_effort, p.end_pay_effort, near) * works_harder(firm)
    for rep in team(firm, REP):
        if rep.present:
            kept = (1.0 - lost) * (1.0 - dip) * unbridged(rep, p.selling_hours)
            rep.hours = p.selling_hours / DAYS_PER_WEEK * kept
            total += rep.hours * DAYS_PER_WEEK
            speed = work_speed(rep.log_skill, p.speed_exponent, people.ramp_of(firm, rep))
            rep.rate = rep.hours * speed * effort * coached * output_of(rep.energy)
    record(firm, Kind.REPS_HOURS, firm.week, -1, total)
    for rep in team(firm, REP):
        start_work(firm, rep)


@mechanism
def migrates(firm: Firm) -> bool:
    """The stress: whether systems are being migrated."""
    return firm.p.stress.migration_day <= firm.now < firm.p.stress.migration_until


@mechanism
def set_record_lag(firm: Firm) -> None:
    """Mean lag of the record this week; a migration makes it worse."""
    p, worse = firm.p.sales, firm.p.stress.migration_factor if migrates(firm) else 1.0
    firm.record_lag = record_lag(p.record_lag, p.record_lag_pay, firm.pay[1], firm.levers[chosen.VIEW], worse)


@mechanism
def record_people(firm: Firm) -> None:
    """What the people of the week cost, whatever they do."""
    p = firm.p.people
    cost = HOURS_PER_WEEK * p.rep_cost * there(firm, REP)
    cost += HOURS_PER_WEEK * p.manager_cost * there(firm, MANAGER)
    cost += HOURS_PER_WEEK * p.analyst_cost * there(firm, ANALYST)
    record(firm, Kind.PEOPLE_COST, firm.week, -1, cost)
