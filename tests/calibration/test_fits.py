"""Fits recover a known truth; where the public data sets are at hand, the shipped companies' numbers are theirs."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from revsim.calibration import fits, maven, olist
from revsim.calibration.__main__ import of_maven, of_olist
from revsim.calibration.companies import model_of
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


def test_persistence_is_that_of_the_rate_not_of_its_counts() -> None:
    """Poisson noise hides part of it: counts of a rate with 0.7 hang together by far less."""
    generator, log_rate = np.random.default_rng(9), [0.0]
    for shock in generator.normal(0.0, 0.1 * (1.0 - 0.49) ** 0.5, 20000):
        log_rate.append(0.7 * log_rate[-1] + shock)
    counts = generator.poisson(100.0 * np.exp(log_rate)).astype(float)
    assert fits.lag_one(counts).value < 0.45
    assert fits.persistence(counts).value == pytest.approx(0.7, abs=0.06)


def test_a_share_lies_in_its_interval() -> None:
    fit = fits.share(13, 100)
    assert fit.low < 0.13 < fit.high
    assert fits.share(0, 50).low == pytest.approx(0.0, abs=1e-12)


def test_a_lognormal_refuses_values_that_are_not_above_zero() -> None:
    with pytest.raises(ValueError, match="above 0"):
        fits.lognormal(np.array([1.0, 0.0]))


def stated(company: str, address: str) -> float:
    """What the shipped file says; rounded to three digits, shares to four."""
    found: float = get(load(f"scenarios/companies/{company}.yaml"), address).value
    return found


@here
def test_olist_s_file_says_what_its_columns_tell() -> None:
    files = ("olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv")
    frame = olist.frame_of(*(pd.read_csv(OLIST / name) for name in files))
    assert len(frame) == 5997
    for address, fit in olist.direct(frame).items():
        assert stated("olist", address) == pytest.approx(fit.value, rel=0.005), address


@here
def test_maven_s_file_says_what_its_columns_tell() -> None:
    frame = maven.frame_of(pd.read_csv(MAVEN))
    for address, fit in maven.direct(frame).items():
        assert stated("maven", address) == pytest.approx(fit.value, rel=0.005), address


@here
@pytest.mark.parametrize("company", ["olist", "maven"])
def test_the_shipped_company_simulated_shows_the_measured_moments(company: str) -> None:
    """Two replications of other luck than the search's; within 5 standard errors, a tenth more for their own chance."""
    if company == "olist":
        targets, search = of_olist(OLIST)[1:]
    else:
        targets, search = of_maven(MAVEN.parent)[1:]
    found = model_of(search, 2, seed=101)(np.array([knob.start for knob in search.knobs]))
    far = {
        name: (target.value, found[name])
        for name, target in targets.items()
        if abs(found[name] - target.value) > 5.0 * target.error + 0.1 * target.value
    }
    assert far == {}
