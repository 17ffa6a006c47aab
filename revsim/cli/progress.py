"""Progress on stderr: a bar with rate and time left on a terminal, a line each tenth elsewhere, or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from revsim.printable import beneath, visible_streams

Report = Callable[[int, int], None]


@contextmanager
def progress(*, quiet: bool, goes_on: bool = False) -> Iterator[Report | None]:
    """A function (done, of) to call at the start and after each replication; `goes_on`: what is there is known."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield _after(None if goes_on else _say_what_is_there, report)
    else:
        yield _after(None if goes_on else _say_what_is_there, _lines())


def _after(first: Report | None, report: Report) -> Report:
    """A report that calls `first` before its own first call."""
    is_said = first is None

    def both(done: int, of: int) -> None:
        nonlocal is_said
        if first is not None and not is_said:
            first(done, of)
        is_said = True
        report(done, of)

    return both


def _say_what_is_there(done: int, of: int) -> None:
    """One line if a folder holds a part of the study, all of it, or more than was asked for."""
    if done > of:
        typer.echo(f"the folder holds {done} replications of this study; all are used", err=True)
    elif done == of:
        typer.echo(f"all {of} replications are there", err=True)
    elif done:
        typer.echo(f"{done} of {of} replications are there, {of - done} to go", err=True)


@contextmanager
def _bar() -> Iterator[Report]:
    """A bar of rich's over the whole study, also where it goes on; it disappears when done."""
    from rich.console import Console  # noqa: PLC0415 - not on the way to --help
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - not on the way to --help

    columns = (
        TextColumn("replications"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    rate = _rate()
    # the bar's own codes must reach the terminal; what is printed while it stands there goes through it
    console = Console(file=beneath(sys.stderr))
    with Progress(*columns, console=console, transient=True) as bar, visible_streams():
        tasks: list[TaskID] = []

        def report(done: int, of: int) -> None:
            words = f"{rate(done):.1f}/s, left"
            if tasks:
                bar.update(tasks[0], completed=done, total=of, rate=words)
            elif done < of:
                # begun with what is there, so that the time left counts only what is run now
                tasks.append(bar.add_task("", completed=done, total=of, rate=""))

        yield report


def _lines() -> Report:
    """A line for each tenth that gets done."""
    said: int | None = None
    rate = _rate()

    def report(done: int, of: int) -> None:
        nonlocal said
        tenth, speed = 10 * done // of, rate(done)
        if said is not None and tenth != said:
            typer.echo(f"{100 * done // of} % ({done} of {of} replications, {speed:.1f}/s)", err=True)
        said = tenth

    return report


def _rate() -> Callable[[int], float]:
    """A function of how many are done: how many more a second than at its first call, from now on.

    Workers may have begun before it is called, so that the first of them seem to take no time.
    """
    start = time.monotonic()
    before: list[int] = []

    def rate(done: int) -> float:
        before.append(done)
        del before[1:]
        return (done - before[0]) / max(time.monotonic() - start, 1e-9)

    return rate
