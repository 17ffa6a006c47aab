"""A new scenario file for a company of one's own: the numbers that tell companies apart, to be overwritten.

What is written says the same as the file below it, so it changes nothing (and takes no range away) until a number is
overwritten. What goes along, money and the stages above all, stands below as comments to uncomment.
"""

from __future__ import annotations

from collections.abc import Iterator

from revsim.scenario.address import get, leaf_of, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.log_odds import is_level, log_odds_of
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Leaf
from revsim.scenario.text import scalar

OWN = (
    "world.demand.inquiries_per_week",
    "world.buyers.value_median",
    "world.marketing.budget_per_week",
    "world.sales.reps",
    "world.sales.open_deals",
    "world.desk.analysts",
    "world.desk.deal_hours",
    "world.customers.installed_base",
    "world.customers.renew",
    "world.leadership.opening_level",
    "world.people.managers",
    "world.people.rep_cost",
    "world.people.manager_cost",
    "world.people.analyst_cost",
    "world.people.margin",
)
ALONG = (  # and all other money
    "world.demand.growth",
    "world.buyers.value_sigma",
    "world.sales.selling_hours",
    "world.customers.expansion",
    "world.leadership.plan_growth",
)
NOTED = (0.9, 0.85, 0.8)  # shares of customers that renew a year
HEAD = """\
# Overwrite what you know of the company; docs/own-company.md says where to find each. A number that you leave is the
# benchmark's and keeps its range. Numbers take no comma and no %: 60000, 0.9. Say who says so where you can:
#   reps: {value: 60, source: "CRM, 2025"}    and how sure it is:    {value: 60, low: 50, high: 70, source: "..."}
# Lines that begin with # are for what goes along: delete "# " and overwrite them where the company differs.
"""
STAGES = """\
    # stages:  # a list replaces the one below it, so say all; hours of a rep's work and days of the buyer's time are
    #   # medians, advance is ln(p / (1 - p)) of the share p that goes on at
    #   # average fit and skill, norm_days the usual age on entering the stage
"""


def company_lines(scenario: Scenario, below: str) -> Iterator[str]:
    """The body of the file; `below` is what the comments call the company that it extends."""
    yield from HEAD.splitlines()
    yield "world:"
    yield f"  currency: {scalar(scenario.world.currency)}  # a label: changing it converts no money"
    blocks: dict[str, list[str]] = {}
    for address, value in walk(scenario):
        if isinstance(value, Assumption) and (address in OWN or _goes_along(address)):
            blocks.setdefault(address.split(".")[1], []).append(address)
    for block, addresses in blocks.items():
        mark = "" if any(address in OWN for address in addresses) else "# "
        yield f"  {mark}{block}:"
        for address in addresses:
            yield _line(scenario, address, below, "  # " + "  " if mark else "    " if address in OWN else "    # ")
        if block == "sales":
            yield from _stages(scenario)


def _goes_along(address: str) -> bool:
    shape = leaf_of(address)
    is_money = isinstance(shape, Leaf) and shape.rule["unit"].partition("/")[0] == "currency"
    return address in ALONG or (is_money and address.startswith("world."))


def _line(scenario: Scenario, address: str, below: str, indent: str) -> str:
    number, shape = get(scenario, address), leaf_of(address)
    assert isinstance(shape, Leaf), "only numbers are asked for"
    there = number.low is not None and number.high is not None
    known = f"plausible {_plain(number.low)} to {_plain(number.high)}" if there else "no range given"
    note = f"; {_shares_noted(scenario, address)}" if is_level(address) else ""
    unit = shape.rule["unit"].replace("currency", scenario.world.currency)
    said = f"{indent}{address.rpartition('.')[2]}: {scalar(number.value)}"
    return f"{said}  # {shape.title}, {unit}; {below} {_plain(number.value)}, {known}{note}"


def _shares_noted(scenario: Scenario, address: str) -> str:
    """What to write for some shares that a company counts, by the scenario's other numbers."""
    odds = [log_odds_of(address, share, lambda other: get(scenario, other).value) for share in NOTED]
    return ", ".join(f"{one:.3g} is {100 * share:.0f} % a year" for one, share in zip(odds, NOTED, strict=True))


def _stages(scenario: Scenario) -> Iterator[str]:
    yield from STAGES.splitlines()
    for stage in scenario.world.sales.stages:
        numbers = {name: getattr(stage, name) for name in type(stage).model_fields}
        said = {name: one.value if isinstance(one, Assumption) else one for name, one in numbers.items()}
        yield "    #   - {" + ", ".join(f"{name}: {scalar(one)}" for name, one in said.items()) + "}"


def _plain(number: float) -> str:
    return f"{number:.10g}"
