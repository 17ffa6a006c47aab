"""Morris screening: effects of functions whose answer is known, beside SALib's own, and what a dummy is for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from SALib.analyze import morris

from revsim.analysis.cube import Floats
from revsim.analysis.screening import Screened, effects, ranked, screened
from revsim.analysis.screening_design import STEP, Design, radial, trajectories
from revsim.errors import UserError

SLOPES = np.array([3.0, -2.0, 0.0])


def linear(at: Floats) -> Floats:
    return np.asarray(at @ SLOPES)


def ishigami(at: Floats) -> Floats:
    x = np.pi * (2.0 * at - 1.0)
    return np.asarray(np.sin(x[..., 0]) + 7.0 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0]))


def told(function: Callable[[Floats], Floats], design: Design, chance: float = 0.1) -> Screened:
    found = effects(function(design.points), design.points, radial=design.radial)
    dummy = np.random.default_rng(5).normal(0.0, chance, (len(found), 1))
    return screened(np.column_stack([found, dummy]))


def both() -> list[Design]:
    bases = np.random.default_rng(2).random((8, 3)).tolist()
    return [trajectories(8, 3, 1), radial(bases, 3)]


@pytest.mark.parametrize("design", both(), ids=["trajectories", "radial"])
def test_of_a_linear_function_mu_is_the_slope_and_sigma_nothing(design: Design) -> None:
    one = told(linear, design)
    np.testing.assert_allclose(one.mu[:3], SLOPES, atol=1e-12)
    np.testing.assert_allclose(one.mu_star[:3], np.abs(SLOPES), atol=1e-12)
    np.testing.assert_allclose(one.sigma[:3], 0.0, atol=1e-12)
    np.testing.assert_allclose(one.low[:3], one.high[:3], atol=1e-12)
    assert one.above.tolist() == [True, True, False, False]


@pytest.mark.parametrize("design", both(), ids=["trajectories", "radial"])
def test_a_number_that_works_only_with_another_has_sigma(design: Design) -> None:
    one = told(lambda at: at[..., 0] * at[..., 1], design)
    assert (one.sigma[:2] > 0.05).all()
    assert one.sigma[2] == 0.0
    assert one.mu_star[2] == 0.0


@pytest.mark.parametrize("design", both(), ids=["trajectories", "radial"])
def test_each_step_moves_one_number_by_half_of_its_values_and_stays_within(design: Design) -> None:
    before = design.points[:, :1] if design.radial else design.points[:, :-1]
    moved = np.abs(design.points[:, 1:] - before)
    np.testing.assert_allclose(np.sort(moved, axis=2)[:, :, -1], STEP)
    np.testing.assert_allclose(np.sort(moved, axis=2)[:, :, :-1], 0.0, atol=1e-12)
    assert (moved.argmax(axis=2).sum(axis=1) == 3).all()  # 0 + 1 + 2: each number once
    assert ((design.points >= 0.0) & (design.points <= 1.0)).all()


def test_mu_and_sigma_are_those_of_salib() -> None:
    design = trajectories(12, 3, 3)
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    unit = ((design.points - 0.125) / 0.75).reshape(-1, 3)
    theirs = morris.analyze(problem, unit, ishigami(design.points).ravel(), num_levels=4)
    mine = told(ishigami, design)
    for name in ("mu", "mu_star", "sigma"):  # their step is 2/3 of a cube that is 3/4 as wide
        np.testing.assert_allclose(getattr(mine, name)[:3], np.asarray(theirs[name]) / 0.75, rtol=1e-9)


def test_equal_seeds_give_equal_trajectories_and_others_others() -> None:
    np.testing.assert_array_equal(trajectories(4, 5, 7).points, trajectories(4, 5, 7).points)
    assert (trajectories(4, 5, 7).points != trajectories(4, 5, 8).points).any()


def test_what_is_below_the_dummy_is_not_above_it_and_scores_one() -> None:
    one = told(linear, trajectories(8, 3, 1), chance=100.0)
    assert not one.above.any()
    np.testing.assert_allclose(ranked([one]).score, 1.0)


def test_pure_chance_is_seldom_told_apart() -> None:
    """40 numbers of the dummy's own law over 20 paths, 200 times: 3 % on average, 6 % is five standard errors away."""
    rng = np.random.default_rng(11)
    found = [screened(rng.normal(size=(20, 41))).above.mean() for _ in range(200)]
    assert np.mean(found) < 0.06


def test_the_score_is_the_geometric_mean_of_times_chance() -> None:
    rng = np.random.default_rng(3)
    chance = rng.choice([-1.0, 1.0], (6, 1))
    first = screened(np.column_stack([np.full((6, 2), [4.0, 0.5]), chance]))
    second = screened(np.column_stack([np.full((6, 2), [9.0, 2.0]), chance]))
    order = ranked([first, second])
    np.testing.assert_allclose(order.score, [6.0, np.sqrt(2.0)])
    assert order.rank.tolist() == [1.0, 2.0]
    np.testing.assert_allclose([order.low, order.high], [order.score, order.score])


def test_units_do_not_change_the_ranking() -> None:
    rng = np.random.default_rng(4)
    found = [rng.normal(size=(9, 6)) * np.arange(1, 7) for _ in range(2)]
    plain = ranked([screened(each) for each in found])
    scaled = ranked([screened(found[0]), screened(1e6 * found[1])])
    np.testing.assert_allclose(plain.score, scaled.score)


def test_numbers_of_equal_score_share_their_places() -> None:
    one = screened(np.column_stack([np.full((4, 3), [2.0, 2.0, 5.0]), np.ones((4, 1))]))
    assert ranked([one]).rank.tolist() == [2.5, 2.5, 1.0]


def test_effects_that_are_no_number_are_left_out_and_counted() -> None:
    found = np.column_stack([np.full((5, 1), 2.0), np.ones((5, 1))])
    found[2, 0] = np.nan
    one = screened(found)
    assert one.lost == 1
    assert one.mu_star[0] == 2.0


@pytest.mark.parametrize("bases", [[[0.5, 0.5]], [[0.5, 1.5, 0.5]], [[0.5] * 3, [0.5] * 2], [[0.5, float("nan"), 0.0]]])
def test_companies_that_do_not_fit_the_numbers_are_refused(bases: list[list[float]]) -> None:
    with pytest.raises(UserError, match="each must be 3 shares between 0 and 1"):
        radial(bases, 3)


def test_without_salib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revsim.analysis.screening_design.find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install '\.\[screening\]'"):
        trajectories(2, 3, 1)
