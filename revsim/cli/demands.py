"""What --require asks of a study and what was found: one sentence for each scenario that is held to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from revsim.analysis.estimates import Row
    from revsim.analysis.requirement import Requirement
    from revsim.api import Scenario, Study
    from revsim.settings import Settings


class Finding(NamedTuple):
    """Whether one scenario meets one demand, and the sentence that says so with the number found."""

    is_met: bool
    sentence: str


def demanded(texts: Sequence[str], scenarios: Sequence[Scenario], settings: Settings) -> list[Requirement]:
    """What --require asks. Raises UserError before anything is run."""
    from revsim.analysis.requirement import parse  # noqa: PLC0415 - not on the way to --help

    names = [each.name for each in scenarios]
    return [parse(text, names, settings.baseline or names[0]) for text in texts]


def findings(demands: Sequence[Requirement], study: Study) -> Iterator[Finding]:
    """Each demand against each scenario that it asks."""
    for demand in demands:
        yield from _of_one(demand, study.comparison.rows)


def _of_one(demand: Requirement, rows: Mapping[tuple[str, str], Row]) -> Iterator[Finding]:
    for (scenario, measure), row in rows.items():
        value = _value(row, demand.part)
        if measure != demand.measure or demand.scenario not in {"", scenario} or value is None:
            continue
        is_met = demand.met_by(value)
        word = "is met" if is_met else "is not met"
        yield Finding(is_met, f"--require {demand.text!r} {word} by “{scenario}”: {_shown(value, demand)}")


def _value(row: Row, part: str) -> float | None:
    """The number of a row that a demand's part names; None for an effect of the baseline."""
    from revsim.analysis.requirement import LEVEL, PLACES  # noqa: PLC0415 - not on the way to --help

    if part in LEVEL:
        return row.level[PLACES[part]]
    kind, _, place = part.partition("_")
    interval = None if row.effect is None else row.relative if kind == "relative" else row.effect
    return None if interval is None else interval[PLACES[place or "estimate"]]


def _shown(value: float, demand: Requirement) -> str:
    """A number in the unit of the demand: as percent where percent were asked."""
    return f"{100.0 * value:.6g} %" if demand.text.endswith("%") else f"{value:.6g}"
