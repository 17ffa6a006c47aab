"""Whole paths for a path of which only the end was given, and what has taken the place of a number of before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from revsim.scenario.assumption import Block
from revsim.scenario.problems import SET, Place
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Items, Part, members

MOST = 3
DEFINITIONS = "world.definitions"
FORMER = {  # what was one number in two units: each word has its own
    f"{DEFINITIONS}.{name}": tuple(f"{DEFINITIONS}.{word}_{name}" for word in ("qualified", "commit"))
    for name in ("drift_sd", "learning", "clip", "owner_error")
}


def path_given(place: Place) -> str:
    """The path of a `--set`; empty for a place in a file."""
    return place.text.partition("=")[0].strip() if SET.fullmatch(place.file) else ""


def whole_paths(end: str) -> list[str]:
    """The schema's paths that end with `end`, shortest first; none if there are many, for then it says too little."""
    found = sorted((path for path in all_paths() if path.endswith(f".{end}")), key=lambda path: (path.count("."), path))
    return found if len(found) <= MOST else []


def successors(path: str) -> tuple[str, ...]:
    """The numbers that have taken the place of a former one, given whole or by its end; none for any other."""
    return FORMER.get(path, FORMER.get(f"{DEFINITIONS}.{path}", ()))


@cache
def all_paths() -> tuple[str, ...]:
    """Every path of the schema, blocks included; of lists the first item."""
    return tuple(_paths(Scenario, ""))


def _paths(block: type[Block], before: str) -> Iterator[str]:
    for name, shape in members(block).items():
        path = f"{before}.{name}".removeprefix(".")
        yield path
        if isinstance(shape, Part):
            yield from _paths(shape.block, path)
        elif isinstance(shape, Items):
            yield from _paths(shape.block, f"{path}[0]")
