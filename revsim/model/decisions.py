"""Decisions wait for their latency; what is decided then, mechanisms/leadership.py says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.contract.trace import Kind
from revsim.mechanisms import leadership
from revsim.model.clock import at

if TYPE_CHECKING:
    from collections.abc import Generator

    from simpy.events import Event

    from revsim.model.firm import Firm


def decide(firm: Firm, entity: int) -> Generator[Event, None, None]:
    """With this week's number, after this week's latency."""
    week, latency, number = firm.week, firm.latency, firm.number
    yield at(firm.env, firm.now + latency, Kind.DECIDED, entity)
    leadership.decided(firm, week, latency, number)
