"""Net value as a measure of a study: a row of the table, a demand, a game to share out; the balance's own numbers."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.balance import balance
from revsim.analysis.comparison import Comparison, Provenance, compare_frames
from revsim.analysis.gains import gains_of
from revsim.analysis.requirement import findings, parse
from revsim.analysis.table import lines
from tests.analysis.synthetic import study

NAMES = ["a", "b"]


def compared(margin: float) -> Comparison:
    """The second scenario renews 100 more a quarter at a cost of 15 and some."""
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 40, common=False)
    quarters.loc[quarters["scenario"] == "b", "renewed_value"] += 100.0
    quarters.loc[quarters["scenario"] == "b", "people_cost"] += 15.0 + 0.1 * np.arange(160)
    return compare_frames(quarters, weeks, NAMES, "a", "USD", Provenance(margin=margin))


def test_the_effect_on_net_value_is_the_net_of_the_balance_with_its_interval() -> None:
    comparison = compared(0.5)
    effect = comparison.row(1, "net_value").effect
    assert effect is not None
    assert tuple(effect) == pytest.approx(tuple(balance(comparison.cube, 1, 0, 0.5).items["net"]), rel=1e-9)


def test_the_level_of_net_value_is_the_margin_on_all_business_less_all_cost() -> None:
    comparison = compared(0.5)
    level = {
        name: comparison.cube.quarterly[name][0].mean()
        for name in (
            *("bookings", "renewed_value", "expansion_value", "marketing_spend", "people_cost"),
            *("remedy_cost_design", "remedy_cost_coordination"),
        )
    }
    revenue = level["bookings"] + level["renewed_value"] + level["expansion_value"]
    costs = level["marketing_spend"] + level["people_cost"]
    costs += level["remedy_cost_design"] + level["remedy_cost_coordination"]
    assert comparison.row(0, "net_value").level.estimate == pytest.approx(0.5 * revenue - costs)


def test_the_table_ends_with_a_row_of_net_value_in_money_and_words() -> None:
    line = lines(compared(0.5))[-1]
    assert (line.group, line.title) == ("Cost and value", "Net value (contribution of all business less cost)")
    assert line.words == ["better"]
    assert line.cells[0].startswith("+")
    assert line.meaning


def test_without_a_margin_there_is_no_net_value_in_the_rows_nor_in_the_table() -> None:
    comparison = compared(float("nan"))
    assert "net_value" not in set(comparison.effects()["measure"])
    assert "net_value" not in {line.measure for line in lines(comparison)}


def test_a_requirement_can_ask_for_net_value() -> None:
    rows = compared(0.5).rows
    (met,) = findings([parse("b:net_value.effect_low > 0", NAMES, "a")], rows)
    (unmet,) = findings([parse("b:net_value.effect > 1000000", NAMES, "a")], rows)
    assert (met.is_met, unmet.is_met) == (True, False)


def test_net_value_can_be_shared_out_where_the_margin_is_known() -> None:
    comparison = compared(0.5)
    game = gains_of(comparison.cube, "net_value", 0, "USD")
    assert game.usable
    assert (game.unit, game.better) == ("USD/quarter", "higher")
    effect = comparison.row(1, "net_value").effect
    assert effect is not None
    assert game.whole[1] - game.whole[0] == pytest.approx(effect.estimate)
    assert not gains_of(comparison.cube._replace(margin=float("nan")), "net_value", 0, "USD").usable
