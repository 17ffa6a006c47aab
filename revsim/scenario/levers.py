"""The five levers of design one by one: a base with some of a design's levers, and with one hand-off alone.

What belongs to no lever comes with any of them: when the design starts, the leaders who shield its build, and how it
decays ungoverned. A lever that is left out stands at the base's level, so that the model builds nothing of it, runs
nothing of it and charges neither money nor hours for it.
"""

from __future__ import annotations

from collections.abc import Collection

from revsim.errors import UserError
from revsim.scenario import canonical
from revsim.scenario.address import walk_block
from revsim.scenario.assumption import Assumption
from revsim.scenario.design import Design, OwnedHandoffs
from revsim.scenario.scenario import Scenario

LEVERS = ("shared_definitions", "owned_handoffs", "shared_incentives", "one_view_of_data", "governance")
SHORT = dict(zip(LEVERS, ("definitions", "hand-offs", "incentives", "view", "governance"), strict=True))
TITLES = {lever: str(Design.model_fields[lever].title) for lever in LEVERS}
WITH_ANY = ("start_week", "when", "sponsored", "decay")
FEWER_IS_MORE = ("governance.cadence_weeks",)
HANDOFFS = tuple(OwnedHandoffs.model_fields)
# the definition that the functions on both sides of a hand-off read; the model has none for customer success
WORD_OF = {"marketing_to_sales": "qualified", "sales_to_operations": "commit"}


def check_design_alone(base: Scenario, design: Scenario) -> None:
    """Raise UserError unless two scenarios differ in levers of design, and in nothing outside the design."""
    here, there = canonical.content(base), canonical.content(design)
    apart = [name for name in here if name != "design" and here[name] != there[name]]
    if apart:
        raise UserError(
            f"attribute: “{base.name}” and “{design.name}” also differ in {', '.join(apart)}, and only a change of "
            "design is shared out among its levers.\n"
            "  Give a design that extends the base and changes its `design` block alone; `revsim diff` shows the rest."
        )
    if not moved(base, design):
        raise UserError(
            f"attribute: “{design.name}” moves no lever of “{base.name}”'s design ({', '.join(LEVERS)}), so there is "
            "nothing to share out.\n  Name two scenarios whose `design` blocks differ; `revsim diff` shows how."
        )


def moved(base: Scenario, design: Scenario) -> list[str]:
    """Levers that a design sets otherwise than the base."""
    here, there = canonical.content(base)["design"], canonical.content(design)["design"]
    return [lever for lever in LEVERS if here[lever] != there[lever]]


def is_lowered(base: Scenario, design: Scenario) -> bool:
    """Whether a design sets no lever higher than the base and some lower: perhaps the two were swapped.

    Of a rhythm fewer weeks are more of the lever.
    """
    rises = []
    for lever in LEVERS:
        here, there = dict(_levels(base.design, lever)), dict(_levels(design.design, lever))
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


def subset(base: Scenario, design: Scenario, levers: Collection[str]) -> Scenario:
    """The base with some of the design's levers: none is the base, all is the design in content."""
    if not levers:
        return base
    if len(set(levers)) == len(LEVERS):
        return _chosen(base, design, {lever: getattr(design.design, lever) for lever in LEVERS}, design.name)
    name = "Only " + " + ".join(SHORT[lever] for lever in LEVERS if lever in levers)
    return _chosen(base, design, {lever: getattr(design.design, lever) for lever in levers}, name)


def subsets(base: Scenario, design: Scenario) -> list[Scenario]:
    """All 32, the set as a binary number: lever k of LEVERS is in those whose bit k is 1."""
    chosen = [[lever for k, lever in enumerate(LEVERS) if mask >> k & 1] for mask in range(2 ** len(LEVERS))]
    return [subset(base, design, levers) for levers in chosen]


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


def _chosen(base: Scenario, design: Scenario, changes: dict[str, object], name: str) -> Scenario:
    """The base with parts of its design changed, and what comes with any lever."""
    update = {**{field: getattr(design.design, field) for field in WITH_ANY}, **changes}
    why = f"A part of “{design.name}” on “{base.name}”, to tell what each lever adds."
    return base.model_copy(update={"design": base.design.model_copy(update=update), "name": name, "why": why})
