"""What `run` and `compare` have in common: run, grow to a precision, write, print, and end with the right code."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from revsim.cli.kept_study import carry_out, carry_out_longer, end, folder_for, named_by, note_letters, written
from revsim.paths import absolute
from revsim.settings import DEFAULT_CONTINUATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revsim.analysis.requirement import Requirement
    from revsim.api import Scenario, Study
    from revsim.experiment.robust import Worlds
    from revsim.settings import Settings
    from revsim.store.layout import Folder

NOT_REACHED = NOT_MET = 1


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
    worlds: str | None = None
    sets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # of what is asked for, said before anything runs
    horizon: int | None = 0  # quarters over which net value is told once more; None: unless said


@contextmanager
def workers_meanwhile(out: str | None, engine: str, workers: int | None, replications: int) -> Iterator[None]:
    """Workers begin while scenarios are read, where it is sure that there is something for them to do."""
    from revsim.experiment.worker_count import workers_for  # noqa: PLC0415 - not on the way to --help

    many = min(workers_for(workers, replications, lambda _line: None), replications)
    if many <= 1 or out is None or os.path.lexists(absolute("--out", out)):
        yield
        return
    from revsim.experiment.ahead import workers_ahead  # noqa: PLC0415 - not on the way to --help

    with workers_ahead(engine, many):
        yield


def _to_precision(scenarios: Sequence[Scenario], settings: Settings, folder: Folder, wish: Wish) -> Study:
    """Run as many replications as are asked for; with a precision go on until it is reached or the most are run."""
    if wish.precision is None:
        return carry_out(scenarios, settings, folder, quiet=wish.quiet)
    from revsim.analysis.precision import rule_of  # noqa: PLC0415 - not on the way to --help
    from revsim.api import enlarged  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.growing import grown  # noqa: PLC0415 - not on the way to --help

    counts: list[int] = []

    def run(count: int) -> Study:
        counts.append(count)
        goes_on = len(counts) > 1
        return carry_out(scenarios, enlarged(settings, count), folder, quiet=wish.quiet, goes_on=goes_on)

    def tell(have: int, half: float) -> None:
        typer.echo(f"{have} replications: the headline's interval is +-{100 * half:.3g} %", err=True)

    rule = rule_of(wish.precision, settings.replications, wish.most)
    return grown(run, rule, None if wish.quiet else tell)


def conduct(scenarios: Sequence[Scenario], settings: Settings, wish: Wish) -> None:
    """The whole of `run` and `compare`. Exits with 1 if precision or a demand is not met, 3 if incomplete."""
    from revsim.cli.show_study import print_study  # noqa: PLC0415 - not on the way to --help

    demands = _demanded(wish.require, scenarios, settings)
    worlds = None if wish.worlds is None else _worlds(wish.worlds, scenarios, settings)
    name = scenarios[0].name if wish.command == "run" else f"compare-{scenarios[-1].name}"
    folder = folder_for(named_by(name, wish.sets), wish.out, scenarios, settings)
    if not wish.quiet:
        _note_equals(scenarios, settings)
        _note_continuations(scenarios, settings)
    quarters = _longer(scenarios, settings, wish)
    study = _to_precision(scenarios, settings, folder, wish)
    if quarters:
        carry_out_longer(study, settings, quarters, folder, quiet=wish.quiet)
    lacking = written(lambda: _write(study, folder, worlds), folder)
    print_study(study, folder, wish.command, wish.notes, as_json=wish.json, quiet=wish.quiet)
    if not wish.quiet and lacking is None:
        note_letters(study)
    end(study, folder, lacking)
    if not study.reached:
        typer.echo(
            f"--precision {wish.precision} is not reached with {study.finished.manifest.replications} replications; "
            f"{_way_out(study)}",
            err=True,
        )
        raise typer.Exit(NOT_REACHED)
    if wish.precision is not None and not wish.quiet:
        typer.echo(_reached(study, wish.precision), err=True)
    _hold(study, demands, quiet=wish.quiet)


def _longer(scenarios: Sequence[Scenario], settings: Settings, wish: Wish) -> int:
    """Over how many quarters net value is told once more; a note where nobody said and it cannot be had."""
    from revsim.api import check_longer  # noqa: PLC0415 - not on the way to --help

    quarters, why_not = check_longer(scenarios, settings, wish.horizon)
    if why_not and not wish.quiet:
        typer.echo(f"note: net value over more quarters is left out: {why_not}", err=True)
    return quarters


def _write(study: Study, folder: Folder, worlds: Worlds | None) -> None:
    """What is found, and how far it carries."""
    from revsim.reports.beside import drawn  # noqa: PLC0415 - not on the way to --help

    if worlds is not None:
        study.robust = worlds.words(study.comparison)
    study.write_findings(folder, drawn)


def _way_out(study: Study) -> str:
    """What would help: a scenario without a headline is never precise."""
    from revsim.analysis.variance import HEADLINE  # noqa: PLC0415 - not on the way to --help

    here = study.comparison
    rows = [here.row(own, HEADLINE) for own in range(len(here.cube.scenarios))]
    empty = [f"“{row.scenario}” has none ({row.note})" for row in rows if not row.level.estimate > 0.0]
    if empty:
        return f"there is no headline to be precise about: {', '.join(empty)}."
    return "raise --max-replications or ask for less."


def _reached(study: Study, wish: float) -> str:
    """That the precision is reached, and of what: the headline's effects, or the level of a scenario alone."""
    from revsim.analysis.comparison import headline_half_width  # noqa: PLC0415 - not on the way to --help

    half = 100.0 * headline_half_width(study.comparison)
    what = "effects on forecast variance at mid-quarter are" if study.comparison.others else "forecast variance is"
    unit = "points of the baseline's" if study.comparison.others else "% of it"
    return (
        f"--precision {wish:g} is reached: {what} known to +-{half:.3g} {unit} "
        f"at {study.finished.manifest.replications} replications"
    )


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


def _note_continuations(scenarios: Sequence[Scenario], settings: Settings) -> None:
    """Say that no more quarters are continued than are measured, where more are asked for."""
    measured = max(int(each.resolved.calendar.quarters.value) for each in scenarios)
    if settings.continuations > max(measured, DEFAULT_CONTINUATIONS):
        text = f"of {measured} measured quarters a replication can continue {measured}"
        typer.echo(f"note: {text}, not {settings.continuations}", err=True)


def _worlds(given: str, scenarios: Sequence[Scenario], settings: Settings) -> Worlds:
    """The folder that --worlds names. Raises UserError before anything is run."""
    from revsim.api import plan_of  # noqa: PLC0415 - not on the way to --help
    from revsim.experiment.robust import opened  # noqa: PLC0415 - as above
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above

    contents = {facts.name: facts.content_hash for facts in plan_of(scenarios, settings).scenarios}
    return opened(folder_at("--worlds", given), contents)


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
