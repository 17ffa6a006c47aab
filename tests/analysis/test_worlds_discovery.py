"""Scenario discovery against worlds whose flip is known, and against noise."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr

from revsim.analysis.worlds import discovery
from revsim.analysis.worlds.contests import LOSES, UNDECIDED, VARIANCE, WINS
from revsim.analysis.worlds.discovery import Box, Condition, best_box, box_of, discover, held_out, inside
from revsim.analysis.worlds.flips import Flip, flip_rows, flips, sentence
from revsim.analysis.worlds.hypercube import latin_hypercube
from revsim.analysis.worlds.phrasing import Assumed
from revsim.analysis.worlds.strength import strengths

WORLDS, AXES = 200, 20
NAMES = [f"x{k}" for k in range(AXES)]
TOLD = [Assumed(name, f"Title of {name}", "weeks", "no direct evidence" if name == "x1" else "") for name in NAMES]


def cube(seed: int = 1, worlds: int = WORLDS) -> np.ndarray:
    return latin_hypercube(worlds, AXES, seed)


def in_corner(points: np.ndarray) -> np.ndarray:
    """B wins iff x1 < 0.3 and x2 > 0.5."""
    return (points[:, 1] < 0.3) & (points[:, 2] > 0.5)


def words(points: np.ndarray, hits: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contest rows and draws of worlds 1..n."""
    index = pd.RangeIndex(1, len(points) + 1, name="world")
    rows = pd.DataFrame({"world": index, "scenario": "B", "against": "A", "criterion": VARIANCE, "estimate": 0.0})
    return rows.assign(word=np.where(hits, WINS, UNDECIDED)), pd.DataFrame(points, index=index, columns=NAMES)


def test_each_axis_of_a_latin_hypercube_has_one_world_in_each_slice() -> None:
    points = latin_hypercube(50, 7, 3)
    assert (np.sort(np.floor(50 * points), axis=0) == np.arange(50)[:, None]).all()


def test_equal_seeds_draw_equal_worlds_and_others_do_not() -> None:
    assert (latin_hypercube(10, 4, 3) == latin_hypercube(10, 4, 3)).all()
    assert (latin_hypercube(10, 4, 3) != latin_hypercube(10, 4, 4)).all()


def test_a_known_corner_is_found_with_its_bounds() -> None:
    points = cube()
    box = best_box(points, in_corner(points))
    assert box is not None
    found = {(one.axis, one.above): one.bound for one in box.conditions}
    assert found == {(1, False): pytest.approx(0.3, abs=0.05), (2, True): pytest.approx(0.5, abs=0.05)}
    assert box.coverage > 0.95
    assert box.density > 0.95


def test_a_corner_behind_a_tenth_of_wrong_labels_is_still_found_and_better_than_chance() -> None:
    points = cube()
    wrong = np.random.default_rng(2).random(WORLDS) < 0.1
    found = discover(points, in_corner(points) ^ wrong)
    assert found is not None
    assert {one.axis for one in found.box.conditions} >= {1, 2}
    assert found.p <= 0.01


def test_noise_gives_no_rule_more_often_than_its_level_says() -> None:
    # 30 worlds of noise at 5 %: more than 5 alarms has probability 0.003 by chance
    alarms = 0
    for seed in range(30):
        hits = np.random.default_rng(100 + seed).random(60) < 0.4
        found = discover(cube(seed, 60), hits)
        alarms += found is not None and found.p <= 0.05
    assert alarms <= 5


def test_boxes_made_without_a_world_hold_a_true_corner_and_no_more_hits_than_all_worlds_where_there_is_none() -> None:
    points = cube()
    rng = np.random.default_rng(1)
    assert held_out(points, in_corner(points), rng).density > 0.8
    noise = [held_out(points, rng.permutation(in_corner(points)), rng) for _ in range(10)]
    # 10 x about 100 worlds at 16 %: further off than 6 points has probability below 0.001
    share = sum(box.hits for box in noise) / sum(box.worlds for box in noise)
    assert share == pytest.approx(in_corner(points).mean(), abs=0.06)


def test_a_condition_that_hardly_helps_is_dropped() -> None:
    points = cube()
    box = best_box(points, points[:, 4] <= 0.5)
    assert box is not None
    assert [one.axis for one in box.conditions] == [4]


def test_phi_is_the_correlation_of_inside_and_hit() -> None:
    points = cube()
    hits = in_corner(points)
    conditions = (Condition(1, above=False, bound=0.4), Condition(3, above=True, bound=0.2))
    box = box_of(conditions, points, hits)
    assert box.phi == pytest.approx(np.corrcoef(inside(conditions, points), hits)[0, 1])


def test_density_and_coverage_are_shares_of_worlds_inside_and_of_hits() -> None:
    box = Box((), 40, 31, 200, 43)
    assert (box.density, box.coverage) == (31 / 40, 31 / 43)


@pytest.mark.parametrize("hits", [0, discovery.FEWEST_HITS - 1, 60 - discovery.FEWEST_HITS + 1, 60])
def test_what_happens_hardly_ever_or_nearly_always_has_no_rule(hits: int) -> None:
    assert discover(cube(1, 60), np.arange(60) < hits) is None


@pytest.mark.parametrize("hits", [discovery.FEWEST_HITS, 60 - discovery.FEWEST_HITS])
def test_as_few_hits_or_misses_as_make_a_rule_are_enough_where_it_is_clear(hits: int) -> None:
    points = cube(1, 60)
    found = discover(points, points[:, 0].argsort().argsort() < hits)
    assert found is not None
    assert [one.axis for one in found.box.conditions] == [0]
    assert found.p == 0.001  # none of 999 shuffles


def test_the_flip_is_told_in_words_with_the_counts_of_its_table() -> None:
    points = cube()
    contests, draws = words(points, in_corner(points))
    found = flips(contests, draws, seed=1)
    assert [flip.is_real for flip in found] == [True]
    text = sentence(found[0], TOLD)
    (row,) = flip_rows(found, TOLD).to_dict("records")
    assert text.startswith("“B” beats “A” on forecast variance where “title of x")
    (bound,) = (one.bound for one in found[0].found.box.conditions if one.axis == 1)
    assert f"“title of x1” * (x1) is at most {bound:.3g} weeks" in text
    outside = f"{row['wins'] - row['box_wins']} of {row['worlds'] - row['box_worlds']} elsewhere"
    assert f"{row['box_wins']} of {row['box_worlds']} worlds there, {outside}" in text


def test_losing_is_told_as_the_rival_s_winning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "SHUFFLES", 99)
    points = cube()
    contests, draws = words(points, in_corner(points))
    contests["word"] = contests["word"].replace(WINS, LOSES)
    (flip,) = flips(contests, draws, seed=1)
    assert (flip.winner, flip.loser) == ("A", "B")


def test_worlds_of_noise_give_no_real_flip() -> None:
    points = cube(5)
    contests, draws = words(points, np.random.default_rng(6).random(WORLDS) < 0.4)
    assert [flip for flip in flips(contests, draws, seed=1) if flip.is_real] == []


def test_the_axis_that_orders_an_effect_is_the_strongest_whatever_its_scale() -> None:
    points = cube()
    frame = strengths(pd.DataFrame(points, columns=NAMES), np.exp(-9.0 * points[:, 7]))
    assert frame["axis"][0] == "x7"
    assert frame["rho"][0] == pytest.approx(-1.0)
    assert frame["q"][0] < 1e-6


def test_a_strength_is_spearman_s_with_its_share_of_false_alarms() -> None:
    """Twenty worlds, the first ten in reverse: squared differences of ranks of 2 (81 + 49 + 25 + 9 + 1) = 330."""
    order = np.arange(20.0)
    effect = np.where(order < 10.0, 9.0 - order, order)
    draws = pd.DataFrame({"odd": order % 2.0, "flat": 1.0, "own": order})
    found = strengths(draws, effect)
    assert found["axis"].tolist() == ["own", "odd", "flat"]
    assert found["rho"][0] == pytest.approx(1.0 - 6.0 * 330.0 / (20.0 * 399.0))
    p = [spearmanr(draws[name], effect).pvalue for name in ("own", "odd")]
    assert found["p"].tolist()[:2] == pytest.approx(p)
    # of two the smaller counts double, the larger as it is; what does not vary is none of them
    assert found["q"].tolist()[:2] == pytest.approx([2.0 * p[0], p[1]])
    assert np.isnan(found["q"][2])
    assert strengths(draws, np.where(order == 3.0, np.nan, effect))["rho"].isna().all()


def test_where_no_axis_varies_none_has_a_strength() -> None:
    found = strengths(pd.DataFrame({"b": np.ones(20), "a": np.ones(20)}), np.arange(20.0))
    assert found["axis"].tolist() == ["b", "a"]
    assert found[["rho", "p", "q"]].isna().all(axis=None)


def test_a_constant_axis_has_no_strength_and_comes_last() -> None:
    draws = pd.DataFrame(cube(), columns=NAMES).assign(x3=1.0)
    frame = strengths(draws, cube()[:, 0])
    assert frame["axis"].iloc[-1] == "x3"
    assert np.isnan(frame["rho"].iloc[-1])


def test_noise_has_no_strong_axis() -> None:
    # false alarm: 5 % by the false discovery rate
    frame = strengths(pd.DataFrame(cube(), columns=NAMES), np.random.default_rng(3).standard_normal(WORLDS))
    assert frame["q"].min() > 0.05


def test_worlds_without_an_effect_do_not_count() -> None:
    points = cube()
    effect = np.where(points[:, 0] < 0.5, points[:, 7], np.nan)
    kept = strengths(pd.DataFrame(points[points[:, 0] < 0.5], columns=NAMES), points[points[:, 0] < 0.5, 7])
    pd.testing.assert_frame_equal(strengths(pd.DataFrame(points, columns=NAMES), effect), kept)


def test_a_world_on_the_bound_of_a_condition_lies_at_most_at_it() -> None:
    points = np.array([[0.1, 0.9], [0.3, 0.9], [0.5, 0.9]])
    assert inside((Condition(0, above=False, bound=0.3),), points).tolist() == [True, True, False]
    assert inside((Condition(0, above=True, bound=0.3),), points).tolist() == [False, False, True]
    both = Condition(0, above=True, bound=0.2), Condition(1, above=False, bound=0.8)
    assert inside(both, points).tolist() == [False, False, False]
    assert inside((), points).tolist() == [True, True, True]


def test_a_box_counts_worlds_and_hits_inside_and_in_all() -> None:
    points, hits = np.array([[0.1], [0.3], [0.5], [0.7]]), np.array([True, False, True, True])
    box = box_of((Condition(0, above=True, bound=0.2),), points, hits)
    assert box[1:] == (3, 2, 4, 3)
    assert box.phi == pytest.approx((2 * 4 - 3 * 3) / np.sqrt(3 * 1 * 3 * 1))


@pytest.mark.parametrize("box", [Box((), 0, 0, 4, 2), Box((), 4, 2, 4, 2), Box((), 2, 0, 4, 0), Box((), 2, 2, 4, 4)])
def test_what_does_not_vary_has_no_correlation(box: Box) -> None:
    assert box.phi == 0.0


def test_an_empty_box_has_no_density() -> None:
    assert np.isnan(Box((), 0, 0, 4, 2).density)
    assert Box((), 0, 0, 4, 2).coverage == 0.0


def two_values(hits_low: int, hits_high: int) -> tuple[np.ndarray, np.ndarray]:
    """A hundred worlds of 0 and a hundred of 1, with so many hits."""
    points = np.repeat([0.0, 1.0], 100)[:, None]
    return points, np.concatenate([np.arange(100) < hits_low, np.arange(100) < hits_high])


def test_the_last_condition_stays_however_little_it_tells() -> None:
    points, hits = two_values(50, 53)
    box = best_box(points, hits)
    assert box is not None
    assert 0.0 < box.phi < discovery.LOSS
    assert box.conditions == (Condition(0, above=True, bound=0.5),)


def test_where_nothing_differs_no_box_is_offered() -> None:
    assert best_box(np.zeros((40, 1)), np.arange(40) < 20) is None
    assert discover(np.zeros((40, 1)), np.arange(40) < 20) is None


def test_boxes_hold_five_worlds_or_a_twentieth() -> None:
    """4 hits of 60 alone at one end are too few for a box of their own; 5 are enough, and of 200 it takes 10."""
    for worlds, least in ((60, 5), (200, 10)):
        points = np.arange(float(worlds))[:, None]
        for hits in (least - 1, least):
            box = best_box(points, points[:, 0] < hits)
            assert box is not None
            assert box.worlds == least


def test_a_perfect_rule_is_as_rare_as_the_shuffles_can_tell_and_one_of_none_stops_them_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 39 shuffles none does as well, 1 in 40; where nearly every one does the 20th ends the search."""
    with monkeypatch.context() as patch:
        patch.setattr(discovery, "SHUFFLES", 39)
        found = discover(*two_values(0, 100))
    assert found is not None
    assert found.p == 1.0 / 40.0
    assert (found.box.density, found.held_out.density, found.held_out.coverage) == (1.0, 1.0, 1.0)
    weak = discover(*two_values(50, 51))
    assert weak is not None
    assert weak.p > 0.5
    assert 20.0 / weak.p == pytest.approx(round(20.0 / weak.p))


def test_rules_are_ordered_by_how_sure_then_by_how_good_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "SHUFFLES", 99)
    points = cube(2, 60)
    contests, draws = words(points, points[:, 0].argsort().argsort() < 30)
    also = contests.assign(scenario="C", word=np.where(points[:, 3] < 0.5, WINS, LOSES))
    found = flips(pd.concat([contests, also]), draws, seed=1)
    order = [(flip.q, -flip.found.box.phi) for flip in found]
    assert order == sorted(order)
    assert len(order) == 3
    assert flips(contests.assign(word=UNDECIDED), draws, seed=1) == []


def test_a_rule_is_real_up_to_a_twentieth() -> None:
    found = discovery.Found(Box((), 2, 1, 4, 2), 0.01, Box((), 2, 1, 4, 2))
    assert [Flip("B", "A", VARIANCE, found, q).is_real for q in (0.05, 0.0501)] == [True, False]


def test_each_outcome_is_searched_in_its_own_worlds_and_rules_are_told_best_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of p = .04, .001 and .04 false alarms are .04, .003 and .04; at equal ones the larger phi stands first."""
    weak, sure = Box((), 2, 1, 4, 1), Box((), 2, 2, 4, 2)
    told = [discovery.Found(box, p, box) for box, p in ((weak, 0.04), (weak, 0.001), (sure, 0.04))]
    answers, asked = iter([*told, None]), []

    def search(points: np.ndarray, hits: np.ndarray, seed: int) -> discovery.Found | None:
        asked.append((points.tolist(), hits.tolist(), seed))
        return next(answers)

    monkeypatch.setattr(sys.modules[Flip.__module__], "discover", search)
    rows = [("C", 3, WINS), ("C", 1, LOSES), ("B", 2, WINS), ("B", 3, UNDECIDED)]
    contests = pd.DataFrame(rows, columns=["scenario", "world", "word"]).assign(against="A", criterion=VARIANCE)
    found = flips(contests, pd.DataFrame({"x": [0.1, 0.2, 0.3, 0.4]}, index=[1, 2, 3, 4]), seed=5)
    assert asked == [
        ([[0.3], [0.1]], [True, False], 5),
        ([[0.3], [0.1]], [False, True], 5),
        ([[0.2], [0.3]], [True, False], 5),
        ([[0.2], [0.3]], [False, False], 5),
    ]
    assert [(flip.winner, flip.loser) for flip in found] == [("A", "C"), ("B", "A"), ("C", "A")]
    assert [flip.q for flip in found] == pytest.approx([0.003, 0.04, 0.04])


def test_where_nothing_can_be_searched_there_are_no_flips() -> None:
    contests, draws = words(cube()[:10], np.arange(10) < 5)
    assert flips(contests, draws, seed=1) == []


def test_a_rule_s_row_counts_its_box_and_the_worlds_held_out() -> None:
    box = Box((Condition(1, above=False, bound=0.3),), 40, 31, 200, 43)
    found = Flip("B", "A", VARIANCE, discovery.Found(box, 0.001, Box((), 30, 20, 200, 43)), 0.02)
    (row,) = flip_rows([found], TOLD).to_dict("records")
    assert (row["winner"], row["loser"], row["criterion"]) == ("B", "A", VARIANCE)
    assert [row[name] for name in ("worlds", "wins", "box_worlds", "box_wins")] == [200, 43, 40, 31]
    assert [row[name] for name in ("coverage", "density", "p", "q")] == [31 / 43, 31 / 40, 0.001, 0.02]
    assert row["phi"] == pytest.approx((31 * 200 - 40 * 43) / np.sqrt(40 * 160 * 43 * 157))
    assert (row["found"], row["held_out_worlds"], row["held_out_wins"]) == (True, 30, 20)
    assert "(coverage 72 %, density 78 %; " in row["sentence"]


@pytest.mark.parametrize("ties", [1, 3, 7])
def test_an_effect_that_goes_with_an_axis_has_a_rank_correlation_of_exactly_one(ties: int) -> None:
    draws = pd.DataFrame({"up": np.arange(61) // ties, "down": -(np.arange(61) // ties), "none": np.zeros(61)})
    found = strengths(draws, np.exp(np.arange(61.0) // ties)).set_index("axis")
    assert (found.loc["up", "rho"], found.loc["down", "rho"]) == (1.0, -1.0)
    assert (found.loc["up", "p"], found.loc["down", "p"]) == (0.0, 0.0)
    assert np.isnan(found.loc["none"]).all()
