"""Runs that are looked at and not kept: the same numbers as a study's, and failures left out of all."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.api import Scenario, plan_of, run_plan
from revsim.errors import IncompleteError
from revsim.experiment import passing
from revsim.experiment.passing import Columns, passed
from revsim.experiment.plan import Plan
from revsim.experiment.task import Failure, Outcome
from revsim.settings import Settings
from tests.tiny import tiny

COLUMNS = Columns(("bookings", "people_cost"), ("forecast",))
SCENARIOS = [Scenario(tiny()), Scenario(tiny({"design.owned_handoffs": 0.9}))]
SETTINGS = Settings(4, 3, workers=1, continuations=0)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(SCENARIOS, SETTINGS)


def test_the_columns_are_those_of_a_study_on_the_same_luck(plan: Plan) -> None:
    cube = passed(plan, range(4), COLUMNS)
    kept = run_plan(SCENARIOS, SETTINGS).paired[0]
    for name in COLUMNS.quarterly:
        assert np.array_equal(cube.quarterly[name], kept.quarterly[name])
    assert np.array_equal(cube.weekly["forecast"], kept.weekly["forecast"])
    assert (cube.scenarios, cube.replications.tolist()) == (kept.scenarios, kept.replications.tolist())


def test_any_replications_can_be_looked_at_in_any_number_of_processes(plan: Plan) -> None:
    whole, part = passed(plan, range(4), COLUMNS), passed(plan, range(2, 4), COLUMNS, workers=2)
    assert part.replications.tolist() == [2, 3]
    assert np.array_equal(part.quarterly["bookings"], whole.quarterly["bookings"][:, 2:])


def failing(plan: Plan, numbers: set[int]) -> list[Outcome]:
    """Outcomes of four replications, of which some failed."""
    ones = list(passing.execute(plan.task, range(4), 1))
    fault = Failure("Tiny", 0, "simulate", "no luck", "")
    return [one._replace(failures=[fault]) if one.replication in numbers else one for one in ones]


def test_a_replication_that_failed_is_left_out_of_all(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    found = failing(plan, {1})
    monkeypatch.setattr(passing, "execute", lambda *_: (one for one in reversed(found)))
    assert passed(plan, range(4), COLUMNS).replications.tolist() == [0, 2, 3]


def test_where_all_failed_the_reason_is_told(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    found = failing(plan, {0, 1, 2, 3})
    monkeypatch.setattr(passing, "execute", lambda *_: (one for one in found))
    with pytest.raises(IncompleteError, match="stage `simulate`: no luck"):
        passed(plan, range(4), COLUMNS)
