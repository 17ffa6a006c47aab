"""Scenario files as layers: reading them, and following `extends` down to the base."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from revsim.errors import ScenarioError
from revsim.scenario import shipped
from revsim.scenario.nodes import Mapping, Scalar, kind
from revsim.scenario.parse import LARGEST, fail, parse
from revsim.scenario.problems import Place, Problem, quoted

LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Layer:
    """One file: its path, its name as printed, its nodes."""

    path: Path
    file: str
    node: Mapping


def as_given(path: str | Path) -> str:
    """A path as it is printed: relative to the working folder if below it; `shipped NAME` for what came with revsim."""
    text = os.path.normpath(path)
    if not os.path.isabs(text):  # noqa: PTH117 - the text is what is printed
        return text
    relative, home = os.path.relpath(text), shipped.folder()
    # in a source tree the shipped files are files like any other, to be opened and edited
    is_below = not relative.startswith("..") and not (Path(text).is_relative_to(home) and shipped.is_installed())
    if is_below:
        return relative
    return f"{shipped.SAID}{Path(text).relative_to(home).as_posix()}" if Path(text).is_relative_to(home) else text


class Library:
    """Files read once, however many scenarios extend them."""

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
            path = _extended(layers[-1], step.value if isinstance(step, Scalar) else kind(step), step.place)
            names = [layer.file for layer in reversed(layers)]
            if any(path.resolve() == layer.path.resolve() for layer in layers):
                chain = " -> ".join([*reversed(names), as_given(path)])
                fail("E013", step.place, f"`extends` goes round: {chain}", "let one of them extend nothing")
            if len(layers) >= LONGEST_CHAIN:
                fail("E013", step.place, f"`extends` is longer than {LONGEST_CHAIN} files", "merge some of them")
            layers.append(self.layer(path))
        return layers[::-1]

    def layer(self, path: Path) -> Layer:
        """The file's nodes; it must hold one mapping."""
        key = path.resolve()
        if key not in self.known:
            file = as_given(path)
            node = parse(_text(path, file), file)
            if node is None:
                fail("E014", Place(file), "the file says nothing", "begin with `extends: status-quo.yaml`")
            if not isinstance(node, Mapping):
                fail("E014", node.place, f"a scenario must be a mapping, this is {kind(node)}", "write `name: value`")
            self.known[key] = Layer(path, file, node)
        return self.known[key]


def says_sweep(node: Mapping) -> bool:
    """Whether a file's nodes are those of a sweep."""
    return "sweep" in node.items and not {"extends", "world"} & set(node.items)


def _existing(given: str) -> Path:
    path = Path(given)
    if shipped.is_there(path):
        return path
    found = shipped.find(given) or shipped.find_sweep(given)
    if found is None:
        message = f"there is no file {quoted(given)}, nor a shipped scenario of that name"
        raise ScenarioError([Problem("E001", Place(given), message, _like(given, path.parent))])
    return found


def _extended(layer: Layer, name: object, place: Place) -> Path:
    if not isinstance(name, str) or not name or "\0" in name:
        fail("E012", place, f"`extends` = {quoted(name)} is no file name", "write e.g. `extends: status-quo.yaml`")
    path = layer.path.parent / name
    if shipped.is_there(path) and path.is_file():
        return path
    found = shipped.find(name)
    if found is None:
        message = f"`extends`: there is no file {quoted(as_given(path))}, nor a shipped scenario of that name"
        fail("E012", place, message, _like(name, path.parent))
    return found


def _like(name: str, beside: Path) -> str:
    near = shipped.near(name, beside)
    if near:
        return f"did you mean {' or '.join(f'`{word}`' for word in near)}?"
    return "revsim show --list  names the shipped ones"


def _text(path: Path, file: str) -> str:
    """The text of a regular UTF-8 file of limited size."""
    if not path.is_file():
        fail("E001", Place(file), f"{quoted(file)} is no regular file", "name a YAML file")
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        fail("E001", Place(file), f"{quoted(file)} cannot be read: {error.strerror}", "check its permissions")
    if len(raw) > LARGEST:
        fail("E003", Place(file), f"the file has more than {LARGEST:,} bytes", "keep tables in files of their own")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = f"byte {raw[error.start]:#04x} is not UTF-8"
        fail("E002", Place(file, line, column), message, "save the file as UTF-8")
