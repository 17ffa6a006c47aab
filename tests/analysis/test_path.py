"""Effects over time: means with gaps, variances of resamples, and what is read off a path."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis import interval
from revsim.analysis.attribution import widened
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.path import Path, Resamples, _spread, of_means, of_variances
from revsim.analysis.resample import counts

NAN = np.nan


def path() -> Path:
    return Path(
        np.array([1.0, 2.0, 4.0]),
        np.array([[1.0, 2.0, 3.0], [1.5, 2.5, 4.5], [0.5, 1.5, 4.5]]),
        np.array([[1.0, 3.0, 5.0], [0.0, 1.0, 2.0]]),
    )


def listed(one: Path) -> list[list]:
    return [part.tolist() for part in one]


def test_a_path_can_begin_later_be_turned_and_be_summed() -> None:
    assert listed(path().since(1)) == [[2.0, 4.0], [[2.0, 3.0], [2.5, 4.5], [1.5, 4.5]], [[3.0, 5.0], [1.0, 2.0]]]
    assert listed(path().signed(-1.0))[0] == [-1.0, -2.0, -4.0]
    assert listed(path().signed(-1.0))[2] == [[-1.0, -3.0, -5.0], [0.0, -1.0, -2.0]]
    assert listed(path().running())[0] == [1.0, 3.0, 7.0]
    assert listed(path().running())[1][0] == [1.0, 3.0, 6.0]
    assert listed(path().running())[2] == [[1.0, 4.0, 9.0], [0.0, 1.0, 3.0]]


def test_the_interval_at_a_time_is_the_jackknife_s_and_one_that_was_chosen_is_wider() -> None:
    own = interval.of_jackknife(Jackknifed(2.0, np.array([2.0, 2.5, 1.5])))
    assert path().at(1) == own
    assert path().chosen(1) == widened(own, 3, 3)
    assert path().chosen(1).high > own.high


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_path_with_a_gap_anywhere_is_not_usable(part: int) -> None:
    assert path().usable
    gone = [each.copy() for each in path()]
    gone[part][..., -1] = NAN
    assert not Path(*gone).usable


def test_means_leave_out_who_has_no_number_at_a_time() -> None:
    """Differences 1, 2, 6 at the first time; 3, none, 5 at the second; at the third one alone has any."""
    base = np.full((3, 3), 10.0)
    own = base + np.array([[1.0, 3.0, 7.0], [2.0, NAN, NAN], [6.0, 5.0, NAN]])
    found = of_means(own, base, None)
    assert found.whole.tolist() == [3.0, 4.0, 7.0]
    assert found.without.T[:2].tolist() == [[4.0, 3.5, 1.5], [5.0, 4.0, 3.0]]
    assert np.isnan(found.without[0, 2])
    assert found.without[1:, 2].tolist() == [7.0, 7.0]
    assert found.draws.shape == (0, 3)


def test_resampled_means_are_those_of_who_was_taken() -> None:
    base = np.zeros((3, 2))
    own = np.array([[1.0, 3.0], [2.0, NAN], [6.0, 5.0]])
    taken = counts(3, 500)
    found = of_means(own, base, Resamples(3)).draws
    assert found.shape == (500, 2)
    assert found[:, 0] == pytest.approx(taken @ own[:, 0] / 3.0)
    draw = int(np.flatnonzero((taken == [1.0, 1.0, 1.0]).all(axis=1))[0])
    assert found[draw].tolist() == [3.0, 4.0]


@pytest.mark.parametrize(("replications", "blocks"), [(3, [500]), (1000, [500]), (1001, [499, 1]), (2000, [250, 250])])
def test_many_replications_are_resampled_in_blocks_of_half_a_million_numbers(
    replications: int, blocks: list[int]
) -> None:
    seen: list[int] = []

    def read(weights: np.ndarray) -> np.ndarray:
        seen.append(len(weights))
        return weights[:, :2]

    found = Resamples(replications).draws(read)
    assert seen == blocks
    assert found.tolist() == counts(replications, 500)[:, :2].tolist()


def test_the_variance_of_a_resample_is_that_of_its_replications_over_their_squared_mean() -> None:
    """Errors 0, 3, 6 at bookings 1, 2, 3; of the second once and the third twice: 3 over (8 / 3)^2."""
    weights = np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 2.0]])
    error, actual = np.array([[0.0], [3.0], [6.0]]), np.array([[1.0], [2.0], [3.0]])
    for shift in (0.0, 1e9):
        assert _spread(weights, error + shift, actual).tolist() == [
            [9.0 / 4.0],
            [pytest.approx(3.0 / (8.0 / 3.0) ** 2)],
        ]


def test_variances_are_told_as_log_ratios_by_quarter() -> None:
    """Errors twice as large, bookings the same; in the second quarter nobody errs, in the third the baseline alone."""
    actual = np.full((4, 3), 10.0)
    error = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 2.0], [3.0, 0.0, 5.0], [7.0, 0.0, 0.0]])
    own = error * np.array([2.0, 1.0, 0.0])
    found = of_variances((own, actual), (error, actual), Resamples(4))
    assert found.whole[:2].tolist() == pytest.approx([np.log(4.0), 0.0])
    assert found.without[:, :2].tolist() == [[pytest.approx(np.log(4.0)), 0.0]] * 4
    assert np.isnan(found.whole[2])
    assert np.isnan(found.without[:, 2]).all()
    assert found.draws.shape == (500, 3)
    varied = (counts(4, 500) < 4.0).all(axis=1)
    assert found.draws[varied, 0] == pytest.approx(np.full(varied.sum(), np.log(4.0)))
    assert found.draws[~varied, 0].tolist() == [0.0] * int((~varied).sum())
    other = of_variances((error, actual), (own, actual), Resamples(4))
    assert other.whole[0] == pytest.approx(-np.log(4.0))
    assert np.isnan(other.whole[2])
