"""Hours of a week: what meetings, reconciliation, check-ins, building, owning and bridging leave over for work.

All of them are paid in the same people's hours. What is lost is a share of a role's hours, except bridging, which
each hero works off alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract import chosen
from revsim.contract.constants import ANALYST, MANAGER, MOST, MOST_BRIDGED
from revsim.contract.trace import Kind
from revsim.formulas.energy import output_of
from revsim.formulas.reconciliation import capped_share, reconcile_hours
from revsim.formulas.record import record_lag
from revsim.formulas.selling import pay_effort, work_speed
from revsim.model import desk, people, reps
from revsim.units import DAYS_PER_WEEK, HOURS_PER_WEEK

if TYPE_CHECKING:
    from revsim.model.firm import Firm
    from revsim.model.people import Person


def share_out(firm: Firm) -> None:
    """Set everybody's hours and rates for the week."""
    trust = firm.trust
    whole = reconcile_hours(
        firm.view(),
        firm.p.reconciliation.pair_hours,
        firm.p.reconciliation.disagreement_hours,
        firm.disagreement,
        firm.p.reconciliation.disagreement_cap,
    )
    lost = [role_lost(firm, role, whole, trust) for role in range(3)]
    firm.one_off_hours, firm.owning_hours = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    set_desk(firm, lost[2])
    coached = 1.0 - firm.p.people.coaching * managers_lost(firm, lost[1])
    set_reps(firm, lost[0], coached)
    record_people(firm)


def team_of(firm: Firm, role: int) -> list[Person]:
    """Those of a role who are there."""
    return [person for person in (firm.reps, firm.managers, firm.analysts)[role] if person.present]


def role_lost(firm: Firm, role: int, reconciling: float, trust: float) -> float:
    """Share of a role's hours that is lost this week, bridging apart."""
    r, team = firm.p.reconciliation, team_of(firm, role)
    hours = people.role_hours(firm, role) * len(team)
    if hours <= 0.0:
        firm.hours_lost[role].heard(firm, 0.0)
        return 0.0
    part = (1.0 - r.operations_share - r.managers_share, r.managers_share, r.operations_share)[role]
    reconciled = capped_share(reconciling * part, hours, r.cap) * hours
    checks = (1.0 - trust) * r.check_in_hours * len(team) if role != ANALYST else 0.0
    coordinating = firm.coordination.meetings * len(team) + firm.one_off_hours[role]
    designing = firm.p.remedies.build_load * firm.unbuilt * hours + firm.owning_hours[role]
    if role == ANALYST:
        designing, firm.restate_backlog = designing + firm.restate_backlog, 0.0
    asked = reconciled + checks + coordinating + designing
    live = capped_share(asked, hours, MOST)
    given = 1.0 if asked <= MOST * hours else MOST * hours / asked  # nobody gives more hours than there are
    firm.record(Kind.RECONCILIATION_HOURS, firm.week, role, given * (reconciled + checks))
    firm.record(Kind.COORDINATION_HOURS, firm.week, role, given * coordinating)
    if designing > 0.0:
        firm.record(Kind.DESIGN_HOURS, firm.week, role, given * designing)
    return firm.hours_lost[role].heard(firm, live)


def bridged_share(person: Person, hours: float) -> float:
    """Share of a person's hours that last week's bridging takes; then a new week begins."""
    return capped_share(person.bridged, hours, MOST_BRIDGED)


def managers_lost(firm: Firm, lost: float) -> float:
    """Share of managing hours that is missing: lost, bridged or vacant."""
    hours, there = firm.p.people.manager_hours, 0.0
    for person in team_of(firm, MANAGER):
        there += (1.0 - lost) * (1.0 - bridged_share(person, hours)) * output_of(person.energy)
        person.bridged = 0.0
    return 1.0 - there / firm.p.people.managers


def set_desk(firm: Firm, lost: float) -> None:
    """Analysts there, and hours a day of one."""
    team, total = team_of(firm, ANALYST), 0.0
    firm.desk_present = len(team)
    for person in team:
        total += (1.0 - bridged_share(person, firm.p.desk.hours)) * output_of(person.energy)
        person.bridged = 0.0
    stress = firm.p.stress
    kept = 1.0 - lost
    if stress.migration_day <= firm.env.now < stress.migration_until:
        kept = kept * (1.0 - stress.migration_desk_lost)
    if team:
        firm.desk_rate = firm.p.desk.hours / DAYS_PER_WEEK * kept * total / len(team)
    firm.record(Kind.DESK_HOURS, firm.week, -1, firm.desk_rate * DAYS_PER_WEEK * len(team))
    desk.start_next(firm)


def set_reps(firm: Firm, lost: float, coached: float) -> None:
    """Each rep's selling hours and rate of work."""
    p, total = firm.p.sales, 0.0
    dip = firm.dips.heard(firm, firm.p.leadership.revision_dip if firm.week == firm.dip_on else 0.0)
    near_end = 1.0 if firm.quarter_end() - firm.env.now <= p.end_window else 0.0
    effort = pay_effort(firm.lever(chosen.PAY_SALES), p.own_pay_effort, p.end_pay_effort, near_end)
    for rep in firm.reps:
        if not rep.present:
            continue
        kept = (1.0 - lost) * (1.0 - dip) * (1.0 - bridged_share(rep, p.selling_hours))
        rep.bridged = 0.0
        rep.hours = p.selling_hours / DAYS_PER_WEEK * kept
        total += rep.hours * DAYS_PER_WEEK
        speed = work_speed(rep.log_skill, p.speed_exponent, people.ramp_of(firm, rep))
        rep.rate = rep.hours * speed * effort * coached * output_of(rep.energy)
    firm.record(Kind.REPS_HOURS, firm.week, -1, total)
    for rep in firm.reps:
        reps.start_next(firm, rep)


def set_record_lag(firm: Firm) -> None:
    """Mean lag of the record this week; a migration makes it worse."""
    stress = firm.p.stress
    worse = stress.migration_factor if stress.migration_day <= firm.env.now < stress.migration_until else 1.0
    firm.record_lag = record_lag(firm.p.sales.record_lag, firm.p.sales.record_lag_pay, firm.pay[1], firm.view(), worse)


def record_people(firm: Firm) -> None:
    """What the people of the week cost, whatever they do."""
    p = firm.p.people
    cost = 0.0
    for role, price in enumerate((p.rep_cost, p.manager_cost, p.analyst_cost)):
        cost += HOURS_PER_WEEK * price * len(team_of(firm, role))
    firm.record(Kind.PEOPLE_COST, firm.week, -1, cost)
