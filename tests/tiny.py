"""A tiny company: three reps, one lead-in, one warm-up and two measured quarters, hundredths of a second a run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.sizes import sizes_for
from revsim.contract.trace import Trace
from revsim.errors import LuckExhausted
from revsim.luck.draw import Luck, draw
from revsim.scenario.address import replace
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from revsim.simulate import simulate

SMALL = {
    "calendar.warmup_quarters": 1,
    "calendar.quarters": 2,
    "world.demand.inquiries_per_week": 40,
    "world.sales.reps": 3,
    "world.desk.analysts": 1,
    "world.people.managers": 1,
    "world.customers.installed_base": 60,
    "world.leadership.opening_level": 500_000,
}


@cache
def status_quo() -> Scenario:
    """The shipped baseline."""
    return load("scenarios/status-quo.yaml")


@cache
def small_base() -> Scenario:
    """The tiny company as it is."""
    return replace(status_quo(), SMALL, "Tiny")


def tiny(changes: Mapping[str, Any] | None = None) -> Scenario:
    """The tiny company with changes by address."""
    return replace(small_base(), changes, "Tiny, changed") if changes else small_base()


def luck_for(parameters: Parameters, seed: int = 1, replication: int = 0) -> Luck:
    """Luck that suffices for any scenario of this size."""
    sizes = sizes_for(parameters)
    ample = sizes._replace(inquiries=2 * sizes.inquiries + 500, bought=2 * sizes.bought + 500)
    return draw(seed, replication, ample)


def run(scenario: Scenario, *, seed: int = 1, replication: int = 0, engine: str = "simpy", **fork: Any) -> Trace:
    """One run, by default of the reference; luck is drawn larger when it does not suffice."""
    parameters = parameters_of(scenario)
    luck = luck_for(parameters, seed, replication)
    for _ in range(5):
        try:
            return simulate(parameters, luck, engine, **fork)
        except LuckExhausted as short:
            sizes = sizes_for(parameters)
            wanted = {short.entity: 2 * short.wanted}
            luck = draw(seed, replication, sizes._replace(**wanted).covering(sizes_of(luck)))
    message = "luck does not suffice"
    raise AssertionError(message)


def sizes_of(luck: Luck) -> Any:
    """How large a luck is."""
    from revsim.luck.draw import Sizes

    return Sizes(
        len(luck.own.fit), len(luck.bought.fit), len(luck.reps.skill), len(luck.managers.skill),
        len(luck.analysts.skill), len(luck.week.shock), len(luck.base.fit),
    )  # fmt: skip
