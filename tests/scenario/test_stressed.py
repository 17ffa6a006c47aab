"""Scenarios under stress: what is changed, what is not, and what cannot happen."""

from __future__ import annotations

import pytest

from revsim.errors import UserError
from revsim.scenario.address import replace
from revsim.scenario.canonical import content, world_hash
from revsim.scenario.load import load
from revsim.scenario.stressed import at_quarter, cases, events, is_built, shipped_stresses

QUO, DESIGN, COORDINATION = (load(name) for name in ("status-quo.yaml", "design.yaml", "coordination.yaml"))
SHIPPED = events(shipped_stresses())


def test_each_kind_of_stress_is_shipped_once_and_a_raised_target_in_two_sizes() -> None:
    keys = [key for event in SHIPPED for key in event.keys]
    assert sorted(keys) == sorted([*type(QUO.stress).model_fields, "target_tightened"])
    assert {event.name: event.week for event in SHIPPED}["Build stalls"] is None


def test_a_stress_changes_the_stress_and_nothing_else() -> None:
    calm, *hit = cases([DESIGN], SHIPPED)
    for case in hit:
        assert case.event is not None
        there, here = content(calm.scenario), content(case.scenario)
        assert here["stress"] != there["stress"]
        assert {key: here[key] for key in here if key != "stress"} == {
            key: there[key] for key in there if key != "stress"
        }
        assert world_hash(case.scenario) == world_hash(calm.scenario)


def test_a_build_stalls_only_where_something_is_built() -> None:
    assert [is_built(scenario) for scenario in (QUO, COORDINATION, DESIGN)] == [False, False, True]
    names = [case.scenario.name for case in cases([QUO, DESIGN], SHIPPED)]
    assert "Design: Build stalls" in names
    assert "Status quo: Build stalls" not in names


def test_a_design_that_only_starts_later_than_today_s_builds_nothing() -> None:
    assert not is_built(replace(QUO, {"design.start_week": 5}))


def test_what_already_happens_is_not_done_again() -> None:
    shocked = replace(QUO, {"stress.top_performer_leaves.week": 3}, "Shocked")
    assert "Shocked: Top performer leaves" not in [case.scenario.name for case in cases([shocked], SHIPPED)]


def test_an_event_after_the_last_week_is_refused() -> None:
    short = replace(QUO, {"calendar.quarters": 1})
    with pytest.raises(UserError, match="measures 13 weeks: it would never happen"):
        cases([short], SHIPPED)


def test_a_file_without_a_stress_is_refused() -> None:
    with pytest.raises(UserError, match="has no `stress` block"):
        events(["design.yaml"])


def test_the_size_of_a_shipped_stress_is_known_to_be_chosen() -> None:
    assert all(event.assumed for event in SHIPPED)


def test_a_stress_can_begin_in_a_later_quarter_and_all_else_of_it_stays() -> None:
    for event in SHIPPED:
        later = at_quarter(event, 6)
        assert later.week == (None if event.week is None else 66)
        (block, moved) = (next(iter(one.changes.values())) for one in (event, later))
        assert {key: moved[key] for key in moved if key != "week"} == {
            key: block[key] for key in block if key != "week"
        }


def test_a_later_week_keeps_its_source_and_lies_within_its_range() -> None:
    event = next(event for event in SHIPPED if event.name == "Demand shock")
    week = at_quarter(event, 6).changes["stress.demand_shock"]["week"]
    assert week["source"] == event.changes["stress.demand_shock"]["week"]["source"]
    assert week["low"] <= week["value"] == 66 <= week["high"]
    (case,) = [case for case in cases([QUO], [at_quarter(event, 6)]) if case.event]
    assert case.scenario.stress.demand_shock is not None
    assert case.scenario.stress.demand_shock.week.value == 66


def test_an_earlier_quarter_keeps_weeks_from_1_on() -> None:
    event = next(event for event in SHIPPED if event.name == "Demand shock")
    week = at_quarter(event, 1).changes["stress.demand_shock"]["week"]
    assert (week["low"], week["value"]) == (1, 1)
