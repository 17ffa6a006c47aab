"""All randomness of one replication, drawn before anything runs.

Luck belongs to an entity and a purpose, never to the moment: scenarios of one replication share it down to the single
buyer, and replication r is the same whatever else is run. Nothing else in the package is random (bootstrap of results
apart).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.luck.keys import keys_of
from revsim.luck.laws import clock, normals
from revsim.luck.purposes import BASE, BOUGHT, BUYER, PERSON, ROLES, WEEK, Purpose

Array = NDArray[np.float64]


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
    """Luck of one purpose by buyer, (rows,) or (rows, columns); drawn when somebody first looks at one.

    Most inquiries never become deals, and the compiled engine makes single uniforms from the key itself.
    """

    __slots__ = ("_drawn", "key", "purpose", "rows")

    def __init__(self, key: NDArray[np.uint64], rows: int, purpose: Purpose) -> None:
        """The key, (2,), of the purpose's Philox."""
        self.key, self.rows, self.purpose = key, rows, purpose
        self._drawn: Array | None = None

    def drawn(self) -> Array:
        """All of them."""
        if self._drawn is None:
            self._drawn = drawn(self.key, self.rows, self.purpose)
        return self._drawn

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - as an array takes and gives
        return self.drawn()[index]

    def __len__(self) -> int:
        return self.rows

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:  # noqa: ANN401, FBT001 - numpy's own protocol
        return np.array(self.drawn(), dtype=dtype, copy=copy)


def drawn(key: NDArray[np.uint64], rows: int, purpose: Purpose) -> Array:
    """Luck of a purpose under a key, (rows,) or (rows, columns)."""
    uniform = uniforms(key, rows, purpose)
    if purpose.law == "normal":
        return normals(uniform)
    return clock(uniform) if purpose.law == "clock" else uniform


def uniforms(key: NDArray[np.uint64], rows: int, purpose: Purpose) -> Array:
    """The uniforms behind a purpose's luck, (rows,) or (rows, columns)."""
    return _uniforms(np.random.Generator(np.random.Philox(key=key)), rows, purpose)


def _uniforms(generator: np.random.Generator, rows: int, purpose: Purpose) -> Array:
    return generator.random((rows, purpose.columns) if purpose.columns > 1 else rows)


class BuyerLuck(NamedTuple):
    """Luck of buyers, drawn on demand; 1-D by buyer, or (buyer, stage or loop)."""

    clock: Column | Array  # arrays: drawn, or somebody's own
    source: Column | Array
    fit: Column | Array
    seen_by_marketing: Column | Array
    seen_by_sales: Column | Array
    seen_by_operations: Column | Array
    value: Column | Array
    segment: Column | Array
    arbitrate: Column | Array
    worked: Column | Array
    pickup: Column | Array
    answer: Column | Array
    lead_patience: Column | Array
    effort: Column | Array
    buyer_time: Column | Array
    advance: Column | Array
    work_patience: Column | Array
    record: Column | Array
    reading: Column | Array
    judgement: Column | Array
    desk_work: Column | Array
    desk_patience: Column | Array
    rework: Column | Array
    second_loop: Column | Array
    pull: Column | Array
    pull_day: Column | Array
    sandbag: Column | Array
    held: Column | Array
    lost_time: Column | Array
    handover: Column | Array
    churn: Column | Array
    noticed: Column | Array

    def drawn(self) -> BuyerLuck:
        """The same with all of it drawn, as the reference reads it."""
        whole: list[Any] = [given.drawn() if isinstance(given, Column) else given for given in self]
        return BuyerLuck(*whole)

    def keys(self) -> NDArray[np.uint64]:
        """Keys of all purposes, (purposes, 2).

        Raises TypeError where a purpose was replaced by numbers of somebody's own, which no key makes again.
        """
        found = np.zeros((len(self), 2), dtype=np.uint64)
        for place, given in enumerate(self):
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


def draw(seed: int, replication: int, sizes: Sizes, continuation: int = 0) -> Luck:
    """The luck of one replication; a larger draw holds the smaller one.

    seed and replication are whole numbers from 0; continuations from 1 on have luck of their own.
    """
    again = (continuation,) if continuation else ()
    asked = [(purpose, seats, ROLES[role]) for role, seats in _seats(sizes) for purpose in PERSON.values()]
    asked += [(purpose, sizes.weeks, 0) for purpose in WEEK.values()]
    asked += [(purpose, sizes.customers, 0) for purpose in BASE.values()]
    of_buyers = [(purpose, count, offset) for count, offset in _buyers(sizes) for purpose in BUYER.values()]
    numbers = [purpose.number + offset for purpose, _, offset in (*of_buyers, *asked)]
    keys = iter(keys_of(seed, replication, numbers, again))
    own, bought = (
        BuyerLuck(*(Column(next(keys), count, purpose) for purpose in BUYER.values())) for count, _ in _buyers(sizes)
    )
    found = iter(together([(next(keys), count, purpose) for purpose, count, _ in asked]))
    reps, managers, analysts = (PersonLuck(*(next(found) for _ in PERSON)) for _ in ROLES)
    week, base = WeekLuck(*(next(found) for _ in WEEK)), BaseLuck(*found)
    return Luck(own, bought, reps, managers, analysts, week, base)


def _buyers(sizes: Sizes) -> tuple[tuple[int, int], ...]:
    """How many there are of own and of bought inquiries, and what is added to their purposes' numbers."""
    return (sizes.inquiries, 0), (sizes.bought, BOUGHT)


def _seats(sizes: Sizes) -> tuple[tuple[str, int], ...]:
    """How many there are of each role."""
    return ("reps", sizes.reps), ("managers", sizes.managers), ("analysts", sizes.analysts)


def together(asked: list[tuple[NDArray[np.uint64], int, Purpose]]) -> list[Array]:
    """What `drawn` gives of each key, rows and purpose; all quantiles are taken at once, as most arrays are short."""
    found = list(_one_by_one(asked))
    normal = [place for place, (_, _, purpose) in enumerate(asked) if purpose.law == "normal"]
    flat = normals(np.concatenate([found[place].ravel() for place in normal]))
    start = 0
    for place in normal:
        shape, size = found[place].shape, found[place].size
        found[place] = flat[start : start + size].reshape(shape)
        start += size
    return found


def _one_by_one(asked: list[tuple[NDArray[np.uint64], int, Purpose]]) -> Iterator[Array]:
    """What `uniforms` gives of each; by one generator that is set back, as a fresh one asks the system for a seed."""
    philox = np.random.Philox(key=0)
    generator, fresh = np.random.Generator(philox), philox.state
    for key, rows, purpose in asked:
        fresh["state"]["key"] = key
        philox.state = fresh
        yield _uniforms(generator, rows, purpose)
