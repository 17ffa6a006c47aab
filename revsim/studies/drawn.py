"""Worlds as they are drawn: the axes of what is not known, the values of each world, every scenario in every world.

Where the baseline's world has a plausible set of today's model, its members are the worlds; else the ranges are drawn
from. What is known of one company's own past would come before both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import pandas as pd

from revsim.api import Scenario
from revsim.errors import UserError
from revsim.scenario.drawing import Values, drawn, in_world
from revsim.scenario.ranges import Axis, axes
from revsim.settings import DEFAULT_SLACK, DEFAULT_WORLDS, WORLDS
from revsim.studies.origin import FROM_RANGES, Origin, members_for

if TYPE_CHECKING:
    from revsim.analysis.worlds.phrasing import Assumed


@dataclass(frozen=True)
class Rules:
    """How worlds are drawn and judged: how many, which addresses keep their value, slack of the patterns, whose set."""

    worlds: int = DEFAULT_WORLDS
    fixed: tuple[str, ...] = ()
    slack: float = DEFAULT_SLACK
    members: str | Path | None = None  # a folder of `revsim plausible`, whose set is taken

    def __post_init__(self) -> None:
        """Raise UserError for what cannot be."""
        object.__setattr__(self, "worlds", WORLDS.checked("worlds =", self.worlds, "worlds="))
        if not self.slack >= 0.0:
            raise UserError(f"slack = {self.slack}: must be 0 or more, in widths of a pattern's range; write e.g. 0.5.")


class Drawn(NamedTuple):
    """The worlds of some scenarios: axes, the values of each world 1..n, and every scenario in every world."""

    scenarios: tuple[Scenario, ...]
    baseline: str
    axes: list[Axis]
    values: list[Values]
    everywhere: list[Scenario]
    origin: Origin = FROM_RANGES


def draw_worlds(scenarios: Sequence[Scenario], baseline: str, rules: Rules, seed: int) -> Drawn:
    """Take members of the plausible set, or draw by a Latin hypercube.

    Raises UserError for fewer than two scenarios, or if nothing can be drawn.
    """
    baseline = normalize("NFC", baseline)  # as scenarios' names are kept
    _check(scenarios, baseline)
    # the baseline's ranges count
    ordered = sorted(scenarios, key=lambda each: each.name != baseline)
    found = axes([each.resolved for each in ordered], rules.fixed)
    values, origin = members_for([each.resolved for each in ordered], rules.fixed, rules.members)
    if values:
        found = [axis for axis in found if all(spread.address in values[0] for spread in axis.spreads)]
        values = values[: rules.worlds]
    else:
        values = _from_ranges(found, ordered[0], rules.worlds, seed)
    everywhere = [
        Scenario(in_world(each.resolved, world, number), each.file)
        for number, world in enumerate(values, start=1)
        for each in scenarios
    ]
    return Drawn(tuple(scenarios), baseline, found, values, everywhere, origin)


def _from_ranges(found: Sequence[Axis], base: Scenario, worlds: int, seed: int) -> list[Values]:
    from revsim.analysis.worlds.hypercube import latin_hypercube  # noqa: PLC0415 - heavy: only when it is used

    return [drawn(found, point, base.resolved) for point in latin_hypercube(worlds, len(found), seed)]


def _check(scenarios: Sequence[Scenario], baseline: str) -> None:
    names = [each.name for each in scenarios]
    if len(names) < 2:  # noqa: PLR2004 - two make a comparison
        raise UserError("worlds: needs at least two scenarios, as worlds tell who wins; write e.g. two files.")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(f"Two scenarios are called `{doubled[0]}`: give one of the files another `name:`.")
    if baseline not in names:
        raise UserError(f"--baseline {baseline}: no scenario of this study. It has: {', '.join(names)}.")


def assumed(axis: Axis) -> Assumed:
    """An axis as it is told."""
    from revsim.analysis.worlds.phrasing import Assumed  # noqa: PLC0415 - heavy: only when it is used

    first = axis.spreads[0]
    return Assumed(axis.name, axis.title, axis.unit, axis.evidence, first.whole, first.ends)


def axis_rows(drawn_axes: Sequence[Axis]) -> pd.DataFrame:
    """axis, address, title, unit, low, value, high, evidence: one row a number."""
    rows = [
        (axis.name, spread.address, axis.title, axis.unit, spread.low, spread.value, spread.high, axis.evidence)
        for axis in drawn_axes
        for spread in axis.spreads
    ]
    return pd.DataFrame(rows, columns=["axis", "address", "title", "unit", "low", "value", "high", "evidence"])
