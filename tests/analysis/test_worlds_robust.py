"""How far a verdict carries is said from the tables alone: from either side, and with where it fails."""

from __future__ import annotations

import pandas as pd

from revsim.analysis.worlds.robust import NO_RULE, NOT_SEARCHED, robust_words

RULES = pd.DataFrame(columns=["winner", "loser", "criterion", "rule", "found"])


def shares(plausible: int = 40) -> pd.DataFrame:
    """B against A: wins in 60 %, loses in 10 % of all worlds, 70 and 5 % of those that pass."""
    columns = ["among", "scenario", "against", "criterion", "worlds"]
    columns += [f"{word}_{part}" for word in ("wins", "loses") for part in ("share", "low", "high")]
    columns += ["lowers", "lowers_low", "lowers_high"]
    rows = [
        ("all worlds", "B", "A", "variance", 100, 0.6, 0.5, 0.7, 0.1, 0.06, 0.17, 0.8, 0.7, 0.9),
        ("worlds that pass the patterns", "B", "A", "variance", plausible, 0.7, 0.5, 0.8, 0.05, 0.0, 0.2, 0.9, 0.8, 1),
        ("all worlds", "B", "A", "variance_common", 100, 0.12, 0.07, 0.2, 0.3, 0.22, 0.4, 0.37, 0.3, 0.45),
        ("all worlds", "B", "A", "bookings", 100, 1, 1, 1, 0, 0, 0, float("nan"), float("nan"), float("nan")),
    ]
    return pd.DataFrame(rows, columns=columns)


def rule(winner: str, loser: str, *, found: bool) -> pd.DataFrame:
    return pd.DataFrame([(winner, loser, "variance", "“drift” is below 0.3", found)], columns=RULES.columns)


def test_the_worlds_like_known_companies_count_where_they_are_enough() -> None:
    assert "Over 40 worlds like known companies" in robust_words("B", "A", shares(), RULES)
    assert "Over 100 worlds, many of them like no known company" in robust_words("B", "A", shares(9), RULES)


def test_it_says_how_often_it_wins_and_loses_and_what_is_true_beyond_noise() -> None:
    text = robust_words("B", "A", shares(), RULES)
    assert "“B” clearly beats “A” on forecast variance in 70 % (95 % interval 50 to 80)" in text
    assert "clearly loses in 5.0 %" in text
    assert "taken out: 90 % (95 % interval 80 to 100)" in text


def test_from_the_other_side_wins_are_losses() -> None:
    text = robust_words("A", "B", shares(9), RULES)
    assert "“A” clearly beats “B” on forecast variance in 10 % (95 % interval 6 to 17)" in text
    assert "clearly loses in 60 %" in text
    assert "taken out: 20 % (95 % interval 10 to 30)" in text


def test_where_it_fails_is_the_rule_by_which_the_rival_wins() -> None:
    assert robust_words("B", "A", shares(), rule("A", "B", found=True)).endswith("it fails where “drift” is below 0.3.")
    assert robust_words("B", "A", shares(), rule("A", "B", found=False)).endswith(f"{NO_RULE}.")
    assert robust_words("B", "A", shares(), rule("B", "A", found=True)).endswith(f"{NOT_SEARCHED}.")


def test_scenarios_that_never_met_have_no_sentence() -> None:
    assert robust_words("B", "C", shares(), RULES) == ""


def test_what_is_volume_is_seen_by_the_same_bookings() -> None:
    text = robust_words("B", "A", shares(9), RULES)
    assert "; on the same bookings in 12 % (95 % interval 7 to 20) and clearly loses in 30 % (truly lower" in text
