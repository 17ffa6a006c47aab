"""Fits recover a known truth; where the public data sets are at hand, the shipped companies' numbers are theirs."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.calibration import fits
from revsim.scenario.address import get
from revsim.scenario.load import load

DATA = Path(os.environ.get("REVSIM_DATA", Path(__file__).parents[3] / "shared" / "data"))
OLIST = DATA / "olist_funnel"
MAVEN = DATA / "maven_crm" / "sales_pipeline.csv"
here = pytest.mark.skipif(not OLIST.is_dir() or not MAVEN.is_file(), reason="the public data sets are not at hand")


def test_a_lognormal_is_recovered() -> None:
    """Truth within twice the 90 % ranges of both numbers: 1 seed in 500 would fail."""
    days = np.random.default_rng(5).lognormal(np.log(20.0), 0.8, 4000)
    median, sigma = fits.lognormal(days)
    assert abs(median.value - 20.0) < median.high - median.low
    assert abs(sigma.value - 0.8) < sigma.high - sigma.low


def test_an_over_dispersed_count_gives_back_its_log_sd() -> None:
    generator = np.random.default_rng(6)
    counts = generator.poisson(280.0 * np.exp(generator.normal(-0.02, 0.2, 4000))).astype(float)
    assert fits.dispersion(counts).value == pytest.approx(0.2, rel=0.05)


def test_a_poisson_count_has_no_spread_of_its_rate() -> None:
    counts = np.random.default_rng(7).poisson(280.0, 5000).astype(float)
    assert fits.dispersion(counts).value < 0.02


def test_lag_one_of_an_autoregression_is_its_coefficient() -> None:
    generator, series = np.random.default_rng(8), [0.0]
    for shock in generator.normal(size=5000):
        series.append(0.6 * series[-1] + shock)
    assert fits.lag_one(np.array(series)).value == pytest.approx(0.6, abs=0.04)


def test_a_share_lies_in_its_interval() -> None:
    fit = fits.share(13, 100)
    assert fit.low < 0.13 < fit.high
    assert fits.share(0, 50).low == pytest.approx(0.0, abs=1e-12)


def test_a_lognormal_refuses_values_that_are_not_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        fits.lognormal(np.array([1.0, 0.0]))


def value(file: str, address: str) -> float:
    found: float = get(load(f"scenarios/companies/{file}.yaml"), address).value
    return found


@here
def test_olist_s_demand_is_that_of_its_funnel() -> None:
    leads = pd.read_csv(OLIST / "olist_marketing_qualified_leads_dataset.csv", parse_dates=["first_contact_date"])
    dates = leads.loc[leads["first_contact_date"] >= "2018-01-01", "first_contact_date"]
    weekly = dates.dt.to_period("W").value_counts().sort_index().to_numpy(dtype=float)[1:-1]
    assert value("olist", "world.demand.inquiries_per_week") == pytest.approx(weekly.mean(), rel=0.02)
    assert value("olist", "world.demand.shock_sd") == pytest.approx(fits.dispersion(weekly).value, abs=0.02)
    assert value("olist", "world.demand.shock_persistence") == pytest.approx(fits.lag_one(weekly).value, abs=0.06)


@here
def test_maven_s_values_are_those_of_its_export() -> None:
    deals = pd.read_csv(MAVEN)
    won = deals.loc[deals["deal_stage"] == "Won", "close_value"]
    median = value("maven", "world.buyers.value_median")
    sigma = value("maven", "world.buyers.value_sigma")
    assert median == pytest.approx(won.median(), rel=0.02)
    assert median * np.exp(0.5 * sigma * sigma) == pytest.approx(won.mean(), rel=0.05)
