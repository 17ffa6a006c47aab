"""Scenario -> Parameters, so that no engine ever sees a scenario file.

All starts and stresses are turned from measured weeks into days here, once. Apart from `parameters`, so that a worker,
which is given parameters, need not read what checks scenarios.
"""

from __future__ import annotations

from math import inf
from typing import Any

from revsim.contract import chosen, firm, functions, market
from revsim.contract.constants import FIRST_DAY
from revsim.contract.parameters import LEAD_IN_QUARTERS, Parameters, Span
from revsim.scenario import design as schema
from revsim.scenario.assumption import Assumption, Block
from revsim.scenario.functions import Sales as SalesBlock
from revsim.scenario.market import Demand as DemandBlock
from revsim.scenario.scenario import Scenario
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK, WEEKS_PER_QUARTER


def number_of(given: Assumption, *, whole: bool = False) -> float:
    """The value, as int where the field is whole."""
    return int(given.value) if whole else given.value


def plain(block: Block) -> dict[str, Any]:
    """The numbers and words of a block by name, without its lists."""
    fields: dict[str, Any] = {}
    for name, field in type(block).model_fields.items():
        given = getattr(block, name)
        extra = field.json_schema_extra
        if isinstance(given, Assumption) and isinstance(extra, dict):
            rule = extra["rule"]
            fields[name] = number_of(given, whole=isinstance(rule, dict) and bool(rule["whole"]))
        elif isinstance(given, str):
            fields[name] = given == "closed"
    return fields


def demand_of(block: DemandBlock) -> market.Demand:
    """Sources become cumulated shares."""
    season = block.season
    upto: list[float] = []
    for source in block.sources:
        upto.append((upto[-1] if upto else 0.0) + source.share.value)
    return market.Demand(
        **plain(block),
        season=(season.first.value, season.second.value, season.third.value, season.fourth.value),
        source_upto=tuple(upto),
        source_fit=tuple(source.fit.value for source in block.sources),
    )


def sales_of(block: SalesBlock) -> functions.Sales:
    """Stages become one tuple a number."""
    return functions.Sales(
        **plain(block),
        stages=len(block.stages),
        stage_effort=tuple(stage.effort_hours.value for stage in block.stages),
        stage_buyer=tuple(stage.buyer_days.value for stage in block.stages),
        stage_advance=tuple(stage.advance.value for stage in block.stages),
        stage_norm=tuple(stage.norm_days.value for stage in block.stages),
    )


def day_of(week: Assumption | None, span: Span) -> float:
    """First day of a measured week; the first measured day where no week is said."""
    return span.measured_from + DAYS_PER_WEEK * ((1.0 if week is None else week.value) - 1.0)


def start_of(block: schema.Start, span: Span) -> chosen.Start:
    """Start of a block of choices."""
    if block.when is not None:
        return chosen.Start(inf, block.when.trust_below.value)
    if block.start_week is not None and block.start_week.value == 0.0:
        return chosen.Start(FIRST_DAY, -1.0)
    return chosen.Start(day_of(block.start_week, span), -1.0)


def design_of(block: schema.Design, span: Span) -> chosen.Design:
    """The levers, in the order of `chosen.LEVERS`."""
    definitions, handoffs, pay = block.shared_definitions, block.owned_handoffs, block.shared_incentives
    governance = block.governance
    levers = (
        definitions.qualified,
        definitions.commit,
        handoffs.marketing_to_sales,
        handoffs.sales_to_operations,
        handoffs.sales_to_customer,
        pay.marketing,
        pay.sales,
        pay.operations,
        block.one_view_of_data,
        governance.cadence_weeks,
        governance.evidence,
        governance.decision_rights,
    )
    values = tuple(lever.value for lever in levers)
    return chosen.Design(start_of(block, span), values, block.sponsored.value, block.decay.value)


def coordination_of(block: schema.Coordination, span: Span) -> chosen.Coordination:
    """Meetings, resets, agreement."""
    resets, agreement = block.resets, block.agreement
    return chosen.Coordination(
        start=start_of(block, span),
        meetings=block.meetings.value,
        reset_weeks=int(resets.every_weeks.value),
        reset_trust_below=-1.0 if resets.when is None else resets.when.trust_below.value,
        reset_strength=resets.strength.value,
        reset_habituation=resets.habituation.value,
        agreement_level=agreement.level.value,
        agreement_half_life=agreement.half_life_weeks.value,
        agreement_renew_weeks=int(agreement.renew_weeks.value),
    )


def choices_of(
    design: schema.Design, coordination: schema.Coordination, heroics: schema.Heroics, span: Span
) -> chosen.Choices:
    """The three blocks of choices."""
    return chosen.Choices(
        design_of(design, span),
        coordination_of(coordination, span),
        chosen.Heroics(start_of(heroics, span), heroics.capacity.value, heroics.energy.value, heroics.exit.value),
    )


def stress_of(block: schema.Stress, span: Span) -> chosen.Stress:
    """Stresses by day; absent ones never come."""
    leaves, target, demand = block.top_performer_leaves, block.target_tightened, block.demand_shock
    manager, analyst = block.manager_leaves, block.analyst_leaves
    segment, migration, stall = block.new_segment, block.system_migration, block.build_stalls
    demand_day = inf if demand is None else day_of(demand.week, span)
    migration_day = inf if migration is None else day_of(migration.week, span)
    return chosen.Stress(
        leaves_day=inf if leaves is None else day_of(leaves.week, span),
        manager_day=inf if manager is None else day_of(manager.week, span),
        analyst_day=inf if analyst is None else day_of(analyst.week, span),
        target_day=inf if target is None else day_of(target.week, span),
        target_factor=1.0 if target is None else target.factor.value,
        demand_day=demand_day,
        demand_until=inf if demand is None else demand_day + DAYS_PER_WEEK * demand.weeks.value,
        demand_factor=1.0 if demand is None else demand.factor.value,
        segment_day=inf if segment is None else day_of(segment.week, span),
        segment_shift=0.0 if segment is None else segment.shift.value,
        segment_share=0.0 if segment is None else segment.share.value,
        segment_slower=1.0 if segment is None else segment.slower.value,
        migration_day=migration_day,
        migration_until=inf if migration is None else migration_day + DAYS_PER_WEEK * migration.weeks.value,
        migration_factor=1.0 if migration is None else migration.factor.value,
        migration_desk_lost=0.0 if migration is None else migration.desk_lost.value,
        stall_at_share=2.0 if stall is None else stall.at_share.value,
    )


def span_of(scenario: Scenario) -> Span:
    """The calendar in quarters, weeks and days."""
    warmup = int(scenario.calendar.warmup_quarters.value) + LEAD_IN_QUARTERS
    quarters = int(scenario.calendar.quarters.value)
    return Span(
        warmup_quarters=warmup,
        quarters=quarters,
        measured_from=warmup * DAYS_PER_QUARTER,
        end=(warmup + quarters) * DAYS_PER_QUARTER,
        weeks=(warmup + quarters) * WEEKS_PER_QUARTER,
    )


def parameters_of(scenario: Scenario) -> Parameters:
    """Everything that the engines need of a resolved scenario; picklable, hashable."""
    world, span = scenario.world, span_of(scenario)
    restated = world.forecasting.restated_share
    today = choices_of(world.today.design, world.today.coordination, world.today.heroics, span)
    return Parameters(
        span=span,
        demand=demand_of(world.demand),
        buyers=market.Buyers(**plain(world.buyers)),
        marketing=functions.Marketing(**plain(world.marketing)),
        handoff=functions.MarketingToSales(**plain(world.marketing_to_sales)),
        sales=sales_of(world.sales),
        desk=functions.Desk(**plain(world.desk)),
        customers=functions.Customers(**plain(world.customers)),
        definitions=firm.Definitions(**plain(world.definitions)),
        forecasting=firm.Forecasting(
            **{**plain(world.forecasting), "restated_share": -1.0 if restated is None else restated.value}
        ),
        leadership=firm.Leadership(**plain(world.leadership)),
        reconciliation=firm.Reconciliation(**plain(world.reconciliation)),
        people=firm.People(**plain(world.people)),
        remedies=firm.Remedies(**plain(world.remedies)),
        loops=firm.Loops(**plain(world.loops)),
        today=today,
        chosen=choices_of(scenario.design, scenario.coordination, scenario.heroics, span).against(today),
        stress=stress_of(scenario.stress, span),
    )
