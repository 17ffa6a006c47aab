"""A customer keeps the hand-off it got: nothing that begins later changes whether those renew who had signed before."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace
from revsim.scenario.address import replace
from revsim.simulate import simulate
from tests.model.busy import busy
from tests.tiny import luck_for

SLOW = {"calendar.quarters": 6, "world.customers.renew_handoff": 1.5, "world.customers.expansion_handoff": 0.1}
KINDS = (Kind.DUE, Kind.RENEWED, Kind.EXPANDED, Kind.CHURNED, Kind.CHURNED_HANDOFF)
PROGRAMMES = [
    {"design.owned_handoffs.sales_to_customer": 0.9},
    {"coordination.meetings": 8},
    {"coordination.agreement": {"level": 0.8, "renew_weeks": 13}},
]
Row = tuple[float, int, int, float]  # day, kind, customer, value


@cache
def lived(programme: int | None, replication: int = 0) -> Trace:
    """A company without a programme, or with one of them from its first measured day on."""
    p = parameters_of(replace(busy(), SLOW | ({} if programme is None else PROGRAMMES[programme]), "case"))
    return simulate(p, luck_for(p, replication=replication), "compiled")


def rows(trace: Trace, *, signed_before: bool) -> list[Row]:
    """What became of the contracts of those who had signed before the programme, or since."""
    won, began = trace.of(Kind.WON), parameters_of(replace(busy(), SLOW, "case")).span.measured_from
    since = set(won.entity[won.time >= began].tolist())
    told = trace.where(np.isin(trace.kind, KINDS))
    found = zip(told.time.tolist(), told.kind.tolist(), told.entity.tolist(), told.value.tolist(), strict=True)
    return [row for row in found if (row[2] not in since) == signed_before]


@pytest.mark.parametrize("programme", range(len(PROGRAMMES)))
def test_who_had_signed_before_renews_grows_and_leaves_as_without_the_programme(programme: int) -> None:
    expected = rows(lived(None), signed_before=True)
    assert rows(lived(programme), signed_before=True) == expected
    assert len(expected) > 100


@pytest.mark.parametrize("programme", range(len(PROGRAMMES)))
def test_who_signs_under_the_programme_does_not(programme: int) -> None:
    assert rows(lived(programme), signed_before=False) != rows(lived(None), signed_before=False)


def first_growth(programme: int | None, replication: int) -> dict[int, float]:
    """Growth at the first renewal of those who signed since the programme began."""
    trace = lived(programme, replication)
    grown, kept = trace.of(Kind.EXPANDED), trace.of(Kind.RENEWED)
    base = {row[2] for row in rows(trace, signed_before=True)}
    told = zip(grown.entity.tolist(), grown.value, kept.value, strict=True)
    return {entity: more / value for entity, more, value in told if entity not in base}


def test_of_the_same_customer_a_better_owned_hand_off_is_worth_more() -> None:
    """They sign in both companies: first renewals differ by the hand-off alone, in the first weeks not yet."""
    both = 0
    for replication in range(4):
        without, owned = (first_growth(programme, replication) for programme in (None, 0))
        same = without.keys() & owned.keys()
        assert all(owned[entity] >= without[entity] for entity in same)
        both += sum(owned[entity] > without[entity] for entity in same)
    assert both > 3
