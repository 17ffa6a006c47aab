"""Rules that span several values; each is checked on what can be read, whatever else is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from revsim.scenario.nodes import Mapping, Node, Scalar, Sequence, is_nothing, is_number
from revsim.scenario.problems import Problem, quoted
from revsim.units import WEEKS_PER_QUARTER

SHARES_SUM_TOLERANCE = 1e-9
CHOICES = ("design", "coordination", "heroics")


def problems_of_meaning(root: Mapping) -> list[Problem]:
    """What the values say together and cannot mean, E201 to E209."""
    return [problem for rule in RULES for problem in rule(root)]


def node_at(root: Node | None, address: str) -> Node | None:
    """The node at a dotted address without list items, or None."""
    node = root
    for name in address.split("."):
        node = node.items.get(name) if isinstance(node, Mapping) else None
    return node


def number_at(root: Node | None, address: str) -> float | None:
    """The value of the number at an address, or None if there is none to read."""
    node = node_at(root, address)
    if isinstance(node, Mapping):
        node = node.items.get("value")
    return float(node.value) if isinstance(node, Scalar) and is_number(node) else None  # type: ignore[arg-type]


def items_at(root: Mapping, address: str) -> tuple[Node, ...]:
    """The items of the list at an address."""
    node = node_at(root, address)
    return node.items if isinstance(node, Sequence) else ()


def today_has_no_start(root: Mapping) -> Iterator[Problem]:
    """What is true today has always been so."""
    for choice in CHOICES:
        block = node_at(root, f"world.today.{choice}")
        for name in ("start_week", "when"):
            if isinstance(block, Mapping) and not is_nothing(block.items.get(name)):
                address = f"world.today.{choice}.{name}"
                hint = f"what is true today has always been; put it into the top-level `{choice}`"
                yield Problem("E202", block.keys[name], f"`{address}` cannot be", hint, address)


def shares_sum_to_one(root: Mapping) -> Iterator[Problem]:
    """The sources share out all inquiries."""
    address = "world.demand.sources"
    shares = [number_at(item, "share") for item in items_at(root, address)]
    known = [share for share in shares if share is not None]
    node = node_at(root, address)
    if node is not None and known and len(known) == len(shares) and abs(sum(known) - 1) > SHARES_SUM_TOLERANCE:
        message = f"the shares of `{address}` sum to {sum(known):.10g}, not 1"
        hint = f"change them by {1 - sum(known):+.10g} in all"
        yield Problem("E203", node.place, message, hint, address)


def reconciliation_is_shared_out(root: Mapping) -> Iterator[Problem]:
    """What operations and managers bear leaves at least nothing for the others."""
    first, second = "world.reconciliation.operations_share", "world.reconciliation.managers_share"
    one, other = number_at(root, first), number_at(root, second)
    node = node_at(root, second)
    if node is not None and one is not None and other is not None and one + other > 1 + SHARES_SUM_TOLERANCE:
        message = f"`{first}` and `{second}` sum to {one + other:g}, above 1"
        yield Problem("E204", node.place, message, f"lower one; {1 - one:g} is left for managers", second)


def names_are_unique(root: Mapping) -> Iterator[Problem]:
    """No two stages, and no two sources, of one name."""
    for address in ("world.demand.sources", "world.sales.stages"):
        seen: set[str] = set()
        for index, item in enumerate(items_at(root, address)):
            name = node_at(item, "name")
            if isinstance(name, Scalar) and isinstance(name.value, str):
                if name.value in seen:
                    where = f"{address}[{index}].name"
                    yield Problem("E205", name.place, f"`{where}` = {quoted(name.value)} is taken", "rename it", where)
                seen.add(name.value)


def stage_norms_increase(root: Mapping) -> Iterator[Problem]:
    """A deal is older when it enters a later stage."""
    address = "world.sales.stages"
    stages = items_at(root, address)
    norms = [number_at(stage, "norm_days") for stage in stages]
    for index, (before, after) in enumerate(pairwise(norms), start=1):
        node = node_at(stages[index], "norm_days")
        if node is not None and before is not None and after is not None and after <= before:
            where = f"{address}[{index}].norm_days"
            hint = f"must be above {before:g}, the norm of the stage before"
            yield Problem("E206", node.place, f"`{where}` = {after:g} does not increase", hint, where)


def weeks_are_measured(root: Mapping) -> Iterator[Problem]:
    """Starts and stresses lie within the measured calendar."""
    quarters = number_at(root, "calendar.quarters")
    if quarters is None:
        return
    last = quarters * WEEKS_PER_QUARTER
    stress = node_at(root, "stress")
    addresses = [f"{choice}.start_week" for choice in CHOICES]
    addresses += [f"stress.{name}.week" for name in (stress.items if isinstance(stress, Mapping) else {})]
    for address in addresses:
        week, node = number_at(root, address), node_at(root, address)
        if week is not None and node is not None and week > last:
            message = f"`{address}` = {week:g} is after the last measured week"
            hint = f"must be at most {last:g}: {quarters:g} quarters are measured"
            yield Problem("E207", node.place, message, hint, address)


def a_raised_target_is_met_by_a_plan(root: Mapping) -> Iterator[Problem]:
    """Plans are made on the first day of a quarter; a target raised after the last one would never be heard of."""
    address = "stress.target_tightened.week"
    quarters, week, node = number_at(root, "calendar.quarters"), number_at(root, address), node_at(root, address)
    if quarters is None or week is None or node is None:
        return
    last = (quarters - 1) * WEEKS_PER_QUARTER + 1
    if last < week <= quarters * WEEKS_PER_QUARTER:
        hint = f"must be at most {last:g}, the first week of the last measured quarter: plans are made then"
        yield Problem("E209", node.place, f"`{address}` = {week:g} comes after the last plan", hint, address)


def sandbagging_has_room(root: Mapping) -> Iterator[Problem]:
    """A rep gives up below a lower attainment than it holds over above."""
    address = "world.sales.sandbag_below"
    below, above, node = number_at(root, address), number_at(root, "world.sales.sandbag_above"), node_at(root, address)
    if node is not None and below is not None and above is not None and below >= above:
        hint = f"must be below `sandbag_above`, {above:g}"
        yield Problem("E208", node.place, f"`{address}` = {below:g} leaves no room", hint, address)


RULES: tuple[Callable[[Mapping], Iterator[Problem]], ...] = (
    today_has_no_start,
    shares_sum_to_one,
    reconciliation_is_shared_out,
    names_are_unique,
    stage_norms_increase,
    weeks_are_measured,
    a_raised_target_is_met_by_a_plan,
    sandbagging_has_room,
)
