"""What a run leaves behind: one row an event, and nothing that two rows already say.

A CRM export becomes the same rows, so that reality and model are measured by the same code. Kinds below 32 are also
the ranks of events that are scheduled: of events at one instant the lower kind comes first, then the lower entity.
Changing a number changes results.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PLACES = 10_000  # more than the seats of a role
BOUGHT_FROM = 100_000_000  # entity of the first bought inquiry
BASE_FROM = 200_000_000  # entity of the first customer of the installed base


class Kind(IntEnum):
    """Kinds of rows; the comment says what entity, actor and value are ("-": nothing)."""

    # scheduled events, in their order at one instant
    QUARTER_ENDED = 2  # quarter, -, true bookings
    SWEPT = 3  # (scheduled only: those whose patience has run out leave)
    FORECAST = 4  # week, -, the company's number
    FORKED = 5  # (scheduled only: from here the second luck)
    WEEK = 6  # week, -, inquiries a day
    DECIDED = (
        7  # quarter, week or buyer; what (0 budget and seats, 1 revision, 2 arbitration, 3 discount), latency in days
    )
    QUALIFIED = 8  # buyer, source, contract value
    DESK_DONE = 9  # buyer, loop (4: an arbitration), hours
    SETTLED = 10  # buyer, -, 1 accepted or 0 dropped after arbitration
    PICKED_UP = 11  # buyer, -, delay in days
    WORK_DONE = 12  # buyer, seat, hours
    BUYER_DONE = 13  # buyer, seat, stage
    LOST_TOLD = 14  # (scheduled only: a loss is told)
    SIGNED_LATE = 15  # (scheduled only: a held deal is signed)

    # what happens to a buyer; entity is the buyer
    REFUSED = 32  # -, contract value: sales refuses what marketing passed (a dispute)
    DROPPED = 33  # -, contract value: a dispute that ended in nothing
    ARBITRATED = 34  # -, contract value: a dispute that went to operations
    ACCEPTED = 35  # -, contract value
    ORPHANED = 36  # -, contract value: nobody ever works it
    COOLED = 37  # -, contract value: no longer answers
    LEFT_WAITING = 38  # -, contract value: no rep had room in time
    OPPORTUNITY = 39  # seat, contract value
    STAGE_ENTERED = 40  # seat, stage
    WORK_STARTED = 41  # seat, days in the rep's queue
    DESK_ENTERED = 42  # loop, contract value
    DESK_STARTED = 43  # loop, days in the desk's queue
    LOST = 44  # seat, contract value: the buyer said no
    LEFT_WORK = 45  # seat, contract value: patience ran out in the rep's queue
    LEFT_DESK = 46  # seat, contract value: patience ran out at the desk
    LOST_HANDED_OVER = 47  # seat, contract value: a leaver's deal that nobody took up
    WON = 48  # seat, booked value
    PULL_AGREED = 49  # seat, discount in currency
    HELD_OVER = 50  # seat, booked value
    SLIPPED = 51  # seat, contract value: at the desk when the quarter ended
    BRIDGED = 52  # role and seat of the hero (PLACES role + seat), hours
    RENEWED = 53  # -, contract value that came up
    CHURNED = 54  # -, contract value
    CHURNED_HANDOFF = 55  # -, contract value: a churn that an owned hand-off would have prevented
    EXPANDED = 56  # -, growth in currency (may be negative)
    HANDED_OVER = 57  # seat, contract value: a leaver's deal goes on with somebody else

    # what happens to people; entity is the seat, actor the role (0 rep, 1 manager, 2 analyst)
    EXIT = 64  # generation that leaves
    HIRED = 65  # generation that comes
    HERO = 67  # energy at the week's start

    # what holds for a week; entity is the week
    INQUIRIES = 80  # -, count
    BOUGHT = 81  # -, count
    SEEN_QUALIFIED = 82  # 0 by themselves or 1 bought, count by marketing's bar
    SEEN_BY_SALES = 83  # as above, count of the same inquiries by sales' bar
    SEEN_BY_OPERATIONS = 84  # as above, count by operations' bar
    FORECAST_SALES = 85
    FORECAST_MARKETING = 86
    FORECAST_OPERATIONS = 87
    EVIDENCE_NUMBER = 88
    CLOSED_TO_DATE = 89
    DISAGREEMENT = 90
    PRESSURE = 91
    TOLERANCE = 92
    TRUST = 93
    PIPELINE_SALES = 94
    PIPELINE_MARKETING = 95
    PIPELINE_OPERATIONS = 96
    OPEN_PIPELINE = 97
    DRIFT = 98  # actor: reading 0-4
    READING = 99  # actor: reading 0-4, value: the bar's distance from its reference
    OWNERSHIP = 100  # actor: hand-off 0-2
    LEVER = 101  # actor: lever 0-11
    LATENCY = 102
    REVISED = 103  # -, the plan as revised
    REVIEWED = 104  # -, weeks between reviews
    RESET = 105  # -, strength
    AGREED = 106  # -, compliance
    REPS_HOURS = 107  # -, selling hours of all reps
    DESK_HOURS = 108  # -, desk hours of all analysts
    RECONCILIATION_HOURS = 109  # actor: role
    COORDINATION_HOURS = 110  # actor: role
    DESIGN_HOURS = 111  # actor: role
    DESIGN_COST = 112  # -, currency, hours apart
    MARKETING_SPEND = 113  # -, currency
    PEOPLE_COST = 114  # -, currency
    SEATS = 115  # -, seats wanted
    BUDGET = 116  # -, ratio to reference
    COMPLIANCE = 117  # -, share
    FORECAST_RUN_RATE = 118

    # what holds for a quarter; entity is the quarter
    PLAN = 128
    PLAN_FROM = 129  # -, plan without stress
    RESTATED = 130  # -, share of history restated (entity: week)
    BUDGET_ERROR = 131  # -, cost of a wrong number by the budget, currency
    SEATS_ERROR = 132  # -, cost of a wrong number by seats, currency
    OPEN_AT_END = 133  # -, opportunities open
    DUE = 134  # -, contract value up for renewal (entity: customer)


class Trace(NamedTuple):
    """The event log of one run, in the order of time; five arrays of one length.

    time in working days since day 0, kind as in `Kind`, entity and actor as `Kind` says (-1: nothing), value.
    """

    time: NDArray[np.float64]
    kind: NDArray[np.int16]
    entity: NDArray[np.int64]
    actor: NDArray[np.int64]
    value: NDArray[np.float64]

    def of(self, *kinds: Kind) -> Trace:
        """The rows of these kinds."""
        return self.where(np.isin(self.kind, [int(kind) for kind in kinds]))

    def before(self, time: float) -> Trace:
        """The rows before a time."""
        return self.where(self.time < time)

    def where(self, mask: NDArray[np.bool_]) -> Trace:
        """The rows where the mask is true."""
        return Trace(self.time[mask], self.kind[mask], self.entity[mask], self.actor[mask], self.value[mask])

    def won_since(self, time: float) -> float:
        """New bookings from a time on."""
        first = int(np.searchsorted(self.time, time))
        return float(self.value[first:][self.kind[first:] == Kind.WON].sum())


Row = tuple[float, int, int, int, float]
ROW = np.dtype(
    [("time", np.float64), ("kind", np.int16), ("entity", np.int64), ("actor", np.int64), ("value", np.float64)]
)


def trace_of(rows: list[Row]) -> Trace:
    """Rows as arrays, sorted by time; rows of one time keep their order."""
    table = np.fromiter(rows, dtype=ROW, count=len(rows))
    order = np.argsort(table["time"], kind="stable")
    return Trace(*(table[name][order] for name in Trace._fields))
