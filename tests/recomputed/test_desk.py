"""The desk: what comes back and what does not, how long work takes, and the chance that no migration makes certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from revsim.contract.trace import Kind
from tests.recomputed.company import VIEW, Array, Company, changed, everything, ordinary
from tests.recomputed.record import luck_of

LOOPS = 4
Of = Callable[[], Company]


@cache
def migrated() -> Company:
    """Data that send almost every deal back, and a migration that would make it certain; nobody bridges."""
    ways = {"world.desk.rework": 0.7, "world.today.design.one_view_of_data": 0, "world.desk.second_loop": 0}
    staff = {"world.today.heroics.capacity": 0, "world.desk.analysts": 3}
    stress = {"stress.system_migration": {"week": 2, "weeks": 20, "factor": 3.0, "desk_lost": 0.1}}
    return changed({**ways, **staff, **stress, "world.demand.inquiries_per_week": 80})


each = pytest.mark.parametrize("company_of", [ordinary, everything, migrated], ids=lambda f: f.__name__)


def sent_back(company: Company) -> Array:
    """Chance by week that data or incomplete papers send a deal back: at most 95 %; the last week's is not known."""
    worse = np.where(company.migrating, company.p.stress.migration_factor, 1.0)
    return np.minimum(0.95, company.p.desk.rework * (1.0 - company.levers[:, VIEW]) * worse + company.skipped)


@each
def test_a_deal_comes_back_where_data_or_a_missing_owner_send_it_and_nobody_bridges(company_of: Of) -> None:
    company = company_of()
    chance, unowned = sent_back(company), company.p.desk.second_loop * (1.0 - company.ownership[:, 1])
    bridged = set(zip(*(getattr(company.trace.of(Kind.BRIDGED), c).tolist() for c in ("entity", "time")), strict=True))
    rows = company.trace.of(Kind.DESK_DONE, Kind.DESK_ENTERED)
    entered: dict[int, set[int]] = defaultdict(set)
    for kind, entity, loop in zip(rows.kind, rows.entity.tolist(), rows.actor.tolist(), strict=True):
        if kind == Kind.DESK_ENTERED:
            entered[entity].add(loop)
    done = company.trace.of(Kind.DESK_DONE)
    came_back = 0
    for time, entity, loop in zip(done.time.tolist(), done.entity.tolist(), done.actor.tolist(), strict=True):
        if loop >= LOOPS - 1:  # the last time that a deal runs through the desk, or an arbitration
            continue
        (luck, row), week = luck_of(company, entity), int(time // 5)
        if week == company.weeks - 1:
            continue
        again = luck.rework[row, loop] < chance[week] or luck.second_loop[row, loop] < unowned[week]
        again = again and (entity, time) not in bridged
        assert (loop + 1 in entered[entity]) == again
        came_back += again
    assert came_back > 5


def test_no_migration_makes_it_certain_that_a_deal_comes_back() -> None:
    assert np.nanmax(sent_back(migrated())) == 0.95


@each
def test_desk_work_takes_its_hours_at_the_rate_of_the_week_in_which_it_began(company_of: Of) -> None:
    company = company_of()
    p, hours = company.p.desk, company.by_week(Kind.DESK_HOURS)
    begun: dict[int, float] = {}
    rows, seen = company.trace.of(Kind.DESK_STARTED, Kind.DESK_DONE), 0
    for time, kind, entity, loop, value in zip(*(column.tolist() for column in rows), strict=True):
        if kind == Kind.DESK_STARTED:
            begun[entity] = time
            continue
        luck, row = luck_of(company, entity)
        asked = p.arbitration_hours if loop == LOOPS else p.deal_hours
        assert value == pytest.approx(-asked * np.log1p(-luck.desk_work[row, loop]), rel=1e-6, abs=1e-9)
        week = int(begun[entity] // 5)
        if begun[entity] % 5.0 and hours[week] > 0.0 and p.analysts == 1:
            assert time - begun[entity] == pytest.approx(5.0 * value / hours[week], rel=1e-6, abs=1e-9)
            seen += 1
    assert seen > 20 or p.analysts > 1
