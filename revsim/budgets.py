"""A comparison at equal budget: beside each dearer remedy a smaller one that costs what the cheapest does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed

from revsim.analysis.equal_cost import name_at_cost
from revsim.api import Scenario, plan_of
from revsim.experiment import equal_budget as budget
from revsim.experiment.replicate import replicate
from revsim.notices import say, silent
from revsim.prepare import prepare
from revsim.scenario.smaller import smaller
from revsim.settings import Settings


def at_equal_budget(scenarios: Sequence[Scenario], settings: Settings) -> list[Scenario]:
    """The scenarios, and beside each dearer remedy a smaller one that costs what the cheapest does.

    Costs are told by a pilot of some replications. Raises UserError unless at least two remedies cost anything.
    """
    few = changed(settings, replications=budget.PILOT, continuations=0)

    def cost(scenario: Scenario) -> float:
        plan = plan_of([scenario], changed(few, baseline=None))
        outcomes = (replicate(plan.task, number) for number in range(plan.replications))
        return budget.mean_cost([quarters for one in outcomes for quarters, _ in one.tables.values()])

    prepare(settings.engine, silent if settings.quiet else say)
    base = next(each for each in scenarios if each.name == (settings.baseline or scenarios[0].name))
    usual = cost(base)
    costs = {each.name: cost(each) - usual for each in scenarios if each is not base}
    by_name = {each.name: each for each in scenarios}

    def at_share(name: str, share: float, smaller_name: str) -> Scenario:
        return Scenario(smaller(by_name[name].resolved, share, smaller_name), by_name[name].file)

    least, shares = budget.shares_at(costs, lambda name, share: cost(at_share(name, share, name)) - usual)
    return [*scenarios, *(at_share(name, part, name_at_cost(name, least)) for name, part in shares.items())]
