"""The search finds the truth where there is one, keeps to bounds, and says how well it knows."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.calibration.match import Array, Knob, Moments, Target, match

TRUTH = np.array([1.4, 0.6, 20.0])
KNOBS = (
    Knob(("a",), 0.5, 0.05, 0.0, 5.0),
    Knob(("b",), 1.2, 0.05, 0.1, 5.0),
    Knob(("c",), 8.0, 0.5, 1.0, 60.0),
)


def curved(at: Array) -> Moments:
    """Three moments, none of which belongs to one number alone."""
    a, b, c = at
    return {"share": float(1.0 / (1.0 + np.exp(-a + 0.2 * b))), "spread": float(b * b + 0.1 * a), "days": float(c * b)}


def targets(error: float = 0.01) -> dict[str, Target]:
    return {name: Target(value, error * value) for name, value in curved(TRUTH).items()}


def test_numbers_behind_known_moments_are_found() -> None:
    found = match(curved, KNOBS, targets(), steps=20)
    assert [fit.value for fit in found.fits] == pytest.approx(TRUTH.tolist(), rel=0.02)
    assert found.loss < 1.0


def test_a_range_is_that_of_the_method_where_moments_are_straight() -> None:
    """One number that is its own moment: the target's error, widened by the simulation's."""
    knob = Knob(("a",), 1.0, 0.1, 0.0, 9.0)
    found = match(lambda at: {"m": 3.0 * float(at[0])}, [knob], {"m": Target(6.0, 0.3)}, replications=4)
    (fit,) = found.fits
    variance = (0.3 / 3.0) ** 2 * (1.0 + 1.0 / 4.0)
    assert fit.value == pytest.approx(2.0, abs=0.01)
    assert fit.high - fit.value == pytest.approx(1.645 * (1.0 / variance + 1.0 / 0.5**2) ** -0.5, rel=0.01)


def test_a_number_that_no_moment_tells_has_the_range_of_the_prior() -> None:
    knobs = (Knob(("a",), 2.0, 0.1, 0.0, 9.0), Knob(("mute",), 5.0, 0.2, 0.0, 9.0))
    targets = {"m": Target(6.0, 0.3), "n": Target(1.0, 0.1)}
    found = match(lambda at: {"m": 3.0 * float(at[0]), "n": 1.0}, knobs, targets)
    assert found.fits[1].high - found.fits[1].value == pytest.approx(1.645 * 5.0 * 0.2, rel=0.01)


def test_a_larger_error_of_the_data_gives_a_wider_range() -> None:
    sure, unsure = (match(curved, KNOBS, targets(error), steps=10).fits for error in (0.01, 0.05))
    assert all(
        wide.high - wide.low > 2.0 * narrow.high - 2.0 * narrow.low for wide, narrow in zip(unsure, sure, strict=True)
    )


def test_a_number_stays_within_its_bounds() -> None:
    tight = (*KNOBS[:2], KNOBS[2]._replace(high=12.0))
    found = match(curved, tight, targets(), steps=20)
    assert found.fits[2].value <= 12.0
    assert found.fits[2].high <= 12.0


def test_more_numbers_than_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="3 numbers cannot be told by 1 moments"):
        match(curved, KNOBS, {"share": Target(0.5, 0.1)})
