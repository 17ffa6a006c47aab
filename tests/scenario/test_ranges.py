"""Which numbers of a company are drawn, between which ends, and what varies together."""

from __future__ import annotations

import pytest

from revsim.errors import UserError
from revsim.scenario.address import replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.load import load
from revsim.scenario.ranges import Axis, Spread, axes

BASE, DESIGN = (load(f"scenarios/{name}.yaml") for name in ("status-quo", "design"))
COORDINATION = replace(BASE, {"coordination.meetings": 1, "coordination.agreement.level": 0.9}, "Coordination")
GRID = [k / 40 for k in range(41)]


def axis_of(address: str, found: list[Axis]) -> Axis:
    (axis,) = (axis for axis in found if address in {spread.address for spread in axis.spreads})
    return axis


def spread_of(address: str, found: list[Axis]) -> Spread:
    (spread,) = (spread for axis in found for spread in axis.spreads if spread.address == address)
    return spread


def test_the_value_of_the_file_is_the_median_world() -> None:
    spread = Spread("world.x", 1.0, 2.0, 10.0, whole=False)
    assert [spread.at(u) for u in (0.0, 0.25, 0.5, 0.75, 1.0)] == [1.0, 1.5, 2.0, 6.0, 10.0]


def test_a_value_at_an_end_of_its_range_is_kept_in_half_of_the_worlds() -> None:
    spread = Spread("world.x", 0.0, 0.0, 1.0, whole=False)
    assert [spread.at(u) for u in (0.0, 0.49, 0.75, 1.0)] == [0.0, 0.0, 0.5, 1.0]


@pytest.mark.parametrize("ends", [False, True])
@pytest.mark.parametrize("whole", [False, True])
def test_a_larger_share_never_gives_a_smaller_value_and_none_leaves_the_range(*, whole: bool, ends: bool) -> None:
    values = [Spread("world.x", 2.0, 5.0, 9.0, whole, ends).at(u) for u in GRID]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (2.0, 9.0)


def test_whole_numbers_stay_whole() -> None:
    reps = spread_of("world.sales.reps", axes([BASE]))
    assert {reps.at(u) % 1.0 for u in GRID} == {0.0}
    assert len({reps.at(u) for u in GRID}) > 20


def test_every_number_of_the_world_with_a_range_is_drawn_once() -> None:
    addresses = [spread.address for axis in axes([BASE, COORDINATION, DESIGN]) for spread in axis.spreads]
    of_world = ((address, given) for address, given in walk(BASE) if address.startswith("world."))
    assert len(addresses) > 200
    assert sorted(addresses) == sorted(
        address for address, given in of_world
        if isinstance(given, Assumption) and given.low is not None and given.high is not None and given.low < given.high
    )  # fmt: skip


def test_stages_share_one_axis_for_each_of_their_numbers() -> None:
    axis = axis_of("world.sales.stages[2].effort_hours", axes([BASE]))
    assert [spread.address for spread in axis.spreads] == [f"world.sales.stages[{k}].effort_hours" for k in range(4)]
    assert axis.title.endswith("all stages")


def test_what_is_sized_with_demand_varies_with_it() -> None:
    axis = axis_of("world.sales.reps", axes([BASE]))
    assert axis.name == "world.demand.inquiries_per_week"


def test_what_differs_between_scenarios_is_not_drawn() -> None:
    other = replace(BASE, {"world.definitions.qualified_drift_sd": 0.0}, "No drift")
    addresses = {spread.address for axis in axes([BASE, other]) for spread in axis.spreads}
    assert "world.definitions.qualified_drift_sd" not in addresses
    assert "world.definitions.qualified_learning" in addresses


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("world.today.coordination.meetings", (0.0, 1.0)),  # 1.5 in the file; Coordination has 1
        ("world.today.coordination.agreement.level", (0.0, 0.9)),
        ("world.today.design.sponsored", (0.0, 0.5)),  # Design has more: the file's own end
    ],
)
def test_today_stays_on_its_side_of_what_a_scenario_chooses(address: str, end: tuple[float, float]) -> None:
    spread = spread_of(address, axes([BASE, COORDINATION, DESIGN]))
    assert (spread.low, spread.high) == end


def test_alone_the_baseline_s_today_has_its_whole_range() -> None:
    assert spread_of("world.today.coordination.meetings", axes([BASE])).high == 1.5


def test_a_period_is_never_or_its_longest() -> None:
    every = spread_of("world.today.coordination.resets.every_weeks", axes([BASE]))
    assert {every.at(u) for u in GRID} == {0.0, 26.0}


def test_fixed_addresses_keep_their_value() -> None:
    found = axes([BASE], ["world.today", "world.demand.growth"])
    addresses = {spread.address for axis in found for spread in axis.spreads}
    assert not [one for one in addresses if one.startswith("world.today") or one == "world.demand.growth"]
    assert "world.leadership.plan_growth" in addresses


def test_an_unknown_fix_is_refused_with_a_way_out() -> None:
    with pytest.raises(UserError, match=r"--fix world\.tody.*--fix world\.today"):
        axes([BASE], ["world.tody"])


def test_a_company_without_ranges_has_no_worlds() -> None:
    with pytest.raises(UserError, match="no number of `world` has `low` and `high`"):
        axes([BASE], ["world"])
