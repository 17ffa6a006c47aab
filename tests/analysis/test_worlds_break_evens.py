"""The value at which a number turns a net value: found where it is known, with an interval that holds it, else none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.worlds.break_evens import ABOVE, BELOW, Search, break_even_rows, break_evens, words
from revsim.analysis.worlds.contests import NET, NEW_NET, VARIANCE
from revsim.analysis.worlds.crossing import crossing, ranks, value_at
from revsim.analysis.worlds.hypercube import latin_hypercube
from revsim.analysis.worlds.phrasing import Assumed

AXES = [Assumed(f"world.x{k}", f"Title of x{k}", "weeks", "") for k in range(12)]


def draws_of(worlds: int, seed: int) -> pd.DataFrame:
    points = 10.0 * latin_hypercube(worlds, len(AXES), seed)
    return pd.DataFrame(points, index=pd.RangeIndex(1, worlds + 1), columns=[axis.name for axis in AXES])


def search_of(effect: np.ndarray, draws: pd.DataFrame, criterion: str = NEW_NET) -> Search:
    contests = pd.DataFrame({"world": draws.index, "scenario": "B", "against": "A", "criterion": criterion})
    return break_evens(contests.assign(estimate=effect), draws, AXES, "A")


def noise(seed: int, worlds: int = 100) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(worlds)


def test_a_line_without_noise_crosses_where_it_is_zero() -> None:
    values = np.arange(40.0)
    found = crossing(values, 12.0 - 30.0 * ranks(values))
    assert found is not None
    assert found.rank == pytest.approx((0.4, 0.4, 0.4))
    assert (found.at_lowest, found.at_highest) == pytest.approx((12.0, -18.0))
    assert value_at(0.4, values) == pytest.approx(15.5)
    assert found.p < 1e-12
    assert found.p_turns < 1e-12


def test_the_number_that_turns_it_is_found_at_its_value_and_no_other_is() -> None:
    """Y = 4 - x3 of 0 to 10, beside what another number and chance do: it turns at 4, and is positive below."""
    draws = draws_of(120, 5)
    effect = 4.0 - draws["world.x3"].to_numpy() + 0.3 * (draws["world.x7"].to_numpy() - 5.0) + noise(1, 120)
    (one,) = search_of(effect, draws).found
    assert one.axis.name == "world.x3"
    assert one.side == BELOW
    assert one.at.low < 4.0 < one.at.high
    assert one.at.high - one.at.low < 2.0


def test_turning_the_effect_round_turns_the_side_and_leaves_the_value() -> None:
    draws = draws_of(120, 5)
    effect = 4.0 - draws["world.x3"].to_numpy() + noise(1, 120)
    (one,), (other,) = (search_of(sign * effect, draws).found for sign in (1.0, -1.0))
    assert (one.side, other.side) == (BELOW, ABOVE)
    assert other.at == pytest.approx(one.at)
    assert other.q == pytest.approx(one.q)


def test_a_number_that_moves_an_effect_without_turning_it_has_no_break_even() -> None:
    draws = draws_of(120, 5)
    assert search_of(20.0 + draws["world.x3"].to_numpy() + noise(1, 120), draws).found == []


def test_noise_turns_nothing_more_often_than_one_study_in_twenty() -> None:
    """120 studies of 12 numbers each at 5 %: more than 13 alarms have probability 0.003 if the rate is kept."""
    alarms = sum(bool(search_of(noise(seed), draws_of(100, seed)).found) for seed in range(120))
    assert alarms <= 13


def test_the_interval_holds_the_true_value_about_as_often_as_it_says() -> None:
    """Errors that grow along the number; of 200 at 95 %, fewer than 178 have probability under 0.001."""
    held = 0
    for seed in range(200):
        u = np.random.default_rng([seed, 1]).permutation((np.arange(60) + 0.5) / 60.0)
        found = crossing(u, 0.6 - u + (0.2 + 0.6 * u) * noise(seed, 60))
        assert found is not None
        held += bool(found.rank.low <= 0.6 <= found.rank.high) or not np.isfinite(found.rank.low)
    assert held >= 178


def test_a_switch_has_no_value_at_which_anything_turns() -> None:
    values = np.repeat([0.0, 13.0], 30)
    assert crossing(values, 1.0 - values) is None


def test_few_worlds_are_not_asked() -> None:
    assert search_of(noise(1, 19), draws_of(19, 1)).asked == 0


def test_only_net_values_are_asked() -> None:
    draws = draws_of(120, 5)
    effect = 4.0 - draws["world.x3"].to_numpy()
    assert search_of(effect, draws, VARIANCE) == Search([], 0, "A")
    assert len(search_of(effect, draws, NET).found) == 1


def test_worlds_without_an_effect_are_left_out() -> None:
    draws = draws_of(120, 5)
    effect = 4.0 - draws["world.x3"].to_numpy() + noise(1, 120)
    effect[:10] = np.nan
    found = search_of(effect, draws).found
    rest = search_of(effect[10:], draws.iloc[10:]).found
    assert found[0].at == pytest.approx(rest[0].at)


def test_the_table_and_the_words_hold_the_same_break_even() -> None:
    draws = draws_of(120, 5)
    search = search_of(4.0 - draws["world.x3"].to_numpy() + noise(1, 120), draws)
    (row,) = break_even_rows(search).to_dict("records")
    assert (row["axis"], row["side"], row["criterion"]) == ("world.x3", BELOW, NEW_NET)
    assert row["low"] < row["at"] < row["high"]
    (said,) = words(search)
    assert f"{row['at']:.3g}" in said
    assert break_even_rows(Search([], 5)).empty
    assert len(words(Search([], 5))) == 1
