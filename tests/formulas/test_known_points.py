"""Every formula at points whose numbers were found on paper: inside each range, beyond each clip, at each guard.

Arguments are chosen so that the number can be derived by head: logarithms of whole numbers, powers of a half, weeks
that are a half-life. The derivation stands beside the point where it is not plain to see.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, log
from typing import Any

import pytest

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
    pressure,
    quantiles,
    reconciliation,
    record,
    renewal,
    selling,
    stage_odds,
    timing,
)
from revsim.formulas._formula import FORMULAS

E = 2.718281828459045
LN2, LN3, LN4, LN8 = 0.6931471805599453, 1.0986122886681098, 1.3862943611198906, 2.0794415416798357
ROOT_HALF = 0.7071067811865476
# of any table of the normal law
Z75, Z875, Z90, Z975 = 0.6744897501960817, 1.1503493803760079, 1.2815515655446004, 1.959963984540054
Point = tuple[Callable[..., float], tuple[Any, ...], float]

DESIGN: list[Point] = [
    (building.build_speed, (0.5, 2.0, 0.75), 0.7788007830714049),  # e^(-1/4)
    (building.build_speed, (1.0, 1.0, 0.0), 1.0 / E),
    (building.built_next, (0.2, 1.0, 4.0, 2.0), 0.2 + 0.8 * (1.0 - ROOT_HALF)),  # two weeks' worth of four
    (building.built_next, (0.8, 0.2, 1.0, 1.0), 0.5),
    (building.decayed, (0.8, 0.2, 0.52, 0.5), 0.7970074875),  # 0.2 + 0.6 e^(-1/200)
    (building.decayed, (0.8, 0.2, 52.0 * LN2, 1.0), 0.5),
    (building.governance_absent, (15.0, 26.0), 0.5),
    (building.governance_absent, (9.5, 26.0), 0.25),
    (building.governance_absent, (4.5, 5.0), 0.5),
    (building.governance_absent, (4.1, 4.2), 0.5),
    (building.governance_absent, (3.0, 26.0), 0.0),  # more often than monthly
    (building.governance_absent, (30.0, 26.0), 1.0),  # more seldom than without governance
    (building.governance_absent, (27.0, 26.0), 1.0),
    (building.governance_absent, (10.0, 4.0), 0.0),  # monthly without governance: nothing can be absent
    (ownership.lent_by_meetings, (0.6, 3.0, 1.5, 0.5), 0.225),  # 0.6 (1 - 1/4) / 2
    (ownership.attendance_at, (0.4, 0.5), 0.8),
    (ownership.compliance_next, (0.8, 2.0, 1.0, 1.0), 0.4),
    (ownership.compliance_next, (0.8, 3.0, 0.5, 1.0), 0.8 * ROOT_HALF),  # ageing 1.5 weeks of 3
    (ownership.mean_compliance, (0.8, 3.0, 3.0), 0.4 / LN2),  # from 1 to 1/2 over one half-life
    (ownership.mean_compliance, (0.8, 3.0, 0.0), 0.0),  # never renewed
    (ownership.ownership_of, (0.5, 0.2, 0.1), 0.64),  # 1 - 0.5 0.8 0.9
]
DEMAND: list[Point] = [
    (demand.shock_next, (0.5, 0.6, 0.1, 2.0), 0.46),  # 0.3 + 0.1 0.8 2
    (demand.inquiry_rate, (10.0, 1.1, 2.0, 0.02, 0.2), 12.1),  # the shock is its own correction: 10 1.1^2
    (demand.inquiry_rate, (10.0, 2.0, -1.0, 0.5, 1.0), 5.0),
    (demand.inquiry_rate, (10.0, 1.0, 0.0, 1.0, 0.0), 10.0 * E),
    (demand.budget_effect, (4.0, 0.5), 2.0),
    (demand.budget_effect, (0.125, 2.0 / 3.0), 0.25),
    (demand.contract_value, (1000.0, 0.5, 2.0), 1000.0 * E),
    (demand.contract_value, (1000.0, 0.5, -2.0), 1000.0 / E),
    (demand.bought_rate, (10.0, 0.5, 0.2, 0.25), 1.0),
    (cooling.chance_answers, (0.6, 0.2, 0.5), 0.5),  # (1 + 3)^(-1/2)
    (cooling.chance_answers, (1.4, 0.2, 1.0 / 3.0), 0.5),
    (follow_up.chance_worked, (0.5, 0.4, 1.0, 1.0, 0.5), 0.8),
    (follow_up.chance_worked, (0.5, 0.4, 0.25, 1.0, 0.5), 0.4),  # 0.8 4^(-1/2)
    (follow_up.chance_worked, (0.5, 0.4, 0.5, 2.0, 1.0), 0.2),
    (follow_up.chance_worked, (0.5, 0.4, 2.0, 1.0, 0.5), 0.8),  # good leads are not worked more than always
    (follow_up.chance_worked, (0.5, 0.4, 0.0, 1.0, 0.5), 0.8),  # nothing went on lately: no logarithm of it
    (follow_up.pickup_mean, (0.5, 0.25, 4.0), 1.0),
    (follow_up.pickup_mean, (0.25, 1.0, 16.0), 8.0),
    (follow_up.yield_next, (0.5, 1.0, 20.0), 0.525),
    (follow_up.yield_next, (0.5, 0.0, 20.0), 0.475),
]
DRIFT: list[Point] = [
    (drift.drift_draw, (0.36, 1.0, 2.0), 2.2),  # 0.6 + 0.8 2
    (drift.drift_draw, (0.36, 2.0, 1.0), 2.0),  # 1.2 + 0.8
    (drift.drift_next, (1.0, 0.2, 0.1, 0.05, 1.5), 0.97),
    (drift.drift_next, (-1.0, 0.2, 0.1, -0.05, 1.5), -0.93),
    (drift.drift_next, (1.0, 0.2, 0.1, 2.0, 1.5), 1.5),
    (drift.drift_next, (-1.0, 0.2, 0.1, -2.0, 1.5), -1.5),
    (drift.pay_push, (0.02, 0.25, 0.4), 0.006),
    (drift.commit_push, (0.02, 0.25, 0.15, 0.15), -0.011423912339336474),  # -0.015 tanh 1
    (drift.commit_push, (0.02, 0.25, -0.15, 0.15), 0.011423912339336474),
    (drift.stationary_sd, (0.51, 0.3, 1.5), 0.714142842854285),  # a learning of 0.3: sd / sqrt(0.3 1.7)
    (drift.stationary_sd, (0.5, 1.0, 1.5), 0.5),  # what learns at once remembers no shock
    (drift.stationary_sd, (2.0, 0.3, 1.5), 1.5),
    (drift.stationary_sd, (0.1, 0.0, 1.5), 1.5),  # a walk has no law of its own but the clip
    (drift.stationary_sd, (0.0, 0.0, 1.5), 0.0),
    (drift.stationary_sd, (0.0, 0.3, 1.5), 0.0),
    (drift.corrected, (1.0, 0.2, 0.25), 0.8),
    (drift.habituated, (0.9, 0.8, 0.0), 0.9),
    (drift.habituated, (0.9, 0.8, 2.0), 0.576),
    (drift.habituated, (1.0, 0.5, 12.0), 1.0 / 4096.0),
]
PEOPLE: list[Point] = [
    (energy.energy_next, (0.5, 0.25, 10.0, 16.0, 2.0), 0.534375),  # + 0.5 / 10 - 2 0.25 0.5 / 16
    (energy.energy_next, (0.1, 0.5, 10.0, 1.0, 1.0), 0.14),
    (energy.energy_next, (0.1, 5.0, 10.0, 1.0, 1.0), 0.05),  # the floor: nobody is emptier
    (energy.energy_next, (0.1, 1.38, 10.0, 1.0, 1.0), 0.052),  # 0.1 + 0.09 - 0.138, just above it
    (energy.energy_next, (0.9, 0.0, 0.5, 16.0, 1.0), 1.0),
    (energy.output_of, (0.49,), 0.7),
    (energy.leaving_rate, (0.2, 2.0, 0.5), 0.2 * E),
    (pressure.leaving_factor, (2.0, 0.5), E),
    (pressure.leaving_factor, (0.0, 0.7), 1.0),
    (pressure.skipped_share, (0.2, 0.25), 0.05),
    (pressure.deeper_discount, (0.08, 0.5, 0.5), 0.1),
    (pressure.deeper_discount, (0.6, 2.0, 0.75), 1.0),  # nobody pays to be bought from
    (pressure.pressed_effort, (0.04, 0.5), 1.04),  # its top
    (pressure.pressed_effort, (0.04, 0.25), 1.03),
    (pressure.pressed_effort, (0.04, 1.0), 1.0),
    (selling.ramp_share, (25.0, 100.0, 0.2), 0.4),
    (selling.ramp_share, (100.0, 100.0, 0.2), 1.0),
    (selling.ramp_share, (300.0, 100.0, 0.2), 1.0),
    (selling.ramp_share, (5.0, 0.0, 0.2), 1.0),  # no ramp to climb
    (selling.ramp_share, (0.25, 0.5, 0.2), 0.6),
    (selling.ramp_share, (-5.0, 0.0, 0.2), 1.0),
    (selling.work_speed, (LN4, 0.5, 0.6), 1.2),
    (selling.deal_room, (LN2, 0.5, 10.0), 10.0 / ROOT_HALF),
    (selling.deal_room, (-LN2, 0.5, 10.0), 10.0 * ROOT_HALF),
    (selling.deal_room, (LN2, 1.0, 10.0), 18.0),
    (selling.deal_room, (-LN3, 1.0, 10.0), 5.0),
    (selling.deal_room, (log(0.52), 1.0, 10.0), 5.2),
    (selling.deal_room, (log(1.9), 1.0, 10.0), 18.0),
    (selling.pay_effort, (0.25, 0.06, 0.16, 1.0), 1.165),  # 1 + 0.22 0.75
    (selling.pay_effort, (0.25, 0.06, 0.16, 0.0), 1.045),
    (selling.effective_share, (0.9, 0.5), 0.6),
    (selling.effective_share, (0.9, 0.0), 0.3),
    (stage_odds.logistic, (0.0,), 0.5),
    (stage_odds.logistic, (LN3,), 0.75),
    (stage_odds.logistic, (-LN3,), 0.25),
    (stage_odds.logistic, (-800.0,), 0.0),
    (stage_odds.logistic, (800.0,), 1.0),
    (stage_odds.over_age, (28.0, 14.0), LN2),
    (stage_odds.over_age, (14.0, 14.0), 0.0),
    (stage_odds.over_age, (7.0, 14.0), 0.0),
    (stage_odds.chance_advance, (LN3, 0.5, 0.25, 0.75), 0.75),
    (stage_odds.chance_advance, (0.0, 0.0, 0.0, LN3), 0.25),
    (renewal.chance_renew, (LN3, 0.5, 0.25, 0.25), 0.75),
    (renewal.chance_renew, (0.0, 0.0, LN3, 0.0), 0.25),
    (renewal.contract_growth, (0.03, 0.02, 0.01), 0.04),
    (renewal.contract_growth, (-0.95, 0.1, 0.0), -0.85),
    (renewal.contract_growth, (-2.0, 0.1, 0.0), -0.9),
    (renewal.contract_growth, (-0.95, 0.0, 0.0), -0.9),
]
FORECAST: list[Point] = [
    (forecast.voice, (0.8, 0.0), 0.8),
    (forecast.voice, (0.5, LN3), 0.75),
    (forecast.voice, (0.2, LN4), 0.5),  # odds of 1/4, four times
    (forecast.voice, (0.0, 5.0), 0.0),  # who has no voice gets none from a good mood
    (forecast.voice, (1.0, -5.0), 1.0),
    (forecast.opinion, (0.6, 10.0, 20.0, 40.0), 18.0),  # 6 + 0.4 30
    (forecast.drawn, (100.0, 200.0, 0.25), 125.0),
    (forecast.company_number, (10.0, 20.0, 0.3, 0.0), 17.0),
    (forecast.company_number, (10.0, 20.0, 0.3, 18.0), 18.0),
    (forecast.inverse_error, (3.0, 5.0), 0.25),
    (forecast.inverse_error, (1.0, 2.0), 2.0 / 3.0),
    (forecast.inverse_error, (1.0, 1.1), 1.0 / 1.05),
    (forecast.inverse_error, (0.5, 0.1), 1.0),  # who was right to the euro weighs no more than who missed by one
    (forecast.inverse_error, (0.0, 0.0), 1.0),
    (forecast.shrunk_ratio, (1.0, 4.0, 0.5, 6.0), 0.4),  # (1 + 6 0.5) / (4 + 6)
    (forecast.shrunk_ratio, (0.0, 0.0, 0.3, 0.0), 0.3),
    (forecast.shrunk_ratio, (0.1, 0.2, 0.3, 0.0), 0.5),
    (forecast.spread_of, (3.0, 1.0, 2.0, 4.0), 0.5),
    (forecast.spread_of, (1.0, 2.0, 3.0, 4.0), 0.5),
    (forecast.spread_of, (2.0, 3.0, 1.0, 4.0), 0.5),
    (forecast.spread_of, (1.0, 2.0, 3.0, 0.5), 4.0),
    (forecast.spread_of, (2.0, 1.0, 5.0, 0.0), 0.8),  # without a plan against the largest
    (forecast.spread_of, (0.25, 0.5, 0.5, 0.0), 0.5),
    (forecast.spread_of, (0.0, 0.0, 0.0, 0.0), 0.0),
    (judgement.days_needed, (30.0, 10.0, 4.0), 26.0),
    (judgement.days_needed, (30.0, 10.0, 8.0), 25.0),  # at most half the stage counts as done
    (judgement.in_time, (20.0, 20.0, 0.75), 0.5),
    (judgement.in_time, (20.0 * E, 20.0, 1.0), 0.8413447460685429),  # Phi(1)
    (judgement.in_time, (20.0 / E, 20.0, 0.5), 0.022750131948179195),  # Phi(-2)
    (judgement.in_time, (0.5, 0.5 * E, 1.0), 0.15865525393145707),  # Phi(-1), with less than a day left
    (judgement.in_time, (0.5 * E, 0.5, 1.0), 0.8413447460685429),
    (judgement.in_time, (0.0, 20.0, 0.75), 0.0),
    (judgement.in_time, (-3.0, 0.0, 0.75), 0.0),
    (judgement.in_time, (5.0, 0.0, 0.75), 1.0),
    (judgement.in_time, (20.0, 20.0, 0.0), 1.0),  # without spread the median is the day
    (judgement.in_time, (19.0, 20.0, 0.0), 0.0),
    (judgement.odds_factor, (LN2,), 2.0),
    (judgement.odds_factor, (-LN4,), 0.25),
    (judgement.odds_factor, (199.0,), 2.658287191737602e86),
    (judgement.odds_factor, (250.0,), 7.225973768125749e86),  # e^200
    (judgement.odds_factor, (-250.0,), 1.3838965267367376e-87),
    (judgement.judged_odds, (0.5, 3.0), 0.75),
    (judgement.judged_odds, (0.2, 4.0), 0.5),
    (judgement.judged_odds, (0.8, 0.25), 0.5),
    (reconciliation.reconcile_hours, (0.0, 6.0, 60.0, 0.5, 0.6), 108.0),  # three versions, three pairs of 36 hours
    (reconciliation.reconcile_hours, (0.5, 6.0, 60.0, 0.5, 0.6), 36.0),  # two versions, one pair
    (reconciliation.reconcile_hours, (0.5, 6.0, 60.0, 0.9, 0.6), 42.0),
    (reconciliation.reconcile_hours, (1.0, 6.0, 60.0, 0.5, 0.6), 0.0),
    (reconciliation.capped_share, (20.0, 100.0, 0.45), 0.2),
    (reconciliation.capped_share, (50.0, 100.0, 0.45), 0.45),
    (record.record_lag, (4.0, 0.5, 0.2, 0.25, 2.0), 8.4),  # 4 1.4 0.75 2
    (record.recorded_progress, (1.0, 0.5, -0.6), 2.1),
    (record.read_by, (2.1, -0.6), 1.5),
    (record.read_stage, (1.9, 3.0), 1.0),
    (record.read_stage, (2.0, 3.0), 2.0),
    (record.read_stage, (-0.1, 3.0), 0.0),
    (record.read_stage, (-2.5, 3.0), 0.0),
    (record.read_stage, (4.7, 3.0), 3.0),
]
LEADERSHIP: list[Point] = [
    (leadership.plan_level, (100.0, 1.1, 0.3, 200.0), 143.0),  # 1.1 (70 + 60)
    (leadership.plan_level, (100.0, 1.1, 1.0, 0.0), 110.0),  # nobody plans for nothing
    (leadership.plan_level, (100.0, 1.1, 1.0, 0.5), 0.55),  # but for little
    (leadership.gap_to_plan, (200.0, 150.0), 0.25),
    (leadership.gap_to_plan, (200.0, 250.0), -0.25),
    (leadership.pressure_target, (0.0, 1.0, 1.0, 1.0), 1.0 - 1.0 / E),
    (leadership.pressure_target, (0.0, 2.0, 1.0, 0.0), 1.0 - 1.0 / E),  # on day one half of it presses
    (leadership.pressure_target, (LN2, 0.0, 1.0, 1.0), 0.5),
    (leadership.pressure_target, (0.0, LN4, 1.0, 0.0), 0.5),
    (leadership.pressure_target, (LN2, 3.0, -1.0, 1.0), 0.5),  # ahead of plan nothing is short
    (leadership.pressure_target, (0.0, 4.0 * LN2, 0.5, 0.5), 0.6464466094067263),  # 1 - 2^(-3/2)
    (leadership.smoothed, (0.2, 0.8, 3.0), 0.4),
    (leadership.decision_latency, (1.0, 3.0, 2.0, 0.4), 4.0),
    (leadership.day_one_error, (90.0, 100.0), 0.1),
    (leadership.day_one_error, (130.0, 100.0), 0.3),
    (leadership.day_one_error, (5.0, 0.0), 1.0),
    (leadership.day_one_error, (0.0, 0.0), 0.0),
    (leadership.tolerance_next, (0.1, 0.3, 0.5, 0.125), 0.2),
    (leadership.tolerance_next, (0.3, 0.1, 0.5, 0.125), 0.275),
    (leadership.tolerance_next, (0.8, 2.0, 0.5, 0.125), 1.0),
    (leadership.tolerance_next, (0.8, 1.3, 0.5, 0.125), 1.0),
    (leadership.trust_of, (0.45,), 0.1),
    (leadership.trust_of, (0.7,), 0.0),
    (leadership.follow_number, (1.1e6, 1e6, 0.5, 0.5), 1.05),
    (leadership.follow_number, (0.8e6, 1e6, 0.5, 0.5), 0.9),
    (leadership.follow_number, (3e6, 1e6, 1.0, 0.3), 1.3),
    (leadership.follow_number, (0.0, 1e6, 1.0, 0.3), 0.7),
]
# A quarter of 65 days whose last 10 count double on the buyer's clock; 55 and 10 days, 75 on that clock.
CLOCK = (65.0, 2.0, 10.0)
TIMING: list[Point] = [
    (timing.buyer_end, (10.0, 20.0, *CLOCK), 30.0),
    (timing.buyer_end, (50.0, 5.0, *CLOCK), 55.0),
    (timing.buyer_end, (50.0, 10.0, *CLOCK), 57.5),  # five days, and five more in half the time
    (timing.buyer_end, (55.0, 10.0, *CLOCK), 60.0),
    (timing.buyer_end, (60.0, 10.0, *CLOCK), 65.0),
    (timing.buyer_end, (60.0, 20.0, *CLOCK), 75.0),
    (timing.buyer_end, (60.0, 75.0, *CLOCK), 125.0),  # ten by 65, fifty-five by 120, ten in five
    (timing.buyer_end, (0.0, 1e9, *CLOCK), 1e9 - 400.0 * 10.0),  # four hundred quarters, then no further
    (timing.buyer_elapsed, (60.0, 60.0, *CLOCK), 0.0),
    (timing.buyer_elapsed, (10.0, 30.0, *CLOCK), 20.0),
    (timing.buyer_elapsed, (50.0, 57.5, *CLOCK), 10.0),
    (timing.buyer_elapsed, (56.0, 60.0, *CLOCK), 8.0),
    (timing.buyer_elapsed, (60.0, 75.0, *CLOCK), 20.0),
    (timing.buyer_elapsed, (60.0, 125.0, *CLOCK), 75.0),
    (timing.queue_score, (3.0, 2.0, 1.5), 6.0),
    (timing.pull_push, (1.2, 0.25, 0.5), 0.45),
    (timing.holds_over, (1.6, 1.5, 0.25, 8.0), 1.0),
    (timing.holds_over, (1.5, 1.5, 0.25, 2.0), 0.0),
    (timing.holds_over, (0.2, 1.5, 0.25, 3.0), 1.0),
    (timing.holds_over, (0.2, 1.5, 0.25, 3.1), 0.0),
    (timing.holds_over, (0.25, 1.5, 0.25, 2.0), 0.0),
]
QUANTILES: list[Point] = [
    (quantiles.exponential, (0.5, 2.0), 2.0 * LN2),
    (quantiles.exponential, (0.875, 1.0), LN8),
    (quantiles.exponential, (0.0, 3.0), 0.0),
    (quantiles.normal, (0.5,), 0.0),
    (quantiles.normal, (0.75,), Z75),
    (quantiles.normal, (0.9,), Z90),
    (quantiles.normal, (0.1,), -Z90),
    (quantiles.normal, (0.975,), Z975),
    (quantiles.normal, (0.025,), -Z975),
    (quantiles.normal, (1e-9,), -5.997807015007687),
    (quantiles.normal, (1e-15,), -7.941345326170998),
    (quantiles.normal, (1e-16,), -8.222082216130435),
    (quantiles.normal_above, (0.5, 0.0), Z75),
    (quantiles.normal_above, (0.8, 0.0), Z90),
    (quantiles.normal_above, (0.0, 1.0), 1.0),
    (quantiles.lognormal, (0.5, 10.0, 0.8), 10.0),
    (quantiles.lognormal, (0.75, 10.0, 1.0 / Z75), 10.0 * E),
    (quantiles.lognormal_left, (0.5, 10.0, 1.0 / Z75, 10.0), 10.0 * E),  # half of the upper half
    (quantiles.lognormal_left, (0.5, 10.0, 0.5, 10.0 * exp(0.5 * Z75)), 10.0 * exp(0.5 * Z875)),  # of the upper quarter
    (quantiles.lognormal_left, (0.75, 10.0, 1.0 / Z75, 0.0), 10.0 * E),  # nothing has passed
    (quantiles.lognormal_left, (0.0, 10.0, 0.5, 25.0), 25.0),
    (quantiles.lognormal_left, (0.3, 10.0, 0.0, 5.0), 10.0),  # without spread it is the median
    (quantiles.centre, (0.25,), Z75),
    (quantiles.near_tail, (1.9206455826398414,), Z975),  # sqrt(ln 40)
    (quantiles.far_tail, (5.876970001191999,), 7.941345326170998),  # sqrt(15 ln 10)
    (quantiles.polynomial, (2.0, (1.0, -3.0, 4.0)), 2.0),  # 2^2 - 3 2 + 4
]
POINTS = DESIGN + DEMAND + DRIFT + PEOPLE + FORECAST + LEADERSHIP + TIMING + QUANTILES


def said(point: Point) -> str:
    function, arguments, _ = point
    return f"{function.__name__}({', '.join(f'{number!s:.8}' for number in arguments)})"


@pytest.mark.parametrize("point", POINTS, ids=said)
def test_a_formula_gives_the_number_found_on_paper(point: Point) -> None:
    function, arguments, expected = point
    assert function(*arguments) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_every_formula_has_a_known_point() -> None:
    known = {function for function, _, _ in POINTS}
    assert [function.__qualname__ for function in FORMULAS if function not in known] == []


def test_luck_of_nothing_is_no_infinite_quantile() -> None:
    """A uniform may be 0; its normal quantile is that of 2e-17, half a step of a uniform."""
    assert quantiles.normal(0.0) == pytest.approx(-8.412898817115293, rel=1e-9)
    assert quantiles.lognormal(0.0, 10.0, 1.0) > 0.0
    assert quantiles.normal(1.0) < inf
