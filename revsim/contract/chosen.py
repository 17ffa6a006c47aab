"""What the engines are given of the choices: the levers of design as a vector, coordination, heroics, stresses."""

from __future__ import annotations

from typing import NamedTuple

from revsim.contract.constants import FIRST_DAY

LEVERS = (
    "definition_qualified",
    "definition_commit",
    "handoff_marketing_to_sales",
    "handoff_sales_to_operations",
    "handoff_sales_to_customer",
    "incentive_marketing",
    "incentive_sales",
    "incentive_operations",
    "one_view",
    "cadence_weeks",
    "evidence",
    "decision_rights",
)
(
    QUALIFIED,
    COMMIT,
    TO_SALES,
    TO_OPERATIONS,
    TO_CUSTOMER,
    PAY_MARKETING,
    PAY_SALES,
    PAY_OPERATIONS,
    VIEW,
    CADENCE,
    EVIDENCE,
    RIGHTS,
) = range(12)


class Start(NamedTuple):
    """When a block of choices begins: on a day, or once trust is below a value (then day is infinite)."""

    day: float  # FIRST_DAY: they stand
    trust_below: float  # negative: never by trust

    @property
    def stands(self) -> bool:
        """Whether the choices have been in force since before the first day of the run."""
        return self.day == FIRST_DAY


class Design(NamedTuple):
    """Target levels of the twelve levers."""

    start: Start
    levers: tuple[float, ...]
    sponsored: float
    decay: float  # 1/year


class Coordination(NamedTuple):
    """Meetings, resets, agreement."""

    start: Start
    meetings: float  # hours/week
    reset_weeks: int  # 0: never
    reset_trust_below: float  # negative: never
    reset_strength: float
    reset_habituation: float
    agreement_level: float
    agreement_half_life: float  # weeks
    agreement_renew_weeks: int  # 0: never
    is_new: bool = False  # otherwise than today's


class Heroics(NamedTuple):
    """The pool."""

    start: Start
    capacity: float
    energy: float
    exit: float
    is_new: bool = False  # otherwise than today's


class Choices(NamedTuple):
    """Design, coordination and heroics at one time."""

    design: Design
    coordination: Coordination
    heroics: Heroics

    def against(self, today: Choices) -> Choices:
        """These, told whether coordination and heroics are otherwise than today's, whenever they start."""
        coordination, heroics = self.coordination, self.heroics
        return self._replace(
            coordination=coordination._replace(
                is_new=coordination._replace(start=today.coordination.start) != today.coordination
            ),
            heroics=heroics._replace(is_new=heroics._replace(start=today.heroics.start) != today.heroics),
        )


class Stress(NamedTuple):
    """Stresses by the day on which they hit; infinite where absent."""

    leaves_day: float
    manager_day: float
    analyst_day: float
    target_day: float
    target_factor: float
    demand_day: float
    demand_until: float
    demand_factor: float
    segment_day: float
    segment_shift: float
    segment_share: float
    segment_slower: float
    migration_day: float
    migration_until: float
    migration_factor: float
    migration_desk_lost: float
    stall_at_share: float  # above 1: never
