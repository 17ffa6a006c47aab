"""Decisions wait for their latency; what is decided then, mechanisms/leadership.py says."""

from __future__ import annotations

from revsim.compiled._kernel import kernel
from revsim.compiled.calendar import at
from revsim.compiled.views import numbers
from revsim.contract.trace import Kind
from revsim.mechanisms import leadership


@kernel
def decide_later(firm, entity):
    """With this week's number, after this week's latency."""
    numbers(firm.at_asked_latency, firm.weeks)[firm.week] = firm.latency
    numbers(firm.at_asked_number, firm.weeks)[firm.week] = firm.number
    at(firm, firm.now + firm.latency, Kind.DECIDED, entity, -1 - firm.week)


@kernel
def decided(firm, week):
    """DECIDED: what was asked in a week."""
    latency = numbers(firm.at_asked_latency, firm.weeks)[week]
    leadership.decided(firm, week, latency, numbers(firm.at_asked_number, firm.weeks)[week])
