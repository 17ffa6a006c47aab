"""Hours of a week. See model/capacity.py."""

from __future__ import annotations

from revsim.compiled import desk, people, reps
from revsim.compiled._kernel import kernel
from revsim.compiled.firm import quarter_end, record, view
from revsim.compiled.signal import heard
from revsim.compiled.views import DIPS, HOURS_LOST
from revsim.compiled.views import people as seats
from revsim.contract import chosen
from revsim.contract.constants import ANALYST, MANAGER, MOST, MOST_BRIDGED, REP
from revsim.contract.trace import Kind
from revsim.formulas.energy import output_of
from revsim.formulas.reconciliation import capped_share, reconcile_hours
from revsim.formulas.record import record_lag
from revsim.formulas.selling import pay_effort, work_speed
from revsim.units import DAYS_PER_WEEK, HOURS_PER_WEEK

PAY_SALES = chosen.PAY_SALES


@kernel
def share_out(firm):
    """Set everybody's hours and rates for the week."""
    trust, r = firm.trust, firm.p.reconciliation
    whole = reconcile_hours(view(firm), r.pair_hours, r.disagreement_hours, firm.disagreement, r.disagreement_cap)
    reps_lost = role_lost(firm, REP, whole, trust)
    lost_by_managers = role_lost(firm, MANAGER, whole, trust)
    desk_lost = role_lost(firm, ANALYST, whole, trust)
    for role in range(3):
        firm.one_off_hours[role] = 0.0
        firm.owning_hours[role] = 0.0
    set_desk(firm, desk_lost)
    coached = 1.0 - firm.p.people.coaching * managers_lost(firm, lost_by_managers)
    set_reps(firm, reps_lost, coached)
    record_people(firm)


@kernel
def there(firm, role):
    """How many of a role are there."""
    first, count, everybody = people.first_of(firm, role), 0, seats(firm)
    for place in range(first, first + people.count_of(firm, role)):
        count += everybody[place].present
    return count


@kernel
def role_lost(firm, role, reconciling, trust):
    """Share of a role's hours that is lost this week, bridging apart."""
    r, size = firm.p.reconciliation, there(firm, role)
    hours = people.role_hours(firm, role) * size
    if hours <= 0.0:
        heard(firm, HOURS_LOST + role, 0.0)
        return 0.0
    if role == REP:
        part = 1.0 - r.operations_share - r.managers_share
    else:
        part = r.managers_share if role == MANAGER else r.operations_share
    reconciled = capped_share(reconciling * part, hours, r.cap) * hours
    checks = (1.0 - trust) * r.check_in_hours * size if role != ANALYST else 0.0
    coordinating = firm.coordination.meetings * size + firm.one_off_hours[role]
    designing = firm.p.remedies.build_load * firm.unbuilt * hours + firm.owning_hours[role]
    if role == ANALYST:
        designing, firm.restate_backlog = designing + firm.restate_backlog, 0.0
    asked = reconciled + checks + coordinating + designing
    live = capped_share(asked, hours, MOST)
    given = 1.0 if asked <= MOST * hours else MOST * hours / asked
    record(firm, Kind.RECONCILIATION_HOURS, firm.week, role, given * (reconciled + checks))
    record(firm, Kind.COORDINATION_HOURS, firm.week, role, given * coordinating)
    if designing > 0.0:
        record(firm, Kind.DESIGN_HOURS, firm.week, role, given * designing)
    return heard(firm, HOURS_LOST + role, live)


@kernel
def bridged_share(person, hours):
    """Share of a person's hours that last week's bridging takes."""
    return capped_share(person.bridged, hours, MOST_BRIDGED)


@kernel
def managers_lost(firm, lost):
    """Share of managing hours that is missing: lost, bridged or vacant."""
    hours, at_work, everybody = firm.p.people.manager_hours, 0.0, seats(firm)
    first = people.first_of(firm, MANAGER)
    for place in range(first, first + firm.managers):
        person = everybody[place]
        if person.present:
            at_work += (1.0 - lost) * (1.0 - bridged_share(person, hours)) * output_of(person.energy)
            person.bridged = 0.0
    return 1.0 - at_work / firm.p.people.managers


@kernel
def set_desk(firm, lost):
    """Analysts there, and hours a day of one."""
    total, everybody, present = 0.0, seats(firm), there(firm, ANALYST)
    firm.desk_present = present
    first = people.first_of(firm, ANALYST)
    for place in range(first, first + firm.analysts):
        person = everybody[place]
        if person.present:
            total += (1.0 - bridged_share(person, firm.p.desk.hours)) * output_of(person.energy)
            person.bridged = 0.0
    stress = firm.p.stress
    kept = 1.0 - lost
    if stress.migration_day <= firm.now < stress.migration_until:
        kept = kept * (1.0 - stress.migration_desk_lost)
    if present > 0:
        firm.desk_rate = firm.p.desk.hours / DAYS_PER_WEEK * kept * total / present
    record(firm, Kind.DESK_HOURS, firm.week, -1, firm.desk_rate * DAYS_PER_WEEK * present)
    desk.start_next(firm)


@kernel
def set_reps(firm, lost, coached):
    """Each rep's selling hours and rate of work."""
    p, total, everybody = firm.p.sales, 0.0, seats(firm)
    dip = heard(firm, DIPS, firm.p.leadership.revision_dip if firm.week == firm.dip_on else 0.0)
    near_end = 1.0 if quarter_end(firm) - firm.now <= p.end_window else 0.0
    effort = pay_effort(firm.levers[PAY_SALES], p.own_pay_effort, p.end_pay_effort, near_end)
    for seat in range(firm.seats):
        rep = everybody[seat]
        if not rep.present:
            continue
        kept = (1.0 - lost) * (1.0 - dip) * (1.0 - bridged_share(rep, p.selling_hours))
        rep.bridged = 0.0
        rep.hours = p.selling_hours / DAYS_PER_WEEK * kept
        total += rep.hours * DAYS_PER_WEEK
        speed = work_speed(rep.log_skill, p.speed_exponent, people.ramp_of(firm, rep))
        rep.rate = rep.hours * speed * effort * coached * output_of(rep.energy)
    record(firm, Kind.REPS_HOURS, firm.week, -1, total)
    for seat in range(firm.seats):
        reps.start_next(firm, seat)


@kernel
def set_record_lag(firm):
    """Mean lag of the record this week; a migration makes it worse."""
    stress = firm.p.stress
    worse = stress.migration_factor if stress.migration_day <= firm.now < stress.migration_until else 1.0
    firm.record_lag = record_lag(firm.p.sales.record_lag, firm.p.sales.record_lag_pay, firm.pay[1], view(firm), worse)


@kernel
def record_people(firm):
    """What the people of the week cost, whatever they do."""
    p = firm.p.people
    cost = 0.0
    cost += HOURS_PER_WEEK * p.rep_cost * there(firm, REP)
    cost += HOURS_PER_WEEK * p.manager_cost * there(firm, MANAGER)
    cost += HOURS_PER_WEEK * p.analyst_cost * there(firm, ANALYST)
    record(firm, Kind.PEOPLE_COST, firm.week, -1, cost)
