"""Each claim's primary contrast on a made-up cube with a known answer, and on equal scenarios."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from revsim.analysis.cube import Cube
from tests.benchmarks.claims_cube import WEEKS, equal, with_columns

HANDOFFS = ("marketing_to_sales", "sales_to_operations", "sales_to_customer")
SEVERITIES = [f"severity {level:g}" for level in np.arange(9) / 8]
NAMES = {
    1: [*SEVERITIES, "severity 0, built", "severity 0.25, built"],
    **{number: ["severity 0", "severity 0.5"] for number in (2, 3, 11, 20)},
    4: ["none", "coordination", "none, pressed", "coordination, pressed", *(f"{n} h of meetings" for n in range(3))],
    5: ["none", "shared pay", "shared pay, standing", "shared pay, diluted"],
    6: ["none", "owned", "resets", "owned, equal cost"],
    7: ["none", *HANDOFFS],
    8: [
        *(f"pool {share:g}" for share in (0, 0.1, 0.2, 0.3, 0.4, 0.6)),
        *(f"pool {share:g}, {who} leaves" for share in (0, 0.2) for who in ("top performer", "manager", "analyst")),
    ],
    9: [
        *("none", "planned", "at the alarm", "planned, trust below .5", "at the alarm, trust below .5"),
        *("no heroes", "twice the heroes"),
    ],
    10: ["none", "frictionless"],
    12: ["none", "design", "coordination", "design, pressed", "coordination, pressed"],
    13: ["none", "one moment"],
    15: [f"{name}, {reps} reps" for reps in (10, 30, 100) for name in ("none", "design")],
    16: ["sponsored", "sponsor withdrawn", "sponsored, governed", "sponsor withdrawn, governed"],
    17: ["evidence", "negotiation"],
    19: ["none", "skill alike", "skill spread"],
    21: ["trust held", "trust follows"],
}


def primary(claims: SimpleNamespace, number: int, cube: Cube) -> list[Any]:
    """The claim's primary contrasts, judged on a cube."""
    (claim,) = claims.asked.chosen({number})
    return claims.run.judge(claim, claims.look.Look(cube), {}).primary


def estimates(claims: SimpleNamespace, number: int, cube: Cube) -> list[float]:
    """What comes out."""
    return [each.interval.estimate for each in primary(claims, number, cube)]


def swung(cube: Cube, factor: float) -> np.ndarray:
    """Bookings that swing by a factor around each replication's own mean."""
    booked = cube.quarterly["bookings"][0]
    middle = booked.mean(axis=1, keepdims=True)
    return middle + factor * (booked - middle)


def missed(cube: Cube, factor: np.ndarray | float) -> np.ndarray:
    """Forecasts whose errors are a factor as large."""
    booked = cube.quarterly["bookings"][0][..., None]
    return booked + factor * (cube.weekly["forecast"][0] - booked)


@pytest.mark.parametrize("number", sorted(NAMES))
def test_equal_scenarios_leave_a_claim_open(claims: SimpleNamespace, number: int) -> None:
    (claim,) = claims.asked.chosen({number})
    asked = claims.run.judge(claim, claims.look.Look(equal(NAMES[number])), {})
    (ruled,) = claims.run.ruled([asked])
    assert asked.primary
    assert [each.interval.estimate for each in asked.primary] == pytest.approx([0.0] * len(asked.primary), abs=1e-9)
    assert (ruled.word, ruled.verdict) == ("open", "open")


def test_every_claim_that_is_run_is_tried_here(claims: SimpleNamespace) -> None:
    assert {claim.number for claim in claims.asked.chosen() if not claim.not_asked} == set(NAMES)
    assert {claim.number for claim in claims.asked.chosen()} == set(range(1, 22))


@pytest.mark.parametrize(
    ("number", "column", "own", "base", "expected"),
    [
        (5, "bookings_third_month", {"shared pay": 0.3}, 0.4, -0.1),
        (11, "decision_latency_days", {"severity 0.5": 5.0}, 3.0, 2.0),
        (20, "reconciliation_hours", {"severity 0.5": 900.0}, 700.0, 200.0),
        (6, "disagreement", {"owned": 0.2}, 0.3, -0.1),
    ],
)
def test_a_level_against_another(
    claims: SimpleNamespace, number: int, column: str, own: dict[str, float], base: float, expected: float
) -> None:
    cube = equal(NAMES[number])
    values = dict.fromkeys(NAMES[number], base) | own
    if column == "bookings_third_month":
        values = {name: share * cube.quarterly["bookings"][0] for name, share in values.items()}
    assert estimates(claims, number, with_columns(cube, {column: values})) == pytest.approx([expected])


@pytest.mark.parametrize(
    ("number", "own", "factor", "expected"),
    [
        (16, "sponsor withdrawn", 2.0, 3.0),
        (17, "evidence", 0.5, -0.75),
    ],
)
def test_forecasts_that_miss_by_a_factor_have_its_square(
    claims: SimpleNamespace, number: int, own: str, factor: float, expected: float
) -> None:
    cube = equal(NAMES[number])
    cube = with_columns(cube, {"forecast": {own: missed(cube, factor)}})
    assert estimates(claims, number, cube) == pytest.approx([expected])


@pytest.mark.parametrize(
    ("number", "factors", "expected"),
    [
        (15, {"design, 10 reps": 0.9, "design, 100 reps": 0.6}, 0.6 / 0.9 - 1.0),
        (19, {"skill spread": 1.3, "skill alike": 0.8}, 1.3 / 0.8 - 1.0),
    ],
)
def test_volatility_goes_with_the_swing(
    claims: SimpleNamespace, number: int, factors: dict[str, float], expected: float
) -> None:
    cube = equal(NAMES[number])
    cube = with_columns(cube, {"bookings": {name: swung(cube, factor) for name, factor in factors.items()}})
    assert estimates(claims, number, cube) == pytest.approx([expected])


def test_1_both_rises_at_an_unchanged_mean(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[1])
    booked, wild = swung(cube, 1.5), missed(cube, 2.0) - cube.quarterly["bookings"][0][..., None]
    changed = {"bookings": {"severity 0.25": booked}, "forecast": {"severity 0.25": booked[..., None] + wild}}
    assert estimates(claims, 1, with_columns(cube, changed)) == pytest.approx([0.5, 3.0])


def test_2_late_change_is_the_share_of_the_last_four_weeks(claims: SimpleNamespace) -> None:
    even, late = np.arange(WEEKS) * 1.0, np.cumsum([0.0, *[1.0] * 8, *[2.0] * 4])
    cube = with_columns(equal(NAMES[2]), {"forecast": {"severity 0": even, "severity 0.5": late}})
    assert estimates(claims, 2, cube) == pytest.approx([8 / 16 - 4 / 12])


def test_3_cycle_at_equal_load_has_loads_part_taken_out(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[3])
    load = cube.quarterly["rep_load"][0].copy()
    of_load = {"severity 0": load, "severity 0.5": load - 7.0}
    cycle = {"severity 0": 10 + 5 * load.mean(1, keepdims=True), "severity 0.5": 13 + 5 * (load - 7).mean(1)[:, None]}
    cube = with_columns(cube, {"rep_load": of_load, "cycle_days": cycle})
    cube = with_columns(cube, {"spend": {"severity 0.5": cube.quarterly["spend"][0] + cube.quarterly["bookings"][0]}})
    found = estimates(claims, 3, cube)
    assert found[3] == pytest.approx(3.0)
    assert found[1] == pytest.approx(1.0)
    assert found[4] == pytest.approx(0.0, abs=1e-12)


def test_4_relief_that_is_gone_in_the_last_quarters(claims: SimpleNamespace) -> None:
    cube, factor = equal(NAMES[4], quarters=8), np.ones((8, 1))
    factor[:2] = 0.5
    cube = with_columns(cube, {"forecast": {"coordination": missed(cube, factor)}})
    assert estimates(claims, 4, cube) == pytest.approx([3.0])


def test_7_each_handoff_by_its_own_leaks(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[7])
    accepted = dict.fromkeys(NAMES[7], 200.0)
    leaks = {f"leaked_{name}_count": dict.fromkeys(NAMES[7], 50.0) | {name: 30.0} for name in HANDOFFS}
    assert estimates(claims, 7, with_columns(cube, {"accepted": accepted, **leaks})) == pytest.approx([-0.1] * 3)


def test_8_a_leaver_costs_more_where_the_pool_was_busy(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[8])
    busy = np.arange(30) >= 15
    hours, lost = np.where(busy, 90.0, 20.0)[:, None], np.where(busy, 10.0, 4.0)[:, None]
    booked = cube.quarterly["bookings"][0] - lost
    changed = {"heroics_hours": {"pool 0.2": hours}, "bookings": {"pool 0.2, top performer leaves": booked}}
    assert estimates(claims, 8, with_columns(cube, changed)) == pytest.approx([-6.0])


def test_9_waiting_is_told_at_margin_and_after_cost(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[9])
    booked, people = cube.quarterly["bookings"][0] - 10.0, cube.quarterly["people_cost"][0] + 5.0
    cube = with_columns(cube, {"bookings": {"at the alarm": booked}, "people_cost": {"at the alarm": people}})
    assert estimates(claims, 9, cube) == pytest.approx([-12.0])


def test_9_the_alarm_rings_in_the_first_week_below(claims: SimpleNamespace) -> None:
    trust = np.array([[0.9, 0.4, 0.6, 0.3], [0.9, 0.8, 0.7, 0.6]])
    assert claims.readings.first_week_below(trust, 0.5).tolist() == [2.0, 5.0]


def test_10_the_rise_of_debt_less_that_without_frictions(claims: SimpleNamespace) -> None:
    steep, flat = (np.repeat([100.0, 100.0 + rise], [4, 12])[None, :] for rise in (30.0, 10.0))
    cube = with_columns(equal(NAMES[10]), {"debt": {"none": steep, "frictionless": flat}})
    assert estimates(claims, 10, cube) == pytest.approx([20.0])


def test_12_what_pressure_adds_to_the_swing_with_design_against_coordination(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[12])
    booked = cube.quarterly["bookings"][0]
    level = float((booked.std(axis=1, ddof=1) / booked.mean(axis=1)).mean())
    changed = {"design, pressed": swung(cube, 1.1), "coordination, pressed": swung(cube, 1.3)}
    assert estimates(claims, 12, with_columns(cube, {"bookings": changed})) == pytest.approx([-0.2 * level])


def test_13_only_the_first_quarter_counts(claims: SimpleNamespace) -> None:
    leaks = np.repeat([20.0, 500.0], [1, 15])[None, :]
    column = "leaked_marketing_to_sales_count"
    changed = {"accepted": dict.fromkeys(NAMES[13], 100.0), column: {"none": 50.0, "one moment": leaks}}
    assert estimates(claims, 13, with_columns(equal(NAMES[13]), changed)) == pytest.approx([-0.3])


def test_21_growth_that_is_lost(claims: SimpleNamespace) -> None:
    held = np.repeat([100.0, 150.0], [6, 10])[None, :]
    follows = np.repeat([100.0, 120.0], [6, 10])[None, :]
    cube = with_columns(equal(NAMES[21]), {"bookings": {"trust held": held, "trust follows": follows}})
    assert estimates(claims, 21, cube) == pytest.approx([-0.2])


def test_a_clear_fall_of_the_mean_forbids_support_of_claim_1(claims: SimpleNamespace) -> None:
    cube = equal(NAMES[1])
    lower = 0.5 * swung(cube, 3.0)
    cube = with_columns(cube, {"bookings": {"severity 0.25": lower}})
    (claim,) = claims.asked.chosen({1})
    asked = claims.run.judge(claim, claims.look.Look(cube), {})
    assert asked.unless
    assert claims.run.ruled([asked])[0].verdict != "supported"


def test_a_programme_is_matched_in_cost_by_its_amount(claims: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def priced(scenarios: list[Any], _: object) -> list[float]:
        return [100.0 if each.name == "wanted" else 20.0 + 180.0 * each.share**1.5 for each in scenarios]

    class Priced:
        def __init__(self, name: str, share: float = 0.0) -> None:
            self.name, self.share = name, share

        def replace(self, _: object, name: str) -> Priced:
            return Priced(name, self.share)

    monkeypatch.setattr(claims.costs, "costs", priced)
    found = claims.costs.matched(Priced("wanted"), lambda share: Priced("own", share), None)
    assert priced([found], None)[0] == pytest.approx(100.0, rel=0.01)


def test_a_number_that_is_no_claims_is_refused(claims: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="99"):
        claims.asked.chosen({3, 99})
