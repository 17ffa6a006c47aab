"""How far an answer carries, by hand: few replications, who may be best, what is chance, what the same luck bought."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.contest import Contestant
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.reach_words import (
    best_words,
    chance_words,
    contest_words,
    control_words,
    few_words,
    pairing_words,
)
from revsim.analysis.variance import HEADLINE
from tests.analysis.judged_by_hand import bare, judged, row

STRUCTURE, CHANCE = f"{HEADLINE}_structure", f"{HEADLINE}_chance"
ANY = Interval(0.1, 0.05, 0.2)


def contest(*able: bool) -> list[Contestant]:
    return [Contestant(place, "abc"[place], ANY, best) for place, best in enumerate(able)]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "1 replication is too few to judge anything; try --replications 100."),
        (2, "2 replications are too few to judge anything; try --replications 100."),
        (3, "3 replications are too few to judge small effects; try --replications 100."),
        (29, "29 replications are too few to judge small effects; try --replications 100."),
        (30, ""),
    ],
)
def test_fewer_than_three_judge_nothing_and_fewer_than_thirty_no_small_effect(count: int, told: str) -> None:
    assert few_words(judged(cube=bare(replications=count))) == told


@pytest.mark.parametrize(
    ("able", "told"),
    [
        ((), ""),
        ((False, False, False), ""),
        ((True, True, True), "no scenario can be ruled out"),
        ((True, False, True), "“a” or “c” can be the best"),
        ((False, True, False), "“b” is the only one that can be the best"),
    ],
)
def test_who_may_be_best_is_named_unless_all_may(able: tuple[bool, ...], told: str) -> None:
    said = contest_words(contest(*able))
    assert (told in said) if told else said == ""


def test_the_chance_of_being_best_stands_beside_who_may_be_it() -> None:
    of = judged(cube=bare(("a", "b", "c")), best_chance=[0.1, 0.85, 0.05])
    start = "“b” has the lowest variance of 3 scenarios with probability 85 %"
    assert best_words(of, 1) == f"{start}."
    assert best_words(of._replace(contest=contest(False, True, False)), 1).startswith(f"{start} and is the only one")
    assert best_words(of._replace(contest=contest(True, True, False)), 1).startswith(f"{start}. Of forecast variance")
    assert best_words(of._replace(contest=contest(True, False, False)), 1).startswith(f"{start}. Of forecast variance")
    assert best_words(of._replace(contest=contest(True, True, False)), None) == contest_words(
        contest(True, True, False)
    )


QUARTER, REST = Interval(0.02, 0.01, 0.03), Interval(0.06, 0.05, 0.07)


def parts(chance: Interval = QUARTER, structure: Interval = REST) -> list:
    levels = {HEADLINE: Interval(0.08, 0.07, 0.09), CHANCE: chance, STRUCTURE: structure}
    return [row("a", measure, level=0.0)._replace(level=level) for measure, level in levels.items()]


def test_chance_is_told_as_a_share_of_the_baseline_s_variance() -> None:
    said = chance_words(bare(), 0, parts())
    assert "25.0 % (12.5 % to 37.5 %) is chance" in said
    assert said.endswith("the system adds 0.06 (0.05 to 0.07) of 0.08.")


@pytest.mark.parametrize(
    "rows",
    [
        parts(chance=NOTHING),
        parts(structure=Interval(0.06, np.nan, np.nan)),
        [*parts()[1:], row("a", HEADLINE, 0.0)],
        [*parts()[1:], row("a", HEADLINE, np.nan)],
    ],
    ids=["no chance", "no interval", "no variance", "no number"],
)
def test_without_its_numbers_chance_is_not_told(rows: list) -> None:
    assert chance_words(bare(), 0, rows) == ""


def test_the_control_s_variance_stands_beside_chance_unless_it_is_the_baseline() -> None:
    control = row("Frictionless", HEADLINE, 0.015)
    ours, own = bare(("a", "Frictionless")), bare(("Frictionless", "b"))
    assert chance_words(ours, 0, [*parts(), control]).endswith(" Without friction all of it would be 0.015.")
    rows = [each._replace(scenario="Frictionless") for each in parts()]
    assert "Without friction" not in chance_words(own, 0, rows)


@pytest.mark.parametrize(
    ("variance", "chance", "is_told"), [(0.01, np.nan, True), (np.nan, np.nan, False), (0.01, 0.0, False)]
)
def test_the_control_is_told_where_it_has_a_number_and_continuations_tell_no_chance(
    variance: float, chance: float, *, is_told: bool
) -> None:
    rows = [row("Frictionless", HEADLINE, variance), row("a", CHANCE, chance), row("Frictionless", "bookings", 50.0)]
    said = control_words(judged(*rows, cube=bare(("a", "Frictionless"))))
    assert said.endswith("±10.0 % of bookings (±5.00 EUR a quarter).") if is_told else said == ""


def test_where_there_is_no_control_nothing_is_said_of_it() -> None:
    assert control_words(judged(row("a", CHANCE), row("a", HEADLINE, 0.1))) == ""


@pytest.mark.parametrize(
    ("saved", "told"),
    [
        ([0.9], "what 10.0 times as many"),
        ([0.9, 0.75], "what at least 4.00 times as many"),
        ([0.9, 0.0], "saves no replications"),
        ([-0.1], "saves no replications"),
        ([1.0], "leaves no noise"),
        ([1.0 - 1e-8], "times as many"),
        ([np.nan, 0.9], ""),
        ([], ""),
    ],
)
def test_the_same_luck_is_told_by_the_scenario_that_it_helps_least(saved: list[float], told: str) -> None:
    rows = [row("b", HEADLINE, effect=ANY, variance_reduction=one) for one in saved]
    others = [row("a", HEADLINE, variance_reduction=0.1), row("b", "bookings", effect=ANY, variance_reduction=0.1)]
    said = pairing_words([*rows, *others])
    assert (told in said) if told else said == ""
