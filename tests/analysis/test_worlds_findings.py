"""From rows to sentences and the map, on made-up worlds with a known flip: B is better iff x1 < 0.4 and x2 > 0.4."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.worlds.contests import LOSES, VARIANCE, WINS
from revsim.analysis.worlds.findings import (
    NOTHING_SEARCHED,
    Asked,
    Findings,
    findings,
    main_contest,
    too_few_words,
)
from revsim.analysis.worlds.hypercube import latin_hypercube
from revsim.analysis.worlds.phrasing import Assumed, Condition, condition_words, contest_words
from revsim.analysis.worlds.table import Names, look
from revsim.reports.figures.scale import scale_of
from revsim.reports.figures.world_map import world_map
from revsim.reports.theme import styled
from tests.analysis.synthetic import frame, tables

WORLDS, AXES = 90, 8
NAMES = Names(("A", "B", "C"), "A", lambda name, world: f"w{world:04d} {name}")
TOLD = [Assumed(f"world.x{k}", f"Title of x{k}", "weeks", "no direct evidence" if k == 1 else "") for k in range(AXES)]


def is_corner(point: np.ndarray) -> bool:
    return bool(point[1] < 0.4 and point[2] > 0.4)


@cache
def asked() -> Asked:
    draws = pd.DataFrame(
        latin_hypercube(WORLDS, AXES, 4),
        index=pd.RangeIndex(1, WORLDS + 1, name="world"),
        columns=[axis.name for axis in TOLD],
    )
    return Asked(draws, draws, TOLD, NAMES, 0.5, 1)


@cache
def found() -> Findings:
    parts = []
    for world, point in enumerate(asked().draws.to_numpy(), start=1):
        for name, error in (("A", 0.2), ("B", 0.1 if is_corner(point) else 0.2), ("C", 0.2)):
            quarter, week = tables(np.random.default_rng(world), (10, 2), error)
            called = NAMES.in_world(name, world)
            parts.append((frame(called, quarter), frame(called, week)))
    quarters, weeks = (pd.concat(some, ignore_index=True) for some in zip(*parts, strict=True))
    return findings(look(quarters, weeks, WORLDS, NAMES), asked())


def test_the_known_flip_is_found_and_told() -> None:
    told = [line for line in found().sentences if line.startswith("“B” beats “A” on forecast variance where")]
    assert len(told) == 1
    assert "“title of x1” * (x1) is at most 0.3" in told[0] or "“title of x1” * (x1) is at most 0.4" in told[0]
    assert "“title of x2” (x2) is above 0." in told[0]


def test_that_nothing_was_found_is_not_said_where_something_was() -> None:
    assert not [line for line in found().sentences if line.startswith(("Of ", "Where it flips"))]


def test_who_never_wins_has_no_rule_and_that_is_said() -> None:
    assert not [flip for flip in found().flips if flip.is_real and flip.winner == "C"]
    assert any("“C” over “A” (0 of 90)" in note for note in found().notes)


def test_the_share_of_worlds_won_is_that_of_the_corner() -> None:
    row = (
        found().shares.set_index(["among", "scenario", "against", "criterion"]).loc[("all worlds", "B", "A", VARIANCE)]
    )
    assert row["wins"] == sum(map(is_corner, asked().draws.to_numpy()))
    assert row["loses"] == 0


def test_equal_scenarios_share_the_worlds_in_which_they_are_best() -> None:
    rows = found().best[found().best["among"] == "all worlds"].set_index("scenario")
    assert rows["best_variance"]["A"] == pytest.approx(rows["best_variance"]["C"])
    assert rows["best_variance"].sum() == pytest.approx(WORLDS)
    assert rows["mean_regret_spread"]["B"] == 0.0


def test_made_up_rows_pass_no_pattern_of_a_company_and_that_is_said() -> None:
    assert found().plausible == 0
    assert found().notes[0].startswith("0 of 90 worlds pass the patterns")
    assert set(found().shares["among"]) == {"all worlds"}


def test_the_map_is_drawn_over_the_two_axes_that_decide() -> None:
    picture = world_map(found(), asked())
    assert picture is not None
    assert set(picture.columns[1:3]) == {"Title of x1", "Title of x2"}
    assert len(picture.rows) == WORLDS


def test_the_map_s_claim_is_its_table_s_count() -> None:
    picture = world_map(found(), asked())
    assert picture is not None
    words = [row[3] for row in picture.rows]
    told = [float(number) for number in re.findall(r"in ([\d.]+) %", picture.claim)]
    assert told == pytest.approx([100.0 * words.count(one) / WORLDS for one in ("wins", "loses")], abs=0.5)


def never_or_so_often() -> Asked:
    """The same worlds, where x2 is never (0) or the longest."""
    axes = [axis._replace(ends=True) if axis.name == "world.x2" else axis for axis in TOLD]
    draws = asked().draws
    return asked()._replace(axes=axes, draws=draws.assign(**{"world.x2": 26.0 * (draws["world.x2"] > 0.4)}))


def test_an_axis_of_two_values_is_drawn_and_listed_in_words() -> None:
    picture = world_map(found(), never_or_so_often())
    assert picture is not None
    place = picture.columns.index("Title of x2")
    assert {row[place] for row in picture.rows} == {"never", "every 26 weeks"}
    with styled(picture.name):
        axes = picture.draw().axes[0]
        side = axes.xaxis if place == 1 else axes.yaxis
        assert [text.get_text() for text in side.get_ticklabels()] == ["never", "every 26 weeks"]


def test_points_of_a_two_valued_axis_lie_apart_and_near_their_word() -> None:
    axis = TOLD[2]._replace(ends=True)
    scale = scale_of(axis, never_or_so_often().draws["world.x2"])
    assert scale.places.nunique() == WORLDS
    assert (scale.places.round() == (scale.drawn > 0.0)).all()
    assert scale.bound(13.0) == 0.5


def test_the_caption_speaks_of_bounds_only_where_some_are_drawn() -> None:
    told = [world_map(one, asked()) for one in (found(), found()._replace(flips=[]))]
    assert ["Dashed" in picture.subtitle for picture in told if picture] == [True, False]


def test_the_legend_stands_above_the_picture_and_below_the_claim() -> None:
    picture = world_map(found(), asked())
    assert picture is not None
    with styled(picture.name):
        figure = picture.draw()
        figure.draw_without_rendering()
        legend = figure.axes[0].get_legend().get_window_extent()
    assert legend.y0 >= figure.axes[0].get_window_extent().y1
    assert legend.y1 <= figure.bbox.y1
    assert legend.x1 <= figure.bbox.x1


@pytest.mark.parametrize(
    ("axis", "condition", "words"),
    [
        (
            Assumed("world.n", "People", "people", "", whole=True),
            Condition(0, above=True, bound=3.5),
            "at least 4 people",
        ),
        (
            Assumed("world.n", "People", "people", "", whole=True),
            Condition(0, above=False, bound=3.5),
            "at most 3 people",
        ),
        (Assumed("world.n", "Weeks", "weeks", "", ends=True), Condition(0, above=False, bound=13.0), "is never"),
        (Assumed("world.n", "Share", "share", ""), Condition(0, above=True, bound=0.25), "is above 0.250"),
    ],
)
def test_a_condition_is_told_as_people_would(axis: Assumed, condition: Condition, words: str) -> None:
    assert condition_words(condition, axis).endswith(words)


def test_that_no_rule_was_found_is_said_only_where_one_was_searched() -> None:
    few = [f"{NAMES.in_world(name, world)}" for world in (1, 2) for name in NAMES.scenarios]
    parts = [tables(np.random.default_rng(1), (10, 2), 0.2) for _ in few]
    quarters, weeks = (
        pd.concat([frame(name, part[which]) for name, part in zip(few, parts, strict=True)], ignore_index=True)
        for which in (0, 1)
    )
    told = findings(look(quarters, weeks, 2, NAMES), asked())
    assert NOTHING_SEARCHED in told.sentences
    assert not any("no rule of at most" in line for line in told.sentences)
    assert any(note.startswith("No map") for note in told.notes)


def test_shares_say_on_how_many_assumptions_they_rest() -> None:
    marked = sum(bool(axis.evidence) for axis in TOLD)
    for frame_ in (found().contests, found().shares, found().best):
        assert set(frame_["axes_without_evidence"]) == {marked}


def test_what_no_world_can_judge_is_called_so() -> None:
    row = {"scenario": "B", "against": "A", "criterion": "cost_per_point", "worlds": 0}
    assert contest_words(row) == "“B” against “A” on cost per point of variance removed is judged in no world."


@pytest.mark.parametrize(
    ("often", "contest"),
    [
        ({"A": 50.0, "B": 20.0, "C": 10.0}, ("C", "B")),  # the baseline is no choice; the later in the list first
        ({"A": 0.0, "B": 5.0, "C": 40.0}, ("C", "B")),
        ({"A": 9.0, "B": 5.0}, ("B", "A")),  # one choice alone stands against the baseline
        ({"A": 9.0, "B": 5.0, "C": 7.0, "D": 6.0}, ("D", "C")),  # the two that are best most often
        ({"A": 9.0, "B": 7.0, "C": 6.0, "D": 5.0}, ("C", "B")),
    ],
)
def test_the_main_contest_is_between_the_two_choices_most_often_best(
    often: dict[str, float], contest: tuple[str, str]
) -> None:
    rows = pd.DataFrame({"among": "all worlds", "scenario": list(often), "best_variance": list(often.values())})
    other = rows.assign(among="worlds that pass the patterns", best_variance=rows["best_variance"].to_numpy()[::-1])
    names = Names(tuple(often), "A", lambda name, world: f"w{world:04d} {name}")
    assert main_contest(pd.concat([other, rows]), names) == contest


def test_a_contest_is_told_with_its_share_its_interval_and_whether_it_is_ahead() -> None:
    row = {
        "scenario": "B", "against": "A", "criterion": VARIANCE, "worlds": 40, "wins_share": 0.62, "wins_low": 0.51,
        "wins_high": 0.72, "loses_share": 0.08, "undecided_share": 0.3, "ahead": 0.8, "ahead_low": 0.7,
        "ahead_high": 0.9,
    }  # fmt: skip
    said = contest_words(row)
    assert said == (
        "“B” beats “A” on forecast variance clearly in 62 % (95 % interval 51 to 72) of 40 worlds; loses in 8.0 %, "
        "undecided in 30 %. Clear or not, it is ahead in 80 % (95 % interval 70 to 90)."
    )
    assert contest_words({**row, "ahead": np.nan}) == said.partition(" Clear or not")[0]


@pytest.mark.parametrize(("won", "lost", "told"), [(40, 20, []), (57, 3, [57, 3]), (2, 30, [2])])
def test_outcomes_too_seldom_or_too_often_for_a_rule_are_counted(won: int, lost: int, told: list[int]) -> None:
    words = [WINS] * won + [LOSES] * lost + ["unclear"] * (60 - won - lost)
    contests = pd.DataFrame({"criterion": VARIANCE, "scenario": "B", "against": "A", "word": words})
    assert [int(number) for number in re.findall(r"\((\d+) of 60\)", too_few_words(contests))] == told
