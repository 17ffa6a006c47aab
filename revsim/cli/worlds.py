"""`revsim worlds`: the comparison repeated over plausible worlds; who wins where."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from revsim.cli import options
from revsim.settings import DEFAULT_IN_WORLD, DEFAULT_SLACK, DEFAULT_WORLDS, WORLDS, Settings

if TYPE_CHECKING:
    import pandas as pd

    from revsim.robustness import Drawn, WorldStudy
    from revsim.store.layout import Folder

Many = Annotated[
    int,
    typer.Option(
        "--worlds",
        parser=lambda given: WORLDS.checked("--worlds", given, "--worlds "),
        metavar="N",
        help="Worlds: how many draws of what is not known.",
    ),
]
Fix = Annotated[
    list[str] | None,
    typer.Option("--fix", metavar="PATH", help="Numbers whose address begins so keep their value; repeatable."),
]
Slack = Annotated[
    float,
    typer.Option(
        "--slack", help="How far outside a pattern's range, in its widths, a baseline may lie and still be plausible."
    ),
]


def worlds(  # noqa: PLR0913, PLR0917 - one parameter an option
    scenarios: Annotated[
        list[str], typer.Argument(help="Scenario files; the first is the baseline.", metavar="SCENARIO...")
    ],
    worlds: Many = DEFAULT_WORLDS,
    replications: options.Replications = DEFAULT_IN_WORLD,
    seed: options.Seed = 1,
    fix: Fix = None,
    slack: Slack = DEFAULT_SLACK,
    engine: options.Engine = "auto",
    workers: options.Workers = None,
    out: options.Out = None,
    sets: options.Sets = None,
    baseline: options.Baseline = None,
    quiet: options.Quiet = False,
    json: options.Json = False,
) -> None:
    """Repeat the comparison over plausible worlds, drawn from the assumptions' low-high; say who wins where."""
    from revsim.cli.reading import command_line, read  # noqa: PLC0415 - not on the way to --help
    from revsim.robustness import Rules, WorldStudy, draw_worlds, for_worlds  # noqa: PLC0415 - as above

    rules = Rules(worlds, tuple(fix or ()), slack)
    loaded = read(scenarios, sets, quiet=quiet)
    names = {given: each.name for given, each in zip(scenarios, loaded, strict=True)}
    base = loaded[0].name if baseline is None else names.get(baseline, baseline)
    drawn = draw_worlds(loaded, base, rules, seed)
    settings = for_worlds(Settings(replications, seed, engine, workers, None, command_line()), drawn)
    folder = _folder(drawn, settings, out)
    failed = _run(drawn, settings, folder, quiet=quiet)
    study = WorldStudy(drawn, rules, seed, folder)
    _write(study)
    _print(study, as_json=json, quiet=quiet)
    if failed:
        from revsim.cli.kept_study import INCOMPLETE  # noqa: PLC0415 - not on the way to --help

        typer.echo(f"Incomplete: {len(failed)} runs failed, the first: {failed[0]}\n  What is done is kept.", err=True)
        raise typer.Exit(INCOMPLETE)


def _folder(drawn: Drawn, settings: Settings, out: str | None) -> Folder:
    """--out, or results/worlds-<last scenario>; where that holds another study, the same with a hash."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.store.layout import Folder, slug  # noqa: PLC0415 - not on the way to --help
    from revsim.store.manifest import difference, read_manifest  # noqa: PLC0415 - not on the way to --help
    from revsim.store.place import folder_at  # noqa: PLC0415 - not on the way to --help

    if out is not None:
        return folder_at("--out", out)
    folder = Folder(Path("results") / f"worlds-{slug(drawn.scenarios[-1].name)}")
    wanted = plan_of(drawn.everywhere, settings).manifest()
    there = read_manifest(folder.manifest)
    if there is None or not difference(there, wanted):
        return folder
    parts = [wanted.code, str(wanted.seed), *(facts.content_hash for facts in wanted.scenarios)]
    return Folder(Path(f"{folder.root}-{sha256(' '.join(parts).encode()).hexdigest()[:8]}"))


def _run(drawn: Drawn, settings: Settings, folder: Folder, *, quiet: bool) -> list[str]:
    """Run with progress; Ctrl-C says how to go on."""
    from revsim.cli.progress import progress  # noqa: PLC0415 - not on the way to --help
    from revsim.robustness import run_worlds  # noqa: PLC0415 - not on the way to --help

    if not quiet:
        typer.echo(
            f"{len(drawn.values)} worlds over {len(drawn.axes)} axes, {len(drawn.scenarios)} scenarios in each: "
            f"{len(drawn.everywhere)} runs a replication",
            err=True,
        )
    try:
        with progress(quiet=quiet) as report:
            return run_worlds(drawn, settings, folder, report)
    except KeyboardInterrupt:
        raise _interrupted(folder) from None


def _interrupted(folder: Folder) -> typer.Exit:
    from revsim.cli.kept_study import INTERRUPTED  # noqa: PLC0415 - not on the way to --help

    typer.echo(f"\nInterrupted. What is done is kept in {folder.root}; the same command goes on from there.", err=True)
    return typer.Exit(INTERRUPTED)


def _write(study: WorldStudy) -> None:
    try:
        study.write_findings()
    except KeyboardInterrupt:
        raise _interrupted(study.folder) from None


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data; NaN is null."""
    plain = frame.astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


def _print(study: WorldStudy, *, as_json: bool, quiet: bool) -> None:
    """What was found on stdout, as words or as data; notes on stderr."""
    from revsim.cli.reading import print_json, print_text  # noqa: PLC0415 - not on the way to --help

    found = study.found
    if as_json:
        print_json(
            {
                "schema": "revsim.worlds/1",
                "sentences": found.sentences,
                "notes": found.notes,
                "baseline": study.drawn.baseline,
                "scenarios": [each.name for each in study.drawn.scenarios],
                "worlds": len(study.drawn.values),
                "judged": found.judged,
                "plausible": found.plausible,
                "seed": study.seed,
                "folder": str(study.folder.root),
                "shares": _records(found.shares),
                "best": _records(found.best),
                "conditions": _records(found.conditions),
            }
        )
        return
    for sentence in found.sentences:
        print_text(sentence)
    print_text(f"\n{found.judged} worlds, seed {study.seed}.  Folder: {study.folder.root}")
    if not quiet:
        for note in found.notes:
            typer.echo(f"note: {note}", err=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("worlds")(worlds)
