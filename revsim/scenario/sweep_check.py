"""What is wrong with a sweep file as a whole, though each of its values is right: names, sizes, addresses set twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations
from math import prod
from typing import NamedTuple

from revsim.errors import ScenarioError
from revsim.scenario.layers import Layer
from revsim.scenario.messages import Loc, locate
from revsim.scenario.problems import Place, Problem, quoted
from revsim.scenario.reserved import column_like, compared_name
from revsim.scenario.sets import steps_of
from revsim.scenario.sweep import Sweep

MOST_POINTS = 10_000
AS_A_WHOLE, RESERVED, SET_TWICE = "E210", "E211", "E212"
IDENTITY = ("name", "why", "extends")
BEGINS = ("design.start_week", "design.when")  # what `waiting` and `standing` set


class Setting(NamedTuple):
    """An address that a sweep sets, by whom, and where in the file that stands."""

    address: str
    by: str
    loc: Loc


def file_problems(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """Every such problem, with its place."""
    yield from _names(sweep, layer)
    yield from _scenarios(sweep, layer)
    yield from _size(sweep, layer)
    yield from _waits(sweep, layer)
    yield from _addresses(sweep, layer)
    yield from _set_twice(sweep, layer)


def value_place(layer: Layer, loc: Loc) -> Place:
    """Where a value stands, not its key."""
    return locate(layer.node, loc)[1].place


def _names(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """Factors are columns of points.csv: their names are told apart from each other and from all other columns."""
    first: dict[str, str] = {}
    for number, factor in enumerate(sweep.factors):
        place, compared = value_place(layer, ("factors", number, "name")), compared_name(factor.name)
        column, other = column_like(factor.name), first.setdefault(compared, factor.name)
        address = f"factors[{number}].name"
        if not compared:
            message = f"`{address}` = {quoted(factor.name)}: must hold a letter or a digit"
            yield Problem(RESERVED, place, message, "it is the title of a column of points.csv", address)
        elif column is not None:
            message = (
                f"`{address}` = {quoted(factor.name)}: a factor cannot be called like the tables' column `{column}`"
            )
            yield Problem(RESERVED, place, message, f"take another name, e.g. {quoted(f'{column} level')}", address)
        elif other != factor.name:
            message = f"`{address}` = {quoted(factor.name)}: differs from {quoted(other)} in case or spaces only"
            yield Problem(RESERVED, place, message, "give each factor a name that a table can tell apart", address)


def _scenarios(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    given = sweep.scenario if isinstance(sweep.scenario, list) else [sweep.scenario]
    if not given:
        place = locate(layer.node, ("scenario",))[0]
        yield Problem("E105", place, "`scenario` = []: must name at least one", "write e.g. scenario: status-quo.yaml")
    if sweep.standing and len(given) > 1:
        message = "`standing`: true: there are several scenarios, and what stands is told of one"
        place = locate(layer.node, ("standing",))[0]
        yield Problem("E105", place, message, "leave it out, or name one scenario", "standing")
    first: set[str] = set()
    for number, name in enumerate(given):
        same = unicodedata.normalize("NFC", name)
        if same in first:
            message = f"`scenario[{number}]` = {quoted(name)}: is named twice"
            yield Problem("E105", value_place(layer, ("scenario", number)), message, "name each scenario once")
        first.add(same)


def _size(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    scenarios = len(sweep.scenario) if isinstance(sweep.scenario, list) else 1
    count = scenarios * prod(len(factor.levels) for factor in sweep.factors)
    if count > MOST_POINTS:
        message = f"`factors`: {count:,} points, and at most {MOST_POINTS:,} may be"
        yield Problem(AS_A_WHOLE, locate(layer.node, ("factors",))[0], message, "take fewer levels", "factors")


def _waits(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    for number, quarters in enumerate(sweep.waiting):
        if quarters in sweep.waiting[:number]:
            place = value_place(layer, ("waiting", number))
            yield Problem("E105", place, f"`waiting[{number}]` = {quarters}: stands there twice", "keep one of them")


def settings_of(sweep: Sweep) -> list[Setting]:
    """All that every point sets."""
    found = [Setting(address, "`fixed`", ("fixed", address)) for address in sweep.fixed]
    for f, factor in enumerate(sweep.factors):
        for m, move in enumerate(factor.sets):
            found.append(Setting(move.address, quoted(factor.name), ("factors", f, "sets", m, "address")))
    return found


def _addresses(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """Addresses that are none; and a point's name and reason, which are its id and its levels."""
    for setting in settings_of(sweep):
        place = _setting_place(layer, setting)
        try:
            steps_of(setting.address, place)
        except ScenarioError as error:
            told = [problem for problem in error.problems if isinstance(problem, Problem)]
            yield from (Problem(one.code, place, one.message, one.hint, setting.address) for one in told)
        if setting.address in IDENTITY:
            message = f"{quoted(setting.address)}: a point has its id and its levels instead"
            yield Problem(AS_A_WHOLE, place, message, "set a value of the company or of a choice", setting.address)


def _set_twice(sweep: Sweep, layer: Layer) -> Iterator[Problem]:
    """One value that two settings want would be what the last of them says, whatever the other's level."""
    given = settings_of(sweep)
    for one, other in combinations(given, 2):
        if touches(one.address, other.address):
            told = _later(one, other, layer)
            rival = one if told is other else other
            also = "" if rival.address == told.address else f" (as {quoted(rival.address)})"
            message = f"{quoted(told.address)} is set by {told.by} and by {rival.by}{also}: a value can follow only one"
            yield Problem(SET_TWICE, _setting_place(layer, told), message, "leave one of them out", told.address)
    for one in given:
        if begun_by(sweep) and any(touches(one.address, begins) for begins in BEGINS):
            message = f"{quoted(one.address)} is set by {one.by} and by `{begun_by(sweep)}`: a design begins only once"
            yield Problem(SET_TWICE, _setting_place(layer, one), message, "leave one of them out", one.address)


def begun_by(sweep: Sweep) -> str:
    """What of a sweep file sets when a design begins; empty where nothing does."""
    return "waiting" if sweep.waiting else "standing" if sweep.standing else ""


def _later(one: Setting, other: Setting, layer: Layer) -> Setting:
    """Of two settings the one in `fixed`, else the one that stands later in the file."""
    return max((one, other), key=lambda each: (each.loc[0] == "fixed", *_setting_place(layer, each)[1:3]))


def _setting_place(layer: Layer, setting: Setting) -> Place:
    place, node, _ = locate(layer.node, setting.loc)
    return place if setting.loc[0] == "fixed" else node.place


def touches(one: str, other: str) -> bool:
    """Whether two addresses are the same, or one lies within the other."""
    mine, theirs = _steps(one), _steps(other)
    shared = min(len(mine), len(theirs))
    return shared > 0 and mine[:shared] == theirs[:shared]


def _steps(address: str) -> list[str | int]:
    """The steps of an address, indices apart; none for what is no address."""
    try:
        steps = steps_of(address, Place(address))
    except ScenarioError:
        return []
    return [step for name, index, _ in steps for step in ((name,) if index is None else (name, index))]
