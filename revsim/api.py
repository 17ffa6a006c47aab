"""From Python: load, replace, run, compare; the same code path as the command line.

base = revsim.load("scenarios/status-quo.yaml")
better = base.replace({"design.owned_handoffs": 0.9}, name="Owned hand-offs")
study = revsim.compare([base, better], replications=400, seed=7)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from revsim.errors import UserError
from revsim.scenario import address, canonical
from revsim.scenario import load as loading
from revsim.scenario.scenario import Scenario as Resolved
from revsim.settings import DEFAULT_REPLICATIONS, Settings, Wanted, wanted
from revsim.simulate import engine_of, prepare

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.balance import Balance
    from revsim.analysis.comparison import Comparison
    from revsim.analysis.cube import Cube
    from revsim.analysis.table import Line
    from revsim.analysis.time_to_effect import Timing
    from revsim.experiment.plan import Plan
    from revsim.experiment.run import Progress
    from revsim.experiment.session import Finished
    from revsim.reports.story import Story
    from revsim.store.layout import Folder


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario and the file it came from."""

    resolved: Resolved
    file: str = ""

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.resolved.name

    def replace(self, changes: Mapping[str, Any], name: str | None = None) -> Scenario:
        """The scenario with values changed by address; a dial sets all its parts. Raises ScenarioError."""
        return Scenario(address.replace(self.resolved, changes, name), self.file)


def load(path: str | Path, sets: Sequence[str] = ()) -> Scenario:
    """The scenario of a file, `--set` assignments applied. Raises ScenarioError."""
    return Scenario(loading.load(path, sets), str(path))


def plan_of(scenarios: Sequence[Scenario], settings: Settings) -> Plan:
    """The plan of a study. Raises UserError for doubled names or an unknown baseline."""
    from revsim.contract.parameters import parameters_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.contract.sizes import sizes_for  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.continuations import content_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.plan import Plan, check_calendars, check_names, check_sizes  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.replicate import Case, Task, true_model  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.manifest import ScenarioFacts  # noqa: PLC0415 - heavy: only when it is used

    facts = tuple(
        ScenarioFacts(each.name, canonical.content_hash(each.resolved), canonical.world_hash(each.resolved), each.file)
        for each in scenarios
    )
    cases = tuple(
        Case(each.name, content_of(fact.content_hash, settings.continuations), parameters_of(each.resolved))
        for each, fact in zip(scenarios, facts, strict=True)
    )
    baseline = settings.baseline or scenarios[0].name
    check_names(cases, baseline)
    check_calendars(cases)
    check_sizes(cases, sizes_for)
    engine = engine_of(settings.engine)
    task = Task(cases, settings.seed, engine, true_model(), settings.continuations)
    currency = next(each.resolved.world.currency for each in scenarios if each.name == baseline)
    return Plan(task, facts, baseline, settings.replications, currency, settings.command)


class Study:
    """A study that has run: its rows, and what follows from them."""

    def __init__(self, scenarios: Sequence[Scenario], plan: Plan, finished: Finished) -> None:
        """Keep what was run; effects are worked out when asked for."""
        self.scenarios, self.plan, self.finished = tuple(scenarios), plan, finished
        self.reached = True  # the precision that was asked for, if one was

    @property
    def quarters(self) -> pd.DataFrame:
        """One row per scenario, replication, quarter."""
        return self.finished.rows.quarters

    @property
    def weeks(self) -> pd.DataFrame:
        """One row per scenario, replication, quarter, week."""
        return self.finished.rows.weeks

    @cached_property
    def paired(self) -> tuple[Cube, int]:
        """What the analysis reads of the replications that all scenarios finished, and how many others there are."""
        from revsim.experiment.reading import paired_of  # noqa: PLC0415 - heavy: only when it is used

        return paired_of(self.finished.rows, self.plan.names)

    @cached_property
    def comparison(self) -> Comparison:
        """Levels, effects, verdict and notes."""
        from revsim.analysis.comparison import Companies, compare_cube  # noqa: PLC0415 - heavy: only when it is used

        plan, (cube, dropped) = self.plan, self.paired
        companies = Companies([facts.world_hash for facts in plan.scenarios], self._margin)
        return compare_cube(cube, plan.baseline, plan.currency, dropped, companies)

    def effects(self) -> pd.DataFrame:
        """Paired effects against the baseline, one row per scenario and measure."""
        return self.comparison.effects()

    def summary(self) -> pd.DataFrame:
        """Levels, one row per scenario and measure."""
        return self.comparison.summary()

    def table(self) -> list[Line]:
        """The executive table."""
        from revsim.analysis.table import lines  # noqa: PLC0415 - heavy: only when it is used

        return lines(self.comparison)

    @cached_property
    def timing(self) -> list[Timing]:
        """Paired effects by quarter since each remedy began, relief and fade, worse before better."""
        from revsim.reports.timing import timing_of  # noqa: PLC0415 - heavy: only when it is used

        return timing_of(self.comparison, [each.resolved for each in self.scenarios])

    @cached_property
    def balances(self) -> list[Balance]:
        """What each remedy costs in full, what it buys, and when it has paid for itself; margin as the baseline's."""
        from revsim.analysis.balance import balances  # noqa: PLC0415 - heavy: only when it is used

        return balances(self.comparison.cube, self.comparison.base, self._margin)

    @property
    def _margin(self) -> float:
        """The share of revenue that contributes, as the baseline has it."""
        base = next(each for each in self.scenarios if each.name == self.plan.baseline)
        return base.resolved.world.people.margin.value

    @property
    def verdict(self) -> str:
        """One sentence with numbers."""
        return self.comparison.verdict

    @cached_property
    def story(self) -> Story:
        """What reports say."""
        from revsim.reports.story import story_of, with_balances  # noqa: PLC0415 - heavy: only when it is used

        scenarios = [each.resolved for each in self.scenarios]
        story = story_of(self.comparison, scenarios, self.finished.manifest, self.timing)
        return with_balances(story, self.balances, self.comparison.money)

    def report(self, path: str | Path) -> Path:
        """Write the page."""
        from revsim.reports.publish import write_report  # noqa: PLC0415 - heavy: only when it is used

        return write_report(self.story, Path(path))

    def save(self, folder: str | Path) -> Path:
        """Write the whole results folder; what it had of this study stays. Raises UserError if it holds another."""
        from revsim.experiment.saving import save  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

        place = folder_at("folder =", folder)
        # a folder that had more of the study is told of as a whole
        Study(self.scenarios, self.plan, save(self.plan, self.finished, place)).write_findings(place)
        return place.root

    def write_findings(self, folder: Folder) -> None:
        """Scenarios, tables for people, figures and page; the rows are there already."""
        from revsim.analysis.balance import as_frame  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.time_to_effect import frames  # noqa: PLC0415 - heavy: only when it is used
        from revsim.reports.publish import publish  # noqa: PLC0415 - heavy: only when it is used
        from revsim.scenario.text import as_yaml  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.atomic import write_text  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.tables import write_csv  # noqa: PLC0415 - heavy: only when it is used

        files = folder.scenario_files([each.name for each in self.scenarios])
        for each in self.scenarios:
            write_text(files[each.name], as_yaml(each.resolved))
        write_csv(self.effects(), folder.effects)
        write_csv(self.summary(), folder.summary)
        if self.comparison.contest:
            write_csv(self.comparison.best(), folder.best)
        for name, frame in frames(self.timing, self.comparison.money).items():
            write_csv(frame, folder.table(name))
        if self.balances:
            write_csv(as_frame(self.balances, self.comparison.money), folder.root / "balance.csv")
        publish(self.story, folder)


def run_plan(
    scenarios: Sequence[Scenario],
    settings: Settings,
    folder: Folder | None = None,
    progress: Progress | None = None,
) -> Study:
    """Run what is missing of a study, in a folder or in memory."""
    from revsim.experiment.run import run_study  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.place import prepare as prepare_place  # noqa: PLC0415 - heavy: only when it is used

    plan = plan_of(scenarios, settings)
    workers = settings.workers or os.cpu_count() or 1
    if folder is not None:
        prepare_place(folder)  # before a minute of compiling
    prepare(settings.engine, lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201 - it takes a while
    return Study(scenarios, plan, run_study(plan, folder, workers, progress))


def compare(  # noqa: PLR0913 - each is a keyword of the interface
    scenarios: Sequence[Scenario | str | Path],
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    baseline: str | None = None,
    out: str | Path | None = None,
    continuations: int = 1,
    precision: float | None = None,
    max_replications: int | None = None,
) -> Study:
    """Run scenarios on the same luck and compare them with the baseline (the first, unless named).

    With `out` the study is kept in that folder, and goes on from what is there. Each replication continues some
    quarters (`continuations`) with fresh luck, which tells chance from structure. With `precision` it goes on until the
    headline's interval is +- that share, at most to `max_replications`; see `Study.reached`. Raises UserError.
    """
    given = [scenarios] if isinstance(scenarios, (str, Path, Scenario)) else list(scenarios)
    if len(given) < 2:  # noqa: PLR2004 - two make a comparison
        what = "one scenario" if given else "no scenarios"
        raise UserError(f"revsim.compare of {what}: needs a list of at least two. For one alone: revsim.run(scenario).")
    settings = Settings(replications, seed, engine, workers, baseline, (), continuations)
    return _study(given, settings, out, wanted(settings, precision, max_replications))


def run(  # noqa: PLR0913 - each is a keyword of the interface
    scenario: Scenario | str | Path,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
    continuations: int = 1,
    precision: float | None = None,
    max_replications: int | None = None,
) -> Study:
    """Run one scenario; keywords as of `compare`. Raises UserError."""
    settings = Settings(replications, seed, engine, workers, None, (), continuations)
    return _study([scenario], settings, out, wanted(settings, precision, max_replications))


def _study(scenarios: Sequence[Scenario | str | Path], settings: Settings, out: str | Path | None, to: Wanted) -> Study:
    """Run what is missing and write what is found, if there is a folder for it."""
    from revsim.experiment.growing import reach  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

    loaded = [each if isinstance(each, Scenario) else load(each) for each in scenarios]
    folder = None if out is None else folder_at("out =", out)
    study = reach(lambda count, place: run_plan(loaded, enlarged(settings, count), place), to, folder)
    if folder:
        study.write_findings(folder)
    return study


def enlarged(settings: Settings, replications: int) -> Settings:
    """The same settings with more replications."""
    return changed(settings, replications=replications)
