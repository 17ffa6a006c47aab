"""`--set PATH=VALUE` for all scenarios and `--set "Scenario name:PATH=VALUE"` for one of them.

The part before a colon is a scenario's name, or its file as it was given; it may itself hold colons and equals signs.
They are laid upon the files in the order of the command line: of two for one value the later holds.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from revsim.errors import ScenarioError
from revsim.scenario.files import as_given
from revsim.scenario.layers import Library
from revsim.scenario.nodes import Mapping, Scalar
from revsim.scenario.problems import Place, Problem, nearest, quoted
from revsim.scenario.sets import layer_of

UNKNOWN_SCENARIO = "E016"
LONGEST_NAME = 80


class Assignment(NamedTuple):
    """One `--set`: which it is, its text, the scenario that it is for (empty for all), and what it changes."""

    number: int
    text: str
    scenario: str
    layer: Mapping

    def is_for(self, names: Collection[str]) -> bool:
        """Whether it changes the scenario of these names."""
        return not self.scenario or self.scenario in names


class Given(NamedTuple):
    """A scenario as it was asked for: its `name:`, all that it may be called by, and whether its file can be read."""

    name: str
    names: frozenset[str]
    is_read: bool


def same_form(name: str) -> str:
    """A name in the one Unicode form in which names are compared."""
    return unicodedata.normalize("NFC", name)


def given_scenarios(paths: Sequence[str], library: Library) -> list[Given]:
    """What the scenarios of files are called; the file's own name alone too, where no other has it."""
    files = Counter(Path(path).name for path in dict.fromkeys(paths))
    found = []
    for path in paths:
        names, name, is_read = {path, as_given(path)}, "", True
        if files[Path(path).name] == 1:
            names.add(Path(path).name)
        try:
            top = library.chain(path)[-1]
        except ScenarioError:
            is_read = False
        else:
            said = top.node.items.get("name")
            name = str(said.value) if isinstance(said, Scalar) else top.path.stem[:LONGEST_NAME]
            names.add(name)
        found.append(Given(name, frozenset(map(same_form, names)), is_read))
    return found


def assignments_of(
    texts: Sequence[str], given: Sequence[Given], elsewhere: Sequence[Given] = ()
) -> tuple[list[Assignment], list[Problem]]:
    """All assignments, and what is wrong with the others. `elsewhere` are scenarios that are read apart from these."""
    assignments: list[Assignment] = []
    problems: list[Problem] = []
    every = [*given, *elsewhere]
    known = {name for one in every for name in one.names}
    shown = list(dict.fromkeys(one.name for one in every if one.name))
    for number, text in enumerate(texts, start=1):
        start = _path_start(text, known)
        scenario = same_form(text[: start - 1].strip()) if start else ""
        if start and scenario not in known:
            if all(one.is_read for one in every):  # it may be the name of what cannot be read
                problems.append(_unknown(number, text, start, shown))
            continue
        try:
            assignments.append(Assignment(number, text, scenario, layer_of(text, number, start)))
        except ScenarioError as error:
            problems += [problem for problem in error.problems if isinstance(problem, Problem)]
    return assignments, problems


def _path_start(text: str, known: Collection[str]) -> int:
    """Where the path begins behind a scenario's name and a colon; 0 where no scenario is named.

    The longest known name counts. Without a known one, a colon before the first equals sign says that one is meant,
    for no path holds a colon.
    """
    colons = [place for place, character in enumerate(text) if character == ":" and "=" in text[place:]]
    named = [place for place in colons if same_form(text[:place].strip()) in known]
    meant = named or [place for place in colons if "=" not in text[:place]]
    return meant[-1] + 1 if meant else 0


def _unknown(number: int, text: str, start: int, names: Sequence[str]) -> Problem:
    name = text[: start - 1].strip()
    near = nearest(name, names)
    hint = f"did you mean {quoted(near)}? " if near else ""
    here = ", ".join(quoted(each) for each in names) or "none"
    place = Place(f"<--set {number}>", 1, 1, max(1, start - 1), text)
    message = f"{quoted(name)} is no scenario of this command"
    return Problem(UNKNOWN_SCENARIO, place, message, f"{hint}It has {here}; for all write {text[start:].strip()}")
