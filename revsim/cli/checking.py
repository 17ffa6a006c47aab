"""What `revsim check` finds of scenario and sweep files, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from revsim.cli.reading import counted, print_table, print_text, warnings_of
from revsim.errors import ScenarioError, UserError
from revsim.scenario import load
from revsim.scenario.canonical import SHORT, content_hash
from revsim.scenario.grid import points_of
from revsim.scenario.load import Loaded
from revsim.scenario.problems import Problem, in_order, quoted
from revsim.scenario.sweep import is_sweep, read_sweep


class CheckedSweep(NamedTuple):
    """A sweep that is right: file, name, how many points it has."""

    file: str
    name: str
    points: int


class Checked(NamedTuple):
    """What is right, and what is not."""

    loaded: list[Loaded]
    sweeps: list[CheckedSweep]
    problems: list[Problem]


def checked_files(given: Sequence[str], sets: Sequence[str]) -> Checked:
    """All files; sweeps with every one of their points."""
    of_sweeps = [path for path in given if is_sweep(path)]
    loaded, problems = load.try_many([path for path in given if path not in of_sweeps], sets)
    sweeps: list[CheckedSweep] = []
    for path in of_sweeps:
        try:
            said, layer = read_sweep(path)
            sweeps.append(CheckedSweep(layer.file, said.sweep, len(points_of(said, layer, sets))))
        except ScenarioError as error:
            problems += [problem for problem in error.problems if isinstance(problem, Problem)]
        except UserError as error:
            problems.append(_as_problem(str(error), path))
    return Checked(loaded, sweeps, in_order([*problems, *_doubled(loaded)]))


def _doubled(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """Names that an earlier file has already, for the tables of a study could not tell the two apart."""
    first: dict[str, Loaded] = {}
    for one in loaded:
        name, place = one.scenario.name, one.nodes.items["name"].place
        before = first.setdefault(name, one)
        if before.file != one.file:
            message = f"{quoted(name)} is the name of {before.file} too: a study of both could not tell them apart"
            yield Problem("E211", place, message, "give one of them another `name:`", "name")


def _as_problem(text: str, path: str) -> Problem:
    """A sweep that is too large, or waits too long: told of the file as a whole."""
    _, layer = read_sweep(path)
    message, _, hint = text.removeprefix(f"{layer.file}: ").partition("\n")
    return Problem("E210", layer.node.place, message, hint.strip())


def checked_json(found: Checked) -> dict[str, object]:
    """The same for machines."""
    files = [{"file": one.file, "name": one.scenario.name, "hash": content_hash(one.scenario)} for one in found.loaded]
    answer: dict[str, object] = {"schema": "revsim.check/1", "valid": files}
    answer |= {"sweeps": [one._asdict() for one in found.sweeps]}
    warnings = [warning.as_dict() for warning in warnings_of(found.loaded)]
    return {**answer, "problems": [problem.as_dict() for problem in found.problems], "warnings": warnings}


def print_checked(given: Sequence[str], found: Checked) -> None:
    """Problems and warnings as a compiler tells them, then a table of what is right, then the count."""
    warnings = warnings_of(found.loaded)
    for told in (*found.problems, *warnings):
        print_text(f"{told}\n")
    rows = [(one.file, "ok", content_hash(one.scenario)[:SHORT], one.scenario.name) for one in found.loaded]
    rows += [(one.file, "ok", counted(one.points, "point"), one.name) for one in found.sweeps]
    if rows:
        print_table(("file", "result", "content", "name"), rows)
    told_of = counted(len(found.problems), "problem") + (f", {counted(len(warnings), 'warning')}" if warnings else "")
    what = "file" if found.sweeps else "scenario"
    print_text(f"checked {counted(len(given), what)}: {told_of}")
