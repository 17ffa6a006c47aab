"""What drives the headlines: which numbers of a company move the effects of its scenarios, and which only seem to.

Every number is stepped through many plausible companies on common luck, and dummies step nothing but the luck. It is
one study in one folder: replications that are done stay done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from revsim.api import Scenario, Study, loaded, run_plan
from revsim.scenario.drawing import name_in_world
from revsim.settings import DEFAULT_IN_COMPANY, DEFAULT_TRAJECTORIES, Settings, check_fewest
from revsim.studies.answer import Answer, Question, answered
from revsim.studies.drawn import assumed, axis_rows
from revsim.studies.screened import Paths, Point, Screen, screen_of

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.screening_table import Screening
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part

FEWEST = 3  # replications by which a company can be judged
LUCKS = 5  # other seeds: one more lucky or unlucky than most would speak for all numbers at once
RULE = (
    "Only numbers above the dummy in at least one answer are ranked, by the largest mu_star over the answers in which "
    "they are, each in sd of that answer over the companies that paths start from. mu_star is what a step of a number "
    "moves an answer by, on average over companies and without its sign, for all of its range."
)
DUMMY = (
    f"The dummy steps nothing but the luck: between any two of the path's own seed and {LUCKS} others, on average. "
    "A number is told apart from chance where the 95 % interval of its mu_star less the dummy's lies above zero at its "
    "lower end. These intervals are each for themselves and not widened for how many numbers and answers there are, so "
    "some of the numbers that are above in one answer only just will be chance."
)
COMPANIES = "Companies lie evenly over the ranges below, which are assumptions themselves; not all of them look real."


@dataclass(frozen=True, eq=False)
class ScreenStudy(Answer):
    """A screening that has been run; `lucks` are the starts of all paths, on other luck each."""

    screen: Screen
    lucks: tuple[Study, ...]
    kind: ClassVar[str] = "screen"

    @cached_property
    def found(self) -> Screening:
        """Effects, and numbers by how much they matter. Raises UserError where no answer can be told."""
        import numpy as np  # noqa: PLC0415 - heavy: only when it is used

        from revsim.analysis.screening_table import Names, Run, look, screening  # noqa: PLC0415 - heavy: only when used

        here = self.screen
        names = Names(here.baseline, tuple(here.others), name_in_world)
        margins = {each.name: each.resolved.world.people.margin.value for each in here.everywhere}
        paths, length, _ = here.design.points.shape
        own = look(Run(self.study.finished.rows, range(1, paths * length + 1), margins), names)
        others = np.stack([look(Run(each.finished.rows, here.starts, margins), names) for each in self.lucks])
        return screening(own, others, here.design, names, [assumed(axis) for axis in here.axes])

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """As in their files."""
        return self.screen.scenarios

    @property
    def base(self) -> Scenario:
        """The baseline."""
        return next(each for each in self.scenarios if each.name == self.screen.baseline)

    @property
    def title(self) -> str:
        """The scenarios."""
        return f"What drives the effects: {', '.join(each.name for each in self.scenarios)}"

    @property
    def sentences(self) -> list[str]:
        """The numbers that matter most, those that may be among them, and what drives each answer."""
        from revsim.analysis.screening_words import sentences  # noqa: PLC0415 - heavy: only when it is used

        return sentences(self.found)

    @property
    def lead(self) -> list[str]:
        """The ten."""
        return self.sentences[:1]

    @property
    def notes(self) -> list[str]:
        """The rule, what chance does, what companies these are."""
        return [RULE, DUMMY, COMPANIES]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """screening: a row an answer and number; drivers: a row a number; axes."""
        return {
            "screening": self.found.rows,
            "drivers": self.found.drivers,
            "axes": axis_rows(self.screen.axes),
        }

    @cached_property
    def pictures(self) -> list[Picture]:
        """mu_star of the first numbers beside the dummy's, and sigma."""
        from revsim.reports.figures.screening import screening_picture  # noqa: PLC0415 - heavy: only when it is used

        return [screening_picture(self.found)]

    @property
    def parts(self) -> list[Part]:
        """The ranking, and each answer's first."""
        from revsim.reports.parts.screening import parts  # noqa: PLC0415 - heavy: only when it is used

        return parts(self.found)


def question(
    scenarios: Sequence[Scenario], baseline: str | None, paths: Paths, settings: Settings
) -> Question[ScreenStudy]:
    """Every scenario at every point, and those at the start of each path again on other luck. Raises UserError."""
    check_fewest(settings.replications, FEWEST, "each company is judged by its own")
    here = screen_of(scenarios, baseline or (scenarios[0].name if scenarios else ""), paths, settings.seed)
    count, _, numbers = here.design.points.shape
    # scenarios are named after their companies
    plain = changed(settings, baseline=here.everywhere[0].name, continuations=0)
    others = [changed(plain, seed=settings.seed + step, quiet=True) for step in range(1, LUCKS + 1)]
    says = (
        f"{count} paths through {numbers} numbers, {len(here.scenarios)} scenarios: "
        f"{len(here.everywhere)} runs a replication, and {LUCKS * len(here.on_other_luck)} on other luck"
    )

    def answer(study: Study) -> ScreenStudy:
        return ScreenStudy(study, here, tuple(run_plan(here.on_other_luck, other) for other in others))

    return Question(here.everywhere, plain, f"screen-{here.scenarios[-1].name}", answer, says)


def screen(  # noqa: PLR0913 - each is a keyword of the interface
    scenarios: Sequence[Scenario | str | Path],
    *,
    trajectories: int = DEFAULT_TRAJECTORIES,
    companies: Sequence[Sequence[float]] = (),
    fixed: Sequence[str] = (),
    replications: int = DEFAULT_IN_COMPANY,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    baseline: str | None = None,
    out: str | Path | None = None,
) -> ScreenStudy:
    """Say which numbers of a company drive the effects of its scenarios on the headlines (Morris screening).

    Steps follow `trajectories` through all numbers that have a range, or start from each of `companies`: shares of all
    values of each number, in the order of axes.csv. Numbers whose address begins with one of `fixed` keep their value.
    `replications` are those of each company; other keywords as of `compare`. Raises UserError.
    """
    points: tuple[Point, ...] = tuple(tuple(float(share) for share in company) for company in companies)
    settings = Settings(replications, seed, engine, workers)
    return answered(question(loaded(scenarios), baseline, Paths(trajectories, points, tuple(fixed)), settings), out)
