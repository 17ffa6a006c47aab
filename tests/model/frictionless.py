"""The tiny company under the shipped frictionless control."""

from __future__ import annotations

from functools import cache

from revsim.scenario.address import replace
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from tests.tiny import SMALL


@cache
def frictionless() -> Scenario:
    """No drift, noise, lag, latency, rework or gaming; full ownership; every loop cut."""
    return replace(load("scenarios/controls/frictionless.yaml"), SMALL, "Frictionless, tiny")
