"""The shipped scenarios and sweeps with what each says of itself; nothing is resolved."""

from __future__ import annotations

from typing import NamedTuple

from revsim.scenario import shipped
from revsim.scenario.layers import Library
from revsim.scenario.nodes import Mapping, Scalar


class Entry(NamedTuple):
    """A shipped file: its name as commands take it, the scenario's name, why it is there."""

    file: str
    name: str
    why: str


def catalogue() -> list[Entry]:
    """Every shipped scenario, by file."""
    return _entries(shipped.names(), "name")


def sweeps() -> list[Entry]:
    """Every shipped sweep, by file."""
    return _entries(shipped.sweeps(), "sweep")


def _entries(files: list[str], name: str) -> list[Entry]:
    library = Library()
    layers = {file: library.layer(shipped.folder() / file).node for file in files}
    return [Entry(file, _said(node, name), _said(node, "why")) for file, node in layers.items()]


def _said(node: Mapping, key: str) -> str:
    text = node.items.get(key)
    return str(text.value) if isinstance(text, Scalar) and text.value is not None else ""
