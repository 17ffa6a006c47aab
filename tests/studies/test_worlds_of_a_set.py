"""Worlds are members of the plausible set of the same world and model where there is one; else ranges, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import revsim
from revsim.analysis.worlds.hypercube import latin_hypercube
from revsim.api import Scenario
from revsim.errors import UserError
from revsim.scenario.canonical import world_hash
from revsim.scenario.drawing import drawn
from revsim.scenario.ranges import axes
from revsim.scenario.todays import fits_scenarios
from revsim.store import members as store
from revsim.store.manifest import code_hash
from revsim.store.members import SCHEMA, KeptMember, KeptSet, write_set
from revsim.studies.drawn import Drawn, Rules, draw_worlds
from revsim.studies.origin import Why
from tests.tiny import SMALL

BASE = revsim.load("status-quo.yaml").replace(SMALL, "Tiny")
DESIGN = BASE.replace({"design.one_view_of_data": 0.5}, "Design")
VIEW = "world.today.design.one_view_of_data"
COUNT = 24

Kept = Callable[..., KeptSet]


def made_up(company: Scenario = BASE) -> KeptSet:
    """A set of draws, none of which was ever run."""
    found = axes([company.resolved])
    values = [drawn(found, point, company.resolved) for point in latin_hypercube(COUNT, len(found), 9)]
    members = [KeptMember(1.0, "wins", list(each.values())) for each in values]
    world = world_hash(company.resolved)
    return KeptSet(
        SCHEMA, code_hash(), company.name, world, world, 1, 3.0, 5, 30, 0.1, COUNT, COUNT, [], [],
        list(values[0]), members,
    )  # fmt: skip


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> KeptSet:
    one = made_up()
    monkeypatch.setattr(store, "_sets", lambda _folder: iter([one]))
    return one


def worlds_of(scenarios: list[Scenario], count: int = 80, fixed: tuple[str, ...] = ()) -> Drawn:
    return draw_worlds(scenarios, scenarios[0].name, Rules(count, fixed), 1)


def test_worlds_are_the_members_that_the_scenarios_fit_in_their_order(kept: KeptSet) -> None:
    found = worlds_of([BASE, DESIGN])
    assert found.values == [each for each in kept.companies if each[VIEW] <= 0.5]
    assert all(fits_scenarios(each, [BASE.resolved, DESIGN.resolved]) for each in found.values)
    assert found.origin.is_set
    assert (found.origin.fitting, found.origin.contradicting) == (len(found.values), COUNT - len(found.values))
    assert 0 < found.origin.contradicting < COUNT
    assert "80 were asked for" in found.origin.words(len(found.values), 80)


@pytest.mark.usefixtures("kept")
def test_each_scenario_of_a_world_has_the_member_s_numbers() -> None:
    found = worlds_of([BASE, DESIGN], 3)
    assert len(found.values) == 3
    for place, company in enumerate(found.values):
        base, design = found.everywhere[2 * place : 2 * place + 2]
        assert base.resolved.world == design.resolved.world
        assert base.resolved.world.today.design.one_view_of_data.value == company[VIEW]
        assert design.resolved.design.one_view_of_data.value == 0.5


def test_fewer_than_all_are_the_first_and_nothing_is_said_of_lacking_ones(kept: KeptSet) -> None:
    found = worlds_of([BASE, DESIGN], 5)
    assert found.values == worlds_of([BASE, DESIGN]).values[:5]
    assert "asked for" not in found.origin.words(5, 5)
    assert str(len(kept.members)) in found.origin.words(5, 5)


@pytest.mark.parametrize(
    ("why", "change", "fixed"),
    [
        (Why.NO_SET, {"world_hash": "another"}, ()),
        (Why.OUTDATED, {"code": "another"}, ()),
        (Why.FIXED, {}, ("world.today",)),
    ],
)
def test_else_ranges_are_drawn_from_and_it_is_said_why(
    why: Why, change: dict[str, str], fixed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_sets", lambda _folder: iter([replace(made_up(), **change)]))
    found = worlds_of([BASE, DESIGN], 7, fixed)
    assert (len(found.values), found.origin.why) == (7, why)
    assert why.value in found.origin.words(7, 7)


@pytest.mark.usefixtures("kept")
def test_scenarios_of_two_companies_have_no_set() -> None:
    larger = BASE.replace({"world.sales.skill_sigma": 0.5}, "Other")
    assert worlds_of([BASE, larger], 4).origin.why is Why.OTHER_WORLDS


@pytest.mark.usefixtures("kept")
def test_scenarios_that_fit_no_member_fall_back_on_ranges() -> None:
    lowered = BASE.replace({"coordination.meetings": 0.0, "design.governance.cadence_weeks": 52.0}, "Less")
    known = {"world.sales.stages[0].buyer_days": {"low": 11.0, "high": 11.0001}}
    narrow = [each.replace(known, each.name) for each in (BASE, lowered)]
    found = worlds_of(narrow, 4)
    assert (found.origin.why, len(found.values)) == (Why.NONE_FITS, 4)


def test_members_need_no_slack_and_ranges_do(kept: KeptSet) -> None:
    study = revsim.worlds([BASE, DESIGN], worlds=4, replications=3, workers=1, slack=0.0)
    assert len(kept.members) >= 4
    assert study.found.plausible == study.found.judged == 4
    assert study.notes[0] == study.origin_words
    shares = study.found.shares.drop(columns="among")
    half = len(shares) // 2
    assert shares[:half].reset_index(drop=True).equals(shares[half:].reset_index(drop=True))
    assert sum(part.heading.startswith("Who wins") for part in study.parts) == 1


def test_a_folder_s_set_is_taken_and_one_of_another_company_is_refused(tmp_path: Path) -> None:
    write_set(made_up(), tmp_path / "members.json")
    scenarios = [BASE, DESIGN]
    found = draw_worlds(scenarios, BASE.name, Rules(5, members=tmp_path), 1)
    assert found.origin.is_set
    assert found.values[0] in made_up().companies
    other = [each.replace({"world.sales.reps": 4}, each.name) for each in scenarios]
    with pytest.raises(UserError, match="no plausible set is kept"):
        draw_worlds(other, BASE.name, Rules(5, members=tmp_path), 1)
    with pytest.raises(UserError, match="--fix"):
        draw_worlds(scenarios, BASE.name, Rules(5, ("world.today",), members=tmp_path), 1)
    with pytest.raises(UserError, match="no such file"):
        draw_worlds(scenarios, BASE.name, Rules(5, members=tmp_path / "nowhere"), 1)
