"""The compiled engine gives the reference's trace to the last bit; `make soak` looks for longer."""

from __future__ import annotations

import os
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.compiled.company import run as run_compiled
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.trace import Kind, Trace
from revsim.errors import LuckExhausted, UserError
from revsim.luck.draw import Luck
from revsim.measures.tables import tables
from revsim.model.company import run as run_reference
from revsim.scenario import shipped
from revsim.scenario.address import replace
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from tests.model.busy import busy
from tests.same_trace.companies import COMPANIES
from tests.same_trace.differing import first_difference
from tests.tiny import luck_for, tiny

EXAMPLES = int(os.environ.get("REVSIM_SOAK", "60"))
# Shipped files on a company of a tenth of the size, so that all of them can be looked at.
SMALLER = {
    "calendar.warmup_quarters": 1,
    "calendar.quarters": 2,
    "world.demand.inquiries_per_week": 60,
    "world.sales.reps": 5,
    "world.customers.installed_base": 100,
}
EARLIER = ("design", "coordination", "heroics")


def outcome(engine: object, p: Parameters, luck: Luck, fork: tuple[float, Luck | None]) -> Trace | tuple[str, str]:
    """The trace, or what the engine says that it cannot do."""
    try:
        return engine(p, luck, *fork)  # type: ignore[operator]
    except (LuckExhausted, UserError) as error:
        return type(error).__name__, str(error)


def assert_same(scenario: Scenario, replication: int = 0, fork_week: int | None = None) -> None:
    """Both engines give the same rows, or the same refusal."""
    p = parameters_of(scenario)
    luck = luck_for(p, replication=replication)
    fork = (inf, None) if fork_week is None else (5.0 * fork_week, luck_for(p, seed=99, replication=replication))
    reference, compiled = (outcome(engine, p, luck, fork) for engine in (run_reference, run_compiled))
    if isinstance(reference, Trace) and isinstance(compiled, Trace):
        difference = first_difference(reference, compiled)
        assert difference is None, difference
    else:
        assert reference == compiled


@pytest.mark.parametrize("scenario", [tiny(), busy()], ids=["tiny", "busy"])
@pytest.mark.parametrize("replication", range(4))
def test_the_tests_own_companies_live_alike(scenario: Scenario, replication: int) -> None:
    assert_same(scenario, replication)


@pytest.mark.parametrize("week", [0, 1, 13, 27, 31, 40, 51])
def test_continuations_live_alike(week: int) -> None:
    for scenario in (tiny(), busy()):
        assert_same(scenario, replication=week, fork_week=week)


SHIPPED = sorted(
    str(path.relative_to(shipped.folder())) for path in shipped.folder().rglob("*.yaml") if "sweeps" not in path.parts
)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_live_alike(name: str) -> None:
    scenario = load(str(Path(name)))
    early = {f"{block}.start_week": 1 for block in EARLIER if getattr(scenario, block).start_week is not None}
    stress = {
        f"stress.{kind}.week": 3
        for kind in type(scenario.stress).model_fields
        if hasattr(getattr(scenario.stress, kind), "week")
    }
    assert_same(replace(scenario, {**SMALLER, **early, **stress}, name), replication=1)


def test_the_shipped_company_lives_alike_in_full() -> None:
    assert_same(load("design.yaml"), replication=2)


def test_many_equal_reps_who_leave_and_hand_over_live_alike() -> None:
    alike = {
        "world.sales.reps": 61, "world.sales.skill_sigma": 0, "world.sales.open_deals": 2, "world.sales.exit_hazard": 2,
        "world.demand.inquiries_per_week": 400,
    }  # fmt: skip
    company = replace(tiny(), alike, "Many alike")
    p = parameters_of(company)
    kinds = run_compiled(p, luck_for(p), inf, None).kind.tolist()
    assert min(map(kinds.count, (Kind.PICKED_UP, Kind.LEFT_WAITING, Kind.EXIT, Kind.HANDED_OVER, Kind.HIRED))) > 20
    assert_same(company)


def sold_out() -> Scenario:
    """A plan that is the last quarter's bookings, and nobody who buys."""
    quiet = {"world.leadership.ratchet": 1.0, "world.demand.inquiries_per_week": 0.5, "calendar.quarters": 4}
    return replace(tiny(), quiet, "Sold out")


def test_a_company_that_sells_nothing_lives_on_and_alike() -> None:
    p = parameters_of(sold_out())
    trace = run_reference(p, luck_for(p), inf, None)
    quarters, weeks = tables(trace, p)
    assert (quarters["bookings"] == 0.0).any()
    assert (quarters["plan"] > 0.0).all()
    assert len(weeks["week"]) == 13 * len(quarters["quarter"])
    assert_same(sold_out())


# a failing company is printed whole, of which Hypothesis warns
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 1000, suppress_health_check=list(HealthCheck))
@given(company=COMPANIES, replication=st.integers(0, 5), week=st.none() | st.integers(0, 40))
def test_random_companies_live_alike(company: Scenario, replication: int, week: int | None) -> None:
    assert_same(company, replication, week)


def test_room_that_runs_out_is_made_and_no_row_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    from revsim.compiled import company, memory, room

    monkeypatch.setattr(memory._kept, "memory", None)
    small = dict.fromkeys(room.RUN_OUT.values(), 8)
    monkeypatch.setattr(company, "first_room", lambda p: {**room.first_room(p), **small})
    assert_same(busy())


def test_a_difference_is_told_with_ten_rows_before_it_from_both_engines() -> None:
    p = parameters_of(tiny())
    trace = run_compiled(p, luck_for(p), inf, None)
    value = trace.value.copy()
    value[500] = np.nextafter(value[500], inf)
    other = trace._replace(value=value)
    told = first_difference(trace, other)
    assert told is not None
    assert "first difference at 500" in told
    assert len(told.splitlines()) == 1 + 2 * (1 + 11)
