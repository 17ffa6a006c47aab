"""A study of many scenarios in one folder: where it is kept, how it is run, and how it ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.api import Scenario, Study
    from revsim.settings import Settings
    from revsim.store.layout import Folder

INCOMPLETE, INTERRUPTED = 3, 130


def folder_for(name: str, out: str | None, scenarios: Sequence[Scenario], settings: Settings) -> Folder:
    """--out, or results/<name>; where that holds another study, results/<name>-<hash> instead."""
    from hashlib import sha256  # noqa: PLC0415 - not on the way to --help

    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.store.layout import Folder, slug  # noqa: PLC0415 - not on the way to --help
    from revsim.store.manifest import difference, read_manifest  # noqa: PLC0415 - not on the way to --help
    from revsim.store.place import folder_at  # noqa: PLC0415 - not on the way to --help

    if out is not None:
        return folder_at("--out", out)
    folder = Folder(Path("results") / slug(name))
    wanted = plan_of(scenarios, settings).manifest()
    there = read_manifest(folder.manifest)
    if there is None or not difference(there, wanted):
        return folder
    parts = [wanted.code, str(wanted.seed), *(f"{facts.name}:{facts.content_hash}" for facts in wanted.scenarios)]
    return Folder(Path("results") / f"{slug(name)}-{sha256(' '.join(parts).encode()).hexdigest()[:8]}")


def carry_out(scenarios: Sequence[Scenario], settings: Settings, folder: Folder, *, quiet: bool) -> Study:
    """Run what is missing, with progress; Ctrl-C says how to go on."""
    from revsim.api import run_plan  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.progress import progress  # noqa: PLC0415 - not on the way to --help

    try:
        with progress(quiet=quiet) as report:
            return run_plan(scenarios, settings, folder, report)
    except KeyboardInterrupt:
        typer.echo(
            f"\nInterrupted. What is done is kept in {folder.root}; the same command goes on from there.", err=True
        )
        raise typer.Exit(INTERRUPTED) from None


def write_scenarios(scenarios: Sequence[Scenario], folder: Folder) -> None:
    """Each scenario, resolved."""
    from revsim.scenario.text import as_yaml  # noqa: PLC0415 - not on the way to --help
    from revsim.store.atomic import write_text  # noqa: PLC0415 - not on the way to --help

    files = folder.scenario_files([each.name for each in scenarios])
    for each in scenarios:
        write_text(files[each.name], as_yaml(each.resolved))


def end(study: Study, folder: Folder) -> None:
    """Exit with 3 if replications failed."""
    failed = study.finished.failed
    if failed:
        first = failed[0]
        typer.echo(
            f"Incomplete: {len(failed)} runs failed, the first of `{first.scenario}`, replication {first.replication}, "
            f"stage {first.stage}: {first.message}\n  What is done is kept; all tracebacks are in {folder.manifest}.",
            err=True,
        )
        raise typer.Exit(INCOMPLETE)
