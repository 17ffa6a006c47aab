"""All randomness of one replication, drawn before anything runs.

Luck belongs to an entity and a purpose, never to the moment: scenarios of one replication share it down to the single
buyer, and replication r is the same whatever else is run. Nothing else in the package is random (bootstrap of results
apart).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from revsim.luck.purposes import BASE, BOUGHT, BUYER, PERSON, ROLES, WEEK, Purpose

Array = NDArray[np.float64]
SMALLEST = 2.0e-17


class Sizes(NamedTuple):
    """How many entities of each kind need luck."""

    inquiries: int
    bought: int
    reps: int  # seats
    managers: int
    analysts: int
    weeks: int
    customers: int  # installed base

    def covering(self, other: Sizes) -> Sizes:
        """The elementwise larger sizes."""
        return Sizes(*(max(mine, theirs) for mine, theirs in zip(self, other, strict=True)))


class BuyerLuck(NamedTuple):
    """Luck of buyers; 1-D by buyer, or (buyer, stage or loop)."""

    clock: Array
    source: Array
    fit: Array
    seen_by_marketing: Array
    seen_by_sales: Array
    seen_by_operations: Array
    value: Array
    segment: Array
    arbitrate: Array
    worked: Array
    pickup: Array
    answer: Array
    lead_patience: Array
    effort: Array
    buyer_time: Array
    advance: Array
    work_patience: Array
    record: Array
    reading: Array
    judgement: Array
    desk_work: Array
    desk_patience: Array
    rework: Array
    second_loop: Array
    pull: Array
    pull_day: Array
    sandbag: Array
    held: Array
    lost_time: Array
    handover: Array
    churn: Array


class PersonLuck(NamedTuple):
    """Luck of the people of one role; (seat, generation)."""

    skill: Array
    optimism: Array
    exit: Array
    tenure: Array


class WeekLuck(NamedTuple):
    """Luck of weeks; 1-D by week, or (week, part)."""

    shock: Array
    shift: Array
    drift: Array
    mood: Array
    meeting: Array
    owner: Array
    opening: Array


class BaseLuck(NamedTuple):
    """Luck of the installed base; 1-D by customer."""

    fit: Array
    value: Array
    age: Array
    churn: Array


class Luck(NamedTuple):
    """All luck of one replication."""

    own: BuyerLuck
    bought: BuyerLuck
    reps: PersonLuck
    managers: PersonLuck
    analysts: PersonLuck
    week: WeekLuck
    base: BaseLuck


def draw(seed: int, replication: int, sizes: Sizes) -> Luck:
    """The luck of one replication; a larger draw holds the smaller one.

    seed and replication are whole numbers from 0.
    """

    def rows(purpose: Purpose, count: int, offset: int = 0) -> Array:
        key = np.random.SeedSequence(seed, spawn_key=(replication, purpose.number + offset))
        generator = np.random.Generator(np.random.Philox(key))
        uniform = generator.random((count, purpose.columns) if purpose.columns > 1 else count)
        if purpose.law == "normal":
            normal: Array = ndtri(np.maximum(uniform, SMALLEST))
            return normal
        return np.cumsum(-np.log1p(-uniform)) if purpose.law == "clock" else uniform

    def people(role: str, seats: int) -> PersonLuck:
        return PersonLuck(*(rows(purpose, seats, ROLES[role]) for purpose in PERSON.values()))

    return Luck(
        own=BuyerLuck(*(rows(purpose, sizes.inquiries) for purpose in BUYER.values())),
        bought=BuyerLuck(*(rows(purpose, sizes.bought, BOUGHT) for purpose in BUYER.values())),
        reps=people("reps", sizes.reps),
        managers=people("managers", sizes.managers),
        analysts=people("analysts", sizes.analysts),
        week=WeekLuck(*(rows(purpose, sizes.weeks) for purpose in WEEK.values())),
        base=BaseLuck(*(rows(purpose, sizes.customers) for purpose in BASE.values())),
    )
