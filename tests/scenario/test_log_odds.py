"""A share that a company counts and the log odds that stand for it: hint, page, comment and model say one number."""

from __future__ import annotations

import re
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from revsim.cli.company_file import company_lines
from revsim.contract.trace import BASE_FROM, Kind
from revsim.formulas.ownership import lent_by_meetings, ownership_of
from revsim.formulas.renewal import chance_renew
from revsim.scenario.address import get, leaf_rule, replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.flow import shares_that_go_on
from revsim.scenario.load import load
from revsim.scenario.log_odds import RENEW, is_level, log_odds_of, ownership_today, renewed_share
from revsim.scenario.number_hints import way_out
from revsim.scenario.scenario import Scenario
from tests.model.looking import quiet
from tests.tiny import run

PAGE = (Path(__file__).parents[2] / "docs" / "own-company.md").read_text(encoding="utf-8")
SHARES = (0.8, 0.85, 0.9)


@pytest.fixture(scope="module")
def benchmark() -> Scenario:
    return load("status-quo.yaml")


def value(scenario: Scenario, address: str) -> float:
    number: Assumption = get(scenario, address)
    return number.value


@pytest.mark.parametrize("share", SHARES)
def test_the_hint_the_page_and_the_comment_say_the_same_log_odds(share: float, benchmark: Scenario) -> None:
    odds = f"{log_odds_of(RENEW, share, lambda other: value(benchmark, other)):.3g}"
    hint = way_out(f"{100 * share:.0f}%", leaf_rule(RENEW), RENEW, lambda other: value(benchmark, other))
    assert hint.startswith(f"write {odds}: ")
    assert f"{odds} for {100 * share:.0f} %" in PAGE
    comment = next(line for line in company_lines(benchmark, "benchmark") if " renew: " in line)
    assert f"{odds} is {100 * share:.0f} % a year" in comment


def test_check_tells_the_log_odds_by_the_numbers_of_the_file() -> None:
    """Without a spread of fit, without loss at the hand-off, it is ln(p / (1 - p))."""
    number = {RENEW: 2.0, "world.customers.renew_fit": 0.0, "world.customers.renew_handoff": 0.0}.get
    assert way_out("85%", leaf_rule(RENEW), f"{RENEW}.value", number).startswith("write 1.73: ")


def test_the_share_is_that_of_the_model_s_own_formulas(benchmark: Scenario) -> None:
    customers, remedies = benchmark.world.customers, benchmark.world.remedies
    today = benchmark.world.today
    lent = lent_by_meetings(
        remedies.meeting_lift.value, today.coordination.meetings.value, remedies.meeting_half_hours.value, 1.0
    )
    owned = ownership_of(today.design.owned_handoffs.sales_to_customer.value, lent, 0.0)
    assert ownership_today(lambda other: value(benchmark, other)) == pytest.approx(owned)
    fits = customers.base_fit.value + np.random.default_rng(1).normal(size=40000)
    lost = customers.renew_handoff.value * (1.0 - owned)
    mean = np.mean([chance_renew(1.88, customers.renew_fit.value * fit, 0.0, lost) for fit in fits])
    assert renewed_share(1.88, lambda other: value(benchmark, other)) == pytest.approx(mean, abs=0.001)


def test_the_model_renews_the_share_that_was_asked_for() -> None:
    """First renewals of the installed base, within four binomial standard errors."""
    ways = {
        "world.customers.installed_base": 2000,
        "world.customers.base_fit": 0.6,
        "world.customers.renew_fit": 0.5,
        "world.customers.renew_handoff": 1.0,
        "world.today.design.owned_handoffs.sales_to_customer": 0.4,
        "calendar.quarters": 4,
    }
    company = quiet(ways)
    odds = log_odds_of(RENEW, 0.8, lambda other: value(company, other))
    trace = run(replace(company, {RENEW: odds}))
    kinds = trace.of(Kind.RENEWED, Kind.CHURNED, Kind.CHURNED_HANDOFF)
    first = kinds.where((kinds.entity >= BASE_FROM) & (kinds.time < 260.0))
    stayed = len(first.of(Kind.RENEWED).time) / len(first.time)
    assert len(first.time) > 1900
    assert abs(stayed - 0.8) < 4.0 * sqrt(0.8 * 0.2 / len(first.time))


def test_only_renewals_and_stages_have_a_share(benchmark: Scenario) -> None:
    """What is lost or gained in log odds is a shift, of which a percentage says nothing."""
    shifts = 0
    for address, number in walk(benchmark):
        if isinstance(number, Assumption) and leaf_rule(address)["unit"] == "logit" and not is_level(address):
            shifts += 1
            assert "log odds" not in way_out("85%", leaf_rule(address), address, lambda _: None)
    assert shifts >= 6


def test_the_page_tells_what_advance_is_and_what_the_bar_makes_of_it(benchmark: Scenario) -> None:
    """ln(p / (1 - p)) is the share at average fit; a bar lets better buyers pass, and more of them go on."""
    for odds, percent in re.findall(r"(\d\.\d\d) is (\d\d) %", PAGE):
        assert f"{log_odds_of('world.sales.stages[0].advance', float(percent) / 100.0, lambda _: None):.2f}" == odds
    first = benchmark.world.sales.stages[0].advance.value
    neutral, here = 100.0 / (1.0 + np.exp(-first)), 100.0 * shares_that_go_on(benchmark)[0]
    assert f"its first stage, {first:g}, is {neutral:.0f} % at average fit and {here:.0f} % of those who" in PAGE
