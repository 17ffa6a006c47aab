"""Who sits where, how rested, and how many hours a week leaves: by numpy, from rows of exits, hires and bridging."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from revsim.contract.trace import Kind
from tests.recomputed.company import VIEW, Array, Company
from tests.recomputed.test_design import unbuilt

Seat = tuple[int, int]  # role, seat


class People:
    """By week, after the week's exits and hires: generations on seats, energy, and hours bridged in the week before."""

    def __init__(self, company: Company) -> None:
        self.company, p = company, company.p
        self.hours = (p.sales.selling_hours, p.people.manager_hours, p.desk.hours)
        self.moves: dict[int, list[tuple[Kind, Seat, int]]] = defaultdict(list)
        rows = company.trace.of(Kind.EXIT, Kind.HIRED)
        table = zip(rows.time, rows.kind, rows.actor.tolist(), rows.entity.tolist(), rows.value, strict=True)
        for time, kind, role, seat, generation in table:
            self.moves[int(time // 5)].append((Kind(int(kind)), (role, seat), int(generation)))
        self.there = self._there()
        self.bridged = self._bridged()
        self.lived, self.energy = self._energies()

    def _there(self) -> list[dict[Seat, int]]:
        """Generation by seat of those who are there, after each week's exits and hires."""
        p = self.company.p
        there = {
            (role, seat): 0
            for role, n in enumerate((p.sales.reps, p.people.managers, p.desk.analysts))
            for seat in range(n)
        }
        weeks = []
        for week in range(self.company.weeks):
            for kind, seat, generation in self.moves[week]:
                if kind == Kind.EXIT:
                    del there[seat]
                else:
                    there[seat] = generation
            weeks.append(dict(there))
        return weeks

    def _bridged(self) -> list[dict[Seat, float]]:
        """Hours bridged since the last week's hours were shared out, by week and seat."""
        weeks: list[dict[Seat, float]] = [defaultdict(float) for _ in range(self.company.weeks + 1)]
        rows = self.company.trace.of(Kind.BRIDGED)
        for time, entity, actor, value in zip(
            rows.time, rows.entity.tolist(), rows.actor.tolist(), rows.value, strict=True
        ):
            overnight = actor // 10_000 == 1 and time == 5.0 * entity  # before the forecast is heard
            weeks[int(time // 5) + (0 if overnight else 1)][actor // 10_000, actor % 10_000] += value
        return weeks

    def team(self, week: int, role: int) -> list[int]:
        """Seats of a role that are taken."""
        return sorted(seat for which, seat in self.there[week] if which == role)

    def _energies(self) -> tuple[list[dict[Seat, float]], list[dict[Seat, float]]]:
        """By week, drained by load and restored by rest: before the week's exits and hires, and after."""
        p, company = self.company.p.people, self.company
        heroes = heroes_of(company)
        now: dict[Seat, float] = dict.fromkeys(self.there[0], 1.0)
        lived, weeks = [], []
        for week in range(company.weeks):
            pool = company.pool(week)
            for seat, x in now.items():
                load = self.bridged[week][seat] / self.hours[seat[0]] if seat in heroes[week] else 0.0
                now[seat] = min(
                    1.0, max(0.05, x + (1.0 - x) / p.recovery_weeks - pool.energy * load * x / p.drain_weeks)
                )
            lived.append(dict(now))
            for kind, seat, _ in self.moves[week]:  # newcomers are fresh
                now.pop(seat, None)
                if kind == Kind.HIRED:
                    now[seat] = 1.0
            weeks.append(dict(now))
        return lived, weeks

    def bridging_share(self, week: int, seat: Seat) -> float:
        """Share of a person's hours that the bridging of the week before takes."""
        left = any(kind == Kind.HIRED and who == seat for kind, who, _ in self.moves[week])
        return 0.0 if left else min(0.8, self.bridged[week][seat] / self.hours[seat[0]])


def heroes_of(company: Company) -> list[dict[Seat, float]]:
    """Energy that is told of the heroes of each week."""
    weeks: list[dict[Seat, float]] = [{} for _ in range(company.weeks)]
    rows = company.trace.of(Kind.HERO)
    for time, seat, role, energy in zip(rows.time, rows.entity.tolist(), rows.actor.tolist(), rows.value, strict=True):
        weeks[int(time // 5)][role, seat] = float(energy)
    return weeks


class Hours:
    """What a week asks of each role's hours, and what it gets, (weeks,) by role."""

    def __init__(self, people: People) -> None:
        self.people, self.company = people, people.company
        self.size = np.array([[len(people.team(t, role)) for role in range(3)] for t in range(self.company.weeks)])
        self.whole = self.size * np.array(people.hours)
        self.reconciling = self._reconciling()
        self.coordinating = self._coordinating()
        self.designing = self._designing()
        asked = self.reconciling + self.coordinating + self.designing
        with np.errstate(divide="ignore", invalid="ignore"):
            self.lost = np.where(self.whole > 0, np.minimum(0.9, asked / self.whole), 0.0)
            self.given = np.where(asked > 0.9 * self.whole, 0.9 * self.whole / asked, 1.0)

    def _reconciling(self) -> Array:
        """Numbers made to agree, and check-ins of those who are not trusted."""
        company, r = self.company, self.company.p.reconciliation
        versions = 3.0 - 2.0 * company.levers[:, VIEW]
        each = r.pair_hours + r.disagreement_hours * np.minimum(company.heard, r.disagreement_cap)
        whole = versions * (versions - 1.0) / 2.0 * each
        shares = np.array([1.0 - r.operations_share - r.managers_share, r.managers_share, r.operations_share])
        capped = np.minimum(whole[:, None] * shares, r.cap * self.whole)
        checks = (1.0 - company.trust)[:, None] * r.check_in_hours * self.size * np.array([1.0, 1.0, 0.0])
        return capped + checks

    def _coordinating(self) -> Array:
        """Meetings, and what resets and agreements ask once of all three roles together."""
        company, r, week = self.company, self.company.p.remedies, np.arange(self.company.weeks)
        p = company.p
        meetings = np.where(week >= company.begun(1), p.chosen.coordination.meetings, p.today.coordination.meetings)
        once = np.zeros(company.weeks)
        once[company.trace.of(Kind.RESET).entity] += r.reset_hours / 3.0
        once[company.trace.of(Kind.AGREED).entity] += r.agreement_hours / 3.0
        return meetings[:, None] * self.size + once[:, None]

    def _designing(self) -> Array:
        """Building, owning, reviewing oftener than without governance, and desk hours that restating asks."""
        company, p = self.company, self.company.p
        hours = p.remedies.build_load * unbuilt(company)[:, None] * self.whole
        above = np.maximum(0.0, company.levers[:, :5] - np.array(p.today.design.levers[:5])) * p.remedies.owner_hours
        hours[:, 2] += above[:, :2].sum(axis=1)
        hours[:, 1] += above[:, 2:].sum(axis=1)
        rows = company.trace.of(Kind.REVIEWED)
        often = rows.entity[rows.value < p.definitions.review_weeks]
        hours[often, 1:] += p.remedies.review_hours / 2.0
        rows = company.trace.of(Kind.RESTATED)
        asked = np.zeros(company.weeks + 1)
        np.add.at(asked, rows.entity, rows.value * p.desk.restate_hours)
        for week in np.flatnonzero(self.size[:, 2] == 0):  # it waits until an analyst is there
            asked[week + 1] += asked[week]
            asked[week] = 0.0
        hours[:, 2] += asked[:-1]
        return hours
