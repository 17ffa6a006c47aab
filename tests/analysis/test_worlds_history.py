"""History matching by hand: the worst pattern of a world, and how often each pattern is met over worlds."""

from __future__ import annotations

from revsim.analysis.patterns import Pattern
from revsim.analysis.worlds.history import history_rows, pattern_rows
from revsim.analysis.worlds.table import Seen


def world(number: int, wins: float, churn: float) -> Seen:
    """A world whose baseline wins so much (200 to 300 is known) and churns so much (0.1 to 0.2 is)."""
    patterns = [Pattern("wins", 200, 300, "wins", wins), Pattern("churn", 0.1, 0.2, "share", churn)]
    return Seen(number, 10, [], [], patterns)


SEEN = [world(1, 250, 0.15), world(2, 350, 0.22), world(3, 150, 0.45), Seen(4, 0, [], [], []), world(5, 320, 0.12)]


def test_a_world_is_as_far_off_as_its_worst_pattern_and_one_without_rows_is_left_out() -> None:
    rows = history_rows(SEEN, 0.5).round(9).to_dict("list")
    assert rows == {
        "world": [1, 2, 3, 5],
        "misfit": [0.0, 0.5, 2.5, 0.2],
        "worst_pattern": ["", "wins", "churn", "wins"],
        "plausible": [True, True, False, True],
    }


def test_each_pattern_is_told_with_its_median_and_how_often_it_is_met_or_nearly_met() -> None:
    wins, churn = pattern_rows(SEEN, 0.5).to_dict("records")
    assert (wins["pattern"], wins["low"], wins["high"], wins["median"]) == ("wins", 200, 300, 285.0)
    assert (wins["in_range"], wins["within_slack"]) == (0.25, 1.0)
    assert (churn["in_range"], churn["within_slack"]) == (0.5, 0.75)
    assert round(churn["median"], 9) == 0.185


def test_one_world_alone_tells_its_patterns() -> None:
    wins, churn = pattern_rows([world(1, 350, 0.15)], 0.4).to_dict("records")
    assert tuple(wins.values()) == ("wins", 200, 300, 350.0, 0.0, 0.0)
    assert tuple(churn.values()) == ("churn", 0.1, 0.2, 0.15, 1.0, 1.0)


def test_a_world_just_within_the_slack_passes_and_one_without_a_number_never_does() -> None:
    """Ranges of 100 and 0.25 wide: 350 is half a width above, 0.75 is one below."""
    patterns = [Pattern("wins", 200, 300, "wins", 350), Pattern("churn", 1.0, 1.25, "share", 0.75)]
    point = [Pattern("point", 4.0, 4.0, "", 5.0)]
    nothing = [Pattern("point", 4.0, 4.0, "", float("nan"))]
    seen = [Seen(place, 10, [], [], parts) for place, parts in enumerate((patterns[:1], patterns, point, nothing))]
    rows = history_rows(seen, 0.5).to_dict("list")
    assert rows["misfit"] == [0.5, 1.0, 0.5, float("inf")]
    assert rows["worst_pattern"] == ["wins", "churn", "point", "point"]
    assert rows["plausible"] == [True, False, True, False]
    assert history_rows([], 0.5).columns.tolist() == ["world", "misfit", "worst_pattern", "plausible"]
    assert pattern_rows([], 0.5).empty
