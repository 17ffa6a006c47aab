"""Every leaf of the schema moves a trace or a table, or is listed in tests/inert.txt with a reason."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Trace
from revsim.measures.tables import quarter_table
from revsim.scenario.address import leaf_rule, replace, walk
from revsim.scenario.assumption import Assumption, broken_rule
from tests.model.busy import busy
from tests.tiny import run

INERT = Path(__file__).parent.parent / "inert.txt"
LEAVES = [address for address, _ in walk(busy())]


@cache
def inert() -> dict[str, str]:
    """Addresses that move nothing, with the reason."""
    lines = [line for line in INERT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {line.split(":", 1)[0].strip(): line.split(":", 1)[1].strip() for line in lines}


@cache
def base_trace(replication: int) -> Trace:
    """The busy company's own trace."""
    return run(busy(), replication=replication)


def other_values(given: Assumption | str, address: str) -> list[object]:
    """Other values within the bounds: first the ends of its own range, then further ones."""
    if isinstance(given, str):
        return ["cut"] if given == "closed" else []
    rule, value = leaf_rule(address), given.value
    ideas = [given.low, given.high, value * 2 + 1, value + 1, value / 2, value - 1, 0.5, 0.0, value * 0.9]
    return [idea for idea in ideas if idea is not None and idea != value and not broken_rule(idea, rule)]


def changes_of(address: str, value: object) -> dict[str, object]:
    """The change; a source's share is taken from the next source, so that shares still sum to 1."""
    if not address.endswith(".share") or "sources" not in address:
        return {address: value}
    index = int(address[address.index("[") + 1])
    neighbour = address.replace(f"[{index}]", f"[{(index + 1) % 4}]")
    leaves = dict(walk(busy()))
    return {address: leaves[address].value - 0.05, neighbour: leaves[neighbour].value + 0.05}


def moved(address: str, value: object, replication: int = 0) -> bool:
    """Whether the trace or the table of the company differs with this value."""
    changed = replace(busy(), changes_of(address, value), "Moved")
    other = run(changed, replication=replication)
    mine = base_trace(replication)
    if len(other.time) != len(mine.time):
        return True
    if any(not np.array_equal(a, b) for a, b in zip(mine, other, strict=True)):
        return True
    before, after = (quarter_table(trace, parameters_of(s)) for trace, s in ((mine, busy()), (other, changed)))
    return any(not np.array_equal(before[name], after[name], equal_nan=True) for name in before)


@pytest.mark.parametrize("address", LEAVES)
def test_a_leaf_moves_the_trace_or_says_why_not(address: str) -> None:
    values = other_values(dict(walk(busy()))[address], address)
    tries = [value for value in values if not unlawful(address, value)][: int(os.environ.get("REVSIM_TRIES", "6"))]
    if address in inert():
        assert not any(moved(address, value) for value in tries[:1]), f"{address} moves a trace: take it off inert.txt"
    else:
        seen = any(moved(address, value, replication) for replication in range(10) for value in tries)
        assert seen, f"{address} moves nothing; tried {tries}"


def unlawful(address: str, value: object) -> bool:
    """Values that a rule over several leaves refuses."""
    from revsim.errors import ScenarioError

    try:
        replace(busy(), changes_of(address, value), "Moved")
    except ScenarioError:
        return True
    return False


def test_every_inert_leaf_is_a_leaf_and_has_a_reason() -> None:
    for address, reason in inert().items():
        assert address in LEAVES
        assert len(reason) > 20
