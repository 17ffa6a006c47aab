"""What both fitted companies share: measured targets with errors, simulated moments, fitted numbers by address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from revsim.calibration import funnel as leads
from revsim.calibration.fits import Fit
from revsim.calibration.funnel import Funnel
from revsim.calibration.match import Array, Knob, Matched, Model, Moments, Target, match
from revsim.contract.of_scenario import parameters_of
from revsim.experiment.deck import Deck, trace_of
from revsim.experiment.task import Case, Task, true_model
from revsim.scenario.address import replace
from revsim.scenario.scenario import Scenario
from revsim.units import DAYS_PER_QUARTER

RESAMPLES = 200
# Shocks of demand that hang together move the level of a short run by several per cent: a few replications would fit it
# to their own luck.
STEADY = {"world.demand.shock_sd": 0.0}
LEAST_ERROR = 0.02  # of a moment: nothing in an export is known better


class Fitted(NamedTuple):
    """A number of a scenario file."""

    value: float
    low: float
    high: float
    source: str


class Search(NamedTuple):
    """A company to be matched: the scenario it starts from, its knobs, and how a funnel is measured."""

    scenario: Scenario
    knobs: tuple[Knob, ...]
    moments: Callable[[Funnel], Moments]  # of a simulated funnel, day 0 is the first measured one


def targets_of(funnel: Funnel, moments: Callable[[Funnel], Moments], seed: int = 1) -> dict[str, Target]:
    """The moments of an export with standard errors by a Poisson bootstrap of its leads."""
    generator, found = np.random.default_rng(seed), moments(funnel)
    drawn = []
    for _ in range(RESAMPLES):
        again = np.repeat(np.arange(len(funnel.lead_day)), generator.poisson(1.0, len(funnel.lead_day)))
        drawn.append(moments(funnel.of(again)))
    return {
        name: Target(value, max(float(np.std([one[name] for one in drawn])), LEAST_ERROR * abs(value)))
        for name, value in found.items()
    }


def counted_from(funnel: Funnel, start: float) -> Funnel:
    """The funnel with days counted from `start`."""
    lead, won, lost = funnel.lead_day - start, funnel.won_day - start, funnel.lost_day - start
    return funnel._replace(lead_day=lead, won_day=won, lost_day=lost)


def model_of(search: Search, replications: int, seed: int = 3) -> Model:
    """Mean moments over replications, as a function of the knobs' values."""

    def simulate(values: Array) -> Moments:
        parameters = parameters_of(changed(search, values.tolist()))
        case = Case(search.scenario.name, "", parameters)
        task = Task((case,), seed, "auto", true_model())
        start = leads.CALENDAR * DAYS_PER_QUARTER * parameters.span.warmup_quarters
        found = [
            search.moments(counted_from(leads.simulated(trace_of(task, case, Deck(task, r))), start))
            for r in range(replications)
        ]
        return {name: float(np.mean([one[name] for one in found])) for name in found[0]}

    return simulate


def changed(search: Search, values: Sequence[float]) -> Scenario:
    """The scenario with the knobs at these values."""
    pairs = zip(search.knobs, values, strict=True)
    return replace(search.scenario, {address: value for knob, value in pairs for address in knob.addresses})


def matched(search: Search, targets: Mapping[str, Target], replications: int = 3, steps: int = 6) -> Matched:
    """Move the knobs until simulated moments agree with the targets."""
    return match(model_of(search, replications), search.knobs, targets, steps=steps, replications=replications)


def fitted(fit: Fit, source: str) -> Fitted:
    """A fit as a number of a file."""
    return Fitted(fit.value, fit.low, fit.high, source)


def by_address(search: Search, found: Matched, source: str) -> dict[str, Fitted]:
    """The knobs' numbers at all their addresses."""
    return {
        address: fitted(fit, source)
        for knob, fit in zip(search.knobs, found.fits, strict=True)
        for address in knob.addresses
    }
