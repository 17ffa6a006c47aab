"""Both fitted companies: rows with a known truth give it back; a run is measured as an export is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from revsim.calibration import companies, maven, olist
from revsim.calibration.funnel import CALENDAR, ages, simulated, top_fifth
from revsim.calibration.match import Knob, Target
from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Kind
from revsim.measures.tables import quarter_table
from tests.tiny import run, tiny

SEED = 11


def olist_rows(count: int = 6000) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A made-up funnel: 10 % won, lognormal days around 20 with sigma 1, ten representatives; some older leads."""
    generator = np.random.default_rng(SEED)
    first = pd.Timestamp("2018-01-01") + pd.to_timedelta(generator.integers(-30, 151, count), "D")
    origin = generator.choice(["organic_search", "paid search", "social", "display", "referral", None], count)
    leads = pd.DataFrame({"mql_id": np.arange(count), "first_contact_date": first, "origin": origin})
    won = generator.random(count) < 0.1
    days = np.floor(generator.lognormal(np.log(20.0), 1.0, count))
    closed = pd.DataFrame(
        {
            "mql_id": leads["mql_id"][won],
            "won_date": (first + pd.to_timedelta(days, "D"))[won] + pd.Timedelta(hours=13),
            "sr_id": generator.integers(0, 10, won.sum()).astype(str),
        }
    )
    return leads, closed


def maven_rows(count: int = 8000) -> pd.DataFrame:
    """A made-up pipeline: 60 % of decided won, 30 days, values around 1,000 with sigma 1, twenty agents alike."""
    generator = np.random.default_rng(SEED)
    engaged = pd.Timestamp("2017-02-01") + pd.to_timedelta(generator.integers(0, 330, count), "D")
    close = engaged + pd.to_timedelta(generator.integers(20, 41, count), "D")
    won = generator.random(count) < 0.6
    closed = close < pd.Timestamp("2018-01-01")
    return pd.DataFrame(
        {
            "sales_agent": generator.integers(0, 20, count).astype(str),
            "deal_stage": np.where(~closed, "Engaging", np.where(won, "Won", "Lost")),
            "engage_date": engaged,
            "close_date": pd.Series(close).where(closed),
            "close_value": np.where(won, generator.lognormal(np.log(1000.0), 1.0, count), 0.0),
        }
    )


def test_olist_s_moments_give_back_the_truth_of_made_up_rows() -> None:
    found = olist.targets(olist.frame_of(*olist_rows()))
    assert found["won of organic search"].value == pytest.approx(0.1, abs=3.5 * found["won of organic search"].error)
    assert found["typical days"].value == pytest.approx(20.0, abs=3.5 * found["typical days"].error)
    assert found["sd of log days"].value == pytest.approx(1.0, abs=3.5 * found["sd of log days"].error)
    assert found["leads a week"].value == pytest.approx(6000 / 181 * 7, rel=0.05)


def test_olist_s_older_leads_and_wins_before_contact_are_left_out() -> None:
    leads, closed = olist_rows()
    closed.iloc[0, closed.columns.get_loc("won_date")] = pd.Timestamp("2017-01-01")
    frame = olist.frame_of(leads, closed)
    assert frame["first_contact_date"].min() >= pd.Timestamp("2018-01-01")
    assert not (frame["won_date"] < frame["first_contact_date"]).any()


def test_olist_s_shares_are_those_of_the_rows_and_sum_to_one() -> None:
    found = olist.direct(olist.frame_of(*olist_rows()))
    shares = [found[f"world.demand.sources[{i}].share"].value for i in range(len(olist.SOURCES))]
    assert sum(shares) == pytest.approx(1.0)
    assert shares[3] == pytest.approx(1.0 / 6.0, abs=0.02)  # rows without an origin are `unknown`


def test_wins_spread_evenly_over_a_month_need_no_quick_end() -> None:
    days = pd.Series(pd.date_range("2018-01-01", "2018-12-31", freq="D").repeat(5))
    assert olist.month_end(days).value == pytest.approx(1.0, abs=0.01)


def test_maven_s_moments_give_back_the_truth_of_made_up_rows() -> None:
    found = maven.targets(maven.frame_of(maven_rows()))
    assert found["won of decided"].value == pytest.approx(0.6, abs=3.5 * found["won of decided"].error)
    assert found["median value"].value == pytest.approx(1000.0, abs=3.5 * found["median value"].error)
    assert found["median days"].value == pytest.approx(30.5, abs=1.0)
    assert found["value in month 1"].value == pytest.approx(1.0 / 3.0, abs=0.05)
    assert maven.direct(maven.frame_of(maven_rows()))["world.sales.reps"].value == 20


def test_a_straight_trend_is_no_over_dispersion() -> None:
    days = np.repeat(np.arange(182), np.linspace(20.0, 60.0, 182).astype(int))
    rows = pd.DataFrame({"engage_date": maven.FIRST + pd.to_timedelta(days, "D")})
    weekly = maven.weekly_counts(rows)
    assert weekly.std() < 0.02 * weekly.mean()


def test_a_run_as_a_funnel_has_the_leads_and_wins_of_its_tables() -> None:
    scenario = tiny()
    parameters, trace = parameters_of(scenario), run(scenario)
    found = simulated(trace)
    start = CALENDAR * parameters.span.measured_from
    table = quarter_table(trace, parameters)
    assert ((found.won_day >= start) & found.won).sum() == table["won"].sum()
    assert len(found.lead_day) == len(trace.of(Kind.QUALIFIED).time)
    assert found.value[found.won_day >= start].sum() == pytest.approx(table["bookings"].sum())
    assert np.isnan(found.lost_day[found.won]).all()


def test_an_age_counts_calendar_days_as_an_export_does() -> None:
    """Ten working days and a bit are fourteen calendar days; an export knows whole ones."""
    trace = run(tiny())
    found = simulated(trace)
    entity = int(trace.of(Kind.WON).entity[0])
    lead, won = (trace.of(kind).time[trace.of(kind).entity == entity][0] for kind in (Kind.QUALIFIED, Kind.WON))
    place = np.flatnonzero(np.sort(trace.of(Kind.QUALIFIED).entity) == entity)[0]
    age = ages(found.of(np.array([place])))[0]
    assert abs(age - 7.0 / 5.0 * (won - lead)) <= 0.5


def test_the_top_fifth_is_a_share_of_those_with_any() -> None:
    assert top_fifth(np.array([0, 0, 0, 1, 2, 3, 7]), np.ones(7)) == pytest.approx(3.0 / 7.0)


def test_a_company_s_own_moments_bring_back_its_odds() -> None:
    """The truth is a run; the search starts elsewhere and sees only moments of that run."""
    scenario = tiny({"world.demand.inquiries_per_week": 80})
    knob = Knob(("world.sales.stages[3].advance",), scenario.world.sales.stages[3].advance.value, 0.3, -3.0, 3.0)
    search = companies.Search(scenario, (knob,), lambda funnel: {"wins": float(funnel.won.sum())})
    truth = np.array([-0.6])
    wins = companies.model_of(search, 8)(truth)["wins"]
    found = companies.matched(search, {"wins": Target(wins, 1.0)}, replications=8)
    assert found.moments["wins"] == pytest.approx(wins, abs=1.5)
    assert found.fits[0].value == pytest.approx(-0.6, abs=0.25)
