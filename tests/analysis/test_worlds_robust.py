"""How far a verdict carries is said from the tables alone: from either side, and with where it fails."""

from __future__ import annotations

import pandas as pd
import pytest

from revsim.analysis.worlds.robust import NO_LIBRARY, NO_RULE, NOT_SEARCHED, robust_words

RULES = pd.DataFrame(columns=["winner", "loser", "criterion", "rule", "found"])
NOTHING = float("nan")


def shares() -> pd.DataFrame:
    """B against A: wins in 60 %, loses in 10 % of all worlds; on the same bookings 12 and 30 %."""
    columns = ["among", "scenario", "against", "criterion", "worlds", "wins", "loses"]
    columns += [f"{word}_{part}" for word in ("wins", "loses") for part in ("share", "low", "high")]
    columns += ["ahead", "ahead_low", "ahead_high"]
    every, some = "all worlds", "worlds that pass the patterns"
    rows = [
        (every, "B", "A", "variance", 100, 60, 10, 0.6, 0.5, 0.7, 0.1, 0.06, 0.17, 0.8, 0.7, 0.9),
        (some, "B", "A", "variance", 40, 28, 2, 0.7, 0.5, 0.8, 0.05, 0.0, 0.2, 0.9, 0.8, 1),
        (every, "B", "A", "variance_common", 100, 12, 30, 0.12, 0.07, 0.2, 0.3, 0.22, 0.4, 0.37, 0.3, 0.45),
        (every, "B", "A", "bookings", 100, 100, 0, 1, 1, 1, 0, 0, 0, NOTHING, NOTHING, NOTHING),
    ]
    return pd.DataFrame(rows, columns=columns)


def rule(winner: str, loser: str, *, found: bool) -> pd.DataFrame:
    return pd.DataFrame([(winner, loser, "variance", "“drift” is below 0.3", found)], columns=RULES.columns)


def test_it_says_how_often_it_wins_and_loses_and_how_many_worlds_are_like_known_companies() -> None:
    text = robust_words("B", "A", shares(), RULES)
    assert text.startswith("Over 100 worlds drawn from what is not known, 40 of them like known companies, “B” clearly")
    assert "beats “A” on forecast variance in 60 % (95 % interval 50 to 70)" in text
    assert "and clearly loses in 10 % (clear or not, ahead in 80 %)" in text


def test_from_the_other_side_wins_are_losses() -> None:
    text = robust_words("A", "B", shares(), RULES)
    assert "“A” clearly beats “B” on forecast variance in 10 % (95 % interval 6 to 17)" in text
    assert "and clearly loses in 60 % (clear or not, ahead in 20 %)" in text


def test_where_it_fails_is_the_rule_by_which_the_rival_wins() -> None:
    assert robust_words("B", "A", shares(), rule("A", "B", found=True)).endswith("it fails where “drift” is below 0.3.")
    assert robust_words("B", "A", shares(), rule("A", "B", found=False)).endswith(f"{NO_RULE}.")


def test_why_no_rule_was_looked_for_is_said() -> None:
    assert robust_words("B", "A", shares(), rule("B", "A", found=True)).endswith(f"{NOT_SEARCHED}: {NO_LIBRARY}.")
    few = shares().assign(loses=3)
    assert robust_words("B", "A", few, RULES).endswith(f"{NOT_SEARCHED}: it clearly does in 3 worlds only.")


def test_scenarios_that_never_met_have_no_sentence() -> None:
    assert robust_words("B", "C", shares(), RULES) == ""


def test_what_is_volume_is_seen_by_the_same_bookings() -> None:
    text = robust_words("B", "A", shares(), RULES)
    assert "; on the same bookings in 12 % (95 % interval 7 to 20) and clearly loses in 30 % (clear or not" in text


def test_without_worlds_like_known_companies_or_common_bookings_these_are_none_and_untold() -> None:
    alone = shares().iloc[[0]]
    text = robust_words("B", "A", alone, RULES)
    assert text.startswith("Over 100 worlds drawn from what is not known, 0 of them like known companies")
    assert "on the same bookings" not in text


@pytest.mark.parametrize(("losses", "words"), [(7, "it clearly does in 7 worlds only"), (8, NO_LIBRARY)])
def test_eight_losses_would_have_been_searched_from_either_side(losses: int, words: str) -> None:
    assert robust_words("B", "A", shares().assign(loses=losses), RULES).endswith(f"{NOT_SEARCHED}: {words}.")
    turned = shares().assign(wins=losses)
    assert robust_words("A", "B", turned, RULES).endswith(f"{NOT_SEARCHED}: {words}.")


@pytest.mark.parametrize(
    "other", [("A", "C", "variance"), ("C", "B", "variance"), ("A", "B", "bookings"), ("A", "B", "variance_common")]
)
def test_rules_of_other_contests_are_not_told(other: tuple[str, str, str]) -> None:
    rules = pd.DataFrame([(*other, "a rule", True)], columns=RULES.columns)
    assert robust_words("B", "A", shares(), rules).endswith(f"{NOT_SEARCHED}: {NO_LIBRARY}.")


def test_of_several_rules_the_first_that_was_found_is_told() -> None:
    rules = pd.DataFrame(
        [("A", "B", "variance", name, name != "none") for name in ("none", "one", "two")], columns=RULES.columns
    )
    assert robust_words("B", "A", shares(), rules).endswith("it fails where one.")
