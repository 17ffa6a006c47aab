"""The points of a sweep: every combination of levels of every scenario, as scenarios of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from revsim.errors import ScenarioError, UserError
from revsim.scenario import shipped
from revsim.scenario.address import replace
from revsim.scenario.assignments import Given, given_scenarios
from revsim.scenario.files import local
from revsim.scenario.layers import Layer, Library
from revsim.scenario.load import Loaded, try_many
from revsim.scenario.messages import locate
from revsim.scenario.nodes import Scalar
from revsim.scenario.problems import Place, Problem, in_order, quoted
from revsim.scenario.scenario import Scenario
from revsim.scenario.standing import programmes
from revsim.scenario.sweep import Sweep
from revsim.scenario.sweep_check import AS_A_WHOLE, BEGINS, file_problems, touches, value_place
from revsim.scenario.sweep_sets import overlapping_sets
from revsim.units import WEEKS_PER_QUARTER

LONGEST_TITLE = 80
LONGEST_WHY = 2000


class Point(NamedTuple):
    """One combination; `waits` is by how many quarters its design begins later, 0 for points of the grid.

    `stands`: its programmes are in force from the first day of the run. `baseline` is the point that it is compared
    with: of several scenarios the first one's at the same levels, of one the first point, standing likewise. `words`
    says scenario, levels and wait for people; nothing is decided by them.
    """

    id: str
    scenario: Scenario
    base: str
    file: str
    levels: dict[str, float]
    baseline: str
    words: str
    waits: int = 0
    stands: bool = False

    @property
    def title(self) -> str:
        """The id with the levels, cut where they are long."""
        room = LONGEST_TITLE - len(self.id) - len(" ()")
        return f"{self.id} ({self.words if len(self.words) <= room else self.words[: room - 1] + '…'})"


def point_id(number: int) -> str:
    """`p000001` for the first."""
    return f"p{number:06d}"


def level_text(level: float) -> str:
    """A level with all its digits: 0.1 and 0.1000000001 are two."""
    return repr(float(level)).removesuffix(".0")


def scenario_files(sweep: Sweep, layer: Layer) -> list[str]:
    """The files of the scenarios that a sweep names. Raises ScenarioError for one that is not there."""
    given = [sweep.scenario] if isinstance(sweep.scenario, str) else sweep.scenario
    return [_beside(layer, number, name) for number, name in enumerate(given)]


def points_of(sweep: Sweep, layer: Layer, sets: Sequence[str] = (), elsewhere: Sequence[Given] = ()) -> list[Point]:
    """The points in the order of the file, the last factor fastest, then those that wait, then those that stand.

    Ids count them in that order.

    `elsewhere` are scenarios of other files, to which a `--set` for one scenario may belong. Raises ScenarioError
    with the place in the sweep file of all that is wrong.
    """
    problems = [*file_problems(sweep, layer)]
    if problems:
        raise ScenarioError([*in_order(problems)])
    files = scenario_files(sweep, layer)
    given = given_scenarios(files, Library()) if sets else []
    loaded, problems = try_many(files, sets, elsewhere)
    problems += overlapping_sets(sweep, layer, sets, given, elsewhere)
    if problems:
        raise ScenarioError([*in_order(problems)])
    combinations = list(product(*(factor.levels for factor in sweep.factors)))
    points: list[Point] = []
    for order, one in enumerate(loaded):
        problems += _doubled_name(order, loaded, layer)
        for number, levels in enumerate(combinations, start=1):
            own = point_id(order * len(combinations) + number)
            baseline = point_id(number if len(loaded) > 1 else 1)
            at = dict(zip((factor.name for factor in sweep.factors), levels, strict=True))
            words = ", ".join([one.scenario.name] * (len(loaded) > 1) + [f"{f} {level_text(x)}" for f, x in at.items()])
            changes = {**dict(_changes(sweep, levels)), "why": _reason(words, one.scenario)}
            try:
                changed = replace(one.scenario, changes, own)
            except UserError as error:
                problems += _placed(error, sweep, layer)
            else:
                points.append(Point(own, changed, one.scenario.name, one.file, at, baseline, words))
    problems += _calendars(points, sweep, layer)
    if problems:
        raise ScenarioError([*in_order(problems)])
    points += _waiting(points[0], len(points), sweep, layer)
    return [*points, *(_standing(points) if sweep.standing else ())]


def _standing(points: Sequence[Point]) -> Iterator[Point]:
    """The points of the grid once more, each compared with the first of these."""
    first = point_id(len(points) + 1)
    for number, point in enumerate((each for each in points if not each.waits), start=len(points) + 1):
        own, words = point_id(number), f"{point.words}, standing"
        starts = {f"{block}.start_week": 0 for block in programmes(point.scenario)}
        why = f"Standing: {point.scenario.why}"[:LONGEST_WHY]
        scenario = replace(point.scenario, {**starts, "why": why}, own)
        yield point._replace(id=own, scenario=scenario, baseline=first, words=words, stands=True)


def _reason(words: str, scenario: Scenario) -> str:
    """A point's levels in words, then why its scenario is there."""
    return f"{words}. {scenario.why}".rstrip()[:LONGEST_WHY]


def _doubled_name(order: int, loaded: Sequence[Loaded], layer: Layer) -> Iterator[Problem]:
    """Scenarios of one name could not be told apart in points.csv."""
    name = loaded[order].scenario.name
    if name in [other.scenario.name for other in loaded[:order]]:
        message = f"`scenario[{order}]`: two scenarios are called {quoted(name)}, a table could not tell them apart"
        yield Problem(
            AS_A_WHOLE, value_place(layer, ("scenario", order)), message, "give one of the files another `name:`"
        )


def _calendars(points: Sequence[Point], sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """Quarters are compared one by one: all points measure as many."""
    counts = list(dict.fromkeys(int(point.scenario.calendar.quarters.value) for point in points))
    if len(counts) > 1:
        place = place_of("calendar.quarters", sweep, layer)
        if place == layer.node.place:
            place = locate(layer.node, ("scenario",))[0]
        told = " and ".join(map(str, counts[:2]))
        message = f"points measure {told} quarters: quarters are compared one by one"
        hint = f"give all the same, e.g. --set calendar.quarters={min(counts)}"
        yield Problem(AS_A_WHOLE, place, message, hint, "calendar.quarters")


def _changes(sweep: Sweep, levels: Sequence[float]) -> Iterator[tuple[str, Any]]:
    yield from sweep.fixed.items()
    for factor, level in zip(sweep.factors, levels, strict=True):
        for move in factor.sets:
            yield move.address, move.at(level)


def _waiting(first: Point, count: int, sweep: Sweep, layer: Layer) -> Iterator[Point]:
    """The first point's design begun later; until then the company goes on as it is today."""
    last = int(first.scenario.calendar.quarters.value) - 1
    problems = [
        Problem(
            AS_A_WHOLE,
            value_place(layer, ("waiting", number)),
            f"`waiting` holds {quarters} quarters, and “{first.base}” measures {last + 1}: nothing of the remedy would "
            "be seen",
            f"wait {last} at most, or measure longer: --set calendar.quarters=...",
            f"waiting[{number}]",
        )
        for number, quarters in enumerate(sweep.waiting)
        if quarters > last
    ]
    if problems:
        raise ScenarioError([*problems])
    for number, quarters in enumerate(sweep.waiting, start=1):
        own, words = point_id(count + number), f"{first.words}, {quarters} quarter{'s' * (quarters > 1)} later"
        changes = {BEGINS[0]: 1 + WEEKS_PER_QUARTER * quarters, "why": _reason(words, first.scenario)}
        try:
            later = replace(first.scenario, changes, own)
        except UserError as error:
            raise ScenarioError([*_placed(error, sweep, layer)]) from None
        yield first._replace(id=own, scenario=later, baseline=first.id, words=words, waits=quarters)


def _beside(layer: Layer, number: int, name: str) -> str:
    """The file of a scenario named in the sweep: beside it, or shipped."""
    path = local(name, layer.path.parent)
    if path is not None and path.is_file():
        return str(path)
    found = shipped.find(name)
    if found is not None:
        return str(found)
    node = layer.node.items["scenario"]
    where = node if isinstance(node, Scalar) else locate(layer.node, ("scenario", number))[1]
    message = f"`scenario`: there is no file {quoted(name)} beside the sweep, nor a shipped scenario of that name"
    raise ScenarioError([Problem("E012", where.place, message, "revsim show --list  names the shipped ones")])


def _placed(error: UserError, sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """What is wrong with a scenario, at the address of the sweep file that made it so."""
    told = error.problems if isinstance(error, ScenarioError) else [str(error)]
    for one in told:
        if isinstance(one, Problem):
            # `replace` names its place after the address that it was given
            address = one.address or one.place.file.strip("<>")
            yield Problem(one.code, place_of(address, sweep, layer), one.message, one.hint, one.address)
        else:
            text = str(one)
            yield Problem("E011", place_of(_quoted_in(text), sweep, layer), text)


def _quoted_in(text: str) -> str:
    return text.partition("`")[2].partition("`")[0]


def place_of(address: str, sweep: Sweep, layer: Layer) -> Place:
    """Where the sweep names the address, or what it lies within or holds."""
    for key in sweep.fixed:
        if touches(key, address):
            return locate(layer.node, ("fixed", key))[0]
    for f, factor in enumerate(sweep.factors):
        for m, move in enumerate(factor.sets):
            if touches(move.address, address):
                return locate(layer.node, ("factors", f, "sets", m, "address"))[1].place
    return layer.node.place
