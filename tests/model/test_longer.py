"""A run is the first part of a longer one on the same seed, row for row: both are of the same companies."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.experiment.replicate import replicate
from revsim.scenario.address import replace
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from revsim.settings import Settings
from revsim.study import Scenario as Held
from tests.model.busy import busy
from tests.tiny import run, tiny

OF_THE_WINDOW = {"top_fifth_share"}  # of the seats that book anything in all measured quarters, by what it means


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
@pytest.mark.parametrize("scenario", [tiny({"design.owned_handoffs": 0.9}), busy()], ids=["tiny", "busy"])
def test_the_trace_of_a_run_begins_that_of_one_twice_as_long(scenario: Scenario, engine: str) -> None:
    quarters = int(scenario.calendar.quarters.value)
    longer = replace(scenario, {"calendar.quarters": 2 * quarters})
    end = parameters_of(scenario).span.end
    short, whole = (run(each, engine=engine).before(end) for each in (scenario, longer))
    for one, other in zip(short, whole, strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("replication", [0, 7])
def test_the_rows_of_eight_quarters_are_the_first_of_those_of_sixteen(replication: int) -> None:
    """As studies draw them, each with the luck that its own length takes; the shipped company and its redesign."""
    from revsim.api import plan_of

    given = [load(f"scenarios/{name}.yaml") for name in ("status-quo", "design")]
    found = []
    for quarters in (8, 16):
        cases = [Held(replace(each, {"calendar.quarters": quarters})) for each in given]
        task = plan_of(cases, Settings(2, 1, continuations=0)).task
        found.append(list(replicate(task, replication).tables.values()))
    for (quarters, weeks), (more, more_weeks) in zip(*found, strict=True):
        for short, whole in ((quarters, more), (weeks, more_weeks)):
            for name, values in short.items():
                if name in OF_THE_WINDOW:
                    continue
                assert np.array_equal(values, np.asarray(whole[name])[: len(values)], equal_nan=True), name
