"""What a number rests on: what its source says of itself, and which numbers of a scenario have no direct evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from revsim.scenario.address import walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.scenario import Scenario

NO_EVIDENCE = "no direct evidence"
CHOICE = "modelling choice"
ANYWHERE = ("",)


def says_none(source: str | None) -> bool:
    """Whether a source says that there is no direct evidence."""
    return NO_EVIDENCE in (source or "").lower()


def evidence_of(source: str | None) -> str:
    """Of a number of the world: NO_EVIDENCE (also without a source), CHOICE (the label P begins it), or empty."""
    if not source or says_none(source):
        return NO_EVIDENCE
    return CHOICE if re.match(r"p\b", source.lower()) else ""


def without_evidence(scenario: Scenario, beginnings: Sequence[str] = ANYWHERE) -> dict[str, Assumption]:
    """Numbers by address, below any of `beginnings`, whose source says that there is no direct evidence."""
    return {
        address: value
        for address, value in walk(scenario)
        if address.startswith(tuple(beginnings)) and isinstance(value, Assumption) and says_none(value.source)
    }
