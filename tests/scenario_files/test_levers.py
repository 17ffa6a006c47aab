"""A design taken apart: subsets of its levers, one hand-off alone, and when a remedy begins."""

from __future__ import annotations

import pytest

from revsim.contract import chosen
from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind
from revsim.errors import UserError
from revsim.scenario import levers
from revsim.scenario.address import replace
from revsim.scenario.canonical import content_hash, world_hash
from revsim.scenario.load import load
from revsim.scenario.remedy_start import Schedule, schedule
from revsim.scenario.scenario import Scenario
from tests import tiny

ALONE = {
    "shared_definitions": "definitions",
    "owned_handoffs": "handoffs",
    "shared_incentives": "incentives",
    "one_view_of_data": "view",
    "governance": "governance",
}


@pytest.fixture(scope="module")
def base() -> Scenario:
    return load("scenarios/status-quo.yaml")


@pytest.fixture(scope="module")
def design() -> Scenario:
    return load("scenarios/design.yaml")


def test_no_lever_is_the_base_and_all_levers_are_the_design(base: Scenario, design: Scenario) -> None:
    found = levers.subsets(base, design)
    assert (len(found), len({each.name for each in found})) == (32, 32)
    assert content_hash(found[0]) == content_hash(base)
    assert content_hash(found[31]) == content_hash(design)
    assert len({content_hash(each) for each in found}) == 32
    assert {world_hash(each) for each in found} == {world_hash(base)}


@pytest.mark.parametrize("lever", levers.LEVERS)
def test_one_lever_alone_is_the_shipped_file_of_that_lever(lever: str, base: Scenario, design: Scenario) -> None:
    mine = levers.subset(base, design, [lever])
    assert content_hash(mine) == content_hash(load(f"scenarios/levers/{ALONE[lever]}.yaml"))


def test_marketing_to_sales_alone_is_the_shipped_one_moment(base: Scenario, design: Scenario) -> None:
    mine = levers.moment(base, design, "marketing_to_sales")
    assert content_hash(mine) == content_hash(load("scenarios/one-moment.yaml"))


def test_each_hand_off_comes_with_its_own_word_and_none_with_another_s(base: Scenario, design: Scenario) -> None:
    for handoff in levers.HANDOFFS:
        mine = parameters_of(levers.moment(base, design, handoff)).chosen.design.levers
        today = parameters_of(base).chosen.design.levers
        moved = {chosen.LEVERS[k] for k in range(12) if mine[k] != today[k]}
        word = {"marketing_to_sales": {"definition_qualified"}, "sales_to_operations": {"definition_commit"}}
        assert moved == {f"handoff_{handoff}", "cadence_weeks"} | word.get(handoff, set())


def test_a_lever_that_is_left_out_costs_neither_money_nor_hours_of_its_own() -> None:
    # unsponsored, so that the leaders' shared hours are away
    company = tiny.tiny()
    given = {f"design.{name}": 0.9 for name in ("shared_definitions", "owned_handoffs", "one_view_of_data")}
    whole = replace(company, given, "All")
    cost = {}
    for name in ([], ["one_view_of_data"], list(levers.LEVERS)):
        trace = tiny.run(levers.subset(company, whole, name))
        cost[len(name)] = float(trace.value[trace.kind == Kind.DESIGN_COST].sum())
    one_view = tiny.run(replace(company, {"design.one_view_of_data": 0.9}))
    assert cost[1] == float(one_view.value[one_view.kind == Kind.DESIGN_COST].sum())
    assert cost[0] < cost[1] < cost[5]


def test_a_difference_outside_the_design_is_refused_with_its_block(base: Scenario, design: Scenario) -> None:
    for address, words in (
        ("coordination.meetings", "in design and in coordination"),
        ("world.sales.reps", "in world"),
    ):
        with pytest.raises(UserError, match=f"differ {words}"):
            levers.family_of(base, replace(design, {address: 2}))


def test_a_design_that_moves_no_lever_is_refused(base: Scenario) -> None:
    with pytest.raises(UserError, match="moves no lever"):
        levers.family_of(base, replace(base, {"design.sponsored": 0.9}))
    with pytest.raises(UserError, match="moves no lever"):
        levers.family_of(base, replace(base, {"coordination.resets.habituation": 0.9}))


def test_coordination_s_levers_are_told_from_design_s(base: Scenario, design: Scenario) -> None:
    coordination = load("scenarios/coordination.yaml")
    assert levers.family_of(base, design) is levers.DESIGN
    assert levers.family_of(base, coordination) is levers.COORDINATION
    found = levers.subsets(base, coordination, levers.COORDINATION)
    assert [content_hash(found[0]), content_hash(found[-1])] == [content_hash(base), content_hash(coordination)]
    assert len({each.name for each in found}) == 8
    assert {world_hash(each) for each in found} == {world_hash(base)}


def test_an_agreement_without_resets_wears_off_as_it_does_with_them(base: Scenario) -> None:
    changes = {"resets": {"every_weeks": 13, "strength": 0.5, "habituation": 0.95}, "agreement": {"level": 0.9}}
    both = replace(base, {"coordination": changes})
    alone = levers.subset(base, both, ["agreement"], levers.COORDINATION)
    assert alone.coordination.resets.habituation.value == 0.95
    assert alone.coordination.resets.every_weeks == base.coordination.resets.every_weeks
    assert alone.coordination.agreement == both.coordination.agreement


def test_a_lever_that_the_design_leaves_as_it_is_adds_nothing_to_a_subset(base: Scenario) -> None:
    design = replace(base, {"design.owned_handoffs": 0.9})
    assert levers.moved(base, design) == ["owned_handoffs"]
    one, both = (levers.subset(base, design, names) for names in (["owned_handoffs"], ["owned_handoffs", "governance"]))
    assert content_hash(one) == content_hash(both)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"design.owned_handoffs": 0.9}, Schedule(1)),
        ({"design.owned_handoffs": 0.9, "design.start_week": 14}, Schedule(2)),
        ({"design.owned_handoffs": 0.9, "design.start_week": 13}, Schedule(1)),
        ({"design.owned_handoffs": 0.9, "design.start_week": 27, "coordination.meetings": 2}, Schedule(1)),
        ({}, Schedule(1)),
        ({"design.owned_handoffs": 0.9, "design.when": {"trust_below": 0.5}}, Schedule(1)),
    ],
)
def test_the_quarter_in_which_a_remedy_begins(changes: dict[str, object], expected: Schedule, base: Scenario) -> None:
    assert schedule(base, replace(base, changes)) == expected


def test_coordination_is_renewed_by_its_shorter_rhythm_and_design_never(base: Scenario, design: Scenario) -> None:
    changes = {"agreement": {"level": 0.9, "renew_weeks": 26}, "resets": {"every_weeks": 13}}
    assert schedule(base, replace(base, {"coordination": changes})) == Schedule(1, 26.0)  # resets of no strength
    changes["resets"] = {"every_weeks": 13, "strength": 0.5}
    assert schedule(base, replace(base, {"coordination": changes})) == Schedule(1, 13.0)
    assert schedule(base, design) == Schedule(1, 0.0)
