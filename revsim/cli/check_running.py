"""What `run` and `compare` refuse of scenarios that are right as files, told by `check` before anything is run.

E211 a scenario that asks for more than a replication can hold; `run` refuses it
W006 two scenarios of one name, and W007 of other numbers of quarters: each can be run, together they cannot be compared
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from revsim.contract.limits import check_limits
from revsim.contract.of_scenario import parameters_of
from revsim.errors import UserError
from revsim.scenario.load import Loaded
from revsim.scenario.meaning import node_at
from revsim.scenario.problems import Place, Problem, quoted
from revsim.scenario.scenario import Scenario
from revsim.scenario.text import origin

TOO_LARGE, SAME_NAME, OTHER_CALENDAR = "E211", "W006", "W007"
QUARTERS = "calendar.quarters"


def refusal(scenario: Scenario) -> str:
    """Why `run` refuses a scenario: a message, and a line with the way out; empty if it does not."""
    try:
        check_limits(parameters_of(scenario))
    except UserError as error:
        return str(error)
    return ""


def refused(loaded: Loaded) -> Problem | None:
    """What `run` refuses of a scenario, at the latest of the numbers that it names; None if it runs."""
    message, _, hint = refusal(loaded.scenario).partition("\n")
    if not message:
        return None
    words = (word.strip(",.'s") for word in f"{message} {hint}".split())
    named = [node_at(loaded.nodes, word) for word in words if "." in word]
    places = [place for place in map(origin, named) if place is not None]
    in_file = [place for place in places if place.file != loaded.files[0]]
    place = next(iter(in_file or places), Place(loaded.file))
    return Problem(TOO_LARGE, place, message, hint.strip())


def apart(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """What `compare` would refuse of scenarios that can each be run."""
    first: dict[str, Loaded] = {}
    for one in loaded:
        name = one.scenario.name
        if name in first:
            message = f"{quoted(one.file)} and {quoted(first[name].file)} are both called {quoted(name)}"
            yield Problem(
                SAME_NAME, _place(one, "name"), message, "`compare` needs another `name:` in one of them", "name"
            )
        first.setdefault(name, one)
        quarters, wanted = (each.scenario.calendar.quarters.value for each in (one, loaded[0]))
        if quarters != wanted:
            message = f"{quoted(one.file)} measures {quarters:g} quarters, {quoted(loaded[0].file)} {wanted:g}"
            hint = f"`compare` needs the same, e.g. --set {QUARTERS}={min(quarters, wanted):g}"
            yield Problem(OTHER_CALENDAR, _place(one, QUARTERS), message, hint, QUARTERS)


def _place(loaded: Loaded, address: str) -> Place:
    return origin(node_at(loaded.nodes, address)) or Place(loaded.file)
