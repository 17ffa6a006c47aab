"""Random small traces that no simulator made: ties, rows on bounds and outside the window, entities of any size."""

from __future__ import annotations

import math
from random import Random

from revsim.contract.trace import BASE_FROM, BOUGHT_FROM, PLACES, Kind, Row

LAST = 6 * 65  # day; rows lie in six quarters, and some just outside
SHARED = 1 << 16  # deals this far apart share the low bits of their entities
DEALS = (*range(1, 60), *range(1 + SHARED, 20 + SHARED), 2 + 7 * SHARED, BOUGHT_FROM, BASE_FROM + 1, 2**62, -5)
DAYS = tuple(day for start in range(0, LAST, 65) for day in (start, start + 5.0, start + 55.0))
BOUNDS = tuple(near for day in DAYS for near in (math.nextafter(day, -1.0), day, math.nextafter(day, math.inf)))
OF_DEALS = {
    *(Kind.QUALIFIED, Kind.PICKED_UP, Kind.WORK_STARTED, Kind.WORK_DONE, Kind.DESK_STARTED, Kind.DESK_DONE),
    *(Kind.HELD_OVER, Kind.WON),
}
OF_QUARTERS = {Kind.PLAN, Kind.OPEN_AT_END, Kind.BUDGET_ERROR, Kind.SEATS_ERROR}
COUNTS = {
    *(Kind.INQUIRIES, Kind.BOUGHT, Kind.SEEN_QUALIFIED, Kind.SEEN_BY_SALES, Kind.SEEN_BY_OPERATIONS),
    Kind.OPEN_AT_END,
}
SIGNED = {Kind.EXPANDED, Kind.BUDGET_ERROR, Kind.SEATS_ERROR, Kind.DRIFT}


def row(random: Random, kind: Kind) -> Row:
    """One row; values are quarters of a unit, so that sums are exact in any order."""
    time = random.choice(BOUNDS) if random.random() < 0.3 else random.randrange(-8, 4 * LAST) / 4.0
    entity = random.randrange(-1, 7 if kind in OF_QUARTERS else 80)
    entity = random.choice(DEALS) if kind in OF_DEALS else entity
    actor = random.choice((-1, -1, -1, 0, 1, 3))
    if kind in {Kind.WON, Kind.DESK_STARTED, Kind.DESK_DONE}:
        actor = random.randrange(12 if kind == Kind.WON else 5)
    elif kind in {Kind.RECONCILIATION_HOURS, Kind.COORDINATION_HOURS, Kind.DESIGN_HOURS}:
        actor = random.randrange(4)
    elif kind == Kind.BRIDGED:
        actor = PLACES * random.randrange(3) + random.randrange(900)
    value = 0.0 if random.random() < 0.2 else 1.0 + random.randrange(4000) / (1.0 if kind in COUNTS else 4.0)
    return time, int(kind), entity, actor, -value if kind in SIGNED and random.random() < 0.5 else value


def rows_of(seed: int, kinds: list[Kind], count: int) -> list[Row]:
    """So many rows of some kinds, in the order of time."""
    random = Random(seed)  # noqa: S311 - traces are no secrets
    return sorted((row(random, random.choice(kinds)) for _ in range(count)), key=lambda one: one[0])
