"""From files to scenarios: `extends`, `--set`, merging, checking; every value keeps its origin.

    load("scenarios/design.yaml", sets=["world.sales.reps=30"]) -> Scenario

All problems of all files are raised at once, as one ScenarioError.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from revsim.errors import ScenarioError
from revsim.paths import readable
from revsim.scenario.assignments import Given, assignments_of, given_scenarios
from revsim.scenario.check import checked
from revsim.scenario.empty_blocks import left_empty
from revsim.scenario.files import as_given
from revsim.scenario.layers import Layer, Library
from revsim.scenario.merge import expand, merge
from revsim.scenario.nodes import Mapping, Scalar, empty, is_nothing, with_item, without
from revsim.scenario.parse import fail
from revsim.scenario.problems import Place, Problem, few, in_order
from revsim.scenario.scenario import Scenario
from revsim.scenario.unlikely import unlikely

LONGEST_NAME = 80
MOST_SETS = 1_000  # a scenario has some three hundred values
IN_FILE = "write a file that `extends` the scenario and says them"


@dataclass(frozen=True)
class Loaded:
    """A scenario, the file it was asked for by, all files it came from (base first), and its merged nodes.

    `warnings` are of all its layers: what is valid and yet unlikely to be meant.
    """

    scenario: Scenario
    file: str
    files: tuple[str, ...]
    nodes: Mapping
    warnings: tuple[Problem, ...] = ()


def load(path: str | Path, sets: Sequence[str] = ()) -> Scenario:
    """The scenario of a file (or of a shipped name), with `--set` assignments applied; ScenarioError."""
    return load_with_origins(path, sets).scenario


def load_with_origins(path: str | Path, sets: Sequence[str] = ()) -> Loaded:
    """As `load`, with the place of every value."""
    return load_many([path], sets)[0]


def load_many(paths: Iterable[str | Path], sets: Sequence[str] = (), elsewhere: Sequence[Given] = ()) -> list[Loaded]:
    """Several scenarios; the problems of all files are raised together, sorted by place, none twice."""
    loaded, problems = try_many(paths, sets, elsewhere)
    if problems:
        raise ScenarioError([*problems])
    return loaded


def try_many(
    paths: Iterable[str | Path], sets: Sequence[str] = (), elsewhere: Sequence[Given] = ()
) -> tuple[list[Loaded], list[Problem]]:
    """The scenarios that are right, and the problems of the others; ScenarioError for too many `--set`.

    `elsewhere` are scenarios that are read apart from these, to which an assignment may belong.
    """
    if len(sets) > MOST_SETS:
        fail(
            "E003",
            Place(f"<--set {MOST_SETS + 1}>"),
            f"{len(sets):,} of `--set`, at most {MOST_SETS:,} may be",
            IN_FILE,
        )
    library, files = Library(), [str(path) for path in paths]
    given = given_scenarios(files, library) if sets else [None] * len(files)
    assignments, problems = assignments_of(sets, [one for one in given if one], elsewhere)
    loaded: list[Loaded] = []
    for file, one in zip(files, given, strict=True):
        changes = [each.layer for each in assignments if one and each.is_for(one.names)]
        try:
            found = _resolve(file, library, changes)
        except ScenarioError as error:
            problems += [problem for problem in error.problems if isinstance(problem, Problem)]
        else:
            loaded.append(found)
    return loaded, few(in_order(problems))


def _resolve(path: str, library: Library, changes: list[Mapping]) -> Loaded:
    layers = library.chain(path)
    files = tuple(layer.file for layer in layers)
    problems: list[Problem] = []
    merged = Mapping({}, {}, Place(files[0], text=layers[0].node.place.text))
    below = [without(layer.node, "extends", "name", "why") for layer in layers[:-1]]
    said = [*below, without(layers[-1].node, "extends"), *changes]
    for node in said:
        merged = _upon(merged, node, problems)
    scenario, nodes, more = checked(_with_defaults(merged, layers[-1]), files[0])
    if scenario is None or problems:
        raise ScenarioError([*problems, *more])
    warnings = [warning for layer in said for warning in left_empty(layer)]
    warnings += unlikely(scenario, nodes, [_written_out(layer) for layer in said])
    return Loaded(scenario, as_given(path), files, nodes, tuple(in_order(warnings)))


def _name_from(stem: str) -> str:
    """A file's name as a scenario's: what cannot be printed is an escape or a space."""
    return "".join(letter if letter.isprintable() else " " for letter in readable(stem))[:LONGEST_NAME]


def _upon(base: Mapping, layer: Mapping, problems: list[Problem]) -> Mapping:
    merged = merge(base, _written_out(layer), Scenario, problems)
    return merged if isinstance(merged, Mapping) else base


def _written_out(layer: Mapping) -> Mapping:
    expanded = expand(layer, Scenario)
    return expanded if isinstance(expanded, Mapping) else layer


def _with_defaults(root: Mapping, top: Layer) -> Mapping:
    """A file without a name is called after itself; no reason is no text; no stress is no stress."""
    here = Place(top.file)
    if "name" not in root.items:
        root = with_item(root, "name", Scalar(_name_from(top.path.stem), here))
    if is_nothing(root.items.get("why")):
        root = without(root, "why")
    return with_item(root, "stress", empty(here)) if is_nothing(root.items.get("stress")) else root
