"""Worlds are valid companies, and the same for all scenarios."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.scenario import canonical
from revsim.scenario.drawing import BEARERS, drawn, in_world, world_of
from revsim.scenario.load import load
from revsim.scenario.ranges import axes
from revsim.scenario.scenario import Scenario

FILES = ("status-quo", "coordination", "design", "one-moment")
ALL = [load(f"scenarios/{name}.yaml") for name in FILES]
AXES = axes(ALL)


def somewhere(seed: int) -> np.ndarray:
    """A point of the cube; the first two are its corners."""
    if seed < 2:
        return np.full(len(AXES), float(seed))
    return np.random.default_rng(seed).random(len(AXES))


@pytest.mark.parametrize("seed", range(12))
def test_any_draw_is_a_company_that_every_scenario_accepts(seed: int) -> None:
    values = drawn(AXES, somewhere(seed), ALL[0])
    worlds = {canonical.world_hash(in_world(scenario, values, 1)) for scenario in ALL}
    assert len(worlds) == 1


def test_two_draws_are_two_companies() -> None:
    hashes = {canonical.world_hash(in_world(ALL[0], drawn(AXES, somewhere(seed), ALL[0]), 1)) for seed in (2, 3)}
    assert len(hashes) == 2


def test_in_the_middle_of_the_cube_stands_the_company_of_the_files() -> None:
    values = drawn(AXES, np.full(len(AXES), 0.499999999), ALL[0])
    world = in_world(ALL[0], values, 1).world
    # with one scenario more that raises it, a range may end nearer; the value stays the median
    assert world.definitions.qualified_drift_sd.value == pytest.approx(0.4, rel=1e-6)
    assert world.sales.reps.value == ALL[0].world.sales.reps.value
    assert world.today.coordination.meetings.value == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize("seed", [0, 1, 2, 5])
def test_the_status_quo_chooses_what_the_world_has_today(seed: int) -> None:
    base = in_world(ALL[0], drawn(AXES, somewhere(seed), ALL[0]), 1)
    assert base.design == base.world.today.design
    assert base.coordination == base.world.today.coordination


@pytest.mark.parametrize("seed", range(6))
def test_a_scenario_s_own_choices_are_the_same_in_each_world(seed: int) -> None:
    design = in_world(ALL[2], drawn(AXES, somewhere(seed), ALL[0]), 1)
    assert design.design.owned_handoffs.marketing_to_sales.value == 0.9
    assert design.design.governance.cadence_weeks.value == 4
    assert design.world.today.design.owned_handoffs.marketing_to_sales.value <= 0.9


def test_shares_of_sources_sum_to_one_and_keep_their_proportions() -> None:
    values = drawn(AXES, np.ones(len(AXES)), ALL[0])
    shares = [values[f"world.demand.sources[{k}].share"] for k in range(4)]
    assert sum(shares) == pytest.approx(1.0, abs=1e-12)
    assert shares[0] / shares[1] == pytest.approx(0.5 / 0.4)


def test_shares_of_reconciliation_never_sum_above_one() -> None:
    values = drawn(AXES, np.ones(len(AXES)), ALL[0])  # 0.6 and 0.5 in the file
    assert [values[address] for address in BEARERS] == pytest.approx([0.6 / 1.1, 0.5 / 1.1])


def test_norms_that_would_cross_are_lifted() -> None:
    found = axes([crossing()])
    at = [1.0 if axis.name.endswith("[0].norm_days") else 0.0 for axis in found]
    world = in_world(crossing(), drawn(found, at, crossing()), 1).world
    norms = [stage.norm_days.value for stage in world.sales.stages]
    assert norms == sorted(norms)
    assert norms[0] == 50.0


def crossing() -> Scenario:
    """A company whose first norm may lie above the second, which is known."""
    return load(
        "scenarios/status-quo.yaml",
        ["world.sales.stages[0].norm_days.high=50", "world.sales.stages[1].norm_days.low=null"]
        + [f"world.sales.stages[{k}].norm_days={norm}" for k, norm in ((1, 36), (2, 56), (3, 72))],
    )


def test_a_name_tells_its_world() -> None:
    scenario = in_world(ALL[2], {}, 17)
    assert scenario.name == "w0017 Design"
    assert world_of(scenario.name) == 17
