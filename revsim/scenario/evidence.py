"""Which numbers of a scenario have no direct evidence, by what they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from revsim.scenario.address import walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.scenario import Scenario

NO_EVIDENCE = "no direct evidence"


def without_evidence(scenario: Scenario, beginnings: Sequence[str]) -> list[str]:
    """Addresses below any of `beginnings` whose source says that there is no direct evidence."""
    return [
        address
        for address, value in walk(scenario)
        if address.startswith(tuple(beginnings))
        and isinstance(value, Assumption)
        and NO_EVIDENCE in (value.source or "").lower()
    ]
