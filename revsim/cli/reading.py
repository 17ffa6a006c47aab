"""Scenario files as the commands take them, with a note on stderr when a shipped one stands in."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from revsim.printable import columns_of, padded, visible, visible_json, visible_line

if TYPE_CHECKING:
    from revsim.api import Scenario
    from revsim.scenario.load import Loaded
    from revsim.scenario.problems import Problem


def read(paths: Sequence[str], sets: Sequence[str] | None, *, quiet: bool) -> list[Scenario]:
    """Scenarios of files or shipped names, to be run. Raises ScenarioError with the problems of all."""
    from revsim.api import Scenario  # noqa: PLC0415 - not on the way to --help

    return [Scenario(loaded.scenario, loaded.file) for loaded in read_scenarios(paths, sets or (), quiet=quiet)]


def name_of(given: str | None, paths: Sequence[str], scenarios: Sequence[Scenario]) -> str | None:
    """A scenario's name for its name or file; anything else as it is, to be refused with the names that there are."""
    from revsim.scenario.files import is_same  # noqa: PLC0415 - not on the way to --help

    if given is None:
        return None
    named = (each.name for path, each in zip(paths, scenarios, strict=True) if is_same(path, given))
    return next(named, given)


def note_equal_levers(paths: Sequence[str], sets: Sequence[str] | None, *, quiet: bool = False) -> tuple[str, ...]:
    """A line on stderr, unless quiet, for each `--set` for all that makes a lever equal where scenarios differed."""
    if not sets or len(paths) < 2:  # noqa: PLR2004 - two can be equal
        return ()
    from revsim.scenario.equal_levers import equal_levers  # noqa: PLC0415 - pydantic and ruamel only when files are read

    notes = tuple(equal_levers(paths, sets))
    if not quiet:
        for note in notes:
            typer.echo(f"warning: {note}", err=True)
    return notes


def command_line() -> tuple[str, ...]:
    """What was typed, for the manifest; without the place of the program."""
    return ("revsim", *sys.argv[1:])


def read_scenarios(
    paths: Iterable[str], sets: Sequence[str] = (), *, quiet: bool = False, warn: bool = True
) -> list[Loaded]:
    """The scenarios of files or shipped names; ScenarioError with the problems of all of them.

    Unless quiet, how much `check` warns of is told on stderr, in one line; `warn` leaves that out where nothing is run.
    """
    from revsim.scenario.load import load_many  # noqa: PLC0415 - pydantic and ruamel only when files are read

    given = list(paths)
    if not quiet:
        note_shipped(given)
    loaded = load_many(given, sets)
    if warn and not quiet:
        _tell_warnings(given, loaded, sets)
    return loaded


def _tell_warnings(given: Sequence[str], loaded: Sequence[Loaded], sets: Sequence[str]) -> None:
    """One line: how many, about which files, and the command that tells them in full."""
    count, files = 0, []
    for file, more in zip(given, (len(warnings_of(loaded[:k])) for k in range(1, len(loaded) + 1)), strict=True):
        if more > count:  # what several files extend is told of the first
            files.append(file)
        count = more
    if count:
        command = shlex.join(["revsim", "check", *files, *(word for one in sets for word in ("--set", one))])
        shows = "shows it" if count == 1 else "shows them"
        typer.echo(f"{counted(count, 'warning')} about {' and '.join(files)}; `{command}` {shows}", err=True)


def warnings_of(loaded: Iterable[Loaded]) -> list[Problem]:
    """What all files warn of, each once: several may extend the same."""
    from revsim.scenario.problems import in_order  # noqa: PLC0415 - not on the way to --help

    return in_order(warning for one in loaded for warning in one.warnings)


def note_shipped(paths: Iterable[str]) -> None:
    """Say on stderr, in one line, which names are no local files but shipped scenarios."""
    from revsim.scenario import shipped  # noqa: PLC0415 - kept with its reader
    from revsim.scenario.files import local  # noqa: PLC0415 - as above

    found = [shipped.find(path) for path in paths if local(path) is None]
    names = list(dict.fromkeys(path.relative_to(shipped.folder()).as_posix() for path in found if path is not None))
    if names:
        typer.echo(f"note: using the shipped scenario{'s' * (len(names) > 1)} {', '.join(names)}", err=True)


def counted(number: int, what: str) -> str:
    """`no problems`, `1 problem`, `2 problems`."""
    return f"1 {what}" if number == 1 else f"{number or 'no'} {what}s"


def print_json(data: object) -> None:
    """One JSON document on stdout."""
    text = visible_json(json.dumps(data, indent=2, ensure_ascii=not _is_utf8(), allow_nan=False))
    typer.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))  # which JSON reads as it was


def print_text(text: str) -> None:
    """Text on stdout: no markup, no wrapping; what acts, and what the stream cannot hold, is shown as a code."""
    coding = sys.stdout.encoding or "ascii"
    typer.echo(visible(text).encode(coding, "backslashreplace").decode(coding))


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns side by side on a terminal; tab-separated text anywhere else. Nothing is cut or wrapped."""
    table = [tuple(head), *(tuple(visible_line(cell.replace("\t", " ")) for cell in row) for row in rows)]
    if not sys.stdout.isatty():
        print_text("\n".join("\t".join(row) for row in table))
        return
    widths = [max(columns_of(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        cells = (padded(cell, width) for cell, width in zip(row, widths, strict=True))
        print_text("  ".join(cells).rstrip())


def _is_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
