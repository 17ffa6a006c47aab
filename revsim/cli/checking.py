"""What `revsim check` finds of scenario and sweep files, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from revsim.api import Scenario, plan_of
from revsim.cli.reading import counted, print_table, print_text, warnings_of
from revsim.errors import ScenarioError, UserError
from revsim.scenario import load
from revsim.scenario.assignments import given_scenarios
from revsim.scenario.canonical import SHORT, content_hash
from revsim.scenario.grid import Point, points_of, scenario_files
from revsim.scenario.layers import Layer, Library
from revsim.scenario.load import Loaded
from revsim.scenario.messages import locate
from revsim.scenario.problems import Problem, in_order
from revsim.scenario.sweep import Sweep, is_sweep, read_sweep
from revsim.scenario.sweep_check import AS_A_WHOLE
from revsim.settings import Settings


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
    problems += more
    sweeps: list[CheckedSweep] = []
    for said, layer in read:
        try:
            points = points_of(said, layer, sets, every)
            problems += _too_large(points, layer)
            sweeps.append(CheckedSweep(layer.file, said.sweep, len(points)))
        except ScenarioError as error:
            problems += problems_in(error)
    return Checked(loaded, sweeps, in_order(problems))


def problems_in(error: ScenarioError) -> list[Problem]:
    """The problems that an error holds."""
    return [problem for problem in error.problems if isinstance(problem, Problem)]


def _too_large(points: Sequence[Point], layer: Layer) -> list[Problem]:
    """What a study of these points refuses before it runs: a company that is larger than memory."""
    try:
        plan_of([Scenario(point.scenario, point.file) for point in points], Settings(engine="simpy"))
    except UserError as error:
        message, _, hint = str(error).partition("\n")
        return [Problem(AS_A_WHOLE, locate(layer.node, ("factors",))[0], message, hint.strip(), "factors")]
    return []


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
