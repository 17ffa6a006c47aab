"""The best mix of levers for each of some budgets, by a noise-aware search on common luck.

One sample that fills the space serves all budgets. Surfaces of net value and cost through all mixes tried so far say
what single mixes' luck hides; each round tries, for each budget, the top of some surfaces that the rows allow
(Thompson sampling), so that more is tried where more may be gained; and neighbours of the best, for what no surface
foretells. Those who look best then race on luck that chose none of them, and those who lead there are run longer. What
wins is told on luck that no step has seen (studies/frontier.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from revsim.api import Scenario, plan_of
from revsim.notices import silent
from revsim.scenario import sides
from revsim.settings import Settings

if TYPE_CHECKING:
    import numpy as np

    from revsim.analysis.cube import Floats
    from revsim.analysis.frontier import Worth
    from revsim.analysis.surface import Surface

Values = tuple[float, ...]


class Effort(NamedTuple):
    """How much is tried on each side."""

    mixes: int = 400  # about: the sample and the rounds together
    rounds: int = 6
    replications: int = 24  # of each mix
    finalists: int = 8  # for each budget
    race: int = 48  # replications of each finalist, others than those that chose it
    leaders: int = 3  # for each budget, over three times as many

    @property
    def sampled(self) -> int:
        """Mixes that fill the space before anything is known: a power of two does so most evenly."""
        return 1 << max(1, (self.mixes * 3 // 5).bit_length() - 1)


USUAL = Effort()
NEIGHBOURS = 6  # drawn for each that is wanted, as some are known
RACES = ("race", "final")  # stages; the others are on the luck that chooses


class Tried(NamedTuple):
    """A mix: values of the side's levers, what it was worth over how many replications, and at which stage."""

    values: Values
    worth: Worth
    replications: int
    stage: str


class Searched(NamedTuple):
    """What a side's search found: all that was tried, the best by budget, and how much the surface of net value tells.

    `explained` is the share of the mixes' variance that it foretells of mixes which it has not seen.
    """

    base: Scenario
    side: str
    levers: tuple[sides.Lever, ...]
    tried: list[Tried]
    best: dict[float, Tried]
    explained: float

    def mix(self, budget: float, name: str, why: str = "") -> Scenario:
        """The best mix within a budget, as a scenario."""
        return Scenario(sides.mix(self.base.resolved, self.levers, self.best[budget].values, name, why))


@dataclass
class Search:
    """One side of one base at work; `tell` hears of each stage. Raises UserError if the side has no lever."""

    base: Scenario
    side: str
    budgets: Sequence[float]
    settings: Settings
    effort: Effort = USUAL
    tell: Callable[[str], None] = silent
    tried: list[Tried] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Know the levers."""
        self.levers = sides.levers_of(self.base.resolved, self.side)

    def run(self) -> Searched:
        """By budget the mix with the highest net value without renewals; that of today where none is better."""
        import numpy as np  # noqa: PLC0415 - heavy: only when it is used

        from revsim.prepare import prepare  # noqa: PLC0415 - as above

        prepare(self.settings.engine, self.tell)
        rng = np.random.default_rng(self.settings.seed)
        self._try_out(self._first(), "sample")
        for number in range(1, self.effort.rounds + 1):
            self._try_out(self._next(rng), f"round {number}")
        best, surface = self._race(), self.surfaces()[0]
        return Searched(self.base, self.side, self.levers, self.tried, best, surface.explained)

    @property
    def today(self) -> Values:
        """The mix that changes nothing."""
        return tuple(lever.today for lever in self.levers)

    def _first(self) -> list[Values]:
        """Today's, each lever alone at its end, which no surface need guess then, and a sample that fills the space."""
        import numpy as np  # noqa: PLC0415 - heavy: only when it is used

        from revsim.analysis.proposals import sample  # noqa: PLC0415 - as above

        rest = np.array([lever.rest for lever in self.levers])
        alone = np.where(np.eye(len(rest), dtype=bool), 1.0, rest)
        points = np.vstack([alone, sample(self.effort.sampled, rest, self.settings.seed)])
        return [self.today, *map(self._values, points)]

    def _next(self, rng: np.random.Generator) -> list[Values]:
        """For each budget the top of the surface, and of others that the rows allow; as many neighbours of the best.

        Where tops are the same or known, neighbours take their place.
        """
        from revsim.analysis.proposals import neighbours, top  # noqa: PLC0415 - heavy: only when it is used

        worth, cost = self.surfaces()
        left = self.effort.mixes - self.effort.sampled - len(self.levers)
        each = max(1, left // (2 * self.effort.rounds * len(self.budgets)))
        drawn = [worth, *(worth.drawn(rng) for _ in range(each - 1))]
        tops = [self._values(top(one, cost, budget, rng)) for budget in self.budgets for one in drawn]
        best = self.points([self.tried[k].values for k in self._ahead(each)])
        near = map(self._values, neighbours(best, NEIGHBOURS * len(tops), rng))
        known = {one.values for one in self.tried}
        return [values for values in dict.fromkeys([*tops, *near]) if values not in known][: 2 * len(tops)]

    def _ahead(self, count: int) -> list[int]:
        """Places of those who look best for each budget: `count` by the surface, as many by what was measured."""
        from revsim.analysis.frontier import leading  # noqa: PLC0415 - heavy: only when it is used

        seen = [one.worth for one in self.tried]
        heights = self.surfaces()[0].at(self.points([one.values for one in self.tried]))
        nets = [one.net_without_renewals for one in seen]
        return list(dict.fromkeys(place for by in (heights, nets) for place in leading(seen, by, self.budgets, count)))

    def _race(self) -> dict[float, Tried]:
        """The best by budget, of finalists on luck of their own, the leaders over three times as much of it."""
        from revsim.analysis.frontier import best_within, leading  # noqa: PLC0415 - heavy: only when it is used

        effort, first = self.effort, self.effort.replications
        runners = self._ahead(effort.finalists // 2)
        race = self._measured([self.tried[k].values for k in runners], range(first, first + effort.race), RACES[0])
        nets = [one.worth.net_without_renewals for one in race]
        ahead = leading([one.worth for one in race], nets, self.budgets, effort.leaders)
        last = [self.today, *(race[k].values for k in ahead)]
        final = self._measured(last, range(first, first + 3 * effort.race), RACES[1])
        self.tried += [*race, *final]
        return {budget: final[best_within([one.worth for one in final], budget)] for budget in self.budgets}

    def surfaces(self) -> tuple[Surface, Surface]:
        """Of net value without renewals, and of cost, through what was tried before the race."""
        import numpy as np  # noqa: PLC0415 - heavy: only when it is used

        from revsim.analysis.surface import fitted  # noqa: PLC0415 - as above

        seen = [one for one in self.tried if one.stage not in RACES]
        points = self.points([one.values for one in seen])
        net = np.array([one.worth.net_without_renewals for one in seen])
        return fitted(points, net), fitted(points, np.array([one.worth.cost for one in seen]))

    def points(self, values: Sequence[Values]) -> Floats:
        """(mix, lever): where its levers stand, as shares of their ranges."""
        import numpy as np  # noqa: PLC0415 - heavy: only when it is used

        return np.array([[lever.share(one) for lever, one in zip(self.levers, mix, strict=True)] for mix in values])

    def _values(self, point: Floats) -> Values:
        values = [lever.value(float(share)) for lever, share in zip(self.levers, point, strict=True)]
        return sides.settled(self.levers, values)

    def _workers(self, replications: int) -> int:
        """Processes; one where each would compile the engine for itself."""
        from revsim.experiment.worker_count import workers_for  # noqa: PLC0415 - heavy: only when it is used
        from revsim.prepare import workers_find_it  # noqa: PLC0415 - as above

        many = workers_for(self.settings.workers, replications, silent)
        return many if many > 1 and workers_find_it(self.settings.engine) else 1

    def _try_out(self, mixes: Sequence[Values], stage: str) -> None:
        """Measure those that are new; the others have been on the same luck already."""
        known = {one.values for one in self.tried}
        new = [values for values in dict.fromkeys(mixes) if values not in known]
        self.tried += self._measured(new, range(self.effort.replications), stage)

    def _measured(self, mixes: Sequence[Values], replications: range, stage: str) -> list[Tried]:
        """What mixes are worth against the base, on the same luck; the runs are not kept."""
        from revsim.analysis.frontier import QUARTERLY, WEEKLY, worths  # noqa: PLC0415 - heavy: only when it is used
        from revsim.experiment.passing import Columns, passed  # noqa: PLC0415 - as above

        mixes = list(dict.fromkeys(mixes))
        if not mixes:
            return []
        self.tell(f"{self.side}: {stage}, {len(mixes)} mixes over {len(replications)} replications")
        base = self.base.resolved
        scenarios = [Scenario(sides.mix(base, self.levers, one, f"mix {k}")) for k, one in enumerate(mixes)]
        plan = plan_of([self.base, *scenarios], replace(self.settings, replications=len(replications)))
        cube = passed(plan, replications, Columns(QUARTERLY, WEEKLY), self._workers(len(replications)), self.tell)
        found = worths(cube._replace(margin=base.world.people.margin.value))
        count = len(cube.replications)
        return [Tried(values, worth, count, stage) for values, worth in zip(mixes, found, strict=True)]
