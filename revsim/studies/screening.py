"""Companies drawn from what is not known of one, and those that a few replications do not rule out.

By rejection: batches of a Latin hypercube over all ranges. Only where fewer than one draw in twenty passes come waves:
an emulator of the patterns, made of all that has been run, says which draws are hopeless, and the others are run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from revsim.api import Scenario, Study, run_plan
from revsim.scenario.drawing import Values, drawn, in_world, name_in_world
from revsim.scenario.ranges import Axis, axes
from revsim.settings import Settings

if TYPE_CHECKING:
    from revsim.analysis.cube import Floats
    from revsim.analysis.worlds.implausibility import Fit

DEFAULT_MEMBERS = 100
DEFAULT_MOST = 3000
FIRST = 5  # replications by which a draw is ruled out at first; their error counts, so that few are ruled out by luck
BATCH = 120
BEFORE = 240  # draws before it is asked whether waves are needed
RARE = 0.05  # share that passes, below which they are
RESERVE = 1.7  # draws not ruled out by few replications for each member wanted: more replications rule out more
LOOKED_AT = 2000  # points that an emulator is asked of at once
LOOKS = 10
LUCK = 1_000_000  # each batch has luck of its own, so that no calm luck is the luck of all draws


class Effort(NamedTuple):
    """How many members are wanted, and how many draws are run at most for them."""

    members: int = DEFAULT_MEMBERS
    most: int = DEFAULT_MOST


class Batch(NamedTuple):
    """Draws looked at, run, and not ruled out; `looked_at` is above `run` where an emulator chose."""

    looked_at: int
    run: int
    kept: int


class Screened(NamedTuple):
    """Draws that few replications do not rule out; `first` are the fits of all that were run before any emulator."""

    axes: list[Axis]
    draws: list[Values]
    batches: list[Batch]
    first: list[list[Fit]]

    @property
    def passing(self) -> float:
        """Share of unchosen draws that few replications do not rule out."""
        from revsim.analysis.worlds.implausibility import is_kept  # noqa: PLC0415 - heavy: only when it is used

        return sum(map(is_kept, self.first)) / len(self.first)


def screened(base: Scenario, effort: Effort, settings: Settings, say: Callable[[str], None]) -> Screened:
    """Draw and run until enough companies are not ruled out, or the most is reached.

    Raises UserError if no number of the company's world has a range.
    """
    search = _Search(base, axes([base.resolved]), settings)
    enough = ceil(RESERVE * effort.members)
    while len(search.kept) < enough and len(search.companies) < effort.most:
        batch = search.go_on(min(BATCH, effort.most - len(search.companies)))
        chosen = f", chosen of {batch.looked_at:,} by an emulator" if batch.looked_at > batch.run else ""
        say(f"{batch.kept} of {batch.run} companies are not ruled out by {FIRST} replications{chosen}")
    return Screened(search.axes, search.kept, search.batches, search.companies[: search.unchosen])


class _Search:
    """What has been drawn and run so far."""

    def __init__(self, base: Scenario, found: list[Axis], settings: Settings) -> None:
        self.base, self.axes = base, found
        self.settings = replace(settings, replications=FIRST, continuations=0, quiet=True)
        self.points: list[Floats] = []
        self.companies: list[list[Fit]] = []
        self.kept: list[Values] = []
        self.batches: list[Batch] = []
        self.unchosen = 0

    def go_on(self, number: int) -> Batch:
        """Run one more batch."""
        from revsim.analysis.worlds.implausibility import is_kept  # noqa: PLC0415 - heavy: only when it is used

        needs_waves = self.unchosen >= BEFORE and len(self.kept) < RARE * len(self.companies)
        in_waves = len(self.companies) > self.unchosen or needs_waves
        points, looked_at = self._chosen(number) if in_waves else (self._drawn(number), number)
        values = [drawn(self.axes, point, self.base.resolved) for point in points]
        lucky = replace(self.settings, seed=self.settings.seed + LUCK * (1 + len(self.batches)))
        study = run_plan(drawn_scenarios(self.base, values), named_plainly(lucky, self.base))
        found = judged(study, self.base.name, len(values))
        kept = 0
        for point, value, fits in zip(points, values, found, strict=True):
            if fits:
                self.points.append(point)
                self.companies.append(fits)
                if is_kept(fits):
                    self.kept.append(value)
                    kept += 1
        if not in_waves:
            self.unchosen = len(self.companies)
        self.batches.append(Batch(looked_at, number, kept))
        return self.batches[-1]

    def _drawn(self, number: int, look: int = 0) -> Floats:
        from revsim.analysis.worlds.hypercube import latin_hypercube  # noqa: PLC0415 - heavy: only when it is used

        return latin_hypercube(number, len(self.axes), [self.settings.seed, len(self.batches), look])

    def _chosen(self, number: int) -> tuple[Floats, int]:
        """Points that an emulator does not rule out, and how many it was asked of; the least implausible if too few."""
        import numpy as np  # noqa: PLC0415 - heavy: only when it is used

        from revsim.analysis.worlds.emulator import emulated, emulators  # noqa: PLC0415 - as above
        from revsim.analysis.worlds.implausibility import CUT  # noqa: PLC0415 - as above

        found = emulators(np.array(self.points), [[fit.pattern for fit in fits] for fits in self.companies])
        points, far = np.empty((0, len(self.axes))), np.empty(0)
        for look in range(LOOKS):
            more = self._drawn(LOOKED_AT, look + 1)
            points, far = np.vstack([points, more]), np.concatenate([far, emulated(found, more)])
            if (far <= CUT).sum() >= number:
                break
        # those that are not ruled out, as they were drawn, before the least implausible of the others
        order = np.argsort(np.where(far <= CUT, 0.0, far), kind="stable")[:number]
        return points[order], len(points)


def drawn_scenarios(base: Scenario, values: Sequence[Values]) -> list[Scenario]:
    """The company at each of the draws, named after it."""
    return [Scenario(in_world(base.resolved, each, place), base.file) for place, each in enumerate(values, start=1)]


def named_plainly(settings: Settings, base: Scenario) -> Settings:
    """The settings with the first draw as baseline."""
    return replace(settings, baseline=name_in_world(base.name, 1))


def judged(study: Study, name: str, count: int) -> list[list[Fit]]:
    """The fits of each company 1..count called `name`; none of one without rows."""
    from revsim.analysis.worlds.implausibility import fits  # noqa: PLC0415 - heavy: only when it is used
    from revsim.analysis.worlds.table import QUARTERS, WEEKS  # noqa: PLC0415 - as above

    rows = study.finished.rows
    both = [dict(list(frame.groupby("scenario"))) for frame in (rows.of_quarters(QUARTERS), rows.of_weeks(WEEKS))]
    names = [name_in_world(name, place) for place in range(1, count + 1)]
    return [fits(both[0][each], both[1][each]) if each in both[0] else [] for each in names]
