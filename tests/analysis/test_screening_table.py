"""A screening's tables and sentences of effects that are known, and the answers of companies that are."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from revsim.analysis.cube import Floats
from revsim.analysis.screening_answers import MEASURES, answers
from revsim.analysis.screening_design import Design, trajectories
from revsim.analysis.screening_table import DUMMY, Names, Screening, screening
from revsim.analysis.screening_words import first_of, maybe_of, sentences
from revsim.analysis.worlds.phrasing import Assumed
from revsim.errors import UserError
from tests.analysis.cubes import cube

NUMBERS = [Assumed(f"world.{name}", name.title(), "", "") for name in ("first", "second", "idle")]
NAMES = Names("Base", ("Better",), lambda name, company: f"{name} {company}")
SLOPES = np.array([1.0, 3.0, 0.0])


def of_slopes(slopes: Floats = SLOPES, luck: float = 0.1) -> tuple[Floats, Floats, Design]:
    """(company, scenario, measure) linear effects, of the second measure ten times as large; and other luck."""
    design = trajectories(6, 3, 1)
    units = np.array([1.0, 10.0, 1.0, 1.0, 1.0, 1.0])
    at = (design.points @ slopes).reshape(-1, 1, 1) * units
    starts = at.reshape(6, 4, 1, 6)[:, 0]
    noise = np.random.default_rng(2).normal(0.0, luck, (5, 6, 1, 1)) * units
    return at, starts + noise, design


def found_of(slopes: Floats = SLOPES, luck: float = 0.1) -> Screening:
    own, others, design = of_slopes(slopes, luck)
    return screening(own, others, design, NAMES, NUMBERS)


def test_rows_hold_the_slope_of_each_number_and_the_dummy_last() -> None:
    rows = found_of().rows
    first = rows[rows["measure"] == MEASURES[0].name]
    assert first["number"].tolist() == ["world.first", "world.second", "world.idle", DUMMY]
    np.testing.assert_allclose(first["mu_star"][:3], SLOPES, atol=1e-12)
    np.testing.assert_allclose(first["over_dummy"], first["mu_star"] / first["mu_star"].iloc[-1])
    second = rows[rows["measure"] == MEASURES[1].name]
    np.testing.assert_allclose(second["mu_star"], 10.0 * first["mu_star"])
    assert (len(rows), rows["unit"].nunique()) == (6 * 4, 2)


def test_drivers_are_in_sd_over_the_starts_and_what_is_idle_has_no_place() -> None:
    found = found_of()
    _, _, design = of_slopes()
    sd = (design.points[:, 0] @ SLOPES).std(ddof=1)
    assert found.drivers["number"].tolist() == ["world.second", "world.first", "world.idle"]
    np.testing.assert_allclose(found.drivers["score"], [3.0 / sd, 1.0 / sd, np.nan])
    np.testing.assert_allclose(found.drivers["rank"], [1.0, 2.0, np.nan])
    assert found.drivers["scenario"].tolist() == ["Better", "Better", ""]
    assert first_of(found)["number"].tolist() == ["world.second", "world.first"]
    assert maybe_of(found).empty


def test_where_nothing_is_above_chance_none_is_named() -> None:
    found = found_of(luck=100.0)
    assert first_of(found).empty
    assert not any(one.name.removeprefix("world.") in " ".join(sentences(found)) for one in NUMBERS)


def test_a_sentence_for_each_answer_and_one_of_them_all() -> None:
    found = found_of()
    assert len(sentences(found)) == 1 + len(found.answers) == 7
    assert sentences(found)[0].index("second") < sentences(found)[0].index("first)")


def test_an_answer_that_no_company_tells_is_left_out_and_none_at_all_is_refused() -> None:
    own, others, design = of_slopes()
    own[:, :, 0] = np.nan
    assert MEASURES[0].name not in set(screening(own, others, design, NAMES, NUMBERS).rows["measure"])
    with pytest.raises(UserError, match="Take more trajectories"):
        screening(np.full_like(own, np.nan), others, design, NAMES, NUMBERS)


def test_equal_companies_have_no_effect() -> None:
    made = cube(("Base", "Better"))._replace(margin=0.5)
    np.testing.assert_allclose(answers(made, 1, 0), 0.0, atol=1e-12)


def test_twice_the_money_is_no_effect_by_its_own_bookings_and_its_logs_by_the_baseline_s() -> None:
    made = cube(("Base", "Better"))._replace(margin=0.5)
    made.quarterly["bookings"][1] *= 2.0
    made.weekly["forecast"][1] *= 2.0
    told = answers(made, 1, 0)
    np.testing.assert_allclose(told[:4], [0.0, log(4.0), 0.0, log(2.0)], atol=1e-9)
    assert (told[4:] > 0.0).all()


def test_of_a_company_that_books_nothing_logs_cannot_be_told() -> None:
    made = cube(("Base", "Better"))._replace(margin=0.5)
    made.quarterly["bookings"][1] = 0.0
    assert np.isnan(answers(made, 1, 0)[[0, 2]]).all()
