"""YAML 1.2 text to nodes with places; the only door to ruamel.yaml.

Read from the parser's events, so nothing is ever constructed: no tags, no anchors or aliases, one document,
no key twice, limited size and depth. Plain scalars follow YAML 1.2's core schema: `no` and `12:30` are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from revsim.errors import ScenarioError
from revsim.scenario.nodes import Mapping, Node, Scalar, Sequence
from revsim.scenario.odd_characters import BREAKS, name_of, odd_near
from revsim.scenario.problems import Place, Problem, quoted

LARGEST = 1_000_000  # bytes: a complete scenario has some 30 thousand
MOST_NODES = 20_000  # keys and values: a complete scenario that says all of every number has some 3 thousand
DEEPEST = 20
MANY = "no scenario has so many; look at what wrote it"

NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORD = re.compile(r"[-+]?[A-Za-z0-9_.]*[A-Za-z0-9_]")
SPECIAL = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def parse(text: str, file: str) -> Node | None:
    """The nodes of one YAML document, None if it is empty; ScenarioError with the place if it is not YAML."""
    if len(text) > LARGEST:
        fail("E003", Place(file), f"the file has more than {LARGEST:,} characters", "keep tables in files of their own")
    if WORD.fullmatch(text):  # most of `--set`
        return Scalar(resolve(text), Place(file, length=len(text), text=text))
    text = _as_lines(text)
    odd = BREAKS.search(text)
    if odd is not None:
        _refuse_character(text, odd.start(), file)
    reader = _Reader(text, file)
    try:
        return reader.document()
    except MarkedYAMLError as error:
        _tell(error, reader)
    except ReaderError as error:
        _refuse_character(text, error.position, file)
    except (YAMLError, ValueError, IndexError, AttributeError, AssertionError, TypeError, NotImplementedError) as error:
        # the pure parser fails on some malformed input with errors of its own making
        fail("E004", Place(file), f"this is not YAML: {quoted(error)}", "compare with a shipped scenario")


def _as_lines(text: str) -> str:
    """The text with the line ends of every system as one, and without tabs where nothing follows them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\t" not in lines:
        return lines
    return "\n".join(line.rstrip(" \t") if line.endswith((" ", "\t")) else line for line in lines.split("\n"))


def _tell(error: MarkedYAMLError, reader: _Reader) -> NoReturn:
    """A fault of the YAML: where a character only looks right, there; else where the parser noticed."""
    if "end of stream" in str(error.problem) and "quoted" in str(error.context):
        fail("E004", reader.at(error.context_mark), "this is not YAML: a quote begins here and never ends", "close it")
    place = reader.at(error.problem_mark or error.context_mark)
    odd = odd_near(reader.lines, place.line)
    if odd is not None:
        place = Place(place.file, odd.line, odd.column, 1, reader.lines[odd.line - 1])
        fail("E004", place, f"this is not YAML: {odd.name} stands here", odd.way_out)
    fault = re.sub(r"\s+", " ", str(error.problem or error.context or "not YAML"))
    fail("E004", place, f"this is not YAML: {fault}", _way_out(fault))


def _refuse_character(text: str, position: int, file: str) -> NoReturn:
    before = text[:position]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    message = f"{name_of(text[position])} may not stand in a scenario file"
    fail("E004", Place(file, line, column), message, "delete it, or write it as an escape inside double quotes")


def fail(code: str, place: Place, message: str, hint: str) -> NoReturn:
    """Raise one problem."""
    raise ScenarioError([Problem(code, place, message, hint)])


def _way_out(fault: str) -> str:
    if "mapping values" in fault:
        return "put text that holds `: ` in quotes, and indent the keys of a block alike"
    return "look at quotes, brackets and indentation here and on the line before"


class _Reader:
    """The events of one file and where they stand."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.nodes = 0
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)

    def at(self, start: Any, end: Any = None) -> Place:  # noqa: ANN401 - ruamel's marks are untyped
        """The place of a mark; the length as far as it stands on one line."""
        if start is None:
            return Place(self.file)
        line = min(start.line, len(self.lines) - 1)
        length = end.column - start.column if end is not None and end.line == start.line else 1
        return Place(self.file, line + 1, start.column + 1, max(1, length), self.lines[line])

    def document(self) -> Node | None:
        """The only document of the file."""
        node: Node | None = None
        documents = 0
        for event in self.events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    fail("E005", self.at(event.start_mark), "a second document starts here", "keep one file for each")
            elif kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentEndEvent", "CommentEvent"}:
                node = self.node(event, 1)
        return node

    def node(self, event: Any, depth: int) -> Node:  # noqa: ANN401 - ruamel's events are untyped
        """The node that starts with `event`."""
        kind = type(event).__name__
        place = self.at(event.start_mark, event.end_mark)
        if kind == "AliasEvent" or event.anchor is not None:
            name = quoted(("*" if kind == "AliasEvent" else "&") + str(event.anchor))
            fail("E006", place, f"anchors and aliases are not allowed: {name}", "write the value out")
        if event.tag is not None and str(event.tag) != "!":
            fail(
                "E007", place, f"tags are not allowed: {quoted(event.tag)}", "delete the tag; the schema knows the type"
            )
        self.nodes += 1
        if self.nodes > MOST_NODES:
            fail("E003", place, f"the file has more than {MOST_NODES:,} keys and values", MANY)
        if depth > DEEPEST:
            fail("E008", place, f"nested deeper than {DEEPEST} levels", "no scenario needs that; check the brackets")
        if kind == "ScalarEvent":
            if any("\ud800" <= character <= "\udfff" for character in event.value):
                fail("E004", place, "half a surrogate pair is no character", r"write it as one, e.g. \U0001f600")
            is_plain = event.style is None and event.tag is None
            return Scalar(resolve(event.value) if is_plain else event.value, place)
        return self.sequence(place, depth) if kind == "SequenceStartEvent" else self.mapping(place, depth)

    def sequence(self, place: Place, depth: int) -> Sequence:
        """The items until the list ends."""
        items = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.node(event, depth + 1))
        return Sequence(tuple(items), place)

    def mapping(self, place: Place, depth: int) -> Mapping:
        """The pairs until the mapping ends; each key once, and text."""
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            where = self.at(event.start_mark, event.end_mark)
            if type(event).__name__ != "ScalarEvent":
                fail("E009", where, "a key must be a word", "write `name: value`")
            self.node(event, depth + 1)
            name = str(event.value)
            if name in items:
                near = f"the first is in line {keys[name].line}; keep one of them"
                fail("E010", where, f"key {quoted(name)} stands twice in one mapping", near)
            node = self.node(next(self.events), depth + 1)
            is_left_out = isinstance(node, Scalar) and node.value is None and node.place.line != where.line
            # the parser puts what is left out where the next thing stands; the key is what a reader looks for
            items[name] = Scalar(None, where) if is_left_out else node
            keys[name] = where
        return Mapping(items, keys, place)


def resolve(text: str) -> str | float | bool | None:
    """A plain scalar's value by YAML 1.2's core schema (numbers in base ten only)."""
    if text in WORDS:
        return WORDS[text]
    if NUMBER.fullmatch(text):
        return float(text)
    return float(text.replace(".", "", 1)) if SPECIAL.fullmatch(text) else text
