"""Parts of the verdict by hand: which words are chosen for which numbers."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.estimates import UNCLEAR, UNJUDGED
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.phrases import (
    change_words,
    cost_words,
    forms_words,
    given,
    miss_words,
    price_words,
    root_words,
    spread,
    spread_words,
    structure_words,
    volume_words,
    within,
    worth_words,
)
from revsim.analysis.variance import HEADLINE
from tests.analysis.judged_by_hand import judged, row

STRUCTURE, COMMON = f"{HEADLINE}_structure", f"{HEADLINE}_common"
DOWN, UP = Interval(-0.4, -0.5, -0.3), Interval(0.2, 0.1, 0.3)
LEANS_UP, LEANS_DOWN = Interval(0.2, -0.1, 0.5), Interval(-0.2, -0.5, 0.1)
SEVERAL = Interval(2e6, 1e6, 3e6)


def test_what_is_taken_as_known_is_of_one_company_or_of_several() -> None:
    assert (given(judged()), given(judged(one_company=False))) == (
        "given this company's numbers",
        "given these companies' numbers",
    )


@pytest.mark.parametrize("ends", [(np.nan, 0.1), (0.1, np.nan), (np.nan, np.nan), (-np.inf, 0.1)])
def test_an_interval_without_an_end_is_none(ends: tuple[float, float]) -> None:
    assert within(Interval(0.1, *ends)) == " (no interval)"


def test_a_change_is_told_in_percent_with_its_ends() -> None:
    assert change_words(Interval(-0.3, -0.4, -0.2)) == "-30.0 % (95 % interval -40.0 % to -20.0 %)"
    assert change_words(Interval(0.3, 0.3, 0.3)) == "+30.0 %"
    assert change_words(Interval(30.0, 20.0, 40.0)) == "+3,000 % (95 % interval +2,000 % to +4,000 %)"


def test_the_spread_is_the_root_of_the_variance_as_a_share_and_in_money() -> None:
    of = judged(row("b", HEADLINE, 0.04), row("b", "bookings", 5e6))
    assert spread(of, 1) == pytest.approx((0.2, 1e6))
    assert spread_words(of, 1) == "±20.0 % of bookings (±1.00M EUR a quarter)"


def test_a_variance_below_zero_has_no_spread() -> None:
    assert spread(judged(row("b", HEADLINE, -0.04), row("b", "bookings", 5e6)), 1) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("bias", "told"), [(0.05, "5.00 % too high"), (-0.05, "5.00 % too low"), (0.0, "0 % too low"), (np.nan, None)]
)
def test_the_bias_is_told_without_its_sign_where_there_is_one(bias: float, told: str | None) -> None:
    of = judged(row("b", HEADLINE, 0.04), row("b", "bookings", 5e6), row("b", "bias_week_7", bias))
    said = miss_words(of, 1)
    assert "by ±20.0 % (one standard deviation), ±1.00M EUR" in said
    assert (told in said) if told else said.endswith("a quarter.")


def test_the_root_goes_from_the_baseline_s_to_the_scenario_s() -> None:
    rows = [row("a", HEADLINE, 0.09), row("b", HEADLINE, 0.04), row("a", "bookings", 100.0), row("b", "bookings", 50.0)]
    assert "from ±30.0 % of bookings (±30.0 EUR a quarter) to ±20.0 % of bookings (±10.0 EUR" in root_words(
        judged(*rows), 1
    )


@pytest.mark.parametrize(
    ("cost", "told"),
    [
        (None, "no added cost"),
        (Interval(0.0, -1.0, 1.0), "no added cost"),
        (NOTHING, "no added cost"),
        (Interval(1.0, 1.0, 1.0), "1.00 EUR cost a quarter"),
        (Interval(-2e3, -3e3, -1e3), "2.00k EUR less cost a quarter"),
    ],
)
def test_a_cost_is_told_by_its_size_and_its_side(cost: Interval | None, told: str) -> None:
    assert cost_words(judged(row("b", "remedy_cost", effect=cost)), 1) == told


@pytest.mark.parametrize(
    ("word", "doubt"), [("better", ""), (UNCLEAR, " (no clear difference)"), (UNJUDGED, " (not judged)")]
)
def test_a_gain_that_is_not_clear_is_called_so_and_has_its_price_in_one_company_alone(word: str, doubt: str) -> None:
    rows = row("b", "bookings", effect=SEVERAL, word=word), row("b", "remedy_cost", effect=Interval(3e3, 1e3, 5e3))
    gain = f"+2.00M EUR new business a quarter{doubt}"
    assert price_words(judged(*rows), 1) == f"{gain} for 3.00k EUR cost a quarter"
    assert price_words(judged(*rows, one_company=False), 1) == gain


@pytest.mark.parametrize(("margin", "one"), [(np.nan, True), (0.5, False), (np.nan, False)])
def test_no_worth_is_told_without_a_margin_or_of_several_companies(margin: float, *, one: bool) -> None:
    assert worth_words(judged(margin=margin, one_company=one), 1) == ""


@pytest.mark.parametrize(
    ("own", "common", "told"),
    [
        (DOWN, UP, True),
        (DOWN, LEANS_UP, True),
        (LEANS_DOWN, UP, True),
        (UP, DOWN, True),
        (LEANS_DOWN, LEANS_UP, False),
        (DOWN, LEANS_DOWN, False),
        (UP, LEANS_UP, False),
        (DOWN, Interval(0.0, 0.0, 0.0), False),
    ],
)
def test_forms_disagree_where_their_signs_differ_and_one_is_clear(
    own: Interval, common: Interval, *, told: bool
) -> None:
    volume = volume_words(judged(row("b", HEADLINE, relative=own), row("b", COMMON, relative=common)), 1)
    parts = row("b", HEADLINE, effect=own), row("b", STRUCTURE, effect=common)
    chance = structure_words(judged(*parts, row("a", HEADLINE, 0.5), row("a", STRUCTURE, 0.25)), 1)
    assert (bool(volume), bool(chance)) == (told, told)


def test_volume_is_told_with_both_changes() -> None:
    said = volume_words(judged(row("b", HEADLINE, relative=DOWN), row("b", COMMON, relative=UP)), 1)
    assert "bookings the variance changes by +20.0 %, against its own by -40.0 %." in said


def test_chance_is_told_with_both_effects_and_the_baseline_s_levels() -> None:
    parts = row("b", HEADLINE, effect=DOWN), row("b", STRUCTURE, effect=UP)
    said = structure_words(judged(*parts, row("a", HEADLINE, 0.5), row("a", STRUCTURE, 0.25)), 1)
    assert "structure changes by +0.200 from 0.250, the whole variance by -0.400 from 0.500." in said


@pytest.mark.parametrize("gone", [HEADLINE, STRUCTURE])
def test_what_has_no_effect_is_not_set_against_the_other(gone: str) -> None:
    effects = {HEADLINE: DOWN, STRUCTURE: UP, gone: None}
    rows = [row("b", measure, effect=effect) for measure, effect in effects.items()]
    assert structure_words(judged(*rows, row("a", HEADLINE, 0.5), row("a", STRUCTURE, 0.25)), 1) == ""


def test_each_choice_has_a_warning_for_either_form() -> None:
    rows = [
        row(name, measure, 0.5, Interval(sign * 0.1, *ends), Interval(sign * 0.1, *ends))
        for name in ("a", "b")
        for measure, sign, ends in ((HEADLINE, 1, (0.05, 0.2)), (COMMON, -1, (-1, 1)), (STRUCTURE, -1, (-1, 1)))
    ]
    told = forms_words(judged(*rows), [1, 0])
    assert [line[: len("What “b” changes is volume")].split(" is ") for line in told] == [
        ["What “b” changes", "volume"],
        ["What “b” changes", "chance"],
        ["What “a” changes", "volume"],
        ["What “a” changes", "chance"],
    ]
