"""Values by address, and scenarios changed by address."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.errors import ScenarioError, UserError
from revsim.scenario.address import get, leaf_of, leaf_rule, replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario


@pytest.fixture
def base(folder: Path) -> Scenario:
    return load(folder / "base.yaml")


def test_walk_gives_every_address_that_get_knows(base: Scenario) -> None:
    assert all(get(base, address) is value for address, value in walk(base))


def test_walk_gives_numbers_words_and_names_of_items(base: Scenario) -> None:
    found = dict(walk(base))
    assert isinstance(found["world.sales.reps"], Assumption)
    assert found["world.loops.trust"] == "closed"
    assert found["world.sales.stages[1].name"] == "item 2"
    assert "name" not in found


def test_every_walked_number_has_a_rule(base: Scenario) -> None:
    numbers = [address for address, value in walk(base) if isinstance(value, Assumption)]
    assert all(leaf_rule(address)["unit"] for address in numbers)


def test_a_leaf_knows_its_title() -> None:
    assert leaf_of("world.sales.stages[0].effort_hours").title == "Rep's work, median"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("world.sale.reps", "did you mean `sales`"),
        ("world.sales.stages[7].name", "no item [7]"),
        ("world.sales.reps.value.x", "nothing, this is a value"),
    ],
)
def test_an_unknown_address_is_told_with_the_way_out(address: str, words: str, base: Scenario) -> None:
    with pytest.raises(UserError) as caught:
        get(base, address)
    assert words in str(caught.value)


def test_a_block_has_no_rule() -> None:
    with pytest.raises(UserError, match="is a block"):
        leaf_rule("world.sales")


def test_replace_changes_one_value_and_the_name(base: Scenario) -> None:
    changed = replace(base, {"world.sales.reps": 9}, name="More reps")
    assert (changed.name, changed.world.sales.reps.value) == ("More reps", 9)
    assert changed.world.demand == base.world.demand
    assert base.world.sales.reps.value == 2


def test_replace_validates_like_a_file(base: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"E105.*at least 1"):
        replace(base, {"world.sales.reps": 0})
    with pytest.raises(ScenarioError, match="did you mean `reps`"):
        replace(base, {"world.sales.rep": 3})


def test_replace_refuses_what_no_file_can_hold(base: Scenario) -> None:
    with pytest.raises(UserError, match="type object"):
        replace(base, {"world.sales.reps": object()})


def test_a_choice_that_equals_today_follows_today(base: Scenario) -> None:
    assert replace(base, {"world.today.design.sponsored": 0.9}).design.sponsored.value == 0.9


def test_a_choice_that_differs_from_today_stays(base: Scenario) -> None:
    chosen = replace(base, {"design.sponsored": 0.4})
    assert replace(chosen, {"world.today.design.sponsored": 0.9}).design.sponsored.value == 0.4


def test_replace_with_nothing_is_the_same_scenario(base: Scenario) -> None:
    assert replace(base, {}) == base


def test_replace_keeps_a_condition_that_was_taken_away(folder: Path) -> None:
    text = ["world.today.coordination.resets.when={trust_below: 0.5}", "coordination.resets.when=null"]
    scenario = load(folder / "base.yaml", text)
    assert scenario.coordination.resets.when is None
    assert replace(scenario, {"name": "x"}).coordination.resets.when is None
