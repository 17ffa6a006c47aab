"""A `--set` on what every point of a sweep sets: it would change nothing, so it is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from revsim.scenario.assignments import Given, assignments_of
from revsim.scenario.layers import Layer
from revsim.scenario.messages import locate
from revsim.scenario.nodes import Mapping, Node, Patch
from revsim.scenario.problems import Place, Problem, quoted
from revsim.scenario.sweep import Sweep
from revsim.scenario.sweep_check import BEGINS, SET_TWICE, begun_by, settings_of, touches


def overlapping_sets(
    sweep: Sweep, layer: Layer, sets: Sequence[str], given: Sequence[Given], elsewhere: Sequence[Given]
) -> Iterator[Problem]:
    """Every `--set` for a scenario of the sweep that shares a value with a factor, `fixed` or `waiting`."""
    assignments, _ = assignments_of(sets, given, elsewhere)
    for assignment in assignments:
        reached = [position for position, one in enumerate(given) if assignment.is_for(one.names)]
        if reached:
            for address, place in _addresses(assignment.layer):
                yield from _overlap(address, place, sweep, layer, waits=0 in reached)


def _overlap(address: str, place: Place, sweep: Sweep, layer: Layer, *, waits: bool) -> Iterator[Problem]:
    """The first setting of the sweep that wants the same value; only the first scenario waits."""
    for setting in settings_of(sweep):
        if touches(address, setting.address):
            also = "" if setting.address == address else f" (as {quoted(setting.address)})"
            line = locate(layer.node, setting.loc)[0].origin
            message = (
                f"{quoted(address)} is set by {place.origin} and by {setting.by}{also} in {line}: "
                "a value can follow only one"
            )
            yield Problem(SET_TWICE, place, message, "leave it out, or change the sweep file there", address)
            return
    word = begun_by(sweep)
    if waits and word and any(touches(address, begins) for begins in BEGINS):
        line = locate(layer.node, (word,))[0].origin
        message = f"{quoted(address)} is set by {place.origin} and by `{word}` in {line}: a design begins only once"
        yield Problem(SET_TWICE, place, message, "leave it out, or change the sweep file there", address)


def _addresses(node: Node, address: str = "", place: Place | None = None) -> Iterator[tuple[str, Place]]:
    """The address of each value that a `--set` changes, and where its key stands; a list is replaced as a whole."""
    if isinstance(node, Patch):
        yield from _addresses(node.item, f"{address}[{node.index}]", node.place)
    elif isinstance(node, Mapping):
        for key, child in node.items.items():
            yield from _addresses(child, f"{address}.{key}".removeprefix("."), node.keys[key])
    else:
        yield address, place or node.place
