"""What is valid and yet unlikely to be meant: numbers far from what is known, and companies changed by halves.

W002 a number of `world` outside the range that a file below gave; 0, and 1 of a dial, are meant so
W003 more work than the people can do (revsim/scenario/flow.py has the rule)
W004 a currency changed without the money
W005 a plan far from what the inquiries bring, where a file changes one of them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from revsim.scenario.flow import flow_of
from revsim.scenario.leaves import Said, leaves, lists
from revsim.scenario.meaning import node_at
from revsim.scenario.nodes import Mapping, Node, Scalar
from revsim.scenario.problems import Place, Problem, quoted
from revsim.scenario.scenario import Scenario
from revsim.scenario.text import origin

OUTSIDE, OVERLOADED, CURRENCY, PLAN = "W002", "W003", "W004", "W005"
TOO_MUCH = 1.6  # by a rule that leaves a third of the work out
PLAN_APART = (0.4, 4.0)  # plan against what the inquiries bring: the benchmark's is 1.4
NAMED = 4  # addresses that a warning names
INQUIRIES, REPS, HOURS = "world.demand.inquiries_per_week", "world.sales.reps", "world.sales.selling_hours"
ANALYSTS, DEAL_HOURS, DESK_HOURS = "world.desk.analysts", "world.desk.deal_hours", "world.desk.hours"
LEVEL, VALUE = "world.leadership.opening_level", "world.buyers.value_median"
Range = tuple[float, float, Place]


def unlikely(scenario: Scenario, nodes: Mapping, layers: Sequence[Mapping]) -> Iterator[Problem]:
    """All such warnings of a scenario that is right, made of these expanded layers (base first)."""
    yield from outside_ranges(layers)
    yield from _foreign_money(nodes, layers)
    yield from _by_halves(scenario, nodes, layers)


def outside_ranges(layers: Sequence[Mapping]) -> Iterator[Problem]:
    """Numbers outside the range that a layer below gave, unless they come with a source or a range of their own."""
    ranges: dict[str, Range] = {}
    found: dict[str, Problem] = {}
    for layer in layers:
        for address in lists(layer):  # items of another list are other things
            for known in [known for known in (*ranges, *found) if known.startswith(f"{address}[")]:
                ranges.pop(known, None)
                found.pop(known, None)
        for said in leaves(layer):
            if said.address.startswith("world."):  # what is chosen is not known, better or worse
                _note(said, ranges, found)
    yield from found.values()


def _note(said: Said, ranges: dict[str, Range], found: dict[str, Problem]) -> None:
    """Hold one number against what is known below; what it says of itself is known above."""
    value, below = said.part("value"), ranges.get(said.address)
    own = _own(said, below)
    if value is not None or own is not None:
        found.pop(said.address, None)
    if said.has_source:
        ranges.pop(said.address, None)
    if own is not None:
        ranges[said.address] = own
    elif value is not None and below is not None and not said.has_source:
        is_end = value == 0.0 or (said.unit == "dial" and value == 1.0)  # off, or all of it: meant so
        if not is_end and not below[0] <= value <= below[1]:
            found[said.address] = _outside(said, value, below)


def _own(said: Said, below: Range | None) -> Range | None:
    """The range that a layer gives a number, one end perhaps from below; None if it gives none."""
    low, high = said.part("low"), said.part("high")
    if low is None and high is None:
        return None
    if below is not None and said.part("value") is None:
        low, high = below[0] if low is None else low, below[1] if high is None else high
    where = origin(said.node)
    return (low, high, where) if low is not None and high is not None and where is not None else None


def _outside(said: Said, value: float, known: Range) -> Problem:
    low, high, where = known
    place = origin(said.node) or where
    unit = "" if said.unit == "dial" else f" {said.unit}"
    message = (
        f"`{said.address}` = {value:,.10g}{unit} is outside {low:,.10g} to {high:,.10g}, the plausible range in "
        f"{where.origin}"
    )
    hint = f'check the unit; if it is right, say who says so: {{value: {value:.10g}, source: "..."}}'
    return Problem(OUTSIDE, place, message, hint, said.address)


def _foreign_money(nodes: Mapping, layers: Sequence[Mapping]) -> Iterator[Problem]:
    """A currency that a layer changes while money numbers stay those of the layers below."""
    names = [node_at(layer, "world.currency") for layer in layers]
    said = [(n, name) for n, name in enumerate(names) if isinstance(name, Scalar) and name.value is not None]
    changes = [(n, old, new) for (_, old), (n, new) in pairwise(said) if old.value != new.value]
    if not changes:
        return
    first, old, new = changes[-1]
    stated = {one.address for layer in layers[first:] for one in leaves(layer) if one.part("value") is not None}
    money = [one.address for one in leaves(nodes) if one.unit.partition("/")[0] == "currency"]
    kept = [address for address in money if address.startswith("world.") and address not in stated]
    if kept:
        count = f"{len(kept)} money number" + ("s still have" if len(kept) > 1 else " still has")
        message = (
            f"`world.currency` changes {quoted(old.value)} to {quoted(new.value)}, and {count} the value that was "
            f"given in {quoted(old.value)}: {_listed(kept)}"
        )
        hint = f"nothing is converted: give them in {new.value}, or leave the currency {old.value}"
        yield Problem(CURRENCY, new.place, message, hint, "world.currency")


def _listed(addresses: Sequence[str]) -> str:
    more = len(addresses) - NAMED
    return ", ".join(addresses[:NAMED]) + (f" and {more} more (revsim show FILE --origins)" if more > 0 else "")


def _by_halves(scenario: Scenario, nodes: Mapping, layers: Sequence[Mapping]) -> Iterator[Problem]:
    """Loads and plan that do not go together with the inquiries."""
    world, flow = scenario.world, flow_of(scenario)
    brings = f"{world.demand.inquiries_per_week.value:,.10g} inquiries a week bring about"
    if flow.rep_load > TOO_MUCH:
        message = (
            f"the reps' load is {flow.rep_load:.2g}: {brings} {flow.rep_hours:,.0f} hours of selling, and "
            f"{flow.rep_there:,.0f} are there (reps: {world.sales.reps.value:g}); it must stay below 1"
        )
        hint = f"more `{REPS}` or `{HOURS}`, fewer inquiries, or less work in the stages"
        yield Problem(OVERLOADED, _newest(nodes, layers, (REPS, HOURS, INQUIRIES)), message, hint, REPS)
    if flow.desk_load > TOO_MUCH:
        message = (
            f"the deal desk's load is {flow.desk_load:.2g}: {brings} {flow.desk_hours:,.0f} hours of desk work, and "
            f"{flow.desk_there:,.0f} are there (analysts: {world.desk.analysts.value:g}); it must stay below 1"
        )
        hint = f"more `{ANALYSTS}`, fewer `{DEAL_HOURS}`, or fewer inquiries"
        places = (ANALYSTS, DEAL_HOURS, DESK_HOURS, INQUIRIES)
        yield Problem(OVERLOADED, _newest(nodes, layers, places), message, hint, ANALYSTS)
    plan, about = world.leadership.opening_level.value, (LEVEL, VALUE, INQUIRIES)
    is_changed = any(_numbered(layer, address) is not None for layer in layers[1:] for address in about)
    if is_changed and not PLAN_APART[0] * flow.bookings <= plan <= PLAN_APART[1] * flow.bookings:
        message = f"`{LEVEL}` = {plan:,.10g} a quarter, but {brings} {flow.bookings:,.2g}; they must be near each other"
        hint = f"the plan begins at what is booked today; change it, `{VALUE}` or the inquiries"
        yield Problem(PLAN, _newest(nodes, layers, about), message, hint, LEVEL)


def _newest(nodes: Mapping, layers: Sequence[Mapping], addresses: Sequence[str]) -> Place:
    """The place of the number that the latest layer says: what was changed last is where a reader looks."""
    for layer in reversed(layers):
        for address in addresses:
            where = origin(_numbered(layer, address))
            if where is not None:
                return where
    return nodes.place


def _numbered(layer: Mapping, address: str) -> Node | None:
    node = node_at(layer, address)
    return None if isinstance(node, Scalar) and node.value is None else node
