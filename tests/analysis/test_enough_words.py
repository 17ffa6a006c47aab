"""Whether a scenario in between is enough: what the verdict says of it, of frames whose truth is known."""

from __future__ import annotations

import re

import numpy as np
import pytest

from revsim.analysis.comparison import Comparison, Provenance, compare_cube, compare_frames, paired
from revsim.analysis.enough_words import enough_words, next_best, reach
from revsim.analysis.interval import Interval
from revsim.analysis.net_words import both_words, net_of, sum_words
from revsim.analysis.phrases import Judged, change_words
from revsim.analysis.ranking import between_common
from revsim.analysis.reach_words import pairing_words
from revsim.analysis.variance import HEADLINE
from tests.analysis.cubes import cube
from tests.analysis.judged_by_hand import bare, row
from tests.analysis.judged_by_hand import judged as by_hand
from tests.analysis.synthetic import study

COST, REVENUE = "remedy_cost_design", "renewed_value"


def compared(
    errors: dict[str, float], added: dict[tuple[str, str], float], *, margin: float = 0.5, common: bool = False
) -> Comparison:
    """A study with sums added to columns of scenarios: {(scenario, column): sum}, noisy by replication."""
    quarters, weeks = study(errors, 60, common=common)
    noise = np.random.default_rng(5)
    for (name, column), much in added.items():
        own = quarters["scenario"] == name
        quarters.loc[own, column] += much + noise.standard_normal(int(own.sum()))
    names = list(errors)
    return compare_frames(quarters, weeks, names, names[0], "USD", Provenance(margin=margin))


def judged(comparison: Comparison) -> Judged:
    return Judged(comparison.cube, 0, "USD", comparison.rows, comparison.best_chance, 0.5)


def test_a_cheaper_one_that_also_lowers_the_variance_is_told_with_its_share_of_the_effect_and_its_cost() -> None:
    found = compared({"a": 0.3, "dear": 0.1, "cheap": 0.2}, {("dear", COST): 90.0, ("cheap", COST): 30.0})
    part = reach(judged(found), 2, 1)
    said = re.search(
        r"“cheap” also clearly lowers the variance: (.*), (\d+) % \(95 % interval (\d+) % to (\d+) %\) of what “dear” "
        r"takes off, for (\S+) USD cost a quarter\.",
        found.paragraphs.answer,
    )
    assert said is not None
    assert said[1] == change_words(found.row(2, HEADLINE).relative)
    assert [float(said[k]) for k in (2, 3, 4)] == pytest.approx([100 * each for each in part], abs=0.51)
    assert float(said[5]) == pytest.approx(30.0, abs=1.0)


def test_the_share_of_the_effect_is_that_of_the_variances_taken_off() -> None:
    found = compared({"a": 0.2, "best": 0.1, "middle": 0.15}, {}, common=True)  # the same errors, scaled
    assert reach(judged(found), 2, 1) == pytest.approx([(1 - 0.75**2) / (1 - 0.5**2)] * 3)


def test_one_that_lowers_the_variance_by_selling_more_is_said_not_to_do_so_on_the_baselines_bookings() -> None:
    quarters, weeks = study({"a": 0.3, "best": 0.1, "more": 0.3}, 60, common=False)
    mine, also = quarters["scenario"] == "more", weeks["scenario"] == "more"
    sold = quarters.loc[mine, "bookings"].to_numpy()
    weeks.loc[also, "forecast"] += np.repeat(0.5 * sold, 13)  # half as much again, with the errors of before
    quarters.loc[mine, "bookings"] = 1.5 * sold
    found = compare_frames(quarters, weeks, ["a", "best", "more"], "a", "USD")
    change = change_words(found.row(2, f"{HEADLINE}_common").relative)
    assert "“more” also clearly lowers the variance" in found.paragraphs.answer
    assert f"; against the baseline's bookings not clearly: {change}." in found.paragraphs.answer


def test_one_that_lowers_the_variance_on_the_baselines_bookings_too_needs_no_such_word() -> None:
    assert "baseline's bookings" not in compared({"a": 0.3, "best": 0.1, "next": 0.2}, {}).paragraphs.answer


def test_of_several_cheaper_ones_the_lowest_is_told_and_the_rest_named() -> None:
    errors = {"a": 0.4, "dear": 0.1, "near": 0.15, "far": 0.22, "dearest": 0.14}
    found = compared(errors, {("dear", COST): 60.0, ("dearest", COST): 90.0}).paragraphs.answer
    assert "“near” also clearly lowers the variance" in found
    assert "cost a quarter. So do “far” and “dearest”." in found


def test_that_no_other_scenario_clearly_lowers_the_variance_is_said_with_the_nearest() -> None:
    found = compared({"a": 0.2, "best": 0.1, "same": 0.2, "worse": 0.3}, {})
    change = change_words(found.row(2, HEADLINE).relative)
    words = f"No other scenario clearly lowers the variance: the nearest, “same”, changes it by {change}."
    assert words in found.paragraphs.answer


def test_the_only_other_one_is_named_where_it_does_not_clearly_lower_the_variance() -> None:
    found = compared({"a": 0.2, "best": 0.1, "same": 0.2}, {})
    change = change_words(found.row(2, HEADLINE).relative)
    assert f"“same” does not clearly lower the variance: {change}." in found.paragraphs.answer


def test_a_single_remedy_is_measured_against_no_other() -> None:
    found = compared({"a": 0.2, "best": 0.1}, {}).verdict
    assert "clearly lower" not in found
    assert "is worth" not in found


@pytest.mark.parametrize(
    ("more", "word"), [(40.0, "clearly more"), (-40.0, "clearly less"), (0.0, "not clearly more or less")]
)
def test_two_net_values_are_set_against_each_other_with_their_paired_difference(more: float, word: str) -> None:
    found = compared({"a": 0.3, "best": 0.1, "next": 0.2}, {("best", REVENUE): 80.0 + more, ("next", REVENUE): 80.0})
    net, gap = (net_of(found.cube, own, base, 0.5) for own, base in ((2, 0), (1, 2)))
    first = f"That of “next” is {both_words(net, 'USD')}."
    told = f"{sum_words(gap.without_renewals, 'USD')}, and with them {word}: {sum_words(gap.value, 'USD')}."
    assert f"{first} “best” is worth " in found.paragraphs.money
    assert found.paragraphs.money.endswith(f" than “next” without renewals and expansion: {told}")


def test_over_more_quarters_every_net_value_is_told_once_more_without_renewals_first() -> None:
    quarters, weeks = study({"a": 0.3, "best": 0.1, "next": 0.2}, 60, common=False)
    cube, _ = paired(quarters, weeks, ["a", "best", "next"])
    more, _ = paired(*study({"a": 0.3, "best": 0.1, "next": 0.2}, 20, 8, common=False), ["a", "best", "next"])
    found = compare_cube(cube, "a", "USD", 0, Provenance(margin=0.5, longer=more))
    for own, base in ((1, 0), (2, 0), (1, 2)):
        words = both_words(net_of(more, own, base, 0.5), "USD")
        assert f"; over 8 quarters (20 replications) {words}" in found.paragraphs.money
    assert "over 8 quarters" not in compare_cube(cube, "a", "USD", 0, Provenance(margin=0.5)).verdict


def test_the_other_scenario_that_is_worth_most_is_told_even_if_it_does_not_lower_the_variance() -> None:
    found = compared({"a": 0.3, "best": 0.1, "next": 0.2, "rich": 0.3}, {("rich", REVENUE): 100.0}).paragraphs.money
    said = r"“best” is worth .* than “next” .*; .* than “rich” without renewals and expansion: .* them clearly less: -"
    assert re.search(said, found)


def test_without_a_margin_no_net_values_are_set_against_each_other() -> None:
    assert "is worth" not in compared({"a": 0.3, "best": 0.1, "next": 0.2}, {}, margin=np.nan).verdict


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.5, "does for the headline's effect what 2.00 times as many replications"), (-0.2, "saves no replications")],
)
def test_what_the_same_luck_bought_is_told_in_replications(share: float, words: str) -> None:
    rows = [row._replace(variance_reduction=share) for row in compared({"a": 0.2, "b": 0.1}, {}).rows.values()]
    assert pairing_words(rows).startswith(f"The same luck for all {words}")


def test_a_rival_that_is_beaten_by_volume_alone_is_said_not_to_be_beaten_on_the_baselines_bookings() -> None:
    quarters, weeks = study({"a": 0.3, "more": 0.2, "talk": 0.2}, 60, common=False)
    for name, kind in (("more", "design"), ("talk", "coordination")):
        quarters.loc[quarters["scenario"] == name, f"remedy_cost_{kind}"] += 50.0
    mine, also = quarters["scenario"] == "more", weeks["scenario"] == "more"
    sold = quarters.loc[mine, "bookings"].to_numpy()
    weeks.loc[also, "forecast"] += np.repeat(0.5 * sold, 13)  # half as much again, with the errors of before
    quarters.loc[mine, "bookings"] = 1.5 * sold
    found = compare_frames(quarters, weeks, ["a", "more", "talk"], "a", "USD")
    gap = between_common(found.cube, 1, 2, 0)
    assert gap.high > 0.0
    assert "“more” has a clearly lower variance than “talk”" in found.paragraphs.answer
    assert f"; against the baseline's bookings not clearly: {change_words(gap)}." in found.paragraphs.answer


def test_what_a_row_without_an_effect_costs_is_nothing_so_that_dearer_is_what_costs_more() -> None:
    """The cheaper of those that lower the variance is told; if none is cheaper, the one of lowest variance."""
    low = Interval(-0.4, -0.5, -0.3)

    def asked(costs: dict[str, float | None]) -> int | None:
        rows = [row(name, HEADLINE, 0.1 * (place + 1), low, low, "better") for place, name in enumerate("abcd")]
        rows += [
            row(name, "remedy_cost", effect=None if cost is None else Interval(cost, cost, cost))
            for name, cost in costs.items()
        ]
        return next_best(by_hand(*rows, cube=bare(("a", "b", "c", "d"))), 1, [1, 2, 3])

    assert asked({"b": 5.0, "c": 7.0, "d": 3.0}) == 3
    assert asked({"b": 5.0, "c": 3.0, "d": 3.0}) == 2
    assert asked({"b": 5.0, "c": 5.0, "d": 9.0}) == 2
    assert asked({"b": 0.5, "c": 0.5, "d": None}) == 3
    assert asked({"b": None, "c": 0.5, "d": 0.7}) == 2


def others(words: dict[str, tuple[str, str]]) -> str:
    """What is said of scenarios with these words for the headline, and against the baseline's bookings."""
    part = Interval(-0.4, -0.5, -0.3)
    names = ("a", "best", *words)
    rows = [row("best", "remedy_cost"), row("best", HEADLINE, 0.01, part, part, "better")]
    for place, (name, (own, common)) in enumerate(words.items()):
        rows += [
            row(name, HEADLINE, 0.02 + 0.001 * place, part, part, own),
            row(name, f"{HEADLINE}_common", 0.02, part, part, common),
            row(name, "remedy_cost"),
        ]
    made = cube(names, forecast={name: cube(("a",)).weekly["forecast"][0] for name in names})
    return enough_words(by_hand(*rows, cube=made), 1, [1, *range(2, len(names))])


YES, NO = "better", "no clear difference"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"x": (YES, YES)}, "-30.0 %), for no added cost."),
        ({"x": (YES, NO)}, "bookings not clearly: -40.0 % (95 % interval -50.0 % to -30.0 %)."),
        ({"x": (YES, YES), "y": (YES, YES)}, " So does “y”."),
        ({"x": (YES, YES), "y": (YES, YES), "z": (YES, YES)}, " So do “y” and “z”."),
        (
            {"x": (YES, YES), "y": (YES, YES), "z": (YES, NO)},
            "“y” and “z”, “z” not clearly against the baseline's bookings.",
        ),
        ({"x": (YES, YES), **dict.fromkeys("uvw", (YES, YES))}, " So do 3 others."),
        ({"x": (NO, NO), "y": (NO, NO)}, "the nearest, “x”, changes it by -40.0 % (95 % interval -50.0 % to -30.0 %)."),
        ({"x": (NO, NO)}, "“x” does not clearly lower the variance: -40.0 % (95 % interval -50.0 % to -30.0 %)."),
    ],
)
def test_who_else_lowers_the_variance_is_told_by_name_or_number(words: dict[str, tuple[str, str]], told: str) -> None:
    assert others(words).endswith(told)
