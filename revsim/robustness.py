"""Worlds: the same comparison repeated over plausible companies, from scenarios to findings.

    study = worlds(scenarios, rules=Rules(80), settings=Settings(40, seed=7), out="results/worlds-design")
    study.found.sentences

All scenarios of a world get the same draw of what is not known, all worlds the same luck. It is one study in one
folder: replications that are done stay done, so the same command goes on after a kill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from revsim.api import Scenario, load, run_plan
from revsim.errors import UserError
from revsim.scenario.drawing import Values, drawn, in_world, name_in_world
from revsim.scenario.ranges import Axis, axes
from revsim.settings import DEFAULT_IN_WORLD, DEFAULT_SLACK, DEFAULT_WORLDS, WORLDS, Settings

if TYPE_CHECKING:
    from revsim.analysis.worlds.findings import Asked, Findings
    from revsim.analysis.worlds.phrasing import Assumed
    from revsim.experiment.run import Progress
    from revsim.store.layout import Folder


@dataclass(frozen=True)
class Rules:
    """How worlds are drawn and judged: how many, which addresses keep their value, and the slack of the patterns."""

    worlds: int = DEFAULT_WORLDS
    fixed: tuple[str, ...] = ()
    slack: float = DEFAULT_SLACK

    def __post_init__(self) -> None:
        """Raise UserError for what cannot be."""
        object.__setattr__(self, "worlds", WORLDS.checked("worlds =", self.worlds, "worlds="))
        if not self.slack >= 0.0:
            raise UserError(f"slack = {self.slack}: must be 0 or more, in widths of a pattern's range; write e.g. 0.5.")


class Drawn(NamedTuple):
    """The worlds of some scenarios: axes, the values of each world 1..n, and every scenario in every world."""

    scenarios: tuple[Scenario, ...]
    baseline: str
    axes: list[Axis]
    values: list[Values]
    everywhere: list[Scenario]


def draw_worlds(scenarios: Sequence[Scenario], baseline: str, rules: Rules, seed: int) -> Drawn:
    """Draw worlds by a Latin hypercube. Raises UserError for fewer than two scenarios, or if nothing can be drawn."""
    from revsim.analysis.worlds.hypercube import latin_hypercube  # noqa: PLC0415 - heavy: only when it is used

    _check(scenarios, baseline)
    # the baseline's ranges count
    ordered = sorted(scenarios, key=lambda each: each.name != baseline)
    found = axes([each.resolved for each in ordered], rules.fixed)
    points = latin_hypercube(rules.worlds, len(found), seed)
    values = [drawn(found, point, ordered[0].resolved) for point in points]
    everywhere = [
        Scenario(in_world(each.resolved, world, number), each.file)
        for number, world in enumerate(values, start=1)
        for each in scenarios
    ]
    return Drawn(tuple(scenarios), baseline, found, values, everywhere)


def _check(scenarios: Sequence[Scenario], baseline: str) -> None:
    names = [each.name for each in scenarios]
    if len(names) < 2:  # noqa: PLR2004 - two make a comparison
        raise UserError("worlds: needs at least two scenarios, as worlds tell who wins; write e.g. two files.")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(f"Two scenarios are called `{doubled[0]}`: give one of the files another `name:`.")
    if baseline not in names:
        raise UserError(f"--baseline {baseline}: no scenario of this study. It has: {', '.join(names)}.")


class WorldStudy:
    """Worlds that have been run, and what follows from them."""

    def __init__(self, drawn_worlds: Drawn, rules: Rules, seed: int, folder: Folder) -> None:
        """Keep what was run; findings are worked out when asked for."""
        self.drawn, self.rules, self.seed, self.folder = drawn_worlds, rules, seed, folder

    @property
    def asked(self) -> Asked:
        """Draws and rules as the analysis takes them."""
        from revsim.analysis.worlds.findings import Asked  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.worlds.table import Names  # noqa: PLC0415 - heavy: only when it is used

        here = self.drawn
        values = pd.DataFrame(here.values, index=pd.RangeIndex(1, len(here.values) + 1, name="world"))
        return Asked(
            values[[axis.name for axis in here.axes]],
            values,
            [_assumed(axis) for axis in here.axes],
            Names(tuple(each.name for each in here.scenarios), here.baseline, name_in_world),
            self.rules.slack,
            self.seed,
        )

    @cached_property
    def found(self) -> Findings:
        """Who wins where. Raises UserError if the rows are gone."""
        from revsim.analysis.worlds.findings import findings  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.worlds.table import QUARTERS, WEEKS, look  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.columns import read_columns  # noqa: PLC0415 - heavy: only when it is used

        quarters = read_columns(self.folder, "quarters", QUARTERS)
        weeks = read_columns(self.folder, "weeks", WEEKS)
        asked = self.asked
        seen = look(quarters, weeks, len(self.drawn.values), asked.names)
        if not any(one.levels for one in seen):
            raise UserError("No world can be judged: each needs 3 replications; write e.g. --replications 40.")
        return findings(seen, asked)

    def write_findings(self) -> None:
        """Scenarios as in their files, tables, words and the map; the rows are there already."""
        from revsim.reports.figures.world_map import world_map  # noqa: PLC0415 - heavy: only when it is used
        from revsim.scenario.text import as_yaml  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.atomic import write_bytes, write_text  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.tables import write_csv  # noqa: PLC0415 - heavy: only when it is used

        root, found = self.folder.root, self.found
        files = self.folder.scenario_files([each.name for each in self.drawn.scenarios])
        for each in self.drawn.scenarios:
            write_text(files[each.name], as_yaml(each.resolved))
        for name in ("worlds", "contests", "shares", "best", "patterns", "strengths", "conditions"):
            write_csv(getattr(found, name), root / f"{name}.csv")
        write_csv(axis_rows(self.drawn.axes), root / "axes.csv")
        write_text(root / "conditions.txt", "\n".join([*found.sentences, "", *found.notes]) + "\n")
        picture = world_map(found, self.asked)
        for ending, content in picture.files().items() if picture else ():
            write_bytes(self.folder.figure("worlds", ending), content)


def _assumed(axis: Axis) -> Assumed:
    from revsim.analysis.worlds.phrasing import Assumed  # noqa: PLC0415 - heavy: only when it is used

    first = axis.spreads[0]
    return Assumed(axis.name, axis.title, axis.unit, axis.evidence, first.whole, first.ends)


def axis_rows(drawn_axes: Sequence[Axis]) -> pd.DataFrame:
    """axis, address, title, unit, low, value, high, evidence: one row a number."""
    rows = [
        (axis.name, spread.address, axis.title, axis.unit, spread.low, spread.value, spread.high, axis.evidence)
        for axis in drawn_axes
        for spread in axis.spreads
    ]
    return pd.DataFrame(rows, columns=["axis", "address", "title", "unit", "low", "value", "high", "evidence"])


def run_worlds(drawn_worlds: Drawn, settings: Settings, folder: Folder, progress: Progress | None = None) -> list[str]:
    """Run what is missing in `folder`; what failed, in words. Ctrl-C keeps finished replications and goes on up."""
    study = run_plan(drawn_worlds.everywhere, settings, folder, progress)
    return [f"{one.scenario}, replication {one.replication}: {one.message}" for one in study.finished.failed]


def worlds(
    scenarios: Sequence[Scenario | str | Path],
    *,
    out: str | Path,
    rules: Rules | None = None,
    settings: Settings | None = None,
) -> WorldStudy:
    """Run scenarios over plausible worlds in a folder, or go on there, and write what is found. Raises UserError."""
    from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

    rules, settings = rules or Rules(), settings or Settings(DEFAULT_IN_WORLD)
    loaded = [each if isinstance(each, Scenario) else load(each) for each in scenarios]
    baseline = settings.baseline or (loaded[0].name if loaded else "")
    here = draw_worlds(loaded, baseline, rules, settings.seed)
    study = WorldStudy(here, rules, settings.seed, folder_at("out =", out))
    run_worlds(here, for_worlds(settings, here), study.folder)
    study.write_findings()
    return study


def for_worlds(settings: Settings, drawn_worlds: Drawn) -> Settings:
    """The same settings for scenarios named after their worlds; no continuations, which no contest asks for."""
    return changed(settings, baseline=drawn_worlds.everywhere[0].name, continuations=0)
