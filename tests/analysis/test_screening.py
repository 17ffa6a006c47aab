"""Morris screening: effects of functions whose answer is known, beside SALib's own, and what dummies are for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from SALib.analyze import morris

from revsim.analysis.cube import Floats
from revsim.analysis.screening import Screened, effects, luck_steps, ranked, screened
from revsim.analysis.screening_design import STEP, Design, radial, trajectories
from revsim.errors import UserError
from revsim.studies.screen import LUCKS

MOST = [(20, 1, 0.042), (10, 1, 0.043), (5, 1, 0.069), (10, 12, 0.36)]
SLOPES = np.array([3.0, -2.0, 0.0])


def linear(at: Floats) -> Floats:
    return np.asarray(at @ SLOPES)


def ishigami(at: Floats) -> Floats:
    x = np.pi * (2.0 * at - 1.0)
    return np.asarray(np.sin(x[..., 0]) + 7.0 * np.sin(x[..., 1]) ** 2 + 0.1 * x[..., 2] ** 4 * np.sin(x[..., 0]))


def beside(found: Floats, luck: Floats) -> Screened:
    """Of an answer whose sd over starts is 1."""
    starts = np.linspace(-1.0, 1.0, len(found))
    return screened(found, luck, starts / starts.std(ddof=1))


def told(function: Callable[[Floats], Floats], design: Design, chance: float = 0.1) -> Screened:
    found = effects(function(design.points), design.points, radial=design.radial)
    return beside(found, np.random.default_rng(5).normal(0.0, chance, (len(found), LUCKS)))


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


def test_what_is_below_the_dummy_is_not_above_it_and_not_ranked() -> None:
    one = told(linear, trajectories(8, 3, 1), chance=100.0)
    assert not one.above.any()
    order = ranked([one])
    assert np.isnan(order[:-1]).all()
    assert order.answer.tolist() == [-1, -1, -1]


def luckily(rng: np.random.Generator, shape: tuple[int, int], common: float) -> Floats:
    """(seed, path) answers that are luck, of sd 1; the share `common` of their variance is the same in all paths."""
    alone, alike = rng.normal(size=shape), rng.normal(size=(shape[0], 1))
    return np.asarray(np.sqrt(1.0 - common) * alone + np.sqrt(common) * alike)


def alarms(paths: int, *, lucks: int = LUCKS, common: float = 0.0, answers: int = 1) -> Floats:
    """(time,) share of 40 numbers that are above the dummy in an answer, as each step only draws luck anew."""
    rng = np.random.default_rng(11)
    size, shares = np.full(paths, STEP), []
    for _ in range(200):
        above = np.zeros(40, dtype=bool)
        for _ in range(answers):
            steps = np.sqrt(2.0) * rng.normal(size=(paths, 40)) / STEP
            above |= beside(steps, luck_steps(luckily(rng, (1 + lucks, paths), common), size)).above[:-1]
        shares.append(above.mean())
    return np.asarray(shares)


@pytest.mark.parametrize(("paths", "answers", "most"), MOST)
def test_pure_chance_is_told_apart_as_seldom_as_is_said(paths: int, answers: int, most: float) -> None:
    """`most` is the rate that docs/screening.md states and four standard errors: one change of the seed in 30,000."""
    assert alarms(paths, answers=answers).mean() < most


def test_verdicts_do_not_stand_or_fall_with_one_seed() -> None:
    """Half of luck the same in all paths: a fifth of the numbers is wrong at once seldomer than with one other seed."""
    one, several = alarms(10, lucks=1, common=0.5), alarms(10, common=0.5)
    assert (several > 0.2).mean() < 0.6 * (one > 0.2).mean()


def test_the_score_is_the_largest_in_sd_of_the_answers_in_which_it_is_above_chance() -> None:
    luck = np.ones((6, LUCKS))
    starts = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    first = screened(np.full((6, 4), [4.0, 0.5, 1.5, 0.9]), luck, starts)
    second = screened(np.full((6, 4), [9.0, 2.0, 0.9, 0.9]), luck, 10.0 * starts)
    order, sd = ranked([first, second]), starts.std(ddof=1)
    np.testing.assert_allclose(order.score, [4.0 / sd, 0.2 / sd, 1.5 / sd, np.nan])
    np.testing.assert_allclose([order.low, order.high], [order.score, order.score])
    np.testing.assert_allclose(order.rank, [1.0, 3.0, 2.0, np.nan])
    assert order.answer.tolist() == [0, 1, 0, -1]


def test_an_answer_that_is_the_same_in_all_companies_does_not_rank() -> None:
    one = screened(np.full((6, 2), [4.0, 0.5]), np.ones((6, LUCKS)), np.ones(6))
    assert np.isnan(ranked([one]).rank).all()


def test_units_do_not_change_the_ranking() -> None:
    rng = np.random.default_rng(4)
    found = [rng.normal(size=(9, 6)) * np.arange(1, 7) for _ in range(2)]
    luck, starts = 0.1 * rng.normal(size=(9, LUCKS)), rng.normal(size=9)
    plain = ranked([screened(each, luck, starts) for each in found])
    scaled = ranked([screened(found[0], luck, starts), screened(1e6 * found[1], 1e6 * luck, 1e6 * starts)])
    assert np.isfinite(plain.score).all()
    np.testing.assert_allclose(plain.score, scaled.score)


def test_numbers_of_equal_score_share_their_places() -> None:
    one = beside(np.full((4, 3), [2.0, 2.0, 5.0]), np.ones((4, LUCKS)))
    assert ranked([one]).rank.tolist() == [2.5, 2.5, 1.0]


def test_luck_steps_between_any_two_seeds() -> None:
    found = luck_steps(np.array([[1.0, 0.0], [2.0, 0.0], [4.0, 1.0]]), np.array([0.5, 1.0]))
    np.testing.assert_allclose(found, [[2.0, 6.0, 4.0], [0.0, 1.0, 1.0]])


def test_the_dummy_is_the_mean_size_of_its_steps() -> None:
    one = beside(np.zeros((2, 1)), np.array([[1.0, -3.0], [2.0, -2.0]]))
    assert (one.mu_star[-1], one.mu[-1]) == (2.0, -0.5)
    assert one.sigma[-1] == pytest.approx(np.std([1.0, -3.0, 2.0, -2.0], ddof=1))


def test_effects_that_are_no_number_are_left_out_and_counted() -> None:
    found, luck = np.full((5, 1), 2.0), np.ones((5, LUCKS))
    found[2, 0] = luck[1, 0] = np.nan
    one = beside(found, luck)
    assert one.lost == 2
    assert one.mu_star[0] == 2.0


@pytest.mark.parametrize("bases", [[[0.5, 0.5]], [[0.5, 1.5, 0.5]], [[0.5] * 3, [0.5] * 2], [[0.5, float("nan"), 0.0]]])
def test_companies_that_do_not_fit_the_numbers_are_refused(bases: list[list[float]]) -> None:
    with pytest.raises(UserError, match="each must be 3 shares between 0 and 1"):
        radial(bases, 3)


def test_without_salib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revsim.analysis.screening_design.find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install '\.\[screening\]'"):
        trajectories(2, 3, 1)
