"""What each side may choose: its levers, from what the company has today to how far each may go, and a mix of them.

A programme adds to what is there: dials go from today's level to 1. Meetings may also become fewer. Rhythms are counted
in times a year, as their cost is, up to one each four weeks: for that reviews are priced, and more resets than that no
company makes (`coordination.resets.when`). What is no choice stays as it is: `decay` as the base has it, and for
coordination the generous habituation and half-life of the shipped `coordination.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from revsim.errors import UserError
from revsim.scenario import shipped
from revsim.scenario.address import get, replace
from revsim.scenario.assumption import Assumption
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from revsim.units import WEEKS_PER_YEAR

MEETINGS = "coordination.meetings"
COORDINATION = (
    MEETINGS,
    "coordination.resets.every_weeks",
    "coordination.resets.strength",
    "coordination.agreement.level",
    "coordination.agreement.renew_weeks",
)
DESIGN = (
    "design.shared_definitions.qualified",
    "design.shared_definitions.commit",
    "design.owned_handoffs.marketing_to_sales",
    "design.owned_handoffs.sales_to_operations",
    "design.owned_handoffs.sales_to_customer",
    "design.shared_incentives.marketing",
    "design.shared_incentives.sales",
    "design.shared_incentives.operations",
    "design.one_view_of_data",
    "design.governance.cadence_weeks",
    "design.governance.evidence",
    "design.governance.decision_rights",
    "design.sponsored",
)
SIDES = {"coordination": COORDINATION, "design": DESIGN, "both": (*COORDINATION, *DESIGN)}
FIXED = ("coordination.resets.habituation", "coordination.agreement.half_life_weeks")
USUAL_MEETINGS = 1.5  # hours a week, where the base gives no range: the shipped company's
FASTEST, SLOWEST = 4.0, 52.0  # weeks
STEP = 0.05  # of dials and hours: nobody sets a lever finer than that


class Lever(NamedTuple):
    """A lever: `low` to `high` of its amount, which for a rhythm is times a year; `today` is its value now."""

    address: str
    low: float
    high: float
    today: float

    @property
    def is_rhythm(self) -> bool:
        """Whether its value is weeks between two times."""
        return self.address.endswith("_weeks")

    @property
    def rest(self) -> float:
        """The share of its range at which it stands today."""
        return self.share(self.today)

    def value(self, share: float) -> float:
        """The value, in steps that somebody would set, at a share of the range from `low` (0) to `high` (1)."""
        amount = self.low + min(max(share, 0.0), 1.0) * (self.high - self.low)
        if not self.is_rhythm:
            near = round(round(amount / STEP) * STEP, 2)
            return self.today if abs(amount - self.today) <= STEP / 2.0 else near
        if abs(amount - self._amount(self.today)) < 0.5:  # half a time a year  # noqa: PLR2004
            return self.today
        return min(max(float(round(WEEKS_PER_YEAR / amount)), FASTEST), SLOWEST)

    def share(self, value: float) -> float:
        """The share of the range at which a value stands."""
        return (self._amount(value) - self.low) / (self.high - self.low)

    def _amount(self, value: float) -> float:
        if not self.is_rhythm:
            return value
        return WEEKS_PER_YEAR / value if value > 0.0 else 0.0


def levers_of(base: Scenario, side: str) -> tuple[Lever, ...]:
    """The levers of a side that have room above today's. Raises UserError for an unknown side, or if none has any."""
    if side not in SIDES:
        raise UserError(f"--side {side}: must be {', '.join(list(SIDES)[:-1])} or {list(SIDES)[-1]}.")
    found = tuple(lever for lever in (_lever(base, address) for address in SIDES[side]) if lever.high > lever.low)
    if not found:
        raise UserError(f"--side {side}: every lever of “{base.name}” is as high as it goes; there is nothing to find.")
    return found


def _lever(base: Scenario, address: str) -> Lever:
    today: float = get(base, address).value
    if address == MEETINGS:
        now = get(base, f"world.today.{address}")
        high = now.high if isinstance(now, Assumption) and now.high is not None else USUAL_MEETINGS
        return Lever(address, 0.0, max(high, today), today)
    if address.endswith("_weeks"):
        return Lever(address, WEEKS_PER_YEAR / today if today > 0.0 else 0.0, WEEKS_PER_YEAR / FASTEST, today)
    return Lever(address, today, 1.0, today)


# what does nothing without the other: each lever, and the ones without which it is idle
NEEDS = {
    "coordination.resets.every_weeks": "coordination.resets.strength",
    "coordination.resets.strength": "coordination.resets.every_weeks",
    "coordination.agreement.renew_weeks": "coordination.agreement.level",
}


def settled(levers: Sequence[Lever], values: Sequence[float]) -> tuple[float, ...]:
    """The values, with levers that do nothing for want of another one left as today."""
    here = {lever.address: value for lever, value in zip(levers, values, strict=True)}
    idle = {at for at, other in NEEDS.items() if here.get(other, 1.0) == 0.0}
    return tuple(lever.today if lever.address in idle else value for lever, value in zip(levers, values, strict=True))


def mix(base: Scenario, levers: Sequence[Lever], values: Sequence[float], name: str, why: str = "") -> Scenario:
    """The base with the levers at these values, and what is no choice as it is for their side."""
    return replace(base, changes_of(levers, values), name).model_copy(update={"why": why})


def changes_of(levers: Sequence[Lever], values: Sequence[float]) -> Mapping[str, float]:
    """What a mix changes, by address: levers that are not as today, and what comes with coordination."""
    changed = {lever.address: value for lever, value in zip(levers, values, strict=True) if value != lever.today}
    if any(address.startswith("coordination.") for address in changed):
        changed |= generous()
    return changed


@cache
def generous() -> Mapping[str, float]:
    """How fast people tire of resets, and agreements fade, in the shipped coordination: its best shot."""
    path = shipped.find("coordination.yaml")
    assert path is not None
    there = load(path)
    return {address: get(there, address).value for address in FIXED}
