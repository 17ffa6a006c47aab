"""What `revsim check` finds of scenario and sweep files, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from revsim.cli.check_running import apart, refusal, refused
from revsim.cli.reading import counted, print_table, print_text, warnings_of
from revsim.errors import ScenarioError
from revsim.scenario import load
from revsim.scenario.assignments import given_scenarios
from revsim.scenario.canonical import SHORT, content_hash
from revsim.scenario.grid import Point, points_of, scenario_files
from revsim.scenario.layers import Layer, Library
from revsim.scenario.load import Loaded
from revsim.scenario.messages import locate
from revsim.scenario.problems import Problem, in_order, quoted
from revsim.scenario.sweep import Sweep, is_sweep, read_sweep
from revsim.scenario.sweep_check import AS_A_WHOLE

OF_FILES = {"E001", "E002", "E003", "E004", "E005", "E006", "E007", "E008", "E009", "E010", "E014"}  # not read as YAML


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
    has_sweeps: bool = False  # right or not

    @property
    def warnings(self) -> list[Problem]:
        """What each file is warned of, and what comparing them would refuse."""
        return in_order([*warnings_of(self.loaded), *apart(self.loaded)])


def checked_files(given: Sequence[str], sets: Sequence[str]) -> Checked:
    """All files; sweeps with every one of their points."""
    try:
        return _checked(given, sets)
    except ScenarioError as error:  # of what belongs to no file: too many of --set
        return Checked([], [], problems_in(error))


def _checked(given: Sequence[str], sets: Sequence[str]) -> Checked:
    of_sweeps = [path for path in given if is_sweep(path)]
    of_scenarios = [path for path in given if path not in of_sweeps]
    read: list[tuple[Sweep, Layer]] = []
    problems: list[Problem] = []
    crossed: list[str] = []
    for path in of_sweeps:
        try:
            said, layer = read_sweep(path)
            crossed += scenario_files(said, layer)
            read.append((said, layer))
        except ScenarioError as error:
            problems += problems_in(error)
    # a --set for one scenario may belong to any of the files
    every = given_scenarios([*of_scenarios, *crossed], Library()) if sets else []
    loaded, more = load.try_many(of_scenarios, sets, every)
    faults = [refused(one) for one in loaded]
    problems += [*more, *(fault for fault in faults if fault is not None)]
    loaded = [one for one, fault in zip(loaded, faults, strict=True) if fault is None]
    sweeps: list[CheckedSweep] = []
    for said, layer in read:
        try:
            points = points_of(said, layer, sets, every)
            problems += _too_large(points, layer)
            sweeps.append(CheckedSweep(layer.file, said.sweep, len(points)))
        except ScenarioError as error:
            problems += problems_in(error)
    return Checked(loaded, sweeps, in_order(problems), bool(of_sweeps))


def problems_in(error: ScenarioError) -> list[Problem]:
    """The problems that an error holds."""
    return [problem for problem in error.problems if isinstance(problem, Problem)]


def _too_large(points: Sequence[Point], layer: Layer) -> list[Problem]:
    """What a study of these points refuses before it runs, of the first of them: e.g. a company larger than memory."""
    for point in points:
        if message := refusal(point.scenario):
            first, _, hint = message.partition("\n")
            place = locate(layer.node, ("factors",))[0]
            return [Problem(AS_A_WHOLE, place, f"{quoted(point.title)}: {first}", hint.strip(), "factors")]
    return []


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
    is_other = any(problem.code in OF_FILES for problem in found.problems)  # who knows what it is
    what = "file" if found.has_sweeps or is_other else "scenario"
    print_text(f"checked {counted(len(given), what)}: {told_of}")
