"""What each formula says, at a known point or in a direction."""

from __future__ import annotations

from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.formulas import (
    building,
    cooling,
    demand,
    drift,
    energy,
    follow_up,
    forecast,
    judgement,
    leadership,
    ownership,
    reconciliation,
    record,
    renewal,
    selling,
    stage_odds,
    timing,
)

SHARE = st.floats(0.0, 1.0)


def test_a_lead_answered_at_once_answers() -> None:
    assert cooling.chance_answers(0.0, 0.2, 0.35) == 1.0


@given(st.floats(0.0, 50.0), st.floats(0.01, 10.0))
def test_a_longer_wait_never_finds_more_answers(delay: float, more: float) -> None:
    assert cooling.chance_answers(delay + more, 0.2, 0.35) < cooling.chance_answers(delay, 0.2, 0.35)


@given(SHARE, SHARE)
def test_an_owned_handoff_orphans_nothing(never: float, recent: float) -> None:
    assert follow_up.chance_worked(1.0, never, 1.0, 1.0, 0.5) == 1.0
    assert follow_up.chance_worked(0.5, never, recent, 1.0, 0.5) <= follow_up.chance_worked(0.5, never, 1.0, 1.0, 0.5)


def test_the_mean_pickup_is_geometric_between_owned_and_unowned() -> None:
    assert follow_up.pickup_mean(1.0, 0.15, 2.5) == pytest.approx(0.15)
    assert follow_up.pickup_mean(0.5, 0.15, 2.5) == pytest.approx(sqrt(0.15 * 2.5))


def test_demand_s_shock_keeps_its_stationary_spread() -> None:
    """What stays of a shock and what is new, each times its own variance, make the variance that was there."""
    stays, new = demand.shock_next(1.0, 0.4, 0.09, 0.0), demand.shock_next(0.0, 0.4, 0.09, 1.0)
    assert stays**2 * 0.09**2 + new**2 == pytest.approx(0.09**2)


def test_a_budget_at_its_reference_changes_nothing() -> None:
    assert demand.budget_effect(1.0, 0.3) == 1.0
    assert demand.budget_effect(2.0, 0.5) == pytest.approx(sqrt(2.0))


@given(SHARE, SHARE)
def test_shared_pay_buys_no_volume_and_pushes_nothing(rate: float, pressure: float) -> None:
    assert demand.bought_rate(rate, 0.5, 1.0, pressure) == 0.0
    assert drift.pay_push(0.02, 1.0, pressure) == 0.0
    assert timing.pull_push(1.2, 1.0, pressure) == 0.0


def test_logistic_is_even_and_never_overflows() -> None:
    assert stage_odds.logistic(0.0) == 0.5
    assert stage_odds.logistic(-800.0) == pytest.approx(0.0, abs=1e-300)
    assert stage_odds.logistic(2.0) + stage_odds.logistic(-2.0) == pytest.approx(1.0)


def test_a_deal_is_over_age_only_beyond_its_norm() -> None:
    assert stage_odds.over_age(10.0, 14.0) == 0.0
    assert stage_odds.over_age(28.0, 14.0) == pytest.approx(log(2.0))


def test_a_ramp_begins_at_its_start_and_ends_whole() -> None:
    assert selling.ramp_share(0.0, 100.0, 0.3) == pytest.approx(0.3)
    assert selling.ramp_share(50.0, 100.0, 0.3) == pytest.approx(0.65)
    assert selling.ramp_share(200.0, 100.0, 0.3) == 1.0


def test_room_for_deals_is_clipped() -> None:
    assert selling.deal_room(5.0, 0.7, 10.0) == 18.0
    assert selling.deal_room(-5.0, 0.7, 10.0) == 5.0


def test_shared_pay_costs_effort_and_aligns_only_where_it_is_seen() -> None:
    assert selling.pay_effort(1.0, 0.06, 0.15, 1.0) == 1.0
    assert selling.pay_effort(0.0, 0.06, 0.15, 1.0) == pytest.approx(1.21)
    assert selling.effective_share(0.9, 0.0) == pytest.approx(0.3)
    assert selling.effective_share(0.9, 1.0) == pytest.approx(0.9)


def test_it_pays_to_hold_over_far_above_and_hopelessly_below_quota() -> None:
    assert timing.holds_over(1.6, 1.5, 0.25, 8.0) == 1.0
    assert timing.holds_over(0.1, 1.5, 0.25, 2.0) == 1.0
    assert timing.holds_over(0.1, 1.5, 0.25, 8.0) == 0.0
    assert timing.holds_over(1.0, 1.5, 0.25, 2.0) == 0.0


def test_one_view_of_the_data_has_no_lag() -> None:
    assert record.record_lag(4.0, 1.0, 0.0, 1.0, 1.0) == 0.0
    assert record.record_lag(4.0, 1.0, 0.0, 0.0, 1.0) == 8.0


@given(st.floats(0.0, 0.999), st.integers(0, 3))
def test_without_drift_the_recorded_stage_is_the_true_one(u: float, stage: int) -> None:
    assert record.read_stage(record.recorded_progress(float(stage), u, 0.0), 3.0) == stage


def test_a_loose_commit_records_deals_further_than_they_are() -> None:
    assert record.read_stage(record.recorded_progress(1.0, 0.5, -0.6), 3.0) == 2.0
    assert record.read_stage(record.recorded_progress(3.0, 0.5, -2.0), 3.0) == 3.0


@given(st.floats(-3.0, 3.0))
def test_a_reading_never_leaves_its_clip(moved: float) -> None:
    assert -1.5 <= drift.drift_next(1.0, 0.2, 0.03, moved, 1.5) <= 1.5


def test_learning_alone_brings_a_reading_to_the_useful_bar() -> None:
    x = 1.0
    for _ in range(400):
        x = drift.drift_next(x, 0.3, 0.03, 0.0, 1.5)
    assert x == pytest.approx(0.3, abs=1e-4)


def test_commit_loosens_behind_plan_and_tightens_ahead_of_it() -> None:
    assert drift.commit_push(0.02, 0.0, 0.2, 0.15) < 0.0 < drift.commit_push(0.02, 0.0, -0.2, 0.15)


def test_a_correction_goes_a_share_of_the_way() -> None:
    assert drift.corrected(1.0, 0.2, 0.5) == pytest.approx(0.6)


def test_each_reset_is_weaker_by_the_same_ratio() -> None:
    assert drift.habituated(0.9, 0.8, 0.0) == 0.9
    assert drift.habituated(0.9, 0.8, 2.0) == pytest.approx(0.576)


def test_half_of_what_is_needed_in_half_of_the_cases_is_in_time() -> None:
    assert judgement.in_time(20.0, 20.0, 0.75) == pytest.approx(0.5)
    assert judgement.in_time(0.0, 20.0, 0.75) == 0.0


@given(st.floats(0.01, 0.99), st.floats(-3.0, 3.0))
def test_judgement_without_bias_is_the_truth(p: float, bias: float) -> None:
    assert judgement.judged_odds(p, judgement.odds_factor(0.0)) == pytest.approx(p)
    assert (judgement.judged_odds(p, judgement.odds_factor(bias)) - p) * bias >= -1e-12


@given(st.floats(0.01, 0.99), st.floats(-5.0, 5.0), st.floats(-5.0, 5.0))
def test_biases_add_in_log_odds(p: float, one: float, other: float) -> None:
    judged = judgement.judged_odds(p, judgement.odds_factor(one) * judgement.odds_factor(other))
    assert log(judged / (1.0 - judged)) == pytest.approx(log(p / (1.0 - p)) + one + other, abs=1e-6)


@pytest.mark.parametrize("bias", [-1e9, -600.0, 600.0, 1e9])
@pytest.mark.parametrize("p", [0.0, 1e-300, 0.5, 1.0])
def test_a_judgement_beyond_all_belief_is_a_chance_still(p: float, bias: float) -> None:
    three = judgement.odds_factor(bias) * judgement.odds_factor(bias) * judgement.odds_factor(bias)
    assert 0.0 <= judgement.judged_odds(p, three) <= 1.0
    assert judgement.judged_odds(0.0, three) == 0.0
    assert judgement.judged_odds(1.0, three) == 1.0


def test_the_number_is_evidence_where_evidence_decides_and_never_below_what_is_closed() -> None:
    assert forecast.company_number(10.0, 20.0, 1.0, 0.0) == 10.0
    assert forecast.company_number(10.0, 20.0, 0.0, 0.0) == 20.0
    assert forecast.company_number(10.0, 20.0, 0.5, 18.0) == 18.0


def test_opinion_is_sales_where_only_sales_speaks() -> None:
    assert forecast.opinion(1.0, 5.0, 6.0, 7.0) == 5.0
    assert forecast.opinion(0.0, 5.0, 6.0, 8.0) == 7.0


def test_a_ratio_never_seen_is_the_pooled_one() -> None:
    assert forecast.shrunk_ratio(0.0, 0.0, 0.3, 1.0) == 0.3
    assert forecast.shrunk_ratio(2.0, 4.0, 0.3, 0.0) == 0.5
    assert forecast.shrunk_ratio(2.0, 4.0, 0.3, 4.0) == pytest.approx(0.4)
    assert forecast.shrunk_ratio(2.0, 1e-9, 0.3, 4.0) == pytest.approx(0.8)  # little below the line: no blow-up


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 10))
def test_disagreement_is_the_range_against_the_plan(a: float, b: float, c: float) -> None:
    assert forecast.spread_of(a, b, c, 2.0) == pytest.approx((max(a, b, c) - min(a, b, c)) / 2.0)


def test_pressure_saturates_and_needs_no_gap_to_begin() -> None:
    assert leadership.pressure_target(0.15, 3.0, -1.0, 1.0) == pytest.approx(1 - exp(-0.15))
    assert leadership.pressure_target(0.15, 3.0, 10.0, 1.0) < 1.0
    assert leadership.pressure_target(0.15, 3.0, 0.2, 1.0) > leadership.pressure_target(0.15, 3.0, 0.2, 0.0)


def test_tolerance_rises_quickly_and_falls_slowly() -> None:
    assert leadership.tolerance_next(0.1, 0.3, 0.5, 0.125) == pytest.approx(0.2)
    assert leadership.tolerance_next(0.3, 0.1, 0.5, 0.125) == pytest.approx(0.275)
    assert leadership.trust_of(0.2) == pytest.approx(0.6)
    assert leadership.trust_of(0.7) == 0.0


def test_clear_decision_rights_leave_only_the_base_latency() -> None:
    assert leadership.decision_latency(1.0, 3.0, 2.0, 1.0) == 1.0
    assert leadership.decision_latency(1.0, 3.0, 2.0, 0.0) == 6.0


def test_budget_and_seats_follow_the_number_within_their_limit() -> None:
    assert leadership.follow_number(1.1e6, 1e6, 0.5, 0.5) == pytest.approx(1.05)
    assert leadership.follow_number(9e6, 1e6, 0.5, 0.5) == 1.5


def test_the_plan_follows_bookings_as_far_as_it_ratchets() -> None:
    assert leadership.plan_level(100.0, 1.0, 0.0, 200.0) == 100.0
    assert leadership.plan_level(100.0, 1.1, 1.0, 0.0) == pytest.approx(110.0)  # nobody plans for nothing
    assert leadership.plan_level(100.0, 1.0, 1.0, 200.0) == 200.0


def test_one_view_reconciles_nothing() -> None:
    assert reconciliation.reconcile_hours(1.0, 6.0, 60.0, 0.5, 0.6) == 0.0
    assert reconciliation.reconcile_hours(0.0, 6.0, 60.0, 0.5, 0.6) == pytest.approx(3 * 36.0)
    assert reconciliation.capped_share(50.0, 100.0, 0.45) == 0.45


def test_ownership_comes_from_three_sources() -> None:
    assert ownership.ownership_of(0.5, 0.0, 0.0) == 0.5
    assert ownership.ownership_of(0.5, 0.5, 0.5) == pytest.approx(0.875)
    assert ownership.lent_by_meetings(0.6, 1.5, 1.5, 1.0) == pytest.approx(0.3)
    assert ownership.attendance_at(1.0, 0.5) == 0.5


def test_compliance_halves_in_its_half_life_and_sooner_under_pressure() -> None:
    assert ownership.compliance_next(0.8, 1.0, 0.0, 1.0) == pytest.approx(0.4)
    assert ownership.compliance_next(0.8, 1.0, 1.0, 1.0) == pytest.approx(0.2)


def test_a_build_goes_half_of_the_way_in_its_half_life() -> None:
    assert building.built_next(0.2, 1.0, 1.0, 1.0) == pytest.approx(0.6)
    assert building.build_speed(1.0, 1.0, 1.0) == 1.0
    assert building.build_speed(1.0, 1.0, 0.0) == pytest.approx(exp(-1.0))


def test_design_decays_to_today_only_where_governance_is_absent() -> None:
    assert building.decayed(0.8, 0.2, 0.15, 0.0) == pytest.approx(0.8)
    assert building.decayed(0.8, 0.2, 52.0, 1.0) == pytest.approx(0.2 + 0.6 * exp(-1.0))
    assert building.governance_absent(26.0, 26.0) == 1.0
    assert building.governance_absent(4.0, 26.0) == 0.0


def test_energy_drains_with_load_and_recovers_with_rest() -> None:
    assert energy.energy_next(1.0, 0.0, 10.0, 16.0, 1.0) == 1.0
    assert energy.energy_next(0.5, 0.0, 10.0, 16.0, 1.0) == pytest.approx(0.55)
    assert energy.energy_next(1.0, 1.0, 10.0, 16.0, 1.0) == pytest.approx(1 - 1 / 16)
    assert energy.leaving_rate(0.2, 2.0, 1.0) == 0.2
    assert energy.leaving_rate(0.2, 2.0, 0.0) == pytest.approx(0.2 * exp(2.0))
    assert energy.output_of(0.25) == 0.5


def test_an_oversold_customer_renews_less() -> None:
    assert renewal.chance_renew(2.0, 0.0, 0.5, 0.0) < renewal.chance_renew(2.0, 0.0, 0.0, 0.0)
    assert renewal.contract_growth(-2.0, 0.0, 0.0) == -0.9


@pytest.mark.parametrize(("growth", "ratchet"), [(1.01, 0.5), (1.0, 0.2), (1.03, 0.8)])
def test_a_plan_that_follows_level_bookings_settles_above_them_by_growth_and_ratchet(
    growth: float, ratchet: float
) -> None:
    level = 50.0
    for _ in range(2000):
        level = leadership.plan_level(level, growth, ratchet, 100.0)
    assert level == pytest.approx(100.0 * growth * ratchet / (1.0 - growth * (1.0 - ratchet)))
