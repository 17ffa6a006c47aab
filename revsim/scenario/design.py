"""What the company chooses: design, coordination, heroics; and the stresses that may hit it."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from revsim.scenario.assumption import Assumption, Block, number


def dial(title: str) -> Assumption:
    """A dial from 0 to 1."""
    field: Assumption = number(title, "dial", ge=0, le=1)
    return field


class When(Block):
    """A remedy that waits until the failure is visible."""

    trust_below: Assumption = number("Starts in the first measured week with trust below", "share", ge=0, le=1)


class Start(Block):
    """When a remedy starts: in a measured week, once trust has fallen, or before the run; by default in week 1."""

    start_week: Assumption | None = number(
        "First week, 1 = first measured week; 0 = it stands from the first day of the run, warm-up included",
        "week",
        ge=0,
        whole=True,
        optional=True,
    )
    when: When | None = Field(default=None, title="Condition that starts it")

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if self.start_week is not None and self.when is not None:
            raise PydanticCustomError("two_starts", "has both start_week and when", {})
        return self


class SharedDefinitions(Block):
    """Who owns the words."""

    qualified: Assumption = dial("Share of drift in `qualified` that the owner corrects at a review")
    commit: Assumption = dial("Share of drift in `commit` that the owner corrects at a review")


class OwnedHandoffs(Block):
    """Who owns the transitions."""

    marketing_to_sales: Assumption = dial("Ownership of the hand-off from marketing to sales")
    sales_to_operations: Assumption = dial("Ownership of the hand-off from sales to operations")
    sales_to_customer: Assumption = dial("Ownership of the hand-off from sales to customer success")


class SharedIncentives(Block):
    """What pay rewards."""

    marketing: Assumption = dial("Weight of the shared outcome in marketing's pay")
    sales: Assumption = dial("Weight of the shared outcome in sales' pay")
    operations: Assumption = dial("Weight of the shared outcome in operations' pay")


class Governance(Block):
    """The rhythm that finds and corrects drift."""

    cadence_weeks: Assumption = number("Weeks between reviews", "weeks", ge=1, le=52)
    evidence: Assumption = dial("Weight of evidence in the company's number")
    decision_rights: Assumption = dial("Clarity of decision rights")


class Design(Start):
    """The five design levers."""

    shared_definitions: SharedDefinitions = Field(title="Owned definitions")
    owned_handoffs: OwnedHandoffs = Field(title="Owned hand-offs")
    shared_incentives: SharedIncentives = Field(title="Shared incentives")
    one_view_of_data: Assumption = dial("One view of the data")
    governance: Governance = Field(title="Governance rhythm")
    sponsored: Assumption = dial("Leadership hours that shield the build from pressure")
    decay: Assumption = number("Share of design lost a year where governance is absent", "1/year", ge=0, le=1)


class Resets(Block):
    """Definition resets: everybody agrees again."""

    every_weeks: Assumption = number("Weeks between resets; 0 is never", "weeks", ge=0, whole=True)
    when: When | None = Field(default=None, title="Reset (at most every 4 weeks) while trust is low")
    strength: Assumption = dial("Share of the way to the common mean")
    habituation: Assumption = number("Strength of each reset against the one before", "ratio", ge=0, le=1)


class Agreement(Block):
    """A service-level agreement."""

    level: Assumption = dial("Compliance on the day it is signed")
    half_life_weeks: Assumption = number("Half-life of compliance without pressure", "weeks", gt=0)
    renew_weeks: Assumption = number("Weeks between renewals; 0 is never", "weeks", ge=0, whole=True)


class Coordination(Start):
    """Meetings, resets, agreements."""

    meetings: Assumption = number("Meeting hours a person", "hours/week", ge=0, le=20)
    resets: Resets = Field(title="Definition resets")
    agreement: Agreement = Field(title="Service-level agreement")


class Heroics(Start):
    """The pool of people who bridge what the system leaves open."""

    capacity: Assumption = number("Share of a hero's hours that may go into bridging", "share", ge=0, le=0.8)
    energy: Assumption = number("Strength of exhaustion by bridging", "ratio", ge=0)
    exit: Assumption = number("Growth of the rate of leaving with exhaustion", "log", ge=0)


class TopPerformerLeaves(Block):
    """Who booked most in the last warm-up year leaves."""

    week: Assumption = number("Measured week", "week", ge=1, whole=True)


class ManagerLeaves(Block):
    """The manager leaves who was the best of them at the end of the warm-up."""

    week: Assumption = number("Measured week", "week", ge=1, whole=True)


class AnalystLeaves(Block):
    """The analyst leaves who was the best of them at the end of the warm-up."""

    week: Assumption = number("Measured week", "week", ge=1, whole=True)


class TargetTightened(Block):
    """Leadership raises the plan."""

    week: Assumption = number("Measured week from which new plans are raised", "week", ge=1, whole=True)
    factor: Assumption = number("Plan against what it would have been", "ratio", gt=0)


class DemandShock(Block):
    """Demand falls or rises for a while."""

    week: Assumption = number("Measured week", "week", ge=1, whole=True)
    weeks: Assumption = number("Length", "weeks", ge=1, whole=True)
    factor: Assumption = number("Demand against what it would have been", "ratio", gt=0, le=100)


class NewSegment(Block):
    """A new segment opens: the useful bar jumps and some buyers take other times."""

    week: Assumption = number("Measured week", "week", ge=1, whole=True)
    shift: Assumption = number("Jump of the useful bar", "sd of fit")
    share: Assumption = number("Share of inquiries of the new segment", "share", ge=0, le=1)
    slower: Assumption = number("Its buyers' time against the others'", "ratio", gt=0, le=100)


class SystemMigration(Block):
    """The CRM is replaced."""

    week: Assumption = number("Measured week", "week", ge=1, whole=True)
    weeks: Assumption = number("Length", "weeks", ge=1, whole=True)
    factor: Assumption = number("Record lag and rework against before", "ratio", ge=1)
    desk_lost: Assumption = number("Desk hours lost", "share", ge=0, le=0.9)


class BuildStalls(Block):
    """The build of the design stops half-way; its cost is sunk."""

    at_share: Assumption = number("Share of the build at which it stops", "share", ge=0, le=1)


class Stress(Block):
    """What hits the company; each is absent unless named."""

    top_performer_leaves: TopPerformerLeaves | None = Field(default=None, title="The top performer leaves")
    manager_leaves: ManagerLeaves | None = Field(default=None, title="The best manager leaves")
    analyst_leaves: AnalystLeaves | None = Field(default=None, title="The best analyst leaves")
    target_tightened: TargetTightened | None = Field(default=None, title="The target is tightened")
    demand_shock: DemandShock | None = Field(default=None, title="A demand shock")
    new_segment: NewSegment | None = Field(default=None, title="A new segment opens")
    system_migration: SystemMigration | None = Field(default=None, title="A system migration")
    build_stalls: BuildStalls | None = Field(default=None, title="The build stalls")
