"""What forecast variance is made of: frictions whose worth is known, and the rate of false alarms among cross terms."""

from __future__ import annotations

import re

import numpy as np
import pytest
from scipy.stats import t

from revsim.analysis.estimates import UNCLEAR, UNJUDGED
from revsim.analysis.gains import Gains
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.parts import ALL, CROSS, LEFT, LEVEL, SHARE, Told, frame, games, parts
from revsim.analysis.parts_words import level, number, sentences
from tests.analysis.made_up import cube_of

NAMES = ["a", "b", "c"]


def game(
    of: str = "structure", *, cross: float = 0.0, noise: float = 0.05, seed: int = 1, week: int = 7, b: float = 0.5
) -> Gains:
    """V = 3 as it is, of which a takes 1 and b 0.5, c nothing, and a with b `cross` more; 60 replications."""
    rng = np.random.default_rng(seed)
    worth = [-1.0, -b, 0.0]
    mean = np.asarray(
        [3.0 + sum(w for k, w in enumerate(worth) if s >> k & 1) + cross * (s & 3 == 3) for s in range(8)]
    )
    each = mean[:, None] + noise * rng.normal(size=(8, 60))
    whole = each.mean(axis=1)
    away = (60 * whole[:, None] - each) / 59
    return Gains(f"{week} {of}", "Forecast variance", "share^2", "lower", whole, away, resampled=False)


def test_shares_add_up_to_the_whole_and_are_what_each_friction_adds() -> None:
    rows = parts([game(noise=0.0)], NAMES)
    shares = {row.part: row.value.estimate for row in rows if row.kind == SHARE}
    assert shares == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.0})
    at = {row.kind: row.value.estimate for row in rows if row.part == ALL}
    assert at == pytest.approx({LEVEL: 3.0, LEFT: 1.5, ALL: 1.5})


def test_what_two_frictions_do_together_is_their_cross_term() -> None:
    rows = {row.part: row for row in parts([game(cross=0.4)], NAMES) if row.kind == CROSS}
    assert rows["a x b"].value.estimate == pytest.approx(0.4, abs=0.1)
    assert rows["a x b"].word == "worse"
    assert rows["a x c"].word == rows["b x c"].word == UNCLEAR


def test_a_word_is_said_of_the_interval_widened_for_the_number_of_its_kind() -> None:
    few = parts([game()], NAMES)
    many = parts([game(week=week, of=of) for week in (1, 7, 12) for of in ("whole", "structure", "chance")], NAMES)
    for kind in (SHARE, CROSS):
        one, other = (next(row for row in rows if row.kind == kind) for rows in (few, many))
        assert one.value.half < one.wide.half < other.wide.half


def test_cross_terms_that_are_none_are_called_clear_in_at_most_one_study_of_twenty() -> None:
    # 200 studies of 9 cross terms each, all zero: Bonferroni allows 5 %, 10 studies; more than 20 in less than 2 of
    # 1,000 runs. Each for itself would call some clear in a third of studies: fewer than 40 in less than 1 of 1,000.
    alarms = plain = 0
    for seed in range(200):
        rows = parts([game(week=week, seed=1_000 * week + seed) for week in (1, 7, 12)], NAMES)
        crosses = [row for row in rows if row.kind == CROSS]
        assert len(crosses) == 9
        alarms += any(row.word not in (UNCLEAR, UNJUDGED) for row in crosses)
        plain += any(row.value.clear for row in crosses)
    assert alarms <= 20
    assert plain >= 40


def test_each_row_stands_once_in_the_table() -> None:
    table = frame(parts([game(), game("chance")], NAMES))
    assert not table.duplicated(["week", "of", "kind", "part"]).any()
    assert len(table) == 2 * (3 + 3 + 3)


def test_sentences_name_clear_cross_terms_alone() -> None:
    said = sentences(parts([game(cross=0.4)], NAMES), 7)
    assert said[0].startswith("Structure at mid-quarter (week 7) is 2.99")
    assert "a x b" in said[2]
    assert "a x c" not in said[2]
    none = sentences(parts([game()], NAMES), 7)[2]
    assert none == "No cross term is clear, with intervals widened for the 3 in the table."


def test_a_friction_that_adds_makes_the_forecast_worse_and_its_interval_has_its_ends_in_order() -> None:
    rows = {row.part: row for row in parts([game()], NAMES) if row.kind == SHARE}
    assert (rows["a"].word, rows["c"].word) == ("worse", UNCLEAR)
    assert all(row.wide.low < row.value.low < row.value.estimate < row.value.high for row in rows.values())


def test_the_share_of_a_friction_is_told_only_where_it_clearly_adds() -> None:
    said = sentences(parts([game()], NAMES), 7)[1]
    assert re.search(r"a \+\S+ \(\S+ to \S+\), 6\d\.\d % of that; b ", said)
    assert re.search(r"c \S+ \(\S+ to \S+\), not clear\.$", said)


def test_shares_of_a_whole_that_is_not_clear_are_not_told() -> None:
    rows = parts([game(noise=30.0)], NAMES)
    assert not any(row.wide.clear for row in rows if row.kind == ALL)
    assert not any(np.isfinite(row.share).any() for row in rows)
    assert " of that" not in sentences(rows, 7)[1]


def test_frictions_that_clearly_undo_each_other_have_no_shares_of_the_nothing_that_is_left() -> None:
    rows = parts([game(b=-1.0), game("chance")], NAMES)
    clear = {(row.of, row.part): row.wide.clear for row in rows if row.kind in {ALL, SHARE}}
    assert (clear["structure", "a"], clear["structure", "b"], clear["structure", ALL]) == (True, True, False)
    told = {row.of for row in rows if np.isfinite(row.share).any()}
    assert told == {"chance"}


def test_a_level_stands_with_its_root_in_percent_of_bookings() -> None:
    assert sentences(parts([game(noise=0.0)], NAMES), 7)[0].endswith(
        "is 3.0000 (3.0000 to 3.0000), ±173 % of bookings; without all frictions 1.5000 (1.5000 to 1.5000), "
        "±122 % of bookings."
    )


def test_a_zero_has_no_sign() -> None:
    assert number(Interval(0.00001, -0.00001, 0.0002)) == "0.0000 (0.0000 to +0.0002)"


def test_without_continuations_variance_is_told_and_structure_is_not() -> None:
    errors = np.random.default_rng(2).normal(size=(8, 30, 4))
    rows = parts(games(cube_of({}, errors)), NAMES)
    assert {row.of for row in rows} == {"whole"}
    assert {row.week for row in rows} == {1, 7, 12}
    assert sentences(rows, 7) == []
    assert len(sentences(rows, 7, "whole")) == 3


def row(kind: str, part: str, word: str = "worse", week: int = 7, of: str = "structure", **more: object) -> Told:
    value = Interval(0.02, 0.01, 0.03)
    return Told(week, of, kind, part, value, value, word, NOTHING, "")._replace(**more)


def told(*rows: Told) -> list[str]:
    whole = [row(LEVEL, ALL), row(LEFT, ALL), row(ALL, ALL, share=Interval(1.0, 1.0, 1.0))]
    return sentences([*whole, *rows], 7)


@pytest.mark.parametrize(
    ("word", "share", "said"),
    [
        ("no clear difference", Interval(0.5, 0.4, 0.6), "not clear"),
        ("not judged", Interval(0.5, 0.4, 0.6), "not judged"),
        ("better", Interval(0.5, 0.4, 0.6), "takes off"),
        ("worse", Interval(0.5, 0.4, 0.6), "50.0 % of that"),
        ("worse", NOTHING, "clear"),
        ("worse", Interval(0.5, np.nan, np.nan), "clear"),
    ],
)
def test_a_friction_s_share_is_told_where_it_clearly_adds_and_there_is_one(
    word: str, share: Interval, said: str
) -> None:
    assert told(row(SHARE, "a", word, share=share))[1].endswith(f": a +0.0200 (+0.0100 to +0.0300), {said}.")


def test_all_frictions_together_have_no_share_of_themselves() -> None:
    assert told()[1].startswith("The frictions add +0.0200 (+0.0100 to +0.0300), clear: ")


def test_clear_cross_terms_are_told_of_that_week_and_counted_in_the_whole_table() -> None:
    crosses = [row(CROSS, "a x b"), row(CROSS, "a x c", "better"), row(CROSS, "b x c", "no clear difference")]
    crosses += [row(CROSS, "a x d", "not judged"), row(CROSS, "a x b", week=1), row(CROSS, "a x b", of="chance")]
    said = told(*crosses)[2]
    assert said.startswith("Cross terms that are clear with intervals widened for the 6 in the table: ")
    assert re.findall(r"\w x \w", said) == ["a x b", "a x c"]


@pytest.mark.parametrize(
    ("part", "signed", "said"),
    [
        (Interval(0.02, 0.01, 0.03), True, "+0.0200 (+0.0100 to +0.0300)"),
        (Interval(-0.02, -0.03, -0.01), False, "-0.0200 (-0.0300 to -0.0100)"),
        (Interval(0.02, np.nan, np.nan), True, "+0.0200"),
        (Interval(-0.00001, 0.0, 0.0), True, "0.0000 (0.0000 to 0.0000)"),
    ],
)
def test_a_variance_has_four_decimals_and_its_interval(part: Interval, *, signed: bool, said: str) -> None:
    assert number(part, signed=signed) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.04, "0.0400, ±20.0 % of bookings"), (0.0, "0.0000, ±0 % of bookings"), (-0.01, "-0.0100")]
)
def test_a_variance_below_zero_has_no_root(value: float, said: str) -> None:
    assert level(Interval(value, np.nan, np.nan)) == said


@pytest.mark.parametrize(("of", "start"), [("whole", "Variance "), ("chance", "Chance "), ("structure", "Structure ")])
def test_what_is_told_is_named(of: str, start: str) -> None:
    rows = [row(LEVEL, ALL, of=of), row(LEFT, ALL, of=of), row(ALL, ALL, of=of)]
    assert sentences(rows, 7, of)[0].startswith(f"{start}at mid-quarter")
    assert sentences(rows, 12, of) == []


def test_intervals_are_widened_for_all_of_a_kind_by_t_over_the_replications() -> None:
    """Three shares in one game of 60: the t quantile of 0.05 / 3 against that of 0.05."""
    found = parts([game()], NAMES)
    factor = t.ppf(1.0 - 0.025 / 3.0, 59) / t.ppf(0.975, 59)
    shares = [one for one in found if one.kind == SHARE]
    assert [one.wide.half / one.value.half for one in shares] == pytest.approx([factor] * 3)
    (whole,) = (one for one in found if one.kind == ALL)
    assert whole.wide == pytest.approx(whole.value)
    assert all(np.isnan(one.wide.low) and not one.word for one in found if one.kind in (LEVEL, LEFT))


def test_of_unusable_games_nothing_is_told_and_of_none_there_are_no_rows() -> None:
    broken = game()._replace(whole=np.full(8, np.nan))
    assert parts([broken], NAMES) == []
    assert parts([], NAMES) == []
    assert {one.week for one in parts([broken, game(week=12)], NAMES)} == {12}
    assert len(frame([])) == 0


def test_variances_are_those_of_each_set_and_week() -> None:
    errors = np.random.default_rng(2).normal(size=(2, 30, 4)) * np.array([1.0, 2.0])[:, None, None]
    found = {one.measure: one for one in games(cube_of({}, errors))}
    assert set(found) == {f"{week} {of}" for week in (1, 7, 12) for of in ("whole", "structure", "chance")}
    assert found["7 whole"].whole == pytest.approx(errors.var(axis=1, ddof=1).mean(axis=1) / 100.0**2)
    assert not any(one.resampled for one in found.values())
    assert [found[f"7 {of}"].usable for of in ("whole", "structure", "chance")] == [True, False, False]


def hand_made(of: str, undone: float) -> Gains:
    """V = 3, of which a takes 10 and b, with a standard error of 1 over 60 replications, gives so much again."""
    whole = np.array([3.0, -7.0, 3.0 + undone, -7.0 + undone])
    away = np.outer([0.0, 0.0, 1.0, 1.0], np.tile([1.0, -1.0], 30) / np.sqrt(59.0))
    return Gains(f"7 {of}", "", "share^2", "lower", whole, whole[:, None] + away, resampled=False)


def test_shares_are_told_where_the_whole_is_clear_among_all_wholes_of_the_table() -> None:
    """Of 2.15 errors of its own the whole is clear alone (2.001), and not as one of two (2.302), as 5 are."""
    found = parts([hand_made("structure", 7.85), hand_made("chance", 5.0)], ["a", "b"])
    whole = {row.of: row for row in found if row.kind == ALL}
    assert {of: (row.value.clear, row.wide.clear) for of, row in whole.items()} == {
        "structure": (True, False),
        "chance": (True, True),
    }
    told = {(row.of, row.part): row.share.estimate for row in found if row.kind == SHARE}
    assert [np.isnan(told["structure", name]) for name in ("a", "b")] == [True, True]
    assert [told["chance", name] for name in ("a", "b")] == pytest.approx([2.0, -1.0])
    alone = parts([hand_made("structure", 7.85)], ["a", "b"])
    assert all(np.isfinite(row.share.estimate) for row in alone if row.kind == SHARE)


def test_levels_have_their_own_intervals() -> None:
    found = {row.kind: row.value for row in parts([hand_made("whole", 5.0)], ["a", "b"]) if row.part == ALL}
    half = t.ppf(0.975, 59)
    assert found[LEVEL] == pytest.approx((3.0, 3.0, 3.0))
    assert found[LEFT] == pytest.approx((-2.0, -2.0 - half, -2.0 + half))
    assert found[ALL] == pytest.approx((5.0, 5.0 - half, 5.0 + half))
