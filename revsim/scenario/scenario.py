"""A scenario: calendar, world, and what is chosen. Its identity is its content."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from revsim.scenario.assumption import LINE_OF_TEXT, PROSE, Assumption, Block, number
from revsim.scenario.design import Coordination, Design, Heroics, Stress
from revsim.scenario.firm import (
    Definitions,
    Forecasting,
    Leadership,
    Loops,
    People,
    Reconciliation,
    Remedies,
)
from revsim.scenario.functions import Customers, Desk, Marketing, MarketingToSales, Sales
from revsim.scenario.market import Buyers, Demand

MOST_QUARTERS = 80  # measured


class Calendar(Block):
    """How long a run is."""

    warmup_quarters: Assumption = number("Quarters before anything is measured", "quarters", ge=1, le=40, whole=True)
    quarters: Assumption = number("Measured quarters", "quarters", ge=1, le=MOST_QUARTERS, whole=True)


class Today(Block):
    """Design, coordination and heroics of the company before any change; the warm-up lives under it."""

    design: Design = Field(title="Design today")
    coordination: Coordination = Field(title="Coordination today")
    heroics: Heroics = Field(title="Heroics today")


class World(Block):
    """What the company is and what it cannot choose; scenarios with equal worlds share their past."""

    currency: Annotated[str, Field(min_length=1, max_length=8, title="Currency of all money", pattern=LINE_OF_TEXT)]
    demand: Demand = Field(title="Demand")
    buyers: Buyers = Field(title="Buyers")
    marketing: Marketing = Field(title="Marketing")
    marketing_to_sales: MarketingToSales = Field(title="Hand-off from marketing to sales")
    sales: Sales = Field(title="Sales")
    desk: Desk = Field(title="Deal desk")
    customers: Customers = Field(title="Customers")
    definitions: Definitions = Field(title="Definitions")
    forecasting: Forecasting = Field(title="Forecasting")
    leadership: Leadership = Field(title="Leadership")
    reconciliation: Reconciliation = Field(title="Reconciliation")
    people: People = Field(title="People")
    remedies: Remedies = Field(title="How remedies act and what they cost")
    loops: Loops = Field(title="Feedback loops")
    today: Today = Field(title="The company today")


class Scenario(Block):
    """One scenario file, resolved: `extends` applied, unsaid choices filled in from `world.today`."""

    name: str = Field(title="Name", min_length=1, max_length=80, pattern=LINE_OF_TEXT)
    why: str = Field(default="", title="Why this scenario exists", max_length=2000, pattern=PROSE)
    calendar: Calendar = Field(title="Calendar")
    world: World = Field(title="World")
    design: Design = Field(title="Design from its start on")
    coordination: Coordination = Field(title="Coordination from its start on")
    heroics: Heroics = Field(title="Heroics from their start on")
    stress: Stress = Field(title="Stresses")
