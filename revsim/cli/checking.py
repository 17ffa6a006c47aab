"""What `revsim check` finds of scenario and sweep files, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from revsim.cli.check_running import apart, refusal, refused
from revsim.cli.reading import counted, print_table, print_text, warnings_of
from revsim.errors import ScenarioError, UserError
from revsim.scenario import load
from revsim.scenario.canonical import SHORT, content_hash
from revsim.scenario.grid import points_of
from revsim.scenario.load import Loaded
from revsim.scenario.problems import Problem, in_order, quoted
from revsim.scenario.scenario import Scenario
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

    @property
    def warnings(self) -> list[Problem]:
        """What each file is warned of, and what comparing them would refuse."""
        return in_order([*warnings_of(self.loaded), *apart(self.loaded)])


def checked_files(given: Sequence[str], sets: Sequence[str]) -> Checked:
    """All files; sweeps with every one of their points."""
    of_sweeps = [path for path in given if is_sweep(path)]
    try:
        loaded, problems = load.try_many([path for path in given if path not in of_sweeps], sets)
    except ScenarioError as error:  # too many of --set
        return Checked([], [], [problem for problem in error.problems if isinstance(problem, Problem)])
    faults = [refused(one) for one in loaded]
    problems += [fault for fault in faults if fault is not None]
    loaded = [one for one, fault in zip(loaded, faults, strict=True) if fault is None]
    sweeps: list[CheckedSweep] = []
    for path in of_sweeps:
        try:
            said, layer = read_sweep(path)
            points = points_of(said, layer, sets)
            _check_points([point.scenario for point in points])
            sweeps.append(CheckedSweep(layer.file, said.sweep, len(points)))
        except ScenarioError as error:
            problems += [problem for problem in error.problems if isinstance(problem, Problem)]
        except UserError as error:
            problems.append(_as_problem(str(error), path))
    return Checked(loaded, sweeps, in_order(problems))


def _check_points(scenarios: Sequence[Scenario]) -> None:
    """What running the points would refuse. Raises UserError for the first."""
    for scenario in scenarios:
        if message := refusal(scenario):
            raise UserError(f"{quoted(scenario.name)}: {message}")


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
    warnings = [warning.as_dict() for warning in found.warnings]
    return {**answer, "problems": [problem.as_dict() for problem in found.problems], "warnings": warnings}


def print_checked(given: Sequence[str], found: Checked) -> None:
    """Problems and warnings as a compiler tells them, then a table of what is right, then the count."""
    warnings = found.warnings
    for told in (*found.problems, *warnings):
        print_text(f"{told}\n")
    rows = [(one.file, "ok", content_hash(one.scenario)[:SHORT], one.scenario.name) for one in found.loaded]
    rows += [(one.file, "ok", counted(one.points, "point"), one.name) for one in found.sweeps]
    if rows:
        print_table(("file", "result", "content", "name"), rows)
    told_of = counted(sum(problem.count for problem in found.problems), "problem") + (
        f", {counted(len(warnings), 'warning')}" if warnings else ""
    )
    what = "file" if found.sweeps else "scenario"
    print_text(f"checked {counted(len(given), what)}: {told_of}")
