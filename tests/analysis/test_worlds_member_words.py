"""What is said of a plausible set: each number is there, and only what holds is said."""

from __future__ import annotations

import pandas as pd
import pytest

from revsim.analysis.worlds.member_words import MOST_NAMED, RARE, notes, sentences


def ruling(*shares: float) -> pd.DataFrame:
    return pd.DataFrame({"pattern": [f"pattern {place}" for place in range(len(shares))], "ruled_out": shares})


def test_the_share_that_passes_and_how_many_are_kept_are_told() -> None:
    first = sentences(1234, 0.12, 5678, ruling(0.5), [])[0]
    assert all(number in first for number in ("12 %", "5,678", "1,234"))


def test_the_patterns_that_rule_out_most_are_named_in_their_order_and_no_more() -> None:
    binding = sentences(1, 0.1, 10, ruling(0.1, 0.5, 0.0, 0.3, 0.2, 0.4), [])[1]
    places = [binding.index(f"pattern {place} ") for place in (1, 5, 3, 4)]
    assert places == sorted(places)
    assert binding.count("pattern ") == MOST_NAMED


def test_where_no_pattern_rules_any_out_none_is_named() -> None:
    assert "pattern 0" not in " ".join(sentences(1, 1.0, 10, ruling(0.0), []))


@pytest.mark.parametrize(("passed", "waves", "count"), [(100, 0, 2), (100, 3, 3), (99, 0, 3), (RARE - 1, 3, 5)])
def test_lack_and_waves_are_noted_where_there_are_any(passed: int, waves: int, count: int) -> None:
    assert len(notes(500, passed, 100, waves, 40)) == count
