"""What `run` and `compare` have in common: run, grow to a precision, write, print, and end with the right code."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.analysis.requirement import Requirement
    from revsim.api import Scenario, Study
    from revsim.cli.progress import Report
    from revsim.settings import Settings
    from revsim.store.layout import Folder

NOT_REACHED = NOT_MET = 1
INCOMPLETE, INTERRUPTED = 3, 130


@dataclass(frozen=True)
class Wish:
    """How the study is wanted."""

    command: str
    out: str | None
    precision: float | None
    most: int
    quiet: bool
    json: bool
    require: tuple[str, ...] = ()


def read(paths: Sequence[str], sets: Sequence[str] | None, *, quiet: bool) -> list[Scenario]:
    """Scenarios of files or shipped names. Raises ScenarioError with the problems of all."""
    from revsim.api import Scenario  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.reading import read_scenarios  # noqa: PLC0415 - not on the way to --help

    return [Scenario(loaded.scenario, loaded.file) for loaded in read_scenarios(paths, sets or (), quiet=quiet)]


def _folder(scenarios: Sequence[Scenario], settings: Settings, wish: Wish) -> Folder:
    """--out, or results/<name>; where that holds another study, results/<name>-<hash> instead."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.store.layout import Folder, slug  # noqa: PLC0415 - not on the way to --help
    from revsim.store.manifest import difference, read_manifest  # noqa: PLC0415 - not on the way to --help
    from revsim.store.place import folder_at  # noqa: PLC0415 - not on the way to --help

    if wish.out is not None:
        return folder_at("--out", wish.out)
    name = slug(scenarios[0].name) if wish.command == "run" else f"compare-{slug(scenarios[-1].name)}"
    folder = Folder(Path("results") / name)
    wanted = plan_of(scenarios, settings).manifest()
    there = read_manifest(folder.manifest)
    if there is None or not difference(there, wanted):
        return folder
    from hashlib import sha256  # noqa: PLC0415 - not on the way to --help

    parts = [wanted.code, str(wanted.seed), *(f"{facts.name}:{facts.content_hash}" for facts in wanted.scenarios)]
    return Folder(Path("results") / f"{name}-{sha256(' '.join(parts).encode()).hexdigest()[:8]}")


def _run(
    scenarios: Sequence[Scenario], settings: Settings, folder: Folder, *, quiet: bool, goes_on: bool = False
) -> Study:
    """Run with progress; Ctrl-C says how to go on."""
    from revsim.api import run_plan  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.progress import progress  # noqa: PLC0415 - not on the way to --help

    try:
        with progress(quiet=quiet, goes_on=goes_on) as report:
            return run_plan(scenarios, settings, folder, _reading_ahead(report))
    except KeyboardInterrupt:
        typer.echo(
            f"\nInterrupted. What is done is kept in {folder.root}; the same command goes on from there.", err=True
        )
        raise typer.Exit(INTERRUPTED) from None


def _to_precision(scenarios: Sequence[Scenario], settings: Settings, folder: Folder, wish: Wish) -> Study:
    """Run as many replications as are asked for; with a precision go on until it is reached or the most are run."""
    if wish.precision is None:
        return _run(scenarios, settings, folder, quiet=wish.quiet)
    from revsim.analysis.precision import rule_of  # noqa: PLC0415 - not on the way to --help
    from revsim.api import enlarged  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.growing import grown  # noqa: PLC0415 - not on the way to --help

    counts: list[int] = []

    def run(count: int) -> Study:
        counts.append(count)
        return _run(scenarios, enlarged(settings, count), folder, quiet=wish.quiet, goes_on=len(counts) > 1)

    def tell(have: int, half: float) -> None:
        typer.echo(f"{have} replications: the headline's interval is +-{100 * half:.3g} %", err=True)

    rule = rule_of(wish.precision, settings.replications, wish.most)
    return grown(run, rule, None if wish.quiet else tell)


def conduct(scenarios: Sequence[Scenario], settings: Settings, wish: Wish) -> None:
    """The whole of `run` and `compare`. Exits with 1 if precision or a demand is not met, 3 if replications failed."""
    from revsim.cli.show_study import print_study  # noqa: PLC0415 - not on the way to --help

    demands = _demanded(wish.require, scenarios, settings)
    folder = _folder(scenarios, settings, wish)
    if not wish.quiet:
        _note_equals(scenarios, settings)
    study = _to_precision(scenarios, settings, folder, wish)
    try:
        study.write_findings(folder)
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted. All rows are kept in {folder.root}; the same command writes the report.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    print_study(study, folder, wish.command, as_json=wish.json, quiet=wish.quiet)
    failed = study.finished.failed
    if failed:
        first = failed[0]
        typer.echo(
            f"Incomplete: {len(failed)} runs failed, the first of `{first.scenario}`, replication {first.replication}, "
            f"stage {first.stage}: {first.message}\n  What is done is kept; all tracebacks are in {folder.manifest}.",
            err=True,
        )
        raise typer.Exit(INCOMPLETE)
    if not study.reached:
        typer.echo(
            f"--precision {wish.precision} is not reached with {study.finished.manifest.replications} replications; "
            "raise --max-replications or ask for less.",
            err=True,
        )
        raise typer.Exit(NOT_REACHED)
    _hold(study, demands, quiet=wish.quiet)


def _reading_ahead(report: Report | None) -> Report:
    """The report; at its first call, when workers are about to begin, what tells and draws begins to be imported."""
    begun = False

    def both(done: int, of: int) -> None:
        nonlocal begun
        if not begun:
            Thread(target=_read_ahead, daemon=True).start()
        begun = True
        if report is not None:
            report(done, of)

    return both


def _read_ahead() -> None:
    from revsim.reports.publish import read_ahead  # noqa: PLC0415 - heavy

    read_ahead()


def _note_equals(scenarios: Sequence[Scenario], settings: Settings) -> None:
    """Say which scenarios have the baseline's content: they can show no effect."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help

    plan = plan_of(scenarios, settings)
    base = next(facts for facts in plan.scenarios if facts.name == plan.baseline)
    same = [facts.name for facts in plan.scenarios if facts.content_hash == base.content_hash and facts is not base]
    if same:
        names, several = " and ".join(f"“{name}”" for name in same), len(same) > 1
        verb, end = ("change", "they show no effect") if several else ("changes", "it shows no effect")
        typer.echo(f"note: {names} {verb} nothing against the baseline “{base.name}”, so {end}", err=True)


def _demanded(texts: Sequence[str], scenarios: Sequence[Scenario], settings: Settings) -> list[Requirement]:
    """What --require asks. Raises UserError before anything is run."""
    if not texts:
        return []
    from revsim.analysis.requirement import parse  # noqa: PLC0415 - not on the way to --help

    names = [each.name for each in scenarios]
    return [parse(text, names, settings.baseline or names[0]) for text in texts]


def _hold(study: Study, demands: Sequence[Requirement], *, quiet: bool) -> None:
    """Say of each demand what was found, to the quiet only what is not met; exit with 1 if there is such a one."""
    if not demands:
        return
    from revsim.analysis.requirement import findings  # noqa: PLC0415 - not on the way to --help

    found = list(findings(demands, study.comparison.rows))
    for finding in found:
        if not (quiet and finding.is_met):
            typer.echo(finding.sentence, err=True)
    if not all(finding.is_met for finding in found):
        raise typer.Exit(NOT_MET)


def command_line() -> tuple[str, ...]:
    """What was typed, for the manifest; without the place of the program."""
    return ("revsim", *sys.argv[1:])
