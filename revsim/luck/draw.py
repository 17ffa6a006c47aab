"""All randomness of one replication, drawn before anything runs.

Luck belongs to an entity and a purpose, never to the moment: scenarios of one replication share it down to the single
buyer, and replication r is the same whatever else is run. Nothing else in the package is random (bootstrap of results
apart).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from revsim.luck.purposes import BASE, BOUGHT, BUYER, PERSON, ROLES, WEEK, Purpose

Array = NDArray[np.float64]
SMALLEST = 2.0e-17
DENSE = 6  # the first purposes of a buyer: every inquiry meets them


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


class Column:
    """Uniforms of one purpose by buyer, (rows,) or (rows, columns); drawn when somebody first looks at one.

    Most inquiries never become deals, and the compiled engine makes single uniforms from the key itself.
    """

    __slots__ = ("_drawn", "columns", "key", "rows")

    def __init__(self, key: NDArray[np.uint64], rows: int, columns: int) -> None:
        """The key, (2,), of the purpose's Philox."""
        self.key, self.rows, self.columns = key, rows, columns
        self._drawn: Array | None = None

    def drawn(self) -> Array:
        """All of them."""
        if self._drawn is None:
            shape = (self.rows, self.columns) if self.columns > 1 else self.rows
            self._drawn = np.random.Generator(np.random.Philox(key=self.key)).random(shape)
        return self._drawn

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - as an array takes and gives
        return self.drawn()[index]

    def __len__(self) -> int:
        return self.rows

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:  # noqa: ANN401, FBT001 - numpy's own protocol
        return np.array(self.drawn(), dtype=dtype, copy=copy)


class BuyerLuck(NamedTuple):
    """Luck of buyers; 1-D by buyer, or (buyer, stage or loop). What all inquiries meet is drawn, the rest on demand."""

    clock: Array
    source: Array
    fit: Array
    seen_by_marketing: Array
    seen_by_sales: Array
    seen_by_operations: Array
    value: Column
    segment: Column
    arbitrate: Column
    worked: Column
    pickup: Column
    answer: Column
    lead_patience: Column
    effort: Column
    buyer_time: Column
    advance: Column
    work_patience: Column
    record: Column
    reading: Column
    judgement: Column
    desk_work: Column
    desk_patience: Column
    rework: Column
    second_loop: Column
    pull: Column
    pull_day: Column
    sandbag: Column
    held: Column
    lost_time: Column
    handover: Column
    churn: Column

    def drawn(self) -> BuyerLuck:
        """The same with all of it drawn, as the reference reads it."""
        drawn: list[Any] = [given.drawn() if isinstance(given, Column) else given for given in self]
        return BuyerLuck(*drawn)

    def keys(self) -> NDArray[np.uint64]:
        """Keys of the purposes that are drawn on demand, (purposes, 2); zero for those that all inquiries meet.

        Raises TypeError where a purpose was replaced by numbers of somebody's own, which no key makes again.
        """
        found = np.zeros((len(self), 2), dtype=np.uint64)
        for place, given in enumerate(self[DENSE:], start=DENSE):
            if not isinstance(given, Column):
                raise TypeError(f"luck of `{self._fields[place]}` is not drawn from a key: use the engine simpy")
            found[place] = given.key
        return found


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

    def drawn(self) -> Luck:
        """The same with all of it drawn."""
        return self._replace(own=self.own.drawn(), bought=self.bought.drawn())


def draw(seed: int, replication: int, sizes: Sizes) -> Luck:
    """The luck of one replication; a larger draw holds the smaller one.

    seed and replication are whole numbers from 0.
    """

    def key(purpose: Purpose, offset: int) -> NDArray[np.uint64]:
        sequence = np.random.SeedSequence(seed, spawn_key=(replication, purpose.number + offset))
        return sequence.generate_state(2, np.uint64).astype(np.uint64)

    def rows(purpose: Purpose, count: int, offset: int = 0) -> Array:
        generator = np.random.Generator(np.random.Philox(key=key(purpose, offset)))
        uniform = generator.random((count, purpose.columns) if purpose.columns > 1 else count)
        if purpose.law == "normal":
            normal: Array = ndtri(np.maximum(uniform, SMALLEST))
            return normal
        return np.cumsum(-np.log1p(-uniform)) if purpose.law == "clock" else uniform

    def buyers(count: int, offset: int) -> BuyerLuck:
        purposes = list(BUYER.values())
        drawn: list[Any] = [rows(purpose, count, offset) for purpose in purposes[:DENSE]]
        return BuyerLuck(*drawn, *(Column(key(p, offset), count, p.columns) for p in purposes[DENSE:]))

    def people(role: str, seats: int) -> PersonLuck:
        return PersonLuck(*(rows(purpose, seats, ROLES[role]) for purpose in PERSON.values()))

    return Luck(
        own=buyers(sizes.inquiries, 0),
        bought=buyers(sizes.bought, BOUGHT),
        reps=people("reps", sizes.reps),
        managers=people("managers", sizes.managers),
        analysts=people("analysts", sizes.analysts),
        week=WeekLuck(*(rows(purpose, sizes.weeks) for purpose in WEEK.values())),
        base=BaseLuck(*(rows(purpose, sizes.customers) for purpose in BASE.values())),
    )
