"""Every combination of a sweep file's factors, on the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from revsim.api import Scenario
from revsim.settings import DEFAULT_REPLICATIONS, Settings
from revsim.studies.answer import Answer, Question, answered
from revsim.studies.severity import Severity, severity_frames, severity_of, severity_words

if TYPE_CHECKING:
    import pandas as pd

    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part
    from revsim.scenario.grid import Point

NOT_ORDERED = "The factor's levels neither rise nor fall throughout, so it is not asked where effects begin."


@dataclass(frozen=True, eq=False)
class SweepStudy(Answer):
    """The points of a sweep; of one factor in one scenario also its severity."""

    name: str = ""
    points: tuple[Point, ...] = ()
    kind: ClassVar[str] = "sweep"

    @property
    def _levels(self) -> list[float]:
        """The one factor's levels; empty if there are several, or several scenarios."""
        grid = [point for point in self.points if not point.waits]
        if len({point.base for point in grid}) > 1 or len(grid[0].levels) > 1:
            return []
        return [next(iter(point.levels.values())) for point in grid]

    @property
    def _is_ordered(self) -> bool:
        return self._levels in (sorted(self._levels), sorted(self._levels, reverse=True))

    @cached_property
    def severity(self) -> Severity | None:
        """What one factor shows; None where there are several or its levels go up and down."""
        return severity_of(self.study, self.points, self._levels) if self._levels and self._is_ordered else None

    @property
    def title(self) -> str:
        """The sweep's name."""
        return self.name

    @cached_property
    def sentences(self) -> list[str]:
        """Which point has the lowest variance; of one factor where harm begins, and what follows."""
        from revsim.analysis.grid_words import lowest_words  # noqa: PLC0415 - heavy: only when it is used

        lowest = lowest_words(self.study.comparison, [point.name for point in self.points if point.waits])
        return [*(severity_words(self.severity) if self.severity else []), *([lowest] if lowest else [])]

    @property
    def notes(self) -> list[str]:
        """Those of the comparison, and why it is not asked where effects begin."""
        from revsim.analysis.reach_words import contest_words  # noqa: PLC0415 - heavy: only when it is used

        comparison = self.study.comparison
        # a wait is no choice among the points: with one of them nothing is said of the best of all
        best = "" if any(point.waits for point in self.points) else contest_words(comparison.contest)
        more = [best, "" if self._is_ordered else NOT_ORDERED]
        return [*comparison.notes, *comparison.behind, *(note for note in more if note)]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """points; effects, summary and best against the first point; of one factor its tables."""
        found = {"points": self._point_rows(), "effects": self.study.effects(), "summary": self.study.summary()}
        if self.study.comparison.contest:
            found["best"] = self.study.comparison.best()
        return found | (severity_frames(self.severity, self.base.resolved) if self.severity else {})

    def _point_rows(self) -> pd.DataFrame:
        """One row a point: its name as in the other tables, its scenario, its levels, what it waits, its content."""
        import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

        contents = {facts.name: facts.content_hash for facts in self.study.plan.scenarios}
        return pd.DataFrame(
            [
                {
                    "scenario": point.name,
                    "base": point.base,
                    **point.levels,
                    "waits_quarters": point.waits,
                    "content_hash": contents[point.name],
                }
                for point in self.points
            ]
        )

    @property
    def pictures(self) -> list[Picture]:
        """Of one factor: how variance and mean move with it, what announces a missed quarter."""
        from revsim.reports.figures.severity import pictures  # noqa: PLC0415 - heavy: only when it is used

        rows = self.severity
        return pictures(rows.onsets, rows.warnings, rows.factor) if rows else []

    @property
    def parts(self) -> list[Part]:
        """All points side by side."""
        from revsim.reports.parts.sweep import grid_part  # noqa: PLC0415 - heavy: only when it is used

        return [grid_part(self.study.comparison)]


def question(file: str, sets: Sequence[str], settings: Settings) -> Question[SweepStudy]:
    """The points of a sweep file. Raises ScenarioError with every fault of it."""
    from revsim.scenario.grid import points_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.scenario.sweep import read_sweep  # noqa: PLC0415 - as above

    said, layer = read_sweep(file)
    points = tuple(points_of(said, layer, sets))
    scenarios = [Scenario(point.scenario, point.file) for point in points]
    return Question(scenarios, settings, f"sweep-{said.sweep}", lambda study: SweepStudy(study, said.sweep, points))


def sweep(  # noqa: PLR0913 - each is a keyword of the interface
    file: str | Path,
    *,
    sets: Sequence[str] = (),
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
    continuations: int = 0,
) -> SweepStudy:
    """Run all points of a sweep file, or of a shipped one; `sets` are assignments such as `world.sales.reps=9`.

    Keywords as of `compare`. Raises UserError.
    """
    settings = Settings(replications, seed, engine, workers, continuations=continuations)
    return answered(question(str(file), sets, settings), out)
