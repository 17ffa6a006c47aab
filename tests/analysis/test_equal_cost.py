"""Remedies made smaller to what another costs: who is set against whom, and when money is told."""

from __future__ import annotations

import pytest

from revsim.analysis.cube import Cube
from revsim.analysis.equal_cost import matched, mix_words, name_at_cost, net_gap_words, variance_gap_words
from revsim.analysis.interval import Interval
from revsim.analysis.phrases import Judged
from tests.analysis.cubes import cube
from tests.analysis.judged_by_hand import bare, judged, row

SMALL = name_at_cost("Design", "Talk")
NAMES = ("Today", "Talk", "Design", SMALL)
COST = Interval(3e3, 2e3, 4e3)


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (NAMES, [(3, 1)]),
        (("Talk", "Design", SMALL, name_at_cost("Talk", "Design")), [(2, 0), (3, 1)]),
        (("Today", "Talk", SMALL), []),
        (("Today", "Design", SMALL), []),
        (("Today", "Talk", "Design"), []),
    ],
)
def test_a_smaller_version_is_set_against_what_it_costs_where_both_names_are_there(
    names: tuple[str, ...], pairs: list[tuple[int, int]]
) -> None:
    assert matched(bare(names)) == pairs


def made() -> Cube:
    base = cube(NAMES)
    number, booked = base.weekly["forecast"][0], base.quarterly["bookings"][0][..., None]
    sold = {"Talk": base.quarterly["bookings"][0] - 10.0}
    near = {SMALL: booked + 0.5 * (number - booked), "Talk": number - 10.0}
    return cube(NAMES, bookings=sold, forecast=near)


def of(effect: Interval | None = COST, **more: object) -> Judged:
    return judged(row("Talk", "remedy_cost", effect=effect), cube=made(), **more)


def test_the_variance_of_the_smaller_is_a_quarter_and_the_cost_is_the_cheaper_one_s() -> None:
    """Half the errors on the bookings of all; the cheaper one books a tenth less with the errors of all."""
    (said,) = variance_gap_words(of())
    assert said.startswith("At equal cost of 3.00k EUR a quarter, given this company's numbers, “Design at the cost of")
    assert "against “Talk” changes forecast variance at mid-quarter by -" in said
    assert said.endswith(": better.")


@pytest.mark.parametrize("more", [{"effect": None}, {"one_company": False}])
def test_no_cost_is_told_where_there_is_none_or_of_several_companies(more: dict) -> None:
    (said,) = variance_gap_words(of(**more))
    assert said.startswith("At equal cost, given th")


def test_net_values_are_set_against_each_other_with_a_margin_in_one_company_alone() -> None:
    (said,) = net_gap_words(of(margin=0.5))
    assert "against “Talk” changes net value without renewals and expansion by +5.00 EUR a quarter" in said
    assert said.count(": better") == 2
    assert "; with them by +5.00 EUR a quarter" in said
    assert net_gap_words(of()) == []
    assert net_gap_words(of(margin=0.5, one_company=False)) == []


def test_the_smaller_version_is_said_to_be_the_same_mix() -> None:
    assert mix_words(of()) == [
        "“Design at the cost of Talk” is the same mix made smaller, not the best design for that money."
    ]
    assert mix_words(judged(cube=bare(("Today", "Talk")))) == []
