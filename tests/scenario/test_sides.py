"""Levers of a side: their ranges, their steps, and a mix of them as a scenario."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.errors import UserError
from revsim.scenario.address import get, replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.canonical import content_hash
from revsim.scenario.load import load
from revsim.scenario.sides import FASTEST, FIXED, SIDES, SLOWEST, Lever, changes_of, generous, levers_of, mix, settled

BASE = load("status-quo.yaml")
LEVERS = levers_of(BASE, "both")
ANY = st.sampled_from(LEVERS)


def test_every_dial_and_rhythm_that_somebody_chooses_is_a_lever_or_fixed() -> None:
    blocks = ("design", "coordination")
    chosen = {at for at, one in walk(BASE) if at.partition(".")[0] in blocks and isinstance(one, Assumption)}
    assert chosen - set(SIDES["both"]) - set(FIXED) == {"design.decay"}
    assert set(SIDES["both"]) <= chosen


@given(ANY, st.floats(0.0, 1.0))
def test_values_stay_within_the_range_and_are_ones_that_somebody_would_set(lever: Lever, share: float) -> None:
    value = lever.value(share)
    assert -1e-9 <= lever.share(value) <= 1.0 + 1e-9
    if lever.is_rhythm:
        assert value == lever.today or (value == int(value) and FASTEST <= value <= SLOWEST)
    else:
        assert value == lever.today or round(20.0 * value) == pytest.approx(20.0 * value)
    assert lever.value(lever.share(value)) == pytest.approx(value, rel=0.11)  # weeks are whole


@given(ANY)
def test_at_rest_a_lever_is_exactly_as_today_and_at_its_end_as_far_as_it_goes(lever: Lever) -> None:
    assert lever.value(lever.rest) == lever.today == get(BASE, lever.address).value
    assert lever.share(lever.value(1.0)) == pytest.approx(1.0)
    assert lever.value(7.0) == lever.value(1.0)  # what lies past an end is the end


def test_ranges_begin_at_today_but_for_meetings_which_may_become_fewer() -> None:
    below = {lever.address for lever in LEVERS if lever.rest > 0.0}
    assert below == {"coordination.meetings"}
    meetings = LEVERS[0]
    assert (meetings.low, meetings.high) == (0.0, BASE.world.today.coordination.meetings.high)


def test_the_mix_of_today_is_the_base_in_content() -> None:
    today = [lever.today for lever in LEVERS]
    assert changes_of(LEVERS, today) == {}
    assert content_hash(mix(BASE, LEVERS, today, "Today")) == content_hash(BASE)


def test_a_mix_sets_each_lever_and_coordination_brings_what_is_fixed() -> None:
    values = [lever.value(1.0) for lever in LEVERS]
    found = mix(BASE, LEVERS, values, "All", "Because.")
    assert [get(found, lever.address).value for lever in LEVERS] == values
    assert {address: get(found, address).value for address in FIXED} == generous()
    assert (found.name, found.why) == ("All", "Because.")
    design = levers_of(BASE, "design")
    only = mix(BASE, design, [lever.value(1.0) for lever in design], "Design")
    assert only.coordination == BASE.coordination


def test_a_lever_that_does_nothing_for_want_of_another_stays_as_today() -> None:
    levers = levers_of(BASE, "coordination")
    idle = [0.5, 13.0, 0.0, 0.0, 8.0]  # resets of no strength, renewals of no agreement
    assert settled(levers, idle) == tuple(lever.today for lever in levers)
    assert settled(levers, [0.5, 0.0, 0.8, 0.9, 0.0]) == (0.5, 0.0, 0.0, 0.9, 0.0)
    acting = (1.0, 13.0, 0.8, 0.9, 8.0)
    assert settled(levers, acting) == acting


def test_levers_without_room_are_left_out_and_a_side_without_any_is_refused() -> None:
    full = replace(BASE, {"design.one_view_of_data": 1.0})
    assert len(levers_of(full, "design")) == len(levers_of(BASE, "design")) - 1
    ends = {"shared_definitions": 1, "owned_handoffs": 1, "shared_incentives": 1, "one_view_of_data": 1, "sponsored": 1}
    governance = {"cadence_weeks": 4, "evidence": 1, "decision_rights": 1}
    with pytest.raises(UserError, match="nothing to find"):
        levers_of(replace(BASE, {"design": ends | {"governance": governance}}), "design")
    with pytest.raises(UserError, match="must be coordination, design or both"):
        levers_of(BASE, "sales")
