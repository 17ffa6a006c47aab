"""Every feedback loop can be cut: the past is the same to the bit, then its signal stands still."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import PLACES, Kind, Trace
from revsim.scenario.scenario import Loops
from tests.model.looking import MEASURED, quiet, same, since, weekly, who
from tests.tiny import luck_for, run, tiny
from tests.words import both_words

LOOPS = tuple(Loops.model_fields)
HEROES = {"world.people.hero_value_bar": 0, "world.people.hero_share": 0.4}
STILL = {"world.sales.exit_hazard": 0, "world.leadership.seat_response": 0, "world.leadership.revision_dip": 0}
NO_OWNER = {"world.today.design.shared_definitions": 0, **both_words("learning", 0)}
ALL_CUT = {f"world.loops.{loop}": "cut" for loop in LOOPS}


def measured(trace: Trace, kind: Kind, actor: int = -1) -> np.ndarray:
    """A weekly series from the first measured day on."""
    return weekly(since(trace, MEASURED), kind, actor)


@pytest.mark.parametrize("loop", LOOPS)
def test_a_cut_loop_has_the_closed_one_s_past_to_the_bit_and_another_future(loop: str) -> None:
    handoff = "world.marketing_to_sales"
    different, ways = 0, {**HEROES, f"{handoff}.yield_memory": 10, f"{handoff}.follow_up_sensitivity": 3}
    for replication in range(8):
        closed = run(tiny(ways), replication=replication)
        cut = run(tiny({**ways, f"world.loops.{loop}": "cut"}), replication=replication)
        assert same(closed.before(MEASURED), cut.before(MEASURED))
        different += not same(closed, cut)
    assert different >= 1  # reps' memory of leads is slow: it shows in one of eight


def test_all_loops_cut_have_the_same_past_too() -> None:
    assert same(run(tiny()).before(MEASURED), run(tiny(ALL_CUT)).before(MEASURED))


@pytest.mark.parametrize(("push", "j"), [("marketing_push", 0), ("sales_push", 1), ("operations_push", 2)])
@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_pressure_cut_a_push_is_the_same_every_week(push: str, j: int, loop: str) -> None:
    ways = {**NO_OWNER, f"world.definitions.{push}": 0.02, **both_words("clip", 9), "world.loops.pressure": loop}
    steps = np.diff(weekly(run(quiet(ways)), Kind.READING, j))
    assert (np.ptp(steps[26:]) < 1e-12) == (loop == "cut")
    assert np.abs(steps[26:]).min() > 1e-4


def test_with_pressure_cut_commit_bends_by_the_same_step_every_week() -> None:
    """The gap to plan that bends commit is the same feedback by another name: number, commit, record, number."""
    ways = {
        **NO_OWNER,
        "world.definitions.commit_push": 0.02,
        **both_words("clip", 9),
        "calendar.warmup_quarters": 3,
    }
    steps = np.diff(weekly(run(quiet(ways)), Kind.READING, 3))[52:]
    assert np.abs(steps).min() > 1e-6
    assert np.ptp(steps) < 1e-12


def test_with_the_ratchet_cut_the_plan_grows_from_the_mean_of_the_last_warm_up_year() -> None:
    trace = run(tiny({"world.loops.plan_ratchet": "cut", "calendar.quarters": 5}))
    level, bookings = trace.of(Kind.PLAN_FROM).value / 1.08, trace.of(Kind.QUARTER_ENDED).value
    assert level[3:] == pytest.approx(1.01 * (0.5 * level[2:-1] + 0.5 * bookings[1]), rel=1e-12)


def test_with_the_use_of_the_number_cut_budget_and_seats_stand_still() -> None:
    ways = {"calendar.quarters": 5, "world.leadership.seat_limit": 0.5, "world.leadership.seat_response": 1}
    for loop, still in (("closed", False), ("cut", True)):
        trace = since(run(tiny({**ways, "world.loops.number_used": loop})), MEASURED)
        assert (np.ptp(trace.of(Kind.BUDGET).value) == 0) == still
        assert (np.ptp(trace.of(Kind.SEATS).value) == 0) == still


@pytest.mark.parametrize(("loop", "other"), [("disagreement", "latency_distrust"), ("trust", "latency_disagreement")])
def test_with_disagreement_or_trust_cut_latency_hears_the_warm_up_s_mean(loop: str, other: str) -> None:
    for state, still in (("closed", False), ("cut", True)):
        ways = {f"world.leadership.{other}": 0, f"world.loops.{loop}": state, "world.today.heroics.capacity": 0}
        latency = measured(run(tiny(ways)), Kind.LATENCY)
        assert (np.ptp(latency) == 0) == still


def lead_yields(trace: Trace) -> np.ndarray:
    """What marketing's forecast makes of a lead, by measured quarter and week, (quarters, 13)."""
    counts = trace.of(Kind.SEEN_QUALIFIED)
    by_week = np.bincount((counts.time // 5).astype(int), weights=counts.value)
    leads = np.array([by_week[max(0, week - 13) : week].sum() for week in range(len(by_week))])
    made = weekly(trace, Kind.FORECAST_MARKETING) - weekly(trace, Kind.CLOSED_TO_DATE)
    return (made / np.maximum(leads, 1))[26:].reshape(-1, 13)


@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_learning_cut_rates_stay_as_learned_in_the_warm_up(loop: str) -> None:
    found = lead_yields(run(tiny({"world.loops.learning": loop, "calendar.quarters": 4})))
    spread = np.ptp(found, axis=0) / found.mean(axis=0)
    assert (spread.max() < 1e-9) == (loop == "cut")


def test_with_learning_cut_a_correction_teaches_nothing_either() -> None:
    """Restating reads the past anew and learns from it; once learning is cut there is nothing left to learn by."""
    ways = {
        "world.loops.learning": "cut",
        **both_words("drift_sd", 0.6),
        "world.desk.restate_hours": 0,
        "world.today.design.shared_definitions": 0,
        "world.today.design.governance.cadence_weeks": 10,
        "design.shared_definitions.commit": 1,
        "world.remedies.definition_half_life": 0.1,
    }
    left, told = (run(quiet({**ways, "world.forecasting.restated_share": share})) for share in (0.0, 1.0))
    assert np.array_equal(weekly(left, Kind.FORECAST_OPERATIONS), weekly(told, Kind.FORECAST_OPERATIONS))


@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_follow_up_cut_one_chance_decides_who_is_worked(loop: str) -> None:
    """A lead is worked if its luck is below the week's chance: with one chance for all, one number parts them."""
    scenario = quiet(
        {
            "world.marketing_to_sales.follow_up_sensitivity": 1.0,
            "world.loops.follow_up": loop,
            "calendar.quarters": 4,
            "stress.new_segment": {"week": 1, "shift": 1.5, "share": 0.0, "slower": 1.0},
        }
    )
    trace = since(run(scenario), MEASURED)
    luck = luck_for(parameters_of(scenario)).own.worked
    orphans = sorted(who(trace, Kind.ORPHANED))
    worked = sorted(who(trace, Kind.ACCEPTED) - set(orphans))
    parted = not orphans or luck[worked].max() < luck[orphans].min()
    assert parted == (loop == "cut")


@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_energy_cut_heroes_tire_by_one_load(loop: str) -> None:
    ways = {**HEROES, "world.sales.exit_hazard": 0, "world.loops.energy": loop, "world.today.heroics.capacity": 0.4}
    rows = since(run(tiny(ways)), MEASURED).of(Kind.HERO)
    loads = []
    for seat in np.unique(rows.entity[rows.actor == 0]):
        mine = rows.where((rows.actor == 0) & (rows.entity == seat))
        x, after, running = mine.value[:-1], mine.value[1:], np.diff(mine.time) == 5.0
        within = running & (after > 0.05) & (after < 1.0)
        loads += ((x + (1 - x) / 10 - after) / x * 16)[within].tolist()
    assert len(loads) > 10
    assert (np.ptp(loads) < 1e-9) == (loop == "cut")


@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_hours_cut_remedies_and_reconciliation_take_no_more_than_before(loop: str) -> None:
    ways = {**STILL, "world.loops.hours": loop, "world.today.heroics.capacity": 0, "coordination.meetings": 3}
    hours = measured(run(tiny(ways)), Kind.REPS_HOURS)
    assert (np.ptp(hours) < 1e-9) == (loop == "cut")


def test_with_trust_cut_heroes_reconcile_to_the_tolerance_of_the_warm_up() -> None:
    """What is tolerated is heard through the same signal wherever it is used."""
    ways = {
        **HEROES,
        "world.loops.trust": "cut",
        "world.leadership.latency_distrust": 0,
        "calendar.quarters": 4,
        "world.today.design.governance.decision_rights": 0,
        "world.people.reconcile_bridge_hours": 0.5,
    }
    trace = since(run(tiny(ways)), MEASURED)
    bridged = trace.of(Kind.BRIDGED)
    overnight = bridged.entity[(bridged.actor == PLACES) & (bridged.entity * 5.0 == bridged.time)]
    latency = dict(zip(trace.of(Kind.LATENCY).entity.tolist(), trace.of(Kind.LATENCY).value, strict=True))
    assert len(overnight) > 5
    assert np.ptp([latency[week] for week in overnight.tolist()]) < 1e-9


@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_attainment_cut_all_deals_are_held_over_or_none(loop: str) -> None:
    """Any booking is a reason to hold over: the first deal of a rep's quarter never is, unless the mean speaks."""
    ways = {
        "world.sales.sandbag_share": 1.0,
        "world.sales.sandbag_above": 1e-6,
        "world.sales.sandbag_below": 0,
        "world.today.design.shared_incentives.sales": 0,
        "world.loops.attainment": loop,
        "calendar.quarters": 4,
    }
    signed_at_once = 0
    for replication in range(3):
        trace = run(quiet(ways), replication=replication)
        held = who(trace, Kind.HELD_OVER)
        assert len(held) > 5
        signed_at_once += len(who(since(trace, MEASURED), Kind.WON) - held)
    assert (signed_at_once == 0) == (loop == "cut")


@pytest.mark.parametrize("loop", ["closed", "cut"])
def test_with_revision_cut_selling_time_does_not_dip(loop: str) -> None:
    ways = {**STILL, "world.leadership.revision_dip": 0.2, "world.loops.revision": loop, "world.loops.hours": "cut"}
    trace = run(quiet(ways))
    assert len(since(trace, MEASURED).of(Kind.REVISED).time) > 0
    assert (np.ptp(measured(trace, Kind.REPS_HOURS)) < 1e-9) == (loop == "cut")
