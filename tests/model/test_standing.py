"""Choices that stand (`start_week: 0`): in force on the first day, nothing to build, kept up from then on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind, Trace
from revsim.measures.tables import quarter_table
from revsim.scenario.scenario import Scenario
from tests.model.test_prefix import same
from tests.tiny import run, tiny

ENGINES = pytest.mark.parametrize("engine", ["simpy", "compiled"])
STANDS = {"design.start_week": 0, "coordination.start_week": 0, "heroics.start_week": 0}
LEVERS = {"design.shared_definitions": 0.8, "design.owned_handoffs": 0.9, "design.shared_incentives": 0.7}
RHYTHM = {"design.governance.cadence_weeks": 4, "design.one_view_of_data": 0.9}
DESIGN = {**LEVERS, **RHYTHM}
AGREEMENT = {"level": 0.9, "half_life_weeks": 13, "renew_weeks": 26}
COORDINATION = {"coordination.meetings": 2, "coordination.agreement": AGREEMENT}


def standing(changes: dict[str, Any]) -> Scenario:
    return tiny(changes | STANDS)


def levels(trace: Trace, lever: int) -> list[float]:
    rows = trace.of(Kind.LEVER)
    return rows.value[rows.actor == lever].tolist()


@ENGINES
@pytest.mark.parametrize("also", [{}, {"world.today.coordination.agreement": AGREEMENT}], ids=["as it is", "agreed"])
def test_what_equals_today_has_the_same_rows_standing_or_built(engine: str, also: dict[str, Any]) -> None:
    assert same(run(tiny(also), engine=engine), run(standing(also), engine=engine))


@ENGINES
def test_with_full_governance_every_lever_stands_at_its_target_in_every_week(engine: str) -> None:
    scenario = standing(DESIGN)
    trace, wanted = run(scenario, engine=engine), parameters_of(scenario).chosen.design.levers
    assert min(trace.of(Kind.LEVER).entity) == 0
    for lever, target in enumerate(wanted):
        assert levels(trace, lever) == pytest.approx([target] * len(levels(trace, lever)), abs=1e-12)


def test_the_same_design_that_is_built_is_still_on_its_way_there() -> None:
    trace = run(tiny(DESIGN))
    assert len(levels(trace, 2)) > 10
    assert levels(trace, 2)[0] == 0.3
    assert levels(trace, 2)[-1] < 0.9


@ENGINES
def test_a_standing_design_costs_the_running_share_of_what_stands_above_today_each_week(engine: str) -> None:
    """0.2 a year of: 0.65 of 2 definitions at 60k, (.6 + .5 + .5) at 80k, 3 x 0.55 at 70k, 0.6 at 350k, 30k cadence."""
    scenario = standing(DESIGN)
    trace, r = run(scenario, engine=engine), parameters_of(scenario).remedies
    stands = 2 * 0.65 * r.definition_build + 1.6 * r.handoff_build + 3 * 0.55 * r.incentive_build
    stands += 0.6 * r.view_build + r.governance_build / 3
    cost = trace.of(Kind.DESIGN_COST)
    assert len(cost.value) == parameters_of(scenario).span.weeks
    assert cost.value == pytest.approx(np.full(len(cost.value), r.running_share / 52 * stands), rel=1e-9)


@ENGINES
def test_sponsors_have_nothing_to_shield(engine: str) -> None:
    """No hours of leaders, who give theirs only while something is built; owners and reviews have theirs."""
    trace = run(standing({**DESIGN, "design.sponsored": 0.6}), engine=engine)
    hours = trace.of(Kind.DESIGN_HOURS)
    assert 3 not in set(hours.actor.tolist())
    assert len(hours.value)


@ENGINES
def test_an_agreement_is_signed_on_the_first_day_and_counted_from_there(engine: str) -> None:
    agreed = run(standing(COORDINATION), engine=engine).of(Kind.AGREED)
    assert agreed.entity.tolist() == [0, 26, 52][: len(agreed.entity)]
    assert agreed.value == pytest.approx([0.9 * 0.8**k for k in range(len(agreed.value))])


@ENGINES
def test_the_opening_base_carries_what_stands(engine: str) -> None:
    """Design, meetings and the mean of a kept agreement, 0.9 (1 - 1/4) / ln 4, in the first year's renewals."""
    kept = {"world.customers.renew_handoff": 0.0, "world.customers.renew_fit": 0.0, "world.customers.renew": 20.0}
    kept |= {"world.customers.expansion_fit": 0.0, "calendar.quarters": 4}
    scenario = standing(kept | COORDINATION | {"design.owned_handoffs": 0.9})
    p, trace = parameters_of(scenario), run(scenario, engine=engine)
    grown, renewed = trace.of(Kind.EXPANDED), trace.of(Kind.RENEWED)
    first = renewed.time < 260.0
    rates = grown.value[first] / renewed.value[first]
    meetings = p.remedies.meeting_lift * (1.0 - 2.0 ** (-2.0 / p.remedies.meeting_half_hours))
    agreement = p.remedies.agreement_lift * 0.9 * (1.0 - 0.25) / np.log(4.0)
    unowned = 0.1 * (1.0 - meetings) * (1.0 - agreement)
    assert rates == pytest.approx(p.customers.expansion - p.customers.expansion_handoff * unowned, rel=1e-9)
    assert len(rates) > 20


@ENGINES
def test_a_stalled_design_that_stands_has_stopped_at_its_share(engine: str) -> None:
    scenario = standing({**DESIGN, "design.decay": 0, "stress.build_stalls": {"at_share": 0.5}})
    found = levels(run(scenario, engine=engine), 2)
    assert found == pytest.approx([0.6] * len(found), abs=1e-12)


def test_where_nobody_governs_a_standing_design_is_kept_up_and_that_is_paid_beside_its_running() -> None:
    scenario = standing(LEVERS)
    trace, p = run(scenario), parameters_of(scenario)
    here, left = levels(trace, 2), np.exp(-p.today.design.decay / 52)
    assert here[0] == pytest.approx(0.3 + 0.6 * left)
    assert 0.85 < min(here) < 0.9
    running = parameters_of(standing(RHYTHM | LEVERS)).remedies.running_share / 52
    above = 0.65 * 2 * p.remedies.definition_build + 1.6 * p.remedies.handoff_build + 1.65 * p.remedies.incentive_build
    assert trace.of(Kind.DESIGN_COST).value[10:].min() > running * above


def test_a_standing_pool_has_its_heroes_before_anything_is_measured() -> None:
    pool = {"heroics.capacity": 0.6, "world.people.hero_share": 0.5, "world.people.hero_value_bar": 1}
    measured = parameters_of(tiny()).span.measured_from
    before = [run(made(pool)).before(measured) for made in (tiny, standing)]
    bridged = [float(trace.of(Kind.BRIDGED).value.sum()) for trace in before]
    assert bridged[1] > bridged[0]


def test_running_costs_count_in_measured_quarters_and_nothing_is_built_there() -> None:
    built, stands = (quarter_table(run(s), parameters_of(s)) for s in (tiny(DESIGN), standing(DESIGN)))
    money = "remedy_cost_design"
    assert (stands[money] > 0).all()
    assert (stands[money] < built[money]).all()
