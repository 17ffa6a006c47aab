"""The levers of a programme one by one: a base with some levers of a design or of a coordination, or with one hand-off.

What belongs to no lever comes with any of them: when the programme starts; of a design the leaders who shield its build
and how it decays ungoverned; of a coordination the habituation, by which both resets and agreements wear off. A lever
that is left out stands at the base's level, so that the model builds nothing of it, runs nothing of it and charges
neither money nor hours for it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from revsim.errors import UserError
from revsim.scenario import canonical
from revsim.scenario.address import walk_block
from revsim.scenario.assumption import Assumption, Block
from revsim.scenario.design import Coordination, Design, OwnedHandoffs
from revsim.scenario.scenario import Scenario

HABITUATION = "habituation"  # of resets, by name; agreements wear off by it, too


class Family(NamedTuple):
    """The levers of one block of choices, their short names, and the block's fields that come with any of them."""

    block: str
    levers: tuple[str, ...]
    short: dict[str, str]
    with_any: tuple[str, ...]


LEVERS = ("shared_definitions", "owned_handoffs", "shared_incentives", "one_view_of_data", "governance")
SHORT = dict(zip(LEVERS, ("definitions", "hand-offs", "incentives", "view", "governance"), strict=True))
DESIGN = Family("design", LEVERS, SHORT, ("start_week", "when", "sponsored", "decay"))
ACTS = ("meetings", "resets", "agreement")
COORDINATION = Family("coordination", ACTS, dict(zip(ACTS, ACTS, strict=True)), ("start_week", "when"))
FAMILIES = (DESIGN, COORDINATION)
TITLES = {
    lever: str(kind.model_fields[lever].title)
    for kind, family in ((Design, DESIGN), (Coordination, COORDINATION))
    for lever in family.levers
}
FEWER_IS_MORE = ("governance.cadence_weeks",)
HANDOFFS = tuple(OwnedHandoffs.model_fields)
# the definition that the functions on both sides of a hand-off read; the model has none for customer success
WORD_OF = {"marketing_to_sales": "qualified", "sales_to_operations": "commit"}


def family_of(base: Scenario, programme: Scenario) -> Family:
    """Whose levers a programme moves. Raises UserError if that is both families', none's, or not all that differs."""
    here, there = canonical.content(base), canonical.content(programme)
    differ = [name for name in here if here[name] != there[name]]
    blocks = [family.block for family in FAMILIES]
    apart = [name for name in differ if name not in blocks]
    if not apart and set(blocks) <= set(differ):
        raise UserError(
            f"attribute: “{base.name}” and “{programme.name}” differ in design and in coordination, and one of them is "
            "shared out among its levers at a time.\n  Give a base with the same `coordination`, or the same `design`."
        )
    if apart:
        raise UserError(
            f"attribute: “{base.name}” and “{programme.name}” also differ in {', '.join(apart)}, and only a change of "
            "design, or of coordination, is shared out among its levers.\n"
            "  Give a file that extends the base and changes one of these blocks alone; `revsim diff` shows the rest."
        )
    family = COORDINATION if COORDINATION.block in differ else DESIGN
    if not moved(base, programme, family):
        raise UserError(
            f"attribute: “{programme.name}” moves no lever of “{base.name}”'s {family.block} "
            f"({', '.join(family.levers)}), so there is nothing to share out.\n"
            "  Name two scenarios whose `design` or `coordination` blocks differ; `revsim diff` shows how."
        )
    return family


def moved(base: Scenario, programme: Scenario, family: Family = DESIGN) -> list[str]:
    """Levers that a programme sets otherwise than the base."""
    here, there = (canonical.content(each)[family.block] for each in (base, programme))
    return [lever for lever in family.levers if _own(here[lever]) != _own(there[lever])]


def _own(content: Any) -> Any:  # noqa: ANN401 - plain data
    """A lever's content, without what belongs to no lever."""
    if isinstance(content, dict):
        return {name: value for name, value in content.items() if name != HABITUATION}
    return content


def is_lowered(base: Scenario, programme: Scenario) -> bool:
    """Whether a programme sets no lever of design higher than the base and some lower: perhaps the two were swapped.

    Of a rhythm fewer weeks are more of the lever.
    """
    rises = []
    for lever in LEVERS:
        here, there = dict(_levels(base.design, lever)), dict(_levels(programme.design, lever))
        rises += [
            (there[part] - level) * (-1 if part in FEWER_IS_MORE else 1)
            for part, level in here.items()
            if part in there
        ]
    return any(rise < 0 for rise in rises) and not any(rise > 0 for rise in rises)


def _levels(design: Design, lever: str) -> list[tuple[str, float]]:
    """The numbers of a lever, by address within the design."""
    value = getattr(design, lever)
    if isinstance(value, Assumption):
        return [(lever, value.value)]
    return [(name, part.value) for name, part in walk_block(value, lever) if isinstance(part, Assumption)]


def subset(base: Scenario, programme: Scenario, levers: Collection[str], family: Family = DESIGN) -> Scenario:
    """The base with some of the programme's levers: none is the base, all is the programme in content."""
    if not levers:
        return base
    whole = len(set(levers)) == len(family.levers)
    name = f"Only {' + '.join(family.short[lever] for lever in family.levers if lever in levers)}"
    theirs = getattr(programme, family.block)
    changes = {lever: getattr(theirs, lever) for lever in levers}
    return _chosen(base, programme, changes, programme.name if whole else name, family)


def subsets(base: Scenario, programme: Scenario, family: Family = DESIGN) -> list[Scenario]:
    """All of them, the set as a binary number: lever k of the family is in those whose bit k is 1."""
    levers = family.levers
    chosen = [[lever for k, lever in enumerate(levers) if mask >> k & 1] for mask in range(2 ** len(levers))]
    return [subset(base, programme, each, family) for each in chosen]


def moment(base: Scenario, design: Scenario, handoff: str) -> Scenario:
    """One hand-off alone, at the design's level, with its definition and the design's rhythm of review."""
    mine, theirs = base.design, design.design
    changes: dict[str, object] = {
        "owned_handoffs": mine.owned_handoffs.model_copy(update={handoff: getattr(theirs.owned_handoffs, handoff)}),
        "governance": mine.governance.model_copy(update={"cadence_weeks": theirs.governance.cadence_weeks}),
    }
    word = WORD_OF.get(handoff)
    if word is not None:
        changes["shared_definitions"] = mine.shared_definitions.model_copy(
            update={word: getattr(theirs.shared_definitions, word)}
        )
    return _chosen(base, design, changes, f"One moment: {handoff.replace('_', ' ')}")


def _chosen(
    base: Scenario, programme: Scenario, changes: dict[str, object], name: str, family: Family = DESIGN
) -> Scenario:
    """The base with parts of a programme, and what comes with any lever."""
    mine, theirs = (getattr(each, family.block) for each in (base, programme))
    update = {**{field: getattr(theirs, field) for field in family.with_any}, **changes}
    if family is COORDINATION:
        update["resets"] = _worn(update.get("resets", mine.resets), theirs.resets)
    why = f"A part of “{programme.name}” on “{base.name}”, to tell what each lever adds."
    return base.model_copy(update={family.block: mine.model_copy(update=update), "name": name, "why": why})


def _worn(resets: Any, theirs: Block) -> Block:  # noqa: ANN401 - a block of resets
    """Resets that wear off as the programme's do."""
    changed: Block = resets.model_copy(update={HABITUATION: getattr(theirs, HABITUATION)})
    return changed
