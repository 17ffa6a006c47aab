"""The search for the best mix and what fresh luck says of it, on a tiny company."""

from __future__ import annotations

import pytest

import revsim
from revsim.analysis.balance import parts
from revsim.api import Scenario, run_plan
from revsim.errors import UserError
from revsim.scenario.address import get
from revsim.scenario.sides import SIDES
from revsim.settings import Settings
from revsim.studies.frontier import FrontierStudy, checked_budgets
from revsim.studies.search import Effort, Search, Searched
from tests.tiny import tiny

BASE = Scenario(tiny({"calendar.quarters": 2}))
BUDGETS = (200.0, 4000.0)
EFFORT = Effort(mixes=16, rounds=2, replications=3, finalists=2, race=2, leaders=1)
SETTINGS = Settings(3, 1, workers=1, continuations=0)


def searched(side: str = "coordination", seed: int = 1) -> Searched:
    return Search(BASE, side, BUDGETS, Settings(3, seed, workers=1, continuations=0), EFFORT).run()


@pytest.fixture(scope="module")
def coordination() -> Searched:
    return searched()


@pytest.fixture(scope="module")
def study() -> FrontierStudy:
    return revsim.frontier(
        BASE, sides=["design"], budgets=BUDGETS, quarters=2, effort=EFFORT, replications=4, workers=1
    )


def test_what_the_search_sees_in_a_mix_is_its_balance_on_that_luck(coordination: Searched) -> None:
    chosen = max(coordination.tried[:8], key=lambda one: one.worth.cost)
    best = coordination._replace(best={1.0: chosen}).mix(1.0, "Mix")
    cube = run_plan([BASE, best], SETTINGS).paired[0]
    found = parts(cube, 1, 0, BASE.resolved.world.people.margin.value)
    assert chosen.worth.net_without_renewals == pytest.approx(found["net_without_renewals"].mean())
    assert chosen.worth.net == pytest.approx(found["net"].mean())
    assert chosen.worth.cost == pytest.approx(-(found["design"] + found["coordination"]).mean())


def test_today_s_mix_is_tried_and_is_worth_nothing(coordination: Searched) -> None:
    first = coordination.tried[0]
    assert first.values == tuple(lever.today for lever in coordination.levers)
    assert first.worth == pytest.approx((0.0, 0.0, 0.0, 0.0, 0.0))


def test_more_money_never_buys_less_and_no_budget_is_overdrawn(coordination: Searched) -> None:
    low, high = (coordination.best[budget].worth for budget in BUDGETS)
    assert 0.0 <= low.net_without_renewals <= high.net_without_renewals
    assert low.cost <= BUDGETS[0]
    assert high.cost <= BUDGETS[1]


def test_a_search_is_the_same_again_and_another_with_another_seed(coordination: Searched) -> None:
    assert searched() == coordination
    assert searched(seed=2).tried != coordination.tried


def test_finalists_race_on_luck_that_did_not_choose_them(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, set[int]] = {}
    true = Search._measured

    def watched(self: Search, mixes: object, replications: range, stage: str) -> object:
        seen.setdefault(stage.split(maxsplit=1)[0], set()).update(replications)
        return true(self, mixes, replications, stage)  # type: ignore[arg-type]

    monkeypatch.setattr(Search, "_measured", watched)
    searched()
    assert not (seen["sample"] | seen["round"]) & (seen["race"] | seen["final"])


def test_the_best_mixes_are_judged_on_the_luck_of_the_next_seed(study: FrontierStudy) -> None:
    assert study.study.finished.manifest.seed == 2
    assert [each.name for each in study.scenarios] == ["Tiny, changed", "Design at 200", "Design at 4k"]
    row, effect = study.rows[1], study.study.effects().set_index(["scenario", "measure"])
    here = effect.loc[("Design at 4k", "net_value_without_renewals")]
    assert tuple(row.net_value_without_renewals) == pytest.approx(tuple(here[["estimate", "low", "high"]]))


def test_the_best_side_is_behind_nobody_and_the_others_are_by_a_paired_difference(study: FrontierStudy) -> None:
    both = revsim.frontier(
        BASE,
        sides=["coordination", "design"],
        budgets=BUDGETS[1:],
        quarters=2,
        effort=EFFORT,
        replications=4,
        workers=1,
    )
    nets = [row.net_value_without_renewals.estimate for row in both.rows]
    assert [row.behind.estimate for row in both.rows] == pytest.approx([max(nets) - net for net in nets])
    assert all(row.behind.estimate == 0.0 for row in study.rows)


def test_tables_hold_every_lever_and_all_that_was_tried(study: FrontierStudy) -> None:
    frontier, search = study.frames["frontier"], study.frames["search"]
    assert frontier[["side", "budget"]].to_numpy().tolist() == [["design", budget] for budget in BUDGETS]
    for scenario, (_, row) in zip(study.scenarios[1:], frontier.iterrows(), strict=True):
        assert [row[at] for at in SIDES["both"]] == [get(scenario.resolved, at).value for at in SIDES["both"]]
    assert len(search) == len(study.searches[0].tried)
    assert {"sample", "race", "final"} <= set(search["stage"])


@pytest.mark.parametrize("budgets", [(), (0.0,), (-1.0, 5.0), (float("inf"),), (float("nan"),)])
def test_budgets_that_buy_nothing_are_refused(budgets: tuple[float, ...]) -> None:
    with pytest.raises(UserError, match="above 0"):
        checked_budgets("--cost", budgets)


def test_budgets_come_in_order_and_each_once() -> None:
    assert checked_budgets("--cost", [5.0, 1.0, 5.0]) == (1.0, 5.0)
