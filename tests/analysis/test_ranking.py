"""Who forecasts best and what kind of remedy it buys: the edges, with numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.cube import Cube
from revsim.analysis.ranking import (
    CONTROL,
    _resampled_variance,
    between,
    between_common,
    candidates,
    chance_of_best,
    control_of,
    kind_of,
    of_candidates,
)
from tests.analysis.judged_by_hand import bare
from tests.analysis.made_up import cube_of

ERROR = np.random.default_rng(6).normal(size=(20, 2))


def errors_by_week(replications: int = 20) -> Cube:
    """Three scenarios whose errors at week 7 are as 1 to 2 to 3, in all other weeks as 1 to 1 to 1."""
    error = ERROR[:replications]
    made = cube_of({"bookings": np.full((3, *error.shape), 100.0)}, np.stack([error] * 3))
    forecast = np.asarray(made.weekly["forecast"]).copy()
    for own in range(3):
        forecast[own, :, :, 6] = 100.0 + (own + 1.0) * error
    return made._replace(weekly=dict(made.weekly) | {"forecast": forecast})


def test_the_headline_is_of_week_seven() -> None:
    assert between(errors_by_week(), 1, 0) == pytest.approx((3.0, 3.0, 3.0))
    assert between(errors_by_week(), 0, 1) == pytest.approx((-0.75, -0.75, -0.75))


def test_in_the_baseline_s_bookings_who_sells_twice_as_much_is_no_better_for_it() -> None:
    sold = np.full((2, *ERROR.shape), 100.0)
    sold[1] *= 2.0
    made = cube_of({"bookings": sold}, np.stack([ERROR, ERROR]))
    assert between(made, 1, 0).estimate == pytest.approx(-0.75)
    assert between_common(made, 1, 0, 0).estimate == pytest.approx(0.0)
    assert between_common(made, 1, 0, 1).estimate == pytest.approx(0.0)


@pytest.mark.parametrize(("replications", "told"), [(2, False), (3, True)])
def test_chances_take_three_replications(replications: int, *, told: bool) -> None:
    made = errors_by_week(replications)
    assert np.isfinite(chance_of_best(made)).tolist() == [told] * 3
    assert (of_candidates(made) is not None) == told


def test_without_draws_the_resamples_are_made_and_the_least_error_is_best_in_all() -> None:
    made = errors_by_week()
    draws = of_candidates(made)
    assert draws is not None
    assert draws.shape == (2000, 3)
    assert (draws[:, 2] / draws[:, 0]).tolist() == pytest.approx([9.0] * 2000)
    assert chance_of_best(made).tolist() == chance_of_best(made, draws).tolist() == [1.0, 0.0, 0.0]


def test_a_tie_is_shared_among_those_who_tie() -> None:
    draws = np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 2.0], [2.0, 1.0, 3.0], [0.0, 1.0, 1.0]])
    wanted = [(1 / 3 + 1 / 2 + 1) / 4, (1 / 3 + 1 / 2 + 1) / 4, 1 / 12]
    assert chance_of_best(errors_by_week(), draws) == pytest.approx(np.array(wanted))


@pytest.mark.parametrize(
    ("names", "base", "control", "able"),
    [
        (("a", CONTROL, "b"), 0, 1, [0, 2]),
        (("a", CONTROL, "b"), 1, None, [0, 2]),
        (("a", "b"), 0, None, [0, 1]),
        (("a", CONTROL), 0, 1, [0, 1]),
        ((CONTROL,), 0, None, [0]),
    ],
)
def test_the_control_is_nobody_s_choice_while_two_others_are_left(
    names: tuple[str, ...], base: int, control: int | None, able: list[int]
) -> None:
    assert control_of(bare(names), base) == control
    assert candidates(bare(names)) == able


def test_the_control_has_no_chance_of_being_best() -> None:
    made = errors_by_week()._replace(scenarios=(CONTROL, "a", "b"))
    draws = of_candidates(made)
    assert draws is not None
    assert draws.shape == (2000, 2)
    assert chance_of_best(made)[1:].tolist() == [1.0, 0.0]
    assert np.isnan(chance_of_best(made)[0])


@pytest.mark.parametrize(
    ("design", "coordination", "kind"),
    [
        (0.0, 0.0, "neither"), (1.0, 0.0, "design"), (0.0, 1.0, "coordination"), (1.0, 1.0, "both"),
        (17.0, 3.0, "design"), (3.0, 17.0, "coordination"), (4.0, 1.0, "both"), (1.0, 4.0, "both"),
        (3.0, 1.0, "both"), (1.0, 3.0, "both"),
        (-5.0, 0.0, "neither"), (-2.0, 2.0, "coordination"), (2.0, -2.0, "design"), (0.25, 0.25, "both"),
    ],
)  # fmt: skip
def test_a_remedy_is_of_the_kind_that_takes_more_than_four_fifths_of_what_is_added(
    design: float, coordination: float, kind: str
) -> None:
    """Both begin at 10 a quarter; what is saved counts as nothing."""
    paid = np.full((2, 3, 2), 10.0)
    design_paid, coordination_paid = paid.copy(), paid.copy()
    design_paid[1] += design
    coordination_paid[1] += coordination
    columns = {"remedy_cost_design": design_paid, "remedy_cost_coordination": coordination_paid}
    assert kind_of(cube_of(columns | {"bookings": 10.0 * paid}), 1, 0) == kind


def test_an_error_far_from_zero_has_its_variance_to_the_last_digit() -> None:
    error = 1e9 + np.array([[0.0], [3.0], [6.0]])
    assert _resampled_variance(np.ones((1, 3)), error, np.full((3, 1), 3.0)).tolist() == [1.0]
