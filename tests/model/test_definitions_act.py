"""Definitions: noise, each function's push, the moving bar, reviews by a lagged and wrong owner, resets, history."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from revsim.contract.trace import Kind, Trace
from tests.model.looking import MEASURED, OF_BUYERS, quiet, same, since, weekly
from tests.tiny import run
from tests.words import both_words

NO_OWNER = {"world.today.design.shared_definitions": 0}
PRESSED = {
    "world.leadership.stretch": 2.0,
    "world.loops.pressure": "closed",
    **both_words("learning", 0),
    **NO_OWNER,
}
PUSHES = {"marketing_push": (0, -1), "sales_push": (1, 1), "operations_push": (2, 1), "commit_push": (3, -1)}
PAY = {"marketing_push": "marketing", "sales_push": "sales", "operations_push": "operations", "commit_push": "sales"}


def readings(trace: Trace) -> NDArray[np.float64]:
    """The five readings at the start of each week, (weeks, 5)."""
    return np.column_stack([weekly(trace, Kind.READING, j) for j in range(5)])


def shifts(trace: Trace) -> NDArray[np.float64]:
    """How far the market has moved, as of the start of each week, (weeks,)."""
    return weekly(trace, Kind.READING, 0) - weekly(trace, Kind.DRIFT, 0)


def test_readings_stand_still_where_nothing_moves_them() -> None:
    assert not readings(run(quiet())).any()


@pytest.mark.parametrize("push", PUSHES)
def test_each_push_moves_its_own_reading_in_its_own_direction_and_no_other(push: str) -> None:
    """Marketing loosens, sales tightens what it is given, operations tightens, sales' commit loosens behind plan."""
    j, sign = PUSHES[push]
    found = readings(run(quiet({**PRESSED, f"world.definitions.{push}": 0.02})))
    assert found[-1, j] * sign > 0.1
    assert not np.delete(found, j, axis=1).any()


@pytest.mark.parametrize("push", PUSHES)
def test_pay_on_the_shared_outcome_stops_the_push(push: str) -> None:
    pay = {f"world.today.design.shared_incentives.{PAY[push]}": 1, "world.today.design.one_view_of_data": 1}
    assert not readings(run(quiet({**PRESSED, f"world.definitions.{push}": 0.02, **pay}))).any()


def test_commit_loosens_behind_plan_and_tightens_ahead_of_it() -> None:
    found = [
        readings(run(quiet({**PRESSED, "world.definitions.commit_push": 0.02, "world.leadership.stretch": s})))[-1, 3]
        for s in (2.0, 0.3)
    ]
    assert found[0] < 0 < found[1]


def test_local_learning_follows_the_useful_bar_and_without_it_readings_stay() -> None:
    jump = {"stress.new_segment": {"week": 1, "shift": 0.8, "share": 0.0, "slower": 1.0}, **NO_OWNER}
    near, far = (run(quiet({**jump, **both_words("learning", kappa)})) for kappa in (0.1, 0.0))
    assert not readings(far).any()
    assert readings(near)[-1, :3] == pytest.approx(0.8 * (1 - 0.9**25), rel=1e-9)
    assert not readings(near)[:, 3:].any()


def test_the_useful_bar_walks_and_jumps_and_drift_is_the_distance_from_it() -> None:
    still = {**both_words("learning", 0), **NO_OWNER}
    walk = shifts(run(quiet({**still, "world.buyers.market_shift_sd": 0.25})))
    assert np.std(np.diff(walk)) == pytest.approx(0.25 / np.sqrt(13), rel=0.4)  # 51 steps: 4 sd of an sd
    jump = run(quiet({**still, "stress.new_segment": {"week": 4, "shift": 0.5, "share": 0.0, "slower": 1.0}}))
    assert shifts(jump) == pytest.approx(np.where(np.arange(52) > 29, 0.5, 0.0))


def test_noise_has_a_common_and_an_own_part() -> None:
    """All in common: they move together but for rounding; none: no correlation (51 pairs, 4 sd)."""
    ways = {**both_words("drift_sd", 0.4), **both_words("learning", 0.05), **NO_OWNER}
    together, apart = (
        np.diff(readings(run(quiet({**ways, "world.definitions.common_share": c}))), axis=0) for c in (1.0, 0.0)
    )
    noise = [
        moves + 0.05 * start
        for moves, start in ((together, readings(run(quiet({**ways, "world.definitions.common_share": 1.0})))[:-1]),)
    ]
    assert np.ptp(noise[0][:, :3], axis=1) == pytest.approx(0, abs=1e-9)
    assert abs(np.corrcoef(apart[:, 0], apart[:, 1])[0, 1]) < 4 / np.sqrt(51)


@pytest.mark.parametrize(("word", "its"), [("qualified", slice(0, 3)), ("commit", slice(3, 5))])
def test_each_word_drifts_by_a_number_of_its_own(word: str, its: slice) -> None:
    found = readings(run(quiet({f"world.definitions.{word}_drift_sd": 0.4, **NO_OWNER})))
    assert found[:, its].any(axis=0).all()
    found[:, its] = 0.0
    assert not found.any()


@pytest.mark.parametrize(("word", "its"), [("qualified", slice(0, 3)), ("commit", slice(3, 5))])
@pytest.mark.parametrize(("name", "value"), [("learning", 0.3), ("clip", 0.1), ("owner_error", 2.0)])
def test_each_word_is_learned_bounded_and_known_by_numbers_of_its_own(
    word: str, its: slice, name: str, value: float
) -> None:
    ways = {**both_words("drift_sd", 0.4), **both_words("owner_error", 0.1)}
    plain, other = (readings(run(quiet(ways | more))) for more in ({}, {f"world.definitions.{word}_{name}": value}))
    assert not np.array_equal(plain[:, its], other[:, its])
    plain[:, its] = other[:, its] = 0.0
    assert np.array_equal(plain, other)


def test_readings_never_leave_their_clip() -> None:
    found = readings(run(quiet({**both_words("drift_sd", 3.0), **both_words("clip", 0.75)})))
    assert np.abs(found).max() == 0.75


OWNED = {
    "world.buyers.market_shift_sd": 0.25,
    **both_words("drift_sd", 0.3),
    "world.today.design.shared_definitions": 1,
    "world.today.design.governance.cadence_weeks": 4,
    "world.definitions.owner_lag": 3,
    **both_words("owner_error", 0.0),
}


def test_a_review_moves_readings_to_where_the_useful_bar_was_when_last_known() -> None:
    trace = run(quiet(OWNED))
    found, bar = readings(trace), shifts(trace)
    reviewed = trace.of(Kind.REVIEWED).entity
    assert np.diff(reviewed).tolist() == [4] * (len(reviewed) - 1)
    for week in reviewed[1:-1]:
        assert found[week + 1, :3] == pytest.approx(bar[week + 1 - 3], abs=1e-12)  # three weeks old, so wrong by now
        assert found[week + 1, 3:] == pytest.approx(0, abs=1e-12)
    assert np.abs(found[reviewed[1:-1] + 1, 0] - bar[reviewed[1:-1] + 1]).mean() > 0.02


def test_an_owner_can_be_consistently_wrong() -> None:
    trace = run(quiet({**OWNED, **both_words("owner_error", 0.4)}))
    found, bar = readings(trace), shifts(trace)
    after = trace.of(Kind.REVIEWED).entity[1:-1] + 1
    assert np.ptp(found[after, :3], axis=1) == pytest.approx(0, abs=1e-12)
    assert np.abs(found[after, 0] - bar[after - 3]).mean() > 0.1


def test_a_review_corrects_a_share_only() -> None:
    ways = {
        **OWNED,
        "world.buyers.market_shift_sd": 0,
        "world.today.design.shared_definitions": 0.5,
        **both_words("learning", 0),
    }
    whole, half = run(quiet({**ways, "world.today.design.shared_definitions": 0})), run(quiet(ways))
    week = int(half.of(Kind.REVIEWED).entity[0])
    assert readings(half)[week + 1] == pytest.approx(0.5 * readings(whole)[week + 1], rel=1e-12)


RESETS = {"coordination.resets.every_weeks": 5, "coordination.resets.strength": 1.0}


def test_a_reset_moves_readings_to_their_common_mean_and_drift_goes_on() -> None:
    ways = {**both_words("drift_sd", 0.4), **NO_OWNER}
    trace = run(quiet({**ways, **RESETS, "coordination.resets.habituation": 1}))
    weeks = trace.of(Kind.RESET).entity
    spread = np.ptp(readings(trace)[:, :3], axis=1)
    assert len(weeks) == 6
    assert spread[weeks[:-1] + 1] == pytest.approx(0, abs=1e-12)
    assert (spread[weeks[:-1] + 5] > 0.05).all()
    before = readings(run(quiet(ways)))[27, :3]  # the first reset is in week 26: without it readings stand here
    assert readings(trace)[27, 0] == pytest.approx(before.mean(), abs=1e-12)


def test_repeated_resets_are_believed_less() -> None:
    trace = run(quiet({**RESETS, "coordination.resets.habituation": 0.7}))
    assert trace.of(Kind.RESET).value == pytest.approx(0.7 ** np.arange(6))


def test_resets_answer_to_low_trust_at_most_every_four_weeks() -> None:
    low = {"coordination.resets.when": {"trust_below": 1.0}, "coordination.resets.strength": 0.5}
    weeks = run(quiet(low)).of(Kind.RESET).entity
    assert weeks.tolist() == list(range(26, 52, 4))
    never = {**low, "coordination.resets.when": {"trust_below": 0.0}}
    assert len(run(quiet(never)).of(Kind.RESET).time) == 0


FORECASTS = {
    Kind.FORECAST,
    Kind.FORECAST_SALES,
    Kind.FORECAST_MARKETING,
    Kind.FORECAST_OPERATIONS,
    Kind.EVIDENCE_NUMBER,
    Kind.DISAGREEMENT,
}


BENT = {
    "world.loops.learning": "closed",
    **both_words("drift_sd", 0.6),
    "world.desk.restate_hours": 0,
    "world.today.design.governance.cadence_weeks": 10,
    **both_words("owner_error", 0.4),
    **NO_OWNER,
}
RESET = {"coordination.resets.every_weeks": 99, "coordination.resets.strength": 1.0, "coordination.start_week": 5}
REVIEW = {"design.shared_definitions.commit": 1, "design.start_week": 5, "world.remedies.definition_half_life": 0.1}


@pytest.mark.parametrize("correction", [RESET, REVIEW], ids=["reset", "review"])
def test_a_correction_of_commit_moves_what_operations_reads_of_the_record(correction: dict[str, float]) -> None:
    """Nobody uses the number here, so the deals are the same; what is read of them is not."""
    plain, corrected = (
        run(quiet({**BENT, **change, "world.forecasting.restated_share": 0})) for change in ({}, correction)
    )
    day = correction_day(corrected)
    seen = [since(trace.of(Kind.PIPELINE_OPERATIONS), day + 1.0) for trace in (plain, corrected)]
    assert not np.array_equal(seen[0].value[:4], seen[1].value[:4])


def test_whether_history_is_restated_is_seen_first_in_the_next_forecast_only() -> None:
    left, told = (run(quiet({**BENT, **REVIEW, "world.forecasting.restated_share": share})) for share in (0.0, 1.0))
    day = correction_day(left)
    assert same(left.before(day), told.before(day))
    one, two = (t.before(day + 5.0 + 1e-9) for t in (left, told))
    follows = [Kind.RESTATED, Kind.DECIDED, Kind.REVISED]  # what was asked for, and a revision of the number at once
    one, two = (t.where(~np.isin(t.kind, follows)) for t in (one, two))
    assert np.array_equal(one.kind, two.kind)
    changed = set(one.kind[one.value != two.value].tolist())
    assert Kind.FORECAST_OPERATIONS in changed
    assert changed <= FORECASTS


def test_after_a_reset_new_records_mean_something_else_and_restating_history_matters() -> None:
    """Operations reads stage + u - D_sales + D_operations: agreement ends the misreading that history had learned."""
    without, left, told = (
        run(quiet({**BENT, **change}))
        for change in ({}, *({**RESET, "world.forecasting.restated_share": share} for share in (0.0, 1.0)))
    )
    week = 31
    apart = [abs(float(np.diff(readings(trace)[week, 3:])[0])) for trace in (without, left)]
    assert apart[1] < 0.5 * apart[0]
    assert not np.array_equal(weekly(left, Kind.FORECAST_OPERATIONS), weekly(told, Kind.FORECAST_OPERATIONS))
    assert np.array_equal(without.of(Kind.WON).time[:20], left.of(Kind.WON).time[:20])


def correction_day(trace: Trace) -> float:
    """The first day on which commit is corrected; today nobody owns it."""
    day = float(trace.of(Kind.RESTATED).time[0])
    assert day >= MEASURED + 20.0
    return day


def test_restating_history_costs_desk_hours() -> None:
    ways = {
        **both_words("drift_sd", 0.6),
        "world.loops.hours": "closed",
        "world.forecasting.restated_share": 1.0,
        **NO_OWNER,
    }
    reset = {
        "coordination.resets.every_weeks": 99,
        "coordination.resets.strength": 1.0,
        "world.remedies.reset_hours": 0,
    }
    hours = [weekly(run(quiet({**ways, **reset, "world.desk.restate_hours": h})), Kind.DESK_HOURS) for h in (0, 12)]
    lost = hours[0] - hours[1]
    assert lost[26] == pytest.approx(12)
    assert not lost[:26].any()


def test_a_drifted_commit_changes_what_is_recorded_and_no_deal() -> None:
    """Nobody uses the number here: only the pipelines and forecasts differ, every buyer's rows are the same."""
    behind = {"world.leadership.stretch": 2.0, "world.loops.pressure": "closed"}
    drifted, plain = run(quiet({**behind, "world.definitions.commit_push": 0.05})), run(quiet(behind))
    assert same(drifted.of(*OF_BUYERS), plain.of(*OF_BUYERS))
    assert not np.array_equal(weekly(drifted, Kind.PIPELINE_SALES), weekly(plain, Kind.PIPELINE_SALES))
    assert np.array_equal(weekly(drifted, Kind.OPEN_PIPELINE), weekly(plain, Kind.OPEN_PIPELINE))
    assert not np.array_equal(weekly(drifted, Kind.FORECAST_OPERATIONS), weekly(plain, Kind.FORECAST_OPERATIONS))
