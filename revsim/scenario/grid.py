"""The points of a sweep: every combination of levels of every scenario, as scenarios of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Any, NamedTuple

from revsim.errors import ScenarioError, UserError
from revsim.scenario import shipped
from revsim.scenario.address import replace
from revsim.scenario.files import local
from revsim.scenario.layers import Layer
from revsim.scenario.load import load_many
from revsim.scenario.messages import locate
from revsim.scenario.nodes import Scalar
from revsim.scenario.problems import Place, Problem, in_order, quoted
from revsim.scenario.scenario import Scenario
from revsim.scenario.sweep import Sweep
from revsim.units import WEEKS_PER_QUARTER

MOST_POINTS = 10_000
LONGEST = 80


class Point(NamedTuple):
    """One combination; `waits` is by how many quarters its design begins later, 0 for points of the grid."""

    name: str
    scenario: Scenario
    base: str
    file: str
    levels: dict[str, float]
    waits: int = 0


def points_of(sweep: Sweep, layer: Layer, sets: Sequence[str] = ()) -> list[Point]:
    """The points in the order of the file, the last factor fastest, those that wait last.

    Raises ScenarioError with the place in the sweep file of every value that no scenario may have, UserError for a grid
    that is too large or a wait beyond the end.
    """
    given = [sweep.scenario] if isinstance(sweep.scenario, str) else sweep.scenario
    files = [_beside(layer, place, name) for place, name in enumerate(given)]
    count = len(files) * prod(len(factor.levels) for factor in sweep.factors)
    if count > MOST_POINTS:
        raise UserError(f"{layer.file}: {count:,} points, and at most {MOST_POINTS:,} may be; take fewer levels.")
    loaded = load_many(files, sets)
    problems: list[Problem] = []
    found: list[Point] = []
    for one in loaded:
        prefix = f"{one.scenario.name}: " if len(loaded) > 1 else ""
        for levels in product(*(factor.levels for factor in sweep.factors)):
            at = dict(zip((factor.name for factor in sweep.factors), levels, strict=True))
            name = (prefix + ", ".join(f"{factor} {level:g}" for factor, level in at.items()))[:LONGEST]
            try:
                changed = replace(one.scenario, dict(_changes(sweep, levels)), name)
            except UserError as error:
                problems += _placed(error, sweep, layer)
            else:
                found.append(Point(name, changed, one.scenario.name, one.file, at))
    if problems:
        raise ScenarioError([*in_order(problems)])
    return [*found, *_waiting(found[0], sweep, layer)]


def _changes(sweep: Sweep, levels: Sequence[float]) -> Iterator[tuple[str, Any]]:
    yield from sweep.fixed.items()
    for factor, level in zip(sweep.factors, levels, strict=True):
        for move in factor.sets:
            yield move.address, move.at(level)


def _waiting(first: Point, sweep: Sweep, layer: Layer) -> Iterator[Point]:
    """The first point's design begun later; until then the company goes on as it is today."""
    last = int(first.scenario.calendar.quarters.value) - 1
    for quarters in sweep.waiting:
        if quarters > last:
            raise UserError(
                f"{layer.file}: `waiting` holds {quarters} quarters, and “{first.base}” measures {last + 1}: nothing "
                f"of the remedy would be seen.\n  Wait {last} at most, or measure longer: --set calendar.quarters=..."
            )
        name = f"{first.name}, {quarters} quarter{'s' * (quarters > 1)} later"[:LONGEST]
        later = {"design.start_week": 1 + WEEKS_PER_QUARTER * quarters}
        yield first._replace(name=name, scenario=replace(first.scenario, later, name), waits=quarters)


def _beside(layer: Layer, place: int, name: str) -> str:
    """The file of a scenario named in the sweep: beside it, or shipped."""
    path = local(name, layer.path.parent)
    if path is not None and path.is_file():
        return str(path)
    found = shipped.find(name)
    if found is not None:
        return str(found)
    node = layer.node.items["scenario"]
    where = node if isinstance(node, Scalar) else locate(layer.node, ("scenario", place))[1]
    message = f"`scenario`: there is no file {quoted(name)} beside the sweep, nor a shipped scenario of that name"
    raise ScenarioError([Problem("E012", where.place, message, "revsim show --list  names the shipped ones")])


def _placed(error: UserError, sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """What is wrong with a scenario, at the address of the sweep file that made it so."""
    told = error.problems if isinstance(error, ScenarioError) else [str(error)]
    for one in told:
        text, address = (one.message, one.address) if isinstance(one, Problem) else (str(one), "")
        code, hint = (one.code, one.hint) if isinstance(one, Problem) else ("E011", "")
        yield Problem(code, _place_of(address or _quoted_in(text), sweep, layer), text, hint, address)


def _quoted_in(text: str) -> str:
    return text.partition("`")[2].partition("`")[0]


def _place_of(address: str, sweep: Sweep, layer: Layer) -> Place:
    """Where the sweep names the address, or what it lies within or holds."""
    for key in sweep.fixed:
        if _touches(key, address):
            return locate(layer.node, ("fixed", key))[0]
    for f, factor in enumerate(sweep.factors):
        for m, move in enumerate(factor.sets):
            if _touches(move.address, address):
                return locate(layer.node, ("factors", f, "sets", m, "address"))[1].place
    return layer.node.place


def _touches(one: str, other: str) -> bool:
    return bool(other) and (one == other or f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}."))
