"""Progress on stderr: a bar with rate and time left on a terminal, a line each tenth elsewhere, or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A function (done, of) to call after each replication."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A bar of rich's; it disappears when done."""
    from rich.console import Console  # noqa: PLC0415 - not on the way to --help
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - not on the way to --help

    columns = (
        TextColumn("replications"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    start = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")

        def report(done: int, of: int) -> None:
            rate = done / max(time.monotonic() - start, 1e-9)
            bar.update(task, completed=done, total=of, rate=f"{rate:.1f}/s, left")

        yield report


def _lines() -> Callable[[int, int], None]:
    """A line for each tenth that is done."""
    said = -1
    start = time.monotonic()

    def report(done: int, of: int) -> None:
        nonlocal said
        tenth = 10 * done // of
        if tenth < said:
            said = -1
        if tenth == said or not tenth:
            return
        said = tenth
        seconds = time.monotonic() - start
        typer.echo(f"{100 * done // of} % ({done} of {of} replications, {done / max(seconds, 1e-9):.1f}/s)", err=True)

    return report
