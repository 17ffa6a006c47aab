"""From Python: load, replace, run, compare; the same code path as the command line.

base = revsim.load("scenarios/status-quo.yaml")
better = base.replace({"design.owned_handoffs": 0.9}, name="Owned hand-offs")
study = revsim.compare([base, better], replications=400, seed=7)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING

from revsim.errors import UserError
from revsim.longer import lengthened, quarters_asked, settings_for
from revsim.notices import say, silent
from revsim.paths import readable
from revsim.prepare import prepare, workers_find_it
from revsim.scenario import canonical
from revsim.scenario import load as loading
from revsim.settings import DEFAULT_CONTINUATIONS, DEFAULT_REPLICATIONS, Settings, Wanted, wanted
from revsim.simulate import engine_of
from revsim.study import Scenario, Study, twins_of

if TYPE_CHECKING:
    from revsim.experiment.plan import Plan
    from revsim.experiment.run import Progress
    from revsim.store.layout import Folder

NOTHING_TO_STAND = (
    "--steady: no scenario has design, coordination or heroics other than its company's today, so nothing can stand; "
    "name one that has, or leave --steady out."
)
__all__ = ["Scenario", "Study", "compare", "enlarged", "load", "loaded", "plan_of", "run", "run_plan"]


def load(path: str | Path, sets: Sequence[str] = ()) -> Scenario:
    """The scenario of a file, `--set` assignments applied. Raises ScenarioError."""
    return Scenario(loading.load(path, sets), str(path))


def loaded(scenarios: Sequence[Scenario | str | Path]) -> list[Scenario]:
    """Scenarios, of files where they are named. Raises ScenarioError."""
    return [each if isinstance(each, Scenario) else load(each) for each in scenarios]


def plan_of(scenarios: Sequence[Scenario], settings: Settings) -> Plan:
    """The plan of a study. Raises UserError for doubled names or an unknown baseline."""
    from revsim.contract.of_scenario import parameters_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.contract.sizes import sizes_for  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.continuations import content_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.plan import Plan, check_calendars, check_names, check_sizes  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.task import Case, Task, true_model  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.manifest import ScenarioFacts  # noqa: PLC0415 - heavy: only when it is used

    twins = twins_of(scenarios) if settings.steady else {}
    if settings.steady and not twins:
        raise UserError(NOTHING_TO_STAND)
    scenarios = [*scenarios, *twins.values()]
    facts = tuple(
        ScenarioFacts(
            each.name, canonical.content_hash(each.resolved), canonical.world_hash(each.resolved), readable(each.file)
        )
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
    command = tuple(map(readable, settings.command))
    pairs = tuple((twin.name, of) for of, twin in twins.items())
    return Plan(task, facts, baseline, settings.replications, currency, command, pairs)


def run_plan(
    scenarios: Sequence[Scenario],
    settings: Settings,
    folder: Folder | None = None,
    progress: Progress | None = None,
) -> Study:
    """Run what is missing of a study, in a folder or in memory."""
    from revsim.experiment.executors import begun  # noqa: PLC0415 - heavy: only when it is used
    from revsim.experiment.worker_count import workers_for  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.place import prepare as prepare_place  # noqa: PLC0415 - heavy: only when it is used

    plan = plan_of(scenarios, settings)
    notice = silent if settings.quiet else say
    workers = workers_for(settings.workers, plan.replications, notice)
    if folder is not None:
        prepare_place(folder)  # before a minute of compiling
    prepare(settings.engine, notice)
    if workers > 1 and not workers_find_it(settings.engine):
        notice("note: this process runs all by itself: workers would each compile the engine anew.")
        workers = 1
    is_fresh = folder is None or not (folder.ledger.exists() or folder.manifest.exists())
    with begun(plan.task, range(plan.replications if is_fresh else 0), workers, notice) as at_work:
        # while workers start; it takes as long as their own imports
        from revsim.experiment.run import run_study  # noqa: PLC0415 - heavy: only when it is used

        return Study(scenarios, plan, run_study(plan, folder, workers, progress, at_work, notice))


def compare(  # noqa: PLR0913 - each is a keyword of the interface
    scenarios: Sequence[Scenario | str | Path],
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    baseline: str | None = None,
    out: str | Path | None = None,
    continuations: int = DEFAULT_CONTINUATIONS,
    precision: float | None = None,
    max_replications: int | None = None,
    steady: bool = False,
    horizon: int | None = 0,
) -> Study:
    """Run scenarios on the same luck and compare them with the baseline (the first, unless named).

    With `out` the study is kept in that folder, and goes on from what is there. Each replication continues some
    quarters (`continuations`) with fresh luck, which tells chance from structure. With `precision` it goes on until the
    headline's interval is +- that share, at most to `max_replications`; see `Study.reached`. With `steady` each
    scenario is also run as if its programmes had always stood; see `Study.standing`. With a `horizon` net value is told
    over so many quarters, too, from a quarter of the replications; None is twice the measured ones. Raises UserError.
    """
    given = [scenarios] if isinstance(scenarios, (str, Path, Scenario)) else list(scenarios)
    if len(given) < 2:  # noqa: PLR2004 - two make a comparison
        what = "one scenario" if given else "no scenarios"
        raise UserError(f"revsim.compare of {what}: needs a list of at least two. For one alone: revsim.run(scenario).")
    settings = Settings(replications, seed, engine, workers, baseline, (), continuations, steady=steady)
    return _study(given, settings, out, wanted(settings, precision, max_replications), horizon)


def run(  # noqa: PLR0913 - each is a keyword of the interface
    scenario: Scenario | str | Path,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
    continuations: int = DEFAULT_CONTINUATIONS,
    precision: float | None = None,
    max_replications: int | None = None,
) -> Study:
    """Run one scenario; keywords as of `compare`. Raises UserError."""
    settings = Settings(replications, seed, engine, workers, None, (), continuations)
    return _study([scenario], settings, out, wanted(settings, precision, max_replications))


def _study(
    scenarios: Sequence[Scenario | str | Path],
    settings: Settings,
    out: str | Path | None,
    to: Wanted,
    horizon: int | None = 0,
) -> Study:
    """Run what is missing and write what is found, if there is a folder for it."""
    from revsim.experiment.growing import reach  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

    given = loaded(scenarios)
    folder = None if out is None else folder_at("out =", out)
    if folder is not None:
        from revsim.reports.drawing import check_drawing  # noqa: PLC0415 - heavy: only when it is used

        check_drawing()
    quarters, _ = check_longer(given, settings, horizon)
    study = reach(lambda count, place: run_plan(given, enlarged(settings, count), place), to, folder)
    if quarters:
        run_longer(study, settings, quarters, folder)
    if folder:
        study.write_findings(folder)
    return study


def check_longer(scenarios: Sequence[Scenario], settings: Settings, asked: int | None) -> tuple[int, str]:
    """Over how many quarters, 0 for none; and why not, where nobody asked for a number and it cannot be had.

    Raises UserError where a number was asked for and it cannot be had.
    """
    quarters = quarters_asked(scenarios, asked)
    if not quarters:
        return 0, ""
    try:
        plan_of(lengthened(scenarios, quarters), settings_for(settings, settings.replications))
    except UserError as error:
        if asked is not None:
            raise
        return 0, str(error)
    return quarters, ""


def run_longer(
    study: Study, settings: Settings, quarters: int, folder: Folder | None = None, progress: Progress | None = None
) -> Study:
    """The study beside which it stands, with it; kept in a folder inside that study's, if it has one."""
    more = settings_for(settings, study.finished.manifest.replications)
    study.longer = run_plan(
        lengthened(study.scenarios, quarters), more, None if folder is None else folder.longer, progress
    )
    return study


def enlarged(settings: Settings, replications: int) -> Settings:
    """The same settings with more replications."""
    return changed(settings, replications=replications)
