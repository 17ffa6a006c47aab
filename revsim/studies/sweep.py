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
from revsim.studies.severity import ENDINGS, STATES, Severity, severity_frames, severity_of, severity_words

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.level_groups import GroupedComparison
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
    def _grid(self) -> list[int]:
        """Positions of the points that neither wait nor stand."""
        return [position for position, point in enumerate(self.points) if not (point.waits or point.stands)]

    @property
    def _bases(self) -> list[str]:
        """The scenarios' names, in order."""
        return list(dict.fromkeys(point.base for point in self.points))

    @property
    def _levels(self) -> list[float]:
        """The one factor's levels; empty if there are several, or several scenarios."""
        if len(self._bases) > 1 or len(self.points[0].levels) > 1:
            return []
        return [next(iter(self.points[position].levels.values())) for position in self._grid]

    @property
    def _is_ordered(self) -> bool:
        return self._levels in (sorted(self._levels), sorted(self._levels, reverse=True))

    @cached_property
    def severity(self) -> list[Severity]:
        """What one factor shows, built and standing; empty where there are several or its levels go up and down."""
        return severity_of(self.study, self.points, self._levels) if self._levels and self._is_ordered else []

    @cached_property
    def comparison(self) -> GroupedComparison:
        """Levels and effects: of several scenarios against the first at the same levels, of one against its first."""
        from revsim.analysis.comparison import Provenance  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.level_groups import compare_groups, groups_of  # noqa: PLC0415 - as above

        positions = {point.id: position for position, point in enumerate(self.points)}
        baselines = [positions[point.baseline] for point in self.points]
        waits, stands = [point.waits for point in self.points], [point.stands for point in self.points]
        groups = groups_of(baselines, waits, has_rivals=len(self._bases) > 1, stands=stands)
        worlds = [facts.world_hash for facts in self.study.plan.scenarios]
        margins = [point.scenario.world.people.margin.value for point in self.points]
        origins = [Provenance([worlds[k] for k in each.members], margins[each.members[0]]) for each in groups]
        cube, dropped = self.study.paired
        titled = cube._replace(scenarios=tuple(point.title for point in self.points))
        return compare_groups(titled, groups, list(positions), self.study.plan.currency, dropped, origins)

    @property
    def base(self) -> Scenario:
        """The first point, by the name that people read."""
        first = self.points[0]
        return Scenario(first.scenario.model_copy(update={"name": first.title}), first.file)

    @property
    def title(self) -> str:
        """The sweep's name."""
        return self.name

    @cached_property
    def sentences(self) -> list[str]:
        """Which point has the lowest variance; of one factor where harm begins, and what follows."""
        from revsim.analysis.grid_words import Rivals, lowest_words, rivals_words  # noqa: PLC0415 - heavy: only when it is used

        first, *others = self._bases
        if others:
            own = {base: [k for k in self._grid if self.points[k].base == base] for base in others}
            return rivals_words(self.comparison, [Rivals(base, first, own[base]) for base in others])
        lowest = lowest_words(self.comparison, self._grid)
        return [*severity_words(self.severity), *([lowest] if lowest else [])]

    @property
    def notes(self) -> list[str]:
        """Those of the comparisons, each once, and why it is not asked where effects begin."""
        from revsim.analysis.grid_words import best_notes  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.reach_words import pairing_words  # noqa: PLC0415 - as above

        comparison = self.comparison
        first = comparison.comparisons[0]
        pairing = pairing_words(comparison.rows)
        behind = first.behind if not comparison.has_rivals else [pairing] if pairing else []
        best = best_notes(comparison, [point.base for point in self.points])
        notes = [note for each in comparison.comparisons for note in each.notes]
        return [*dict.fromkeys(notes), *behind, *best, *([] if self._is_ordered else [NOT_ORDERED])]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """points; effects and summary; best where there is a contest; of one factor its tables."""
        from revsim.analysis.resting import marked_effects  # noqa: PLC0415 - heavy: only when it is used

        comparison = self.comparison
        effects = marked_effects(comparison.effects(), self.study.unknown, self.points[0].id)
        found = {"points": self._point_rows(), "effects": effects, "summary": comparison.summary()}
        best = comparison.best()
        if len(best):
            found["best"] = best
        return found | severity_frames(self.severity, self.base.resolved)

    def _point_rows(self) -> pd.DataFrame:
        """One row a point: its id as in the other tables, its scenario, its levels, what it waits, its content."""
        import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

        return pd.DataFrame(
            [
                {
                    "scenario": point.id,
                    "base": point.base,
                    **point.levels,
                    "waits_quarters": point.waits,
                    "stands": point.stands,
                    "content_hash": facts.content_hash,
                }
                for point, facts in zip(self.points, self.study.plan.scenarios, strict=True)
            ]
        )

    @property
    def pictures(self) -> list[Picture]:
        """Of one factor, built and standing: how variance and mean move with it, what announces a missed quarter."""
        from revsim.reports.figures.severity import pictures  # noqa: PLC0415 - heavy: only when it is used

        several = len(self.severity) > 1
        return [
            picture
            for rows in self.severity
            for picture in pictures(
                rows.onsets, rows.warnings, rows.factor, STATES[rows.state] if several else "", ENDINGS[rows.state]
            )
        ]

    @property
    def parts(self) -> list[Part]:
        """All points side by side."""
        from revsim.reports.parts.sweep import grid_part  # noqa: PLC0415 - heavy: only when it is used

        return [grid_part(self.comparison)]


def question(file: str, sets: Sequence[str], settings: Settings) -> Question[SweepStudy]:
    """The points of a sweep file. Raises ScenarioError with every fault of it."""
    from revsim.scenario.grid import points_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.scenario.sweep import read_sweep  # noqa: PLC0415 - as above

    said, layer = read_sweep(file)
    points = tuple(points_of(said, layer, sets))
    scenarios = [Scenario(point.scenario, point.file) for point in points]
    return Question(scenarios, settings, f"sweep-{said.sweep}", lambda study: SweepStudy(study, said.sweep, points))


def files_of(file: str) -> list[str]:
    """Files of the scenarios that a sweep crosses with its factors. Raises ScenarioError."""
    from revsim.scenario.grid import scenario_files  # noqa: PLC0415 - heavy: only when it is used
    from revsim.scenario.sweep import read_sweep  # noqa: PLC0415 - as above

    return scenario_files(*read_sweep(file))


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
