"""Random cases of one world: what they change, and when; forks anywhere; and what replays make of them."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

from revsim.compiled.company import run
from revsim.contract.lived import Fork, Lived
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.errors import ScenarioError
from revsim.luck.draw import Luck
from revsim.scenario.address import replace
from revsim.states.replay import replays
from tests.model.busy import busy
from tests.model.test_prefix import CHANGES, starting
from tests.tiny import luck_for, tiny

MORE: list[dict[str, Any]] = [
    {"design.owned_handoffs": 0.9, "design.when": {"trust_below": 0.6}},
    {"heroics.capacity": 0.5, "heroics.when": {"trust_below": 0.7}},
    {"design.owned_handoffs": 0.5, "design.start_week": None, "stress.build_stalls": {"at_share": 0.4}},
    {"design.start_week": None},  # begins, and changes nothing
    {"design.start_week": 0},  # stands, and changes nothing unless another change says what
    {"design.owned_handoffs": 0.8, "design.governance.cadence_weeks": 6, "design.start_week": 0},
    {"coordination.agreement.level": 0.7, "coordination.agreement.renew_weeks": 9, "coordination.start_week": 0},
    {"heroics.capacity": 0.5, "heroics.start_week": 0},
    {},
]


def seeded(seed: int) -> Random:
    """Random numbers by a seed."""
    return Random(seed)  # noqa: S311 - nothing here is secret


class Forest(NamedTuple):
    """Cases, their luck, and where they are continued."""

    cases: list[Parameters]
    luck: Luck
    after: Luck
    forks: list[Fork]

    def replayed(self) -> list[Lived]:
        """Every trace and continuation from day 0."""
        return list(replays(run, self.cases, self.luck, self.after, self.forks))


def forest(rng: Random) -> Forest:
    """Two to six cases, each with up to two changes that start anywhere, and up to three forks."""
    base = tiny() if rng.random() < 0.5 else busy()
    quarters = int(base.calendar.quarters.value)
    cases: list[Parameters] = []
    for _ in range(rng.randint(2, 6)):
        change: dict[str, Any] = {}
        for each in rng.sample(CHANGES + MORE, rng.randint(0, 2)):
            change |= starting(each, rng.randint(1, 13 * quarters))
        try:
            cases.append(parameters_of(replace(base, change, "case") if change else base))
        except ScenarioError:  # two starts of one block, say
            cases.append(parameters_of(base))
    replication = rng.randint(0, 9)
    luck, after = (luck_for(cases[0], seed, replication) for seed in (1, 99))
    forks = sorted({(rng.randint(0, quarters - 1), rng.randint(1, 13)) for _ in range(rng.randint(0, 3))})
    return Forest(cases, luck, after, forks)
