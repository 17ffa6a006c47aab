"""Scenario files as layers: reading them, and following `extends` down to the base."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from revsim.errors import ScenarioError, UserError
from revsim.paths import absolute
from revsim.scenario import shipped
from revsim.scenario.extends import WRITE, file_name
from revsim.scenario.files import EXAMPLE, as_given, identity, local, missing
from revsim.scenario.nodes import Mapping, Node, kind
from revsim.scenario.other_files import WAY_OUT, has_known_key, looks_like_scenario, told_as_other
from revsim.scenario.parse import LARGEST, fail, parse
from revsim.scenario.problems import Place, quoted

LONGEST_CHAIN = 20
REMEMBERED = 32  # texts: parsing the shipped base takes ten times what the rest of loading a scenario does


@dataclass(frozen=True)
class Layer:
    """One file: its path, its name as printed, its nodes."""

    path: Path
    file: str
    node: Mapping


class Library:
    """Files read once, however many scenarios extend them.

    A file is known by its path as written: one that is linked into two folders has each folder's base.
    """

    def __init__(self) -> None:
        """Start with nothing read."""
        self.known: dict[Path, Layer] = {}

    def chain(self, given: str) -> list[Layer]:
        """The file's layers, base first; ScenarioError for a file that is missing, no YAML, or extends itself."""
        path = _existing(given)
        layers = [self.layer(path)]
        if says_sweep(layers[0].node):
            fail(
                "E015", layers[0].node.keys["sweep"], f"this is a sweep: revsim sweep {given}", "a scenario has a world"
            )
        while (step := layers[-1].node.items.get("extends")) is not None:
            path = _extended(layers[-1], step)
            names = [layer.file for layer in reversed(layers)]
            if identity(path) in {identity(layer.path) for layer in layers}:
                chain = " -> ".join([*reversed(names), as_given(path)])
                fail("E013", step.place, f"`extends` goes round: {chain}", "let one of them extend nothing")
            if len(layers) >= LONGEST_CHAIN:
                fail("E013", step.place, f"`extends` is longer than {LONGEST_CHAIN} files", "merge some of them")
            layers.append(self.layer(path))
        return layers[::-1]

    def layer(self, path: Path) -> Layer:
        """The file's nodes; it must hold one mapping."""
        if path not in self.known:
            file = as_given(path)
            raw = _bytes(path, file)
            try:
                node = _mapping(raw, file)
            except ScenarioError as error:
                text = raw.decode("utf-8-sig", "replace")
                if not text.strip() or looks_like_scenario(text):
                    raise
                raise told_as_other(error) from None
            self.known[path] = Layer(path, file, node)
        return self.known[path]


def says_sweep(node: Mapping) -> bool:
    """Whether a file's nodes are those of a sweep."""
    return "sweep" in node.items and not {"extends", "world"} & set(node.items)


def _existing(given: str) -> Path:
    path = local(given) or shipped.find(given) or shipped.find_sweep(given)
    if path is None:
        missing(given, "scenario", lambda folder: _like(given, folder))
    return path


def _extended(layer: Layer, step: Node) -> Path:
    name = file_name(step)
    path = local(name, layer.path.parent)
    if path is not None and path.is_file():
        return path
    found = shipped.find(name)
    if found is None:
        try:
            written = absolute("`extends` =", name, beside=layer.path.parent, example=EXAMPLE)
        except UserError as error:
            fail("E012", step.place, str(error), WRITE)
        message = f"`extends`: there is no file {quoted(as_given(written))}, nor a shipped scenario of that name"
        fail("E012", step.place, message, _like(name, written.parent))
    return found


def _like(name: str, beside: Path) -> str:
    near = shipped.near(name, beside)
    if near:
        return f"did you mean {' or '.join(f'`{word}`' for word in near)}?"
    return "revsim show --list  names the shipped ones"


@lru_cache(REMEMBERED)  # by what stands in it, so that a file that was changed is parsed anew; nodes never change
def _mapping(raw: bytes, file: str) -> Mapping:
    node = parse(_text(raw, file), file)
    if node is None:
        fail("E014", Place(file), "the file says nothing", "begin with `extends: status-quo.yaml`")
    if not isinstance(node, Mapping):
        fail("E014", node.place, f"a scenario must be a mapping, this is {kind(node)}", "write `name: value`")
    if node.items and not has_known_key(node.items):
        first = next(iter(node.items))
        fail("E014", node.keys[first], f"its keys are {_some(node.items)}", WAY_OUT)
    return node


def _some(words: Iterable[str]) -> str:
    """The first of some words, in backticks."""
    first, *others = words
    return f"{quoted(first)} and {len(others)} more" if others else quoted(first)


def _bytes(path: Path, file: str) -> bytes:
    """What stands in a regular file, and a byte more than it may have where it is larger."""
    if not path.is_file():
        fail("E001", Place(file), f"{quoted(file)} is no regular file", "name a YAML file")
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        fail("E001", Place(file), f"{quoted(file)} cannot be read: {error.strerror}", "check its permissions")


def _text(raw: bytes, file: str) -> str:
    """The UTF-8 text of a file of limited size."""
    if len(raw) > LARGEST:
        fail("E003", Place(file), f"the file has more than {LARGEST:,} bytes", "keep tables in files of their own")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = f"byte {raw[error.start]:#04x} is not UTF-8"
        fail("E002", Place(file, line, column), message, "save the file as UTF-8")
