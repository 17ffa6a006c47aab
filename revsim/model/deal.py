"""A buyer on the way from lead to customer: traits that are born with it, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import BOUGHT_FROM

if TYPE_CHECKING:
    from simpy.events import Event

    from revsim.model.seats import Seat


class Deal:
    """One buyer. Times in days; `row` is its row of luck; stage -1 is a lead."""

    __slots__ = (
        "arrived",
        "asked",
        "at_desk",
        "booked",
        "bought",
        "created",
        "deciding_since",
        "discount",
        "due",
        "effort",
        "entered",
        "event",
        "fit",
        "handovers",
        "held",
        "id",
        "in_service",
        "judgement",
        "lag",
        "left_record",
        "log_value",
        "loop",
        "need_stage",
        "need_total",
        "negotiating",
        "odds",
        "oversold",
        "patience_until",
        "progress",
        "pull_at",
        "pushed",
        "queued",
        "reading",
        "rep",
        "row",
        "seen_by_operations",
        "sensed",
        "server",
        "slower",
        "source",
        "stage",
        "value",
        "won",
    )  # fmt: skip

    def __init__(self, entity: int, arrived: float, source: int, fit: float, value: float) -> None:
        """A buyer as it asks."""
        self.id = entity
        self.bought = entity >= BOUGHT_FROM
        self.row = entity - BOUGHT_FROM if self.bought else entity
        self.arrived, self.source, self.fit, self.value = arrived, source, fit, value
        self.seen_by_operations = 0.0
        self.slower = 1.0
        self.lag = self.reading = self.judgement = 0.0
        self.stage = -1
        self.created = 0.0
        self.entered: list[float] = []  # by stage
        self.progress: list[float] = []  # what was recorded at entry, by stage
        self.rep: Seat | None = None
        self.server: Seat | None = None  # who works on it now
        self.event: Event | None = None  # what its process waits for
        self.queued = 0.0
        self.effort = 0.0
        self.patience_until = 0.0
        self.in_service = False
        self.at_desk = False
        self.loop, self.log_value = 0, 0.0
        self.negotiating, self.deciding_since = False, 0.0
        self.due = 0.0
        self.pushed, self.pull_at = 0.0, 0.0
        self.asked = False  # for a discount
        self.discount = 0.0
        self.oversold = 0.0
        self.held = False
        self.handovers = 0
        self.sensed = -1  # stage in which a rep last sensed its odds
        self.odds = 0.0
        self.need_total = self.need_stage = 0.0
        self.won = -1.0  # day of the signature
        self.booked = 0.0
        self.left_record = -1.0  # day on which a lost deal leaves the record; -1 while open
