"""Who bridges, when, and out of whose hours: every row of bridging from the hours that are left to each hero."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from math import ceil

import numpy as np
import pytest
from scipy.stats import norm

from revsim.contract.trace import BOUGHT_FROM, Kind
from tests.recomputed.company import Company, changed, everything, ordinary
from tests.recomputed.people import People, Seat

Of = Callable[[], Company]
Row = tuple[float, int, Seat, float]  # day, buyer or week, hero, hours


@cache
def crowded() -> Company:
    """Several heroes in each role, a new pool halfway, people who come and go."""
    staff = {
        "world.sales.reps": 5,
        "world.people.managers": 3,
        "world.desk.analysts": 3,
        "world.sales.exit_hazard": 0.8,
    }
    pool = {"world.people.hero_share": 0.5, "heroics.capacity": 0.45, "heroics.start_week": 16}
    busier = {"world.people.hero_value_bar": 20_000, "world.demand.inquiries_per_week": 70}
    hours = {"world.people.lead_bridge_hours": 2, "world.people.reconcile_bridge_hours": 2}
    return changed({**staff, **pool, **busier, **hours, "calendar.quarters": 4})


def looked(company: Company, entity: int, value: float) -> float:
    """What a lead looks worth to who may bridge it."""
    bought = entity >= BOUGHT_FROM
    luck = company.luck.bought if bought else company.luck.own
    u = float(luck.noticed[entity - BOUGHT_FROM if bought else entity])
    return float(value * np.exp(company.p.people.hero_value_noise * norm.ppf(u)))


each = pytest.mark.parametrize("company_of", [ordinary, everything, crowded], ids=lambda f: f.__name__)


class Pool:
    """Heroes and the hours left to each, as the weeks go by."""

    def __init__(self, company: Company) -> None:
        self.company, self.people = company, People(company)
        self.heroes: set[Seat] = set()
        self.left: dict[Seat, float] = {}
        self.joined = dict.fromkeys(self.people.there[0], 0.0)
        luck = (company.luck.reps, company.luck.managers, company.luck.analysts)
        for role, seat in self.joined:
            self.joined[role, seat] = np.log1p(-luck[role].tenure[seat, 0]) * 260.0 / company.p.sales.exit_hazard

    def ramp(self, tenure: float) -> float:
        """Productivity by days since joining."""
        sales = self.company.p.sales
        return min(1.0, sales.ramp_start + (1.0 - sales.ramp_start) * tenure / sales.ramp_days)

    def choose(self, week: int, there: dict[Seat, int]) -> None:
        """The best of each role by skill and ramp; ties to the lower seat."""
        p, luck = self.company.p, (self.company.luck.reps, self.company.luck.managers, self.company.luck.analysts)
        self.heroes = set()
        for role in range(3):
            team = [(role, seat) for which, seat in there if which == role]
            ramp = {s: self.ramp(5.0 * week - self.joined[s]) for s in team}
            skill = {s: np.exp(p.sales.skill_sigma * luck[role].skill[s[1], there[s]]) for s in team}
            best = sorted(team, key=lambda s: (-ramp[s] * skill[s], s[1]))
            if self.company.pool(week).capacity > 0.0:
                self.heroes |= set(best[: ceil(p.people.hero_share * len(team))])

    def open_week(self, week: int) -> None:
        """A share of the role's own hours, as far as last week's energy goes, and what was left of the week before."""
        energy = self.people.energy[week - 1] if week else defaultdict(lambda: 1.0)
        pool = self.company.pool(week)
        fresh = {s: pool.capacity * self.people.hours[s[0]] * energy[s] for s in self.heroes}
        most = {s: 0.8 * self.people.hours[s[0]] for s in self.heroes}
        self.left = {s: min(fresh[s] + min(self.left.get(s, 0.0), fresh[s]), most[s]) for s in self.heroes}

    def turn(self, week: int) -> None:
        """Exits and hires; at a quarter's start heroes are chosen anew."""
        for kind, seat, _ in self.people.moves[week]:
            self.heroes.discard(seat)
            self.left.pop(seat, None)
            if kind == Kind.HIRED:
                self.joined[seat] = 5.0 * week
        if week % 13 == 0:
            self.choose(week, self.people.there[week])
            self.left = {seat: self.left.get(seat, 0.0) for seat in self.heroes}

    def with_most(self, role: int, hours: float) -> Seat | None:
        """The hero of a role who has most left, if that suffices."""
        able = [s for s in sorted(self.heroes) if s[0] == role and self.left[s] >= hours - 1e-12]
        return max(able, key=lambda s: (round(self.left[s], 9), -s[1])) if able else None


def weeks(company: Company) -> Iterator[tuple[int, Pool]]:
    """The pool as each week's forecast is heard; the caller spends from it, and then the week turns."""
    pool = Pool(company)
    for week in range(company.weeks):
        begins = week == company.begun(2) and company.p.chosen.heroics._replace(start=company.p.today.heroics.start)
        if begins and begins != company.p.today.heroics:
            pool.choose(week, pool.people.there[week - 1])
        pool.open_week(week)
        yield week, pool


def bridged(company: Company) -> dict[int, list[Row]]:
    """Rows of bridging by week."""
    rows = company.trace.of(Kind.BRIDGED)
    found: dict[int, list[Row]] = defaultdict(list)
    for time, entity, actor, value in zip(rows.time.tolist(), rows.entity, rows.actor, rows.value, strict=True):
        found[int(time // 5)].append((time, int(entity), (int(actor) // 10_000, int(actor) % 10_000), float(value)))
    return found


@each
def test_whoever_bridges_is_the_hero_of_the_role_with_most_hours_left(company_of: Of) -> None:
    """And numbers are made to agree overnight in every week in which a manager has the hours and they disagree."""
    company, seen = company_of(), 0
    told, hours = bridged(company), company.p.people.reconcile_bridge_hours
    for week, pool in weeks(company):
        rows = told[week]
        overnight = pool.with_most(1, hours) if company.disagreement[week] > company.tolerance[week] else None
        first = rows.pop(0) if rows and rows[0][:2] == (5.0 * week, week) and rows[0][2][0] == 1 else None
        assert first == (None if overnight is None else (5.0 * week, week, overnight, hours))
        if overnight is not None:
            pool.left[overnight] -= hours
        pool.turn(week)
        for _, _, hero, spent in rows:
            assert pool.with_most(hero[0], spent) == hero
            pool.left[hero] -= spent
            seen += 1
    assert seen > 30


FRICTIONS = (Kind.ORPHANED, Kind.ARBITRATED)


@each
def test_what_was_worth_a_hero_s_while_went_wrong_only_where_nobody_had_the_hours(company_of: Of) -> None:
    company, seen = company_of(), 0
    p, told = company.p.people, bridged(company)
    wrong = company.trace.of(*FRICTIONS)
    for week, pool in weeks(company):
        rows = [(*row, None) for row in told[week] if not (row[0] == 5.0 * week and row[2][0] == 1 and row[1] == week)]
        for row in told[week]:
            if row[0] == 5.0 * week and row[1] == week and row[2][0] == 1:
                pool.left[row[2]] -= row[3]
        pool.turn(week)
        here = wrong.where((wrong.time // 5).astype(int) == week)
        events = [
            (t, int(e), None, v, k) for t, k, e, v in zip(here.time, here.kind, here.entity, here.value, strict=True)
        ]
        for time, entity, hero, amount, kind in sorted(rows + events, key=lambda one: one[0]):
            if hero is not None:
                pool.left[hero] -= amount
            elif looked(company, entity, amount) >= p.hero_value_bar and time > 5.0 * week:
                roles, hours = (
                    ((1,), p.dispute_bridge_hours) if kind == Kind.ARBITRATED else ((0, 1), p.lead_bridge_hours)
                )
                assert all(pool.with_most(role, hours) is None for role in roles)
                seen += 1
    assert seen > 3 * (company_of is crowded)


@each
def test_nothing_that_looks_smaller_than_a_hero_s_bar_is_bridged(company_of: Of) -> None:
    """A lead's value as it is estimated, a deal's at the desk as it is."""
    company = company_of()
    value = dict(
        zip(*(getattr(company.trace.of(Kind.QUALIFIED), c).tolist() for c in ("entity", "value")), strict=True)
    )
    mine = [row for rows in bridged(company).values() for row in rows if row[0] != 5.0 * row[1]]
    bar = company.p.people.hero_value_bar
    assert min(max(looked(company, entity, value[entity]), value[entity]) for _, entity, _, _ in mine) >= bar
    assert min(value.values()) < bar


@each
def test_heroes_are_told_every_week_with_their_energy(company_of: Of) -> None:
    company = company_of()
    rows = company.trace.of(Kind.HERO)
    told = defaultdict(set)
    for time, seat, role in zip(rows.time, rows.entity.tolist(), rows.actor.tolist(), strict=True):
        told[int(time // 5)].add((role, seat))
    for week, pool in weeks(company):
        left = {seat for kind, seat, _ in pool.people.moves[week] if kind == Kind.EXIT}
        assert told[week] <= pool.heroes <= told[week] | left  # who is taken away by a stress is told no more
        pool.turn(week)
    assert any(told.values())


def test_the_last_hour_of_a_pool_is_spent_and_none_beyond_it() -> None:
    """Two hours a week, in pieces of one: two pieces a week where there is much to bridge, never three."""
    pool = {"world.today.heroics.capacity": 0.125, "world.today.heroics.energy": 0, "world.people.hero_value_bar": 0}
    unowned = {"world.today.design.owned_handoffs": 0, "world.today.coordination.meetings": 0}
    company = changed({**pool, **unowned, "world.people.lead_bridge_hours": 1, "world.demand.inquiries_per_week": 90})
    rows = company.trace.of(Kind.BRIDGED)
    mine = rows.where((rows.actor == 0) & (rows.value == 1.0))
    assert np.bincount((mine.time // 5).astype(int), minlength=company.weeks)[1:].max() == 2
    assert len(mine.time) > company.weeks


def test_what_is_worth_just_the_bar_is_bridged() -> None:
    """All deals are worth the median; a disputed, an orphaned lead and a rework loop of that value are a hero's."""
    worth = {"world.buyers.value_sigma": 0, "world.buyers.value_median": 22_000, "world.people.hero_value_bar": 22_000}
    company = changed({**worth, "world.demand.inquiries_per_week": 80})
    rows = company.trace.of(Kind.BRIDGED)
    p, mine = company.p.people, rows.value[rows.time != 5.0 * rows.entity]
    pieces = {p.lead_bridge_hours, p.dispute_bridge_hours, p.desk_bridge_hours}
    assert set(mine.tolist()) == pieces
