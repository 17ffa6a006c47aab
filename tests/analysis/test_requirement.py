"""Demands on a study's numbers: how they are read, and when they hold."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.comparison import Provenance, compare_cube
from revsim.analysis.cube import cube_of
from revsim.analysis.estimates import Row
from revsim.analysis.requirement import COMPARE, Requirement, _shown, findings, known_measures, parse
from revsim.errors import UserError
from tests.analysis.synthetic import study

NAMES = ["Today", "Better: much"]


def rows() -> dict:
    quarters, weeks = study({"Today": 0.2, "Better: much": 0.1}, replications=20, seed=5)
    return compare_cube(cube_of(quarters, weeks, NAMES), "Today", "EUR", origin=Provenance(margin=0.7)).rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bookings>=5e6", ("", "bookings", "estimate", ">=", 5e6)),
        ("Today: wape_week_7.high < 20 %", ("Today", "wape_week_7", "high", "<", 0.2)),
        ("Better: much:bookings.relative_low>-1%", ("Better: much", "bookings", "relative_low", ">", -0.01)),
    ],
)
def test_a_requirement_is_read_part_by_part(text: str, expected: tuple) -> None:
    assert parse(text, NAMES, "Today")[1:6] == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bookings", "must be [SCENARIO:]MEASURE"),
        ("bookings == 3", "must be [SCENARIO:]MEASURE"),
        ("bookings > much", "`much` must be a number"),
        ("Todai:bookings > 3", "no scenario `Todai`; did you mean `Today`"),
        ("bokings > 3", "no measure `bokings`; did you mean `bookings`"),
        ("bookings.lo > 3", "no part `lo`; did you mean `low`"),
        ("Today:bookings.effect > 3", "the baseline has no effect"),
    ],
)
def test_a_wrong_requirement_names_value_rule_and_way_out(text: str, words: str) -> None:
    with pytest.raises(UserError, match="--require") as caught:
        parse(text, NAMES, "Today")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("bookings > 5 M", "bookings > 5000000"),
        ("bookings > 5M", "bookings > 5000000"),
        ("bookings > 5,000,000", "bookings > 5000000"),
        ("bookings >= €5m", "bookings >= 5000000"),
        ("Better: much:bookings.effect_low => 10 k€", "Better: much:bookings.effect_low >= 10000"),
        ("net_value => -5 %", "net_value >= -5%"),
        ("net_value.relative ≥ \N{MINUS SIGN}5,5 %", "net_value.relative >= -5.5%"),
        ("bookings =< 5", "bookings <= 5"),
    ],
)
def test_a_number_or_sign_as_people_type_it_is_answered_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, NAMES, "Today")
    assert f"write `{meant}`" in str(caught.value)
    parse(meant, NAMES, "Today")


@pytest.mark.parametrize("text", ["bookings is > 5", "bookings > 5 %%", "5M < bookings", "bookings >> 5", "> 5M"])
def test_what_nobody_could_read_is_answered_with_the_form(text: str) -> None:
    with pytest.raises(UserError, match="OP one of <= >= < >"):
        parse(text, NAMES, "Today")


def test_every_measure_of_a_study_can_be_asked_for_and_no_other() -> None:
    assert {measure for _, measure in rows()} == set(known_measures())


def unmet(requirement: Requirement, found: dict[tuple[str, str], Row]) -> int:
    """How many scenarios do not meet it."""
    return sum(not finding.is_met for finding in findings([requirement], found))


def test_without_a_scenario_all_must_meet_it_and_of_an_effect_all_but_the_baseline() -> None:
    found = rows()
    middle = np.mean([found[name, "wape_week_7"].level.estimate for name in NAMES])
    assert unmet(parse(f"wape_week_7<{middle}", NAMES, "Today"), found) == 1
    assert unmet(parse("wape_week_7<0", NAMES, "Today"), found) == 2
    assert unmet(parse("wape_week_7.effect>0", NAMES, "Today"), found) == 1
    assert unmet(parse("wape_week_7.effect_high<0", NAMES, "Today"), found) == 0


@pytest.mark.parametrize("op", ["<=", ">=", "<", ">"])
def test_a_number_that_is_not_there_meets_nothing(op: str) -> None:
    assert not Requirement("", "", "bookings", "estimate", op, 0.0).met_by(np.nan)


def test_the_bound_itself_meets_only_what_includes_it() -> None:
    met = [op for op in COMPARE if Requirement("", "", "bookings", "estimate", op, 2.0).met_by(2.0)]
    assert met == ["<=", ">="]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("bookings.relative > 1 %", 0.0213822, "2.14 %"),
        ("bookings >= 5000000", 5123456.7, "5,120,000"),
        ("bookings <= 5120000", 5123456.7, "5,123,000"),
        ("bookings.relative <= 2 %", 0.0200004, "2.00004 %"),
    ],
)
def test_what_was_found_has_the_digits_that_tell_it_from_the_bound(text: str, value: float, shown: str) -> None:
    assert _shown(value, parse(text, ["a", "b"], "a")) == shown


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("", "(its level; what it changes is `wape_week_7.effect`)"),
        (".level", "(its level)"),
        (".low", "(its level, lower end)"),
        (".effect", "(its effect against the baseline)"),
        (".relative_high", "(its effect against the baseline, as a share of the baseline's level, upper end)"),
    ],
)
def test_the_answer_says_whether_the_level_or_the_effect_was_asked_for(part: str, words: str) -> None:
    asked = parse(f"Better: much:wape_week_7{part} < 0", NAMES, "Today")
    assert [one.sentence.endswith(words) for one in findings([asked], rows())] == [True]


def test_of_the_baseline_a_bare_measure_points_at_no_effect() -> None:
    (found,) = findings([parse("Today:wape_week_7 > 0", NAMES, "Today")], rows())
    assert found.sentence.endswith("(its level)")


@pytest.mark.parametrize(("plain", "column"), [("level", "estimate"), ("level_low", "low"), ("level_high", "high")])
def test_the_level_can_be_asked_for_by_its_name(plain: str, column: str) -> None:
    said = [
        [one.sentence for one in findings([parse(f"wape_week_7.{part} > 0", NAMES, "Today")], rows())]
        for part in (plain, column)
    ]
    assert [one.replace(f".{plain}", f".{column}") for one in said[0]] == said[1]


@pytest.mark.parametrize("part", ["low", "estimate", "high"])
@pytest.mark.parametrize("kind", ["level", "effect", "relative"])
def test_each_part_is_the_number_of_its_own_interval(kind: str, part: str) -> None:
    found = rows()
    interval = getattr(found["Better: much", "wape_week_7"], kind)
    name = kind if part == "estimate" else f"{kind}_{part}"
    number, digits = getattr(interval, part), 12
    asked = f"Better: much:wape_week_7.{name}"
    above, below = (f"{number + step:.{digits}f}" for step in (1e-9, -1e-9))
    assert unmet(parse(f"{asked} < {above}", NAMES, "Today"), found) == 0
    assert unmet(parse(f"{asked} > {below}", NAMES, "Today"), found) == 0
    assert unmet(parse(f"{asked} < {below}", NAMES, "Today"), found) == 1


@pytest.mark.parametrize(("bound", "word"), [("> 0", " is met by “Today”: "), ("< 0", " is not met by “Today”: ")])
def test_a_sentence_says_whether_it_is_met(bound: str, word: str) -> None:
    (found,) = findings([parse(f"Today:wape_week_7 {bound}", NAMES, "Today")], rows())
    assert word in found.sentence
    assert found.is_met == (bound == "> 0")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("bookings > 5M", ["the number is plain"]),
        ("bookings > 5,5 %", ["the number is plain"]),
        ("bookings =< 5", ["the sign is one of"]),
        ("bookings => 5 M", ["the number is plain", "the sign is one of"]),
    ],
)
def test_only_the_rules_that_were_broken_are_told(text: str, broken: list[str]) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, NAMES, "Today")
    told = [rule for rule in ("the number is plain", "the sign is one of") if rule in str(caught.value)]
    assert told == broken
