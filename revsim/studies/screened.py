"""The companies of a screening: points of its paths, every scenario at each of them, and the dummies' other luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from revsim.api import Scenario
from revsim.errors import UserError
from revsim.scenario.drawing import drawn, in_world, name_in_world
from revsim.scenario.ranges import Axis, axes
from revsim.settings import DEFAULT_TRAJECTORIES, TRAJECTORIES, WORLDS

if TYPE_CHECKING:
    from revsim.analysis.screening_design import Design

Point = tuple[float, ...]


@dataclass(frozen=True)
class Paths:
    """How many trajectories, or the companies that steps start from; and which addresses keep their value."""

    trajectories: int = DEFAULT_TRAJECTORIES
    companies: tuple[Point, ...] = ()
    fixed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise UserError for what cannot be."""
        checked = TRAJECTORIES.checked("trajectories =", self.trajectories, "trajectories=")
        object.__setattr__(self, "trajectories", checked)
        if len(self.companies) == 1:
            raise UserError("companies: 1 is too few, as what a number does is told over several; give two or more.")


class Screen(NamedTuple):
    """What is run: companies 1.. in the order of the design's points, path by path."""

    scenarios: tuple[Scenario, ...]
    baseline: str
    axes: list[Axis]
    design: Design
    everywhere: list[Scenario]

    @property
    def others(self) -> list[str]:
        """The scenarios whose effects are asked for."""
        return [each.name for each in self.scenarios if each.name != self.baseline]

    @property
    def starts(self) -> list[int]:
        """The first company of each path."""
        paths, length, _ = self.design.points.shape
        return [1 + path * length for path in range(paths)]

    @property
    def on_other_luck(self) -> list[Scenario]:
        """Every scenario at the start of each path: the dummies' steps end there, with other luck."""
        names = {name_in_world(each.name, start) for start in self.starts for each in self.scenarios}
        return [each for each in self.everywhere if each.name in names]


def screen_of(scenarios: Sequence[Scenario], baseline: str, paths: Paths, seed: int) -> Screen:
    """The companies that are looked at. Raises UserError for fewer than two scenarios, or too many companies."""
    from revsim.analysis.screening_design import radial, trajectories  # noqa: PLC0415 - heavy: only when it is used

    baseline = normalize("NFC", baseline)  # as scenarios' names are kept
    _check(scenarios, baseline)
    ordered = sorted(scenarios, key=lambda each: each.name != baseline)
    found = axes([each.resolved for each in ordered], paths.fixed)
    count = (len(paths.companies) or paths.trajectories) * (len(found) + 1)
    if WORLDS.high is not None and count > WORLDS.high:
        raise UserError(
            f"{count:,} companies for {len(found)} numbers: must be {WORLDS.high:,} or fewer; take fewer trajectories, "
            "or keep numbers with --fix."
        )
    design = radial(paths.companies, len(found)) if paths.companies else trajectories(
        paths.trajectories, len(found), seed
    )  # fmt: skip
    everywhere = []
    for number, point in enumerate(design.points.reshape(-1, len(found)), start=1):
        values = drawn(found, point, ordered[0].resolved)
        everywhere += [Scenario(in_world(each.resolved, values, number), each.file) for each in scenarios]
    return Screen(tuple(scenarios), baseline, found, design, everywhere)


def _check(scenarios: Sequence[Scenario], baseline: str) -> None:
    names = [each.name for each in scenarios]
    if len(names) < 2:  # noqa: PLR2004 - two make an effect
        raise UserError("screen: needs a baseline and at least one scenario, as effects are screened; name two files.")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(f"Two scenarios are called `{doubled[0]}`: give one of the files another `name:`.")
    if baseline not in names:
        raise UserError(f"--baseline {baseline}: no scenario of this study. It has: {', '.join(names)}.")
