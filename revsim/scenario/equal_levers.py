"""Levers that a `--set` for all scenarios makes equal though they differ without it: the baseline is changed too."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from revsim.scenario.address import CHOICES, walk
from revsim.scenario.assignments import Assignment, assignments_of, given_scenarios
from revsim.scenario.layers import Library
from revsim.scenario.leaves import leaves
from revsim.scenario.load import try_many
from revsim.scenario.merge import expand
from revsim.scenario.nodes import Mapping
from revsim.scenario.scenario import Scenario

Values = dict[str, float | str]
BEGINNINGS = tuple(f"{choice}." for choice in CHOICES)
TODAY = "world.today."
SPECIAL = set('"$`\\!')  # what a shell reads within double quotes
NAMED = 3  # levers that a sentence names


def equal_levers(paths: Sequence[str], sets: Sequence[str]) -> list[str]:
    """A sentence for each such assignment, with the form that changes one scenario; none where a file is wrong."""
    assignments, _ = assignments_of(sets, given_scenarios(paths, Library()))
    levers = {each.number: reached for each in assignments if not each.scenario and (reached := _levers(each))}
    if not levers:
        return []
    others = [text for number, text in enumerate(sets, start=1) if number not in levers]
    (before, problems), (after, more) = try_many(paths, others), try_many(paths, sets)
    if problems or more:  # what the files say without it may be no scenario
        return []
    values = [_values(one.scenario) for one in before]
    still_apart = _differing([_values(one.scenario) for one in after])
    made_equal = [address for address in _differing(values) if address not in still_apart]
    by_assignment: dict[int, list[str]] = {}
    for address in made_equal:
        last = max((number for number, reached in levers.items() if address in reached), default=None)
        if last is not None:
            by_assignment.setdefault(last, []).append(address)
    return [
        _sentence(sets[number - 1], addresses, after[_apart_from_first(values, addresses[0])].scenario.name)
        for number, addresses in sorted(by_assignment.items())
    ]


def _levers(assignment: Assignment) -> set[str]:
    """The levers that an assignment reaches; one of the company today reaches all that follow today."""
    expanded = expand(assignment.layer, Scenario)
    if not isinstance(expanded, Mapping):
        return set()
    addresses = (said.address.removeprefix(TODAY) for said in leaves(expanded))
    return {address for address in addresses if address.startswith(BEGINNINGS)}


def _values(scenario: Scenario) -> Values:
    """Every lever's value; what is not said is left out."""
    return {
        address: value if isinstance(value, str) else value.value
        for address, value in walk(scenario)
        if address.startswith(BEGINNINGS)
    }


def _differing(values: Sequence[Values]) -> list[str]:
    """Levers whose values differ between scenarios; one that only some of them say differs too."""
    addresses = dict.fromkeys(address for each in values for address in each)
    return [address for address in addresses if len({each.get(address) for each in values}) > 1]


def _apart_from_first(values: Sequence[Values], address: str) -> int:
    """The position of a scenario that has another value of a lever than the first."""
    return next(k for k, each in enumerate(values) if each.get(address) != values[0].get(address))


def _one_line(text: str) -> str:
    """Text as it is printed, whatever characters it holds."""
    return text if text.isprintable() else repr(text)[1:-1]


def _sentence(text: str, addresses: Sequence[str], name: str) -> str:
    path = text.partition("=")[0].strip()
    more = f" and {len(addresses) - NAMED} more" if len(addresses) > NAMED else ""
    levers = path if all(one.startswith(f"{path}.") for one in addresses) else ", ".join(addresses[:NAMED]) + more
    text, form = _one_line(text), _one_line(f"{name}:{text}")
    form = shlex.quote(form) if SPECIAL & set(form) else f'"{form}"'
    return (
        f"--set {text} changes every scenario and makes {levers} equal in all of them, the baseline included; "
        f"for one alone: --set {form}"
    )
