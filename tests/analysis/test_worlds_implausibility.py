"""Implausibility by hand: a spread by its middle, a bound by its end, simulation error by groups, what rules out."""

from __future__ import annotations

from math import inf, nan, sqrt

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.patterns import Pattern, own_patterns
from revsim.analysis.worlds.implausibility import (
    CUT,
    GROUPS,
    Fit,
    fits,
    implausibility,
    is_kept,
    largest,
    pattern_error,
    ruling_rows,
    simulation_errors,
    worst,
)
from tests.analysis.synthetic import study


def rows(replications: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    quarters, weeks = study({"A": 0.2}, replications)
    return quarters.assign(installed_value=1.0), weeks


def wins(value: float) -> Pattern:
    return Pattern("wins", 200.0, 300.0, "wins", value)


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [
        (250.0, 0.0, 0.0),
        (200.0, 0.0, 2.0),
        (300.0, 0.0, 2.0),
        (325.0, 0.0, CUT),
        (300.0, 25.0, sqrt(2.0)),
        (nan, 1.0, inf),
    ],
)
def test_a_spread_is_its_middle_with_a_quarter_of_its_width(value: float, error: float, expected: float) -> None:
    assert implausibility(wins(value), error) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("low", "high", "value", "error", "expected"),
    [
        (0.0, 0.95, 0.95, 0.0, 0.0),
        (0.0, 0.95, 0.10, 0.0, 0.0),
        (0.0, 0.95, 0.99, 0.02, 2.0),
        (0.0, 0.95, 0.951, 0.0, inf),
        (0.0, inf, -0.03, 0.01, 3.0),
        (0.0, inf, 7.0, 0.01, 0.0),
        (-inf, 1.0, 1.2, 0.1, 2.0),
        (0.0, 0.0, 1.0, 0.0, 2.0),
        (0.0, 0.0, 2.0, 0.0, 4.0),
    ],
)
def test_a_bound_has_no_error_but_the_simulation_s_and_a_count_half_of_one(
    low: float, high: float, value: float, error: float, expected: float
) -> None:
    assert implausibility(Pattern("bound", low, high, "", value), error) == pytest.approx(expected)


def test_more_simulation_error_never_makes_a_company_less_plausible() -> None:
    for value in (150.0, 240.0, 400.0):
        found = [implausibility(wins(value), error) for error in (0.0, 5.0, 20.0, 80.0)]
        assert found == sorted(found, reverse=True)


def test_a_range_mirrored_about_its_middle_judges_alike() -> None:
    for off in (3.0, 40.0, 90.0):
        assert implausibility(wins(250.0 + off), 4.0) == implausibility(wins(250.0 - off), 4.0)


def test_a_mean_s_simulation_error_is_the_standard_error_of_equal_groups() -> None:
    """The jackknife of a mean over g equal groups is the sd of the group means over root g."""
    quarters, weeks = rows(2 * GROUPS)
    place = [pattern.name for pattern in own_patterns(quarters, weeks)].index("wins a quarter")
    means = quarters.groupby("replication")["won"].mean().to_numpy().reshape(GROUPS, 2).mean(axis=1)
    assert simulation_errors(quarters, weeks)[place] == pytest.approx(means.std(ddof=1) / sqrt(GROUPS))


def test_one_replication_alone_has_no_simulation_error() -> None:
    quarters, weeks = rows(1)
    assert set(simulation_errors(quarters, weeks)) == {0.0}


def test_fits_are_of_all_patterns_in_their_order() -> None:
    quarters, weeks = rows(GROUPS)
    found = fits(quarters, weeks)
    assert [fit.pattern for fit in found] == own_patterns(quarters, weeks)
    assert all(fit.implausibility == implausibility(fit.pattern, fit.error) for fit in found)


def company(one: float, other: float) -> list[Fit]:
    patterns = [wins(one), Pattern("load", 0.0, 0.95, "share", other)]
    return [Fit(pattern, 0.01, implausibility(pattern, 0.01)) for pattern in patterns]


def test_a_company_is_as_implausible_as_its_worst_pattern() -> None:
    assert worst(company(290.0, 0.9)) == "wins"
    assert worst(company(250.0, 0.99)) == "load"
    assert largest(company(250.0, 0.96)) == pytest.approx(1.0)
    assert [is_kept(company(*each)) for each in ((250.0, 0.9), (250.0, 0.99), (400.0, 0.9))] == [True, False, False]


def test_what_each_pattern_rules_out_and_what_no_other_does() -> None:
    rows = ruling_rows([company(250.0, 0.9), company(400.0, 0.9), company(400.0, 1.1), company(260.0, 1.2)])
    assert rows["pattern"].tolist() == ["wins", "load"]
    assert rows["ruled_out"].tolist() == [0.5, 0.5]
    assert rows["alone"].tolist() == [0.25, 0.25]
    assert rows["median"].tolist() == pytest.approx([330.0, 1.0])
    assert rows["pattern_error"].tolist() == [pattern_error(wins(0.0)), 0.0]


def test_the_middle_of_a_normal_is_kept_as_often_as_three_sd_say() -> None:
    """95 % of firms in the range: of those drawn from that normal 99.7 % are kept; false alarms 1 in 1,000 (seeded)."""
    values = np.random.default_rng(5).normal(250.0, 25.0, 10_000)
    kept = np.mean([implausibility(wins(float(value)), 0.0) <= CUT for value in values])
    assert kept == pytest.approx(0.9973, abs=0.0017)


def test_no_company_gives_no_rows() -> None:
    assert ruling_rows([]).empty
    assert isinstance(ruling_rows([]), pd.DataFrame)
