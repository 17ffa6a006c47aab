"""What is said of worlds where no rule is: none was found, none was searched, or there is nothing to search with."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.worlds import discovery
from revsim.analysis.worlds import findings as module
from revsim.analysis.worlds.findings import NO_SEARCH, NOTHING_SEARCHED, Asked, findings, no_rule_words
from revsim.analysis.worlds.phrasing import Assumed
from revsim.analysis.worlds.table import Names, Seen, look
from tests.analysis.synthetic import frame, tables

NAMES = Names(("A", "B"), "A", lambda name, world: f"w{world:04d} {name}")
AXES = [Assumed("world.x", "Title", "weeks", "no direct evidence"), Assumed("world.y", "Title", "weeks", "")]
DRAWS = pd.DataFrame(np.eye(2), index=pd.RangeIndex(1, 3, name="world"), columns=[axis.name for axis in AXES])
ASKED = Asked(DRAWS, DRAWS, AXES, NAMES, 0.5, 1)


@cache
def seen() -> list[Seen]:
    parts = []
    for world in (1, 2):
        for name in NAMES.scenarios:
            quarter, week = tables(np.random.default_rng(world), (3, 2), 0.2)
            called = NAMES.in_world(name, world)
            parts.append((frame(called, quarter), frame(called, week)))
    quarters, weeks = (pd.concat(some, ignore_index=True) for some in zip(*parts, strict=True))
    return look(quarters, weeks, 2, NAMES)


def test_without_a_library_nothing_is_searched_and_that_is_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "is_there", lambda: False)
    monkeypatch.setattr(module, "flips", None)  # calling it would fail
    told = findings(seen(), ASKED)
    assert (told.flips, len(told.conditions)) == ([], 0)
    assert told.notes.count(NO_SEARCH) == 1
    assert NOTHING_SEARCHED not in told.sentences
    assert no_rule_words([]) == NO_SEARCH


def test_with_a_library_and_two_worlds_no_outcome_is_frequent_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "is_there", lambda: True)
    told = findings(seen(), ASKED)
    assert told.sentences[-1] == NOTHING_SEARCHED == no_rule_words([])
    assert NO_SEARCH not in told.notes
    assert (told.judged, told.main) == (2, ("B", "A"))
    assert set(told.contests["axes_without_evidence"]) == {1}


def test_outcomes_that_were_searched_in_vain_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "is_there", lambda: True)
    assert no_rule_words([None]).startswith("Of 1 outcome searched no rule")  # type: ignore[list-item]
    assert no_rule_words([None] * 2).startswith("Of 2 outcomes searched no rule")  # type: ignore[list-item]


def noted(worlds: list[Seen], plausible: int = 10) -> list[str]:
    return module._notes(worlds, plausible, ASKED, pd.DataFrame({"criterion": [], "scenario": [], "against": []}))


@pytest.mark.parametrize(("plausible", "few"), [(0, True), (9, True), (10, False)])
def test_shares_over_fewer_than_ten_worlds_say_little(plausible: int, *, few: bool) -> None:
    notes = noted(seen(), plausible)
    assert any(note.startswith(f"Shares over {plausible} worlds say little") for note in notes) == few


@pytest.mark.parametrize(("judged", "lost", "map_missing"), [(19, 0, True), (20, 0, False), (20, 3, False)])
def test_worlds_that_could_not_be_judged_are_counted_and_twenty_make_a_map(
    judged: int, lost: int, *, map_missing: bool
) -> None:
    notes = noted([*(seen() * 10)[:judged], *[Seen(30, 0, [], [], [])] * lost])
    told = [int(note.split()[0]) for note in notes if "could not be judged" in note]
    assert told == [lost] * bool(lost)
    assert any(note.startswith("No map") for note in notes) == map_missing
    assert notes[0].startswith(f"10 of {judged} worlds pass the patterns")
    assert any("So it is for 1 of the 2 axes that were drawn." in note for note in notes)
