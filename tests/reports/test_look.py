"""A scenario keeps its look."""

from __future__ import annotations

import revsim
from revsim.analysis.ranking import CONTROL
from revsim.reports.look import ACCENTS, BASELINE, FIXED, looks_of

BLUE, ORANGE = ACCENTS[0], ACCENTS[1]


def test_the_baseline_is_grey_whatever_it_is() -> None:
    assert looks_of(["Design", "Coordination"], 0)[0] == BASELINE
    assert looks_of(["Design", "Coordination"], 1)[1] == BASELINE


def test_coordination_is_blue_and_design_orange_wherever_they_stand() -> None:
    assert looks_of(["Status quo", "Coordination", "Design"], 0)[1:] == [BLUE, ORANGE]
    assert looks_of(["Status quo", "Design", "Mine", "Coordination"], 0)[1] == ORANGE
    assert looks_of(["Status quo", "Design", "Mine", "Coordination"], 0)[3] == BLUE


def test_a_name_looks_the_same_beside_others() -> None:
    alone = looks_of(["Status quo", "Heroics"], 0)[1]
    assert looks_of(["Status quo", "Coordination", "Heroics", "Design"], 0)[2] == alone
    assert alone not in {BLUE, ORANGE}


def test_scenarios_of_one_study_look_different_and_more_than_there_are_looks_still_get_one() -> None:
    names = ["Status quo", *(f"Case {number}" for number in range(len(ACCENTS)))]
    assert len(set(looks_of(names, 0))) == len(names)
    assert len(looks_of([*names, "One more"], 0)) == len(names) + 1


def test_names_with_a_part_of_their_own_are_those_of_the_shipped_files() -> None:
    assert [revsim.load(f"{name.lower()}.yaml").name for name in FIXED] == list(FIXED)
    assert revsim.load("controls/frictionless.yaml").name == CONTROL
