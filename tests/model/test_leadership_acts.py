"""The number, plan, pressure, latency, tolerance, revisions, reconciliation: each follows from rows of the trace."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.trace import Kind, Trace
from tests.model.looking import count, quiet, weekly
from tests.tiny import run, tiny

NO_HEROES = {"world.today.heroics.capacity": 0}
PARTS = (Kind.FORECAST_SALES, Kind.FORECAST_MARKETING, Kind.FORECAST_OPERATIONS)


def changed(one: Trace, other: Trace, kinds: tuple[Kind, ...]) -> set[Kind]:
    """Which of these weekly rows differ."""
    return {kind for kind in kinds if not np.array_equal(weekly(one, kind), weekly(other, kind))}


def test_before_there_is_a_history_the_number_is_the_plan() -> None:
    trace = run(tiny())
    assert weekly(trace, Kind.FORECAST)[0] == weekly(trace, Kind.PLAN)[0]


def test_the_number_is_never_below_what_is_closed() -> None:
    for replication in range(6):
        trace = run(tiny(), replication=replication)
        assert (weekly(trace, Kind.FORECAST) >= weekly(trace, Kind.CLOSED_TO_DATE)).all()


def test_with_full_governance_the_evidence_is_the_number() -> None:
    trace = run(tiny({"world.today.design.governance.evidence": 1}))
    evidence = np.maximum(weekly(trace, Kind.EVIDENCE_NUMBER), weekly(trace, Kind.CLOSED_TO_DATE))
    assert weekly(trace, Kind.FORECAST) == pytest.approx(evidence, rel=1e-12)


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ({"world.forecasting.meeting_sd": 1.0}, {Kind.FORECAST}),
        ({"world.forecasting.plan_pull": 0.7}, {Kind.FORECAST}),
        ({"world.forecasting.sales_voice": 0.9}, {Kind.FORECAST}),
        ({"world.forecasting.optimism": 1.0, "world.forecasting.haircut": 0}, {Kind.FORECAST, Kind.FORECAST_SALES}),
        ({"world.forecasting.mood_sd": 0.7}, {Kind.FORECAST, Kind.FORECAST_SALES}),
        ({"world.forecasting.deal_noise": 1.0}, {Kind.FORECAST, Kind.FORECAST_SALES}),
        ({"world.forecasting.optimism_sd": 0.8}, {Kind.FORECAST, Kind.FORECAST_SALES}),
        ({"world.sales.record_lag": 5}, {Kind.FORECAST, Kind.FORECAST_SALES, Kind.FORECAST_OPERATIONS}),
    ],
    ids=lambda given: ".".join(next(iter(given)).split(".")[1:]) if isinstance(given, dict) else "",
)
def test_opinion_bends_its_own_forecast_and_the_number_and_no_other_function_s(
    change: dict[str, float], moved: set[Kind]
) -> None:
    assert changed(run(quiet(change)), run(quiet()), (Kind.FORECAST, *PARTS)) == moved


def test_optimism_raises_the_roll_up_and_a_learned_haircut_takes_it_down_again() -> None:
    closed_off = []
    for optimism, haircut in ((0.0, 0.0), (1.5, 0.0), (1.5, 1.0)):
        trace = run(quiet({"world.forecasting.optimism": optimism, "world.forecasting.haircut": haircut}))
        closed_off.append(float((weekly(trace, Kind.FORECAST_SALES) - weekly(trace, Kind.CLOSED_TO_DATE))[13:].sum()))
    assert closed_off[1] > 1.15 * closed_off[0]
    assert closed_off[2] < closed_off[1]


def test_under_pressure_the_number_is_drawn_to_the_plan() -> None:
    ways = {"world.today.design.governance.evidence": 0, "world.leadership.stretch": 1.5}
    gaps = []
    for pull in (0.0, 0.4, 0.7):
        trace = run(quiet({**ways, "world.forecasting.plan_pull": pull}))
        plan = np.repeat(weekly(trace, Kind.PLAN), 13)
        gaps.append(float(np.abs(weekly(trace, Kind.FORECAST) - plan)[13:].sum()))
    assert gaps[0] > gaps[1] > gaps[2]


def test_the_plan_ratchets_on_bookings() -> None:
    """From the second quarter on: in the lead-in the pipeline fills, and nobody plans by that."""
    trace = run(
        tiny({"world.leadership.ratchet": 0.7, "world.leadership.plan_growth": 1.03, "world.leadership.stretch": 1.2})
    )
    level = trace.of(Kind.PLAN_FROM).value / 1.2
    bookings = trace.of(Kind.QUARTER_ENDED).value
    assert level[1] == pytest.approx(level[0])
    assert level[2:] == pytest.approx(1.03 * (0.3 * level[1:-1] + 0.7 * bookings[1:3]), rel=1e-12)


def test_pressure_is_smoothed_towards_the_gap_between_number_and_plan() -> None:
    trace = run(tiny({"world.leadership.pressure_weeks": 3}))
    pressure, number = weekly(trace, Kind.PRESSURE), weekly(trace, Kind.FORECAST)
    plan, gone = np.repeat(weekly(trace, Kind.PLAN), 13), np.tile(np.arange(13) / 12, 4)
    short = np.maximum((plan - number) / plan, 0.0)
    target = 1 - np.exp(-0.15 - 3 * short * (1 + gone) / 2)
    assert pressure[1:] == pytest.approx(pressure[:-1] + (target[:-1] - pressure[:-1]) / 3, rel=1e-9)
    assert np.ptp(pressure) > 0.2


@pytest.mark.parametrize("rights", [0.0, 0.6, 1.0])
def test_latency_grows_with_disagreement_and_distrust_and_falls_with_decision_rights(rights: float) -> None:
    trace = run(tiny({**NO_HEROES, "world.today.design.governance.decision_rights": rights}))
    distrust = np.minimum(1.0, 2.0 * weekly(trace, Kind.TOLERANCE))
    expected = 1.0 + (12 * weekly(trace, Kind.DISAGREEMENT) + 4 * distrust) * (1 - rights)
    assert weekly(trace, Kind.LATENCY) == pytest.approx(expected, rel=1e-12)


def test_tolerance_floats_up_quickly_and_down_slowly_and_trust_is_its_mirror() -> None:
    ups = downs = 0
    for replication in range(6):
        trace = run(tiny({"calendar.quarters": 6}), replication=replication)
        tolerance = weekly(trace, Kind.TOLERANCE)[26::13]  # the first quarter with a history is the third
        bookings = trace.of(Kind.QUARTER_ENDED).value[2:7]
        number = weekly(trace, Kind.FORECAST)[26::13][:5]
        # a quarter without bookings teaches nothing
        error = np.where(bookings > 0, np.abs(number - bookings) / np.maximum(bookings, 1.0), tolerance[:-1])
        share = np.where(error > tolerance[:-1], 0.5, 0.125)
        assert tolerance[1:] == pytest.approx(
            np.minimum(1.0, tolerance[:-1] + share * (error - tolerance[:-1])), rel=1e-12
        )
        ups, downs = ups + int(np.sum(share == 0.5)), downs + int(np.sum(share == 0.125))
        assert weekly(trace, Kind.TRUST)[1:] == pytest.approx(np.maximum(0, 1 - 2 * weekly(trace, Kind.TOLERANCE)[:-1]))
    assert ups
    assert downs


def revised_weeks(trace: Trace) -> list[int]:
    """Weeks in which the number has moved by more than is tolerated since it was last published."""
    number, tolerance = weekly(trace, Kind.FORECAST), weekly(trace, Kind.TOLERANCE)
    plan, published, weeks = np.repeat(weekly(trace, Kind.PLAN), 13), 0.0, []
    for week in range(52):
        if week % 13 == 0:
            published = number[week]
        elif abs(number[week] - published) > tolerance[week] * plan[week]:
            published = number[week]
            weeks.append(week)
    return weeks


def test_the_plan_is_revised_where_the_number_moves_beyond_tolerance_a_latency_later() -> None:
    trace = run(tiny(NO_HEROES))
    revised = trace.of(Kind.REVISED)
    expected = [week for week in revised_weeks(trace) if 5.0 * week + weekly(trace, Kind.LATENCY)[week] < 260]
    assert sorted(revised.entity.tolist()) == expected != []
    assert revised.time == pytest.approx([5.0 * w + weekly(trace, Kind.LATENCY)[w] for w in revised.entity])
    assert revised.value == pytest.approx([weekly(trace, Kind.FORECAST)[w] for w in revised.entity])


def test_a_revision_dips_the_next_week_s_selling_hours_and_no_other() -> None:
    ways = {
        "world.loops.revision": "closed",
        "world.leadership.revision_dip": 0.2,
        "world.sales.exit_hazard": 0,
        "world.leadership.seat_response": 0,
    }
    for replication in range(4):
        trace = run(quiet(ways), replication=replication)
        hours = weekly(trace, Kind.REPS_HOURS)[26:]
        dipped = np.zeros(26, dtype=bool)
        after = (trace.of(Kind.REVISED).time // 5.0).astype(int) - 26 + 1
        dipped[after[(after >= 0) & (after < 26)]] = True
        whole = hours[~dipped][0]
        assert hours == pytest.approx(np.where(dipped, 0.8 * whole, whole), rel=1e-9)
        if replication == 0:
            assert dipped.any()


def test_reconciliation_grows_with_versions_and_disagreement_up_to_its_cap() -> None:
    ways = {**NO_HEROES, "world.reconciliation.check_in_hours": 0, "world.reconciliation.cap": 0.9}
    for view in (0.0, 0.5, 1.0):
        trace = run(tiny({**ways, "world.today.design.one_view_of_data": view}))
        pairs = {0.0: 3, 0.5: 1, 1.0: 0}[view]  # of three versions, two, one
        whole = pairs * (6 + 60 * np.minimum(weekly(trace, Kind.DISAGREEMENT), 0.6))
        hours = weekly(trace, Kind.RECONCILIATION_HOURS, 0)
        assert hours[:13] == pytest.approx(np.minimum(0.3 * whole[:13], 43.2))


def test_reconciliation_takes_at_most_its_cap_of_a_role_s_hours() -> None:
    trace = run(
        tiny(
            {
                "world.reconciliation.disagreement_hours": 1000,
                "world.reconciliation.check_in_hours": 0,
                "world.reconciliation.cap": 0.3,
            }
        )
    )
    assert weekly(trace, Kind.RECONCILIATION_HOURS, 2).max() == pytest.approx(0.3 * 30)


def test_low_trust_adds_check_ins() -> None:
    trace = run(
        quiet(
            {
                "world.reconciliation.check_in_hours": 2.0,
                "world.loops.trust": "closed",
                "world.sales.exit_hazard": 0,
                "world.leadership.seat_response": 0,
            }
        )
    )
    distrust = np.minimum(1.0, 2 * weekly(trace, Kind.TOLERANCE))
    assert weekly(trace, Kind.RECONCILIATION_HOURS, 0) == pytest.approx(3 * 2.0 * distrust)


def test_reconciling_hours_come_out_of_work() -> None:
    """Desk hours fall by just the hours that analysts reconcile."""
    ways = {
        "world.reconciliation.pair_hours": 6,
        "world.loops.hours": "closed",
        "world.sales.exit_hazard": 0,
        "world.today.coordination.meetings": 0,
    }
    trace = run(quiet(ways))
    assert weekly(trace, Kind.DESK_HOURS) == pytest.approx(30 - weekly(trace, Kind.RECONCILIATION_HOURS, 2))
    assert weekly(trace, Kind.RECONCILIATION_HOURS, 2).min() > 3


def test_decisions_wait_for_the_latency() -> None:
    decided = run(tiny(NO_HEROES)).of(Kind.DECIDED)
    resources = decided.where(decided.actor == 0)
    assert resources.time == pytest.approx(65.0 * resources.entity + resources.value)
    assert resources.value.min() > 1
    assert count(run(tiny()), Kind.BUDGET) == 4
