"""Random companies: any leaf of the schema at an edge, at its plausible ends or between, on the tiny company."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from revsim.errors import ScenarioError
from revsim.scenario.address import leaf_rule, replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.scenario import Scenario
from tests.model.busy import busy
from tests.tiny import tiny

# What would make a run long is kept small; everything else goes to the edges of its rule.
MOST = {
    "calendar.warmup_quarters": 2,
    "calendar.quarters": 3,
    "world.demand.inquiries_per_week": 150,
    "world.demand.growth": 1.3,
    "world.sales.reps": 7,
    "world.desk.analysts": 4,
    "world.people.managers": 4,
    "world.customers.installed_base": 200,
    "world.marketing.bought_push": 3,
}
FURTHEST = 1e6  # of an edge: beyond it a company is no company, and a difference would say nothing
Change = tuple[str, float | str]


def numbers(address: str, given: Assumption) -> st.SearchStrategy[float]:
    """Edges of the rule, plausible ends, whole days (ties), and anything between."""
    rule = leaf_rule(address)
    low = rule["ge"] if rule["ge"] is not None else rule["gt"]
    low = given.value if low is None else max(low, -FURTHEST)
    high = min(MOST.get(address, FURTHEST), FURTHEST if rule["le"] is None else rule["le"])
    plain = [low, high, given.value, given.value if given.low is None else given.low]
    plain += [given.value if given.high is None else given.high, 0.0, 1.0, 2.0, 5.0]
    kept = sorted({min(max(float(idea), low), high) for idea in plain})
    ends = sorted(min(max(factor * given.value, low), high) for factor in (0.3, 3.0))
    near = st.floats(*ends)
    if rule["whole"]:
        return st.sampled_from(sorted({float(round(idea)) for idea in kept if low <= round(idea) <= high}))
    return st.one_of(st.sampled_from(kept), near)


def changes(base: Scenario) -> st.SearchStrategy[list[Change]]:
    """Up to a dozen leaves moved."""
    leaves: list[st.SearchStrategy[Change]] = []
    for address, given in walk(base):
        if isinstance(given, Assumption):
            leaves.append(st.tuples(st.just(address), numbers(address, given)))
        elif address.startswith("world.loops."):
            leaves.append(st.tuples(st.just(address), st.sampled_from(["closed", "cut"])))
    return st.lists(st.one_of(leaves), min_size=1, max_size=12)


def changed(base: Scenario, wanted: list[Change]) -> Scenario:
    """The company with what of the changes is lawful, one after the other."""
    company = base
    for address, value in wanted:
        try:
            company = replace(company, _shared(company, address, value), "Random")
        except ScenarioError:
            continue
    return company


def _shared(company: Scenario, address: str, value: float | str) -> dict[str, Any]:
    """A source's share is taken from its neighbours', so that all sum to 1."""
    if "demand.sources" not in address or not address.endswith(".share"):
        return {address: value}
    count = len(company.world.demand.sources)
    rest = (1.0 - float(value)) / (count - 1)
    place = int(address[address.index("[") + 1 : address.index("]")])
    shares = {f"world.demand.sources[{k}].share": rest for k in range(count) if k != place}
    return {**shares, address: value}


COMPANIES = st.one_of(
    st.builds(changed, st.just(tiny()), changes(tiny())), st.builds(changed, st.just(busy()), changes(busy()))
)
