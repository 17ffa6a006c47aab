"""Which companies some scenarios can be about: ranges hold, and a choice that raises also does so there."""

from __future__ import annotations

import pytest

from revsim.analysis.worlds.hypercube import latin_hypercube
from revsim.scenario.address import replace
from revsim.scenario.drawing import drawn
from revsim.scenario.load import load
from revsim.scenario.ranges import axes
from revsim.scenario.todays import fits_scenarios

BASE = load("scenarios/status-quo.yaml")
MORE = replace(
    BASE,
    {
        "design.one_view_of_data": 0.5,
        "coordination.meetings": 0.25,
        "coordination.resets.every_weeks": 13,
        "coordination.resets.strength": 0.8,
    },
    "More",
)
VIEW, MEETINGS = "world.today.design.one_view_of_data", "world.today.coordination.meetings"
EVERY = "world.today.coordination.resets.every_weeks"


@pytest.mark.parametrize(
    ("address", "value", "fits"),
    [
        (VIEW, 0.1, True),
        (VIEW, 0.5, True),
        (VIEW, 0.55, False),  # .5 would lower what is there
        (MEETINGS, 0.25, True),
        (MEETINGS, 0.2, False),  # a quarter of an hour would raise what the file's half-hour says it lowers
        (EVERY, 0.0, True),
        (EVERY, 26.0, True),  # each 13 weeks is more often
        ("world.sales.speed_exponent", 0.31, True),
        ("world.sales.speed_exponent", 1.1, False),  # outside the file's range
    ],
)
def test_a_choice_keeps_its_direction_and_a_number_its_range(address: str, value: float, *, fits: bool) -> None:
    assert fits_scenarios({address: value}, [BASE, MORE]) is fits


@pytest.mark.parametrize(
    ("every", "strength", "fits"),
    [
        (0.0, 0.9, True),  # none today: their strength says nothing
        (26.0, 0.9, False),  # .8 would weaken them
        (26.0, 0.7, True),
        (12.0, 0.7, False),  # each 13 weeks would be more seldom
        (12.0, 0.0, True),  # without strength they are none
    ],
)
def test_how_a_lever_works_counts_where_it_is_used(every: float, strength: float, *, fits: bool) -> None:
    assert fits_scenarios({EVERY: every, EVERY.replace("every_weeks", "strength"): strength}, [BASE, MORE]) is fits


def test_a_lever_that_a_choice_takes_away_must_be_there() -> None:
    some = replace(BASE, {EVERY: 13, EVERY.replace("every_weeks", "strength"): 0.5})
    fewer = replace(some, {"coordination.resets.every_weeks": 26}, "Fewer")
    known = {"low": 0.0, "high": 26.0}
    some, fewer = (replace(each, {EVERY: {"value": 13, **known}}) for each in (some, fewer))
    assert fits_scenarios({EVERY: 13.0}, [some, fewer])
    assert not fits_scenarios({EVERY: 0.0}, [some, fewer])


def test_without_choices_every_number_of_the_range_fits() -> None:
    assert fits_scenarios({VIEW: 0.55, MEETINGS: 0.0, EVERY: 5.0}, [BASE])


def test_a_number_taken_as_known_must_be_the_same() -> None:
    known = replace(BASE, {"world.sales.reps": 31})
    assert fits_scenarios({"world.sales.reps": 31.0}, [known])
    assert not fits_scenarios({"world.sales.reps": 30.0}, [known])


def test_a_number_that_the_company_does_not_have_fits_nobody() -> None:
    assert not fits_scenarios({"world.sales.nothing": 1.0}, [BASE])


def test_what_a_draw_mends_may_leave_its_range() -> None:
    assert fits_scenarios({"world.demand.sources[0].share": 0.56}, [BASE])
    assert not fits_scenarios({"world.demand.sources[0].fit": 0.56}, [BASE])


def test_every_draw_of_a_company_s_ranges_is_a_company_of_it() -> None:
    found = axes([BASE])
    for point in latin_hypercube(60, len(found), 3):
        assert fits_scenarios(drawn(found, point, BASE), [BASE])
