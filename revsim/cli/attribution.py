"""What `revsim attribute` does: one study of all subsets of levers and of single hand-offs; tables, picture, words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from revsim.errors import UserError

if TYPE_CHECKING:
    from revsim.analysis.attribution import Attribution
    from revsim.analysis.moments import Moments
    from revsim.api import Scenario, Study
    from revsim.settings import Settings
    from revsim.store.layout import Folder

INCOMPLETE, INTERRUPTED = 3, 130
BESIDE = ("bookings", "remedy_cost")  # a hand-off is not chosen by one measure alone


class Asked(NamedTuple):
    """What to share out, where to, and how to tell."""

    measures: tuple[str, ...]
    out: str | None
    quiet: bool
    json: bool


class Found(NamedTuple):
    """Every measure's shares that can be had, those asked for, and the single hand-offs ranked by the first asked."""

    attributions: dict[str, Attribution]
    moments: Moments


def scenarios_of(base: Scenario, design: Scenario) -> list[Scenario]:
    """All subsets of levers, then each hand-off alone. Raises UserError if more than the design differs."""
    from revsim.api import Scenario  # noqa: PLC0415 - not on the way to --help
    from revsim.scenario import levers  # noqa: PLC0415 - as above

    levers.check_design_alone(base.resolved, design.resolved)
    found = levers.subsets(base.resolved, design.resolved)
    found += [levers.moment(base.resolved, design.resolved, handoff) for handoff in levers.HANDOFFS]
    return [Scenario(each, {base.name: base.file, design.name: design.file}.get(each.name, "")) for each in found]


def findings(study: Study, measures: tuple[str, ...]) -> Found:
    """Shares of every measure. Raises UserError if one that was asked for cannot be shared out."""
    from revsim.analysis.attribution import attribution  # noqa: PLC0415 - not on the way to --help
    from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - as above
    from revsim.analysis.gains import NAMES, gains_of  # noqa: PLC0415 - as above
    from revsim.analysis.moments import moments  # noqa: PLC0415 - as above
    from revsim.scenario.levers import LEVERS  # noqa: PLC0415 - as above

    quarters, weeks, _ = common_replications(study.quarters, study.weeks)
    cube = cube_of(quarters, weeks, study.plan.names)
    games = {name: gains_of(cube, name, 0, study.plan.currency) for name in NAMES}
    for name in measures:
        if not games[name].usable:
            why = games[name].note or "some scenario has no such number"
            raise UserError(
                f"--measure {name}: cannot be shared out in this study: {why}.\n"
                "  The rows are kept: the same command with another --measure runs nothing again."
            )
    sets = 2 ** len(LEVERS)
    shared = {
        name: attribution(game._replace(whole=game.whole[:sets], spread=game.spread[:sets]), LEVERS)
        for name, game in games.items()
        if game.usable
    }
    places = range(sets, len(cube.scenarios))
    wanted = dict.fromkeys([measures[0], *BESIDE])
    return Found(shared, moments(cube, [games[name] for name in wanted], 0, places))


def conduct(base: Scenario, design: Scenario, settings: Settings, asked: Asked) -> None:
    """The whole of `attribute`. Exits with 3 if replications failed."""
    from revsim.cli.show_attribution import print_findings  # noqa: PLC0415 - not on the way to --help
    from revsim.store.layout import slug  # noqa: PLC0415 - as above
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above

    scenarios = scenarios_of(base, design)
    place = Path("results") / f"attribute-{slug(design.name)}" if asked.out is None else asked.out
    folder = folder_at("--out", place)
    study = _run(scenarios, settings, folder, quiet=asked.quiet)
    found = findings(study, asked.measures)
    write(study, found, asked.measures, folder)
    print_findings(study, found, folder, asked)
    failed = study.finished.failed
    if failed:
        typer.echo(f"Incomplete: {len(failed)} runs failed; all tracebacks are in {folder.manifest}.", err=True)
        raise typer.Exit(INCOMPLETE)


def _run(scenarios: list[Scenario], settings: Settings, folder: Folder, *, quiet: bool) -> Study:
    """Run what is missing, with progress; Ctrl-C says how to go on."""
    from revsim.api import run_plan  # noqa: PLC0415 - not on the way to --help
    from revsim.cli.progress import progress  # noqa: PLC0415 - as above

    try:
        with progress(quiet=quiet) as report:
            return run_plan(scenarios, settings, folder, report)
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted. What is done is kept in {folder.root}; the same command goes on.", err=True)
        raise typer.Exit(INTERRUPTED) from None


def write(study: Study, found: Found, measures: tuple[str, ...], folder: Folder) -> None:
    """attribution.csv (all measures), one_moment.csv, assumptions.csv, the scenarios, and a picture a measure."""
    import pandas as pd  # noqa: PLC0415 - not on the way to --help

    from revsim.reports.facts import unfounded  # noqa: PLC0415 - as above
    from revsim.reports.figures.attribution import attribution_picture  # noqa: PLC0415 - as above
    from revsim.scenario.text import as_yaml  # noqa: PLC0415 - as above
    from revsim.store.atomic import write_bytes, write_text  # noqa: PLC0415 - as above
    from revsim.store.tables import write_csv  # noqa: PLC0415 - as above

    files = folder.scenario_files([each.name for each in study.scenarios])
    for each in study.scenarios:
        write_text(files[each.name], as_yaml(each.resolved))
    write_csv(pd.concat([one.frame() for one in found.attributions.values()]), folder.table("attribution"))
    write_csv(found.moments.frame(), folder.table("one_moment"))
    sheet = unfounded(study.scenarios[0].resolved)
    write_csv(pd.DataFrame(sheet.rows, columns=sheet.columns), folder.table("assumptions"))
    for name in measures:
        picture = attribution_picture(found.attributions[name])
        for ending, content in picture.files().items():
            write_bytes(folder.figure(picture.name, ending), content)
