"""`revsim screen` on tiny companies: folder, dummies, doors, and what is refused."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import revsim
from revsim.cli import app
from revsim.errors import UserError
from revsim.studies.screen import ScreenStudy
from revsim.studies.screened import Paths, screen_of
from tests.tiny import SMALL

FILES = ["status-quo.yaml", "design.yaml"]
FREE = ("world.desk.deal_hours", "world.buyers.value_sigma", "world.forecasting.meeting_sd")


def scenarios() -> list[revsim.Scenario]:
    return [revsim.load(name).replace(SMALL) for name in FILES]


@cache
def fixed() -> tuple[str, ...]:
    """Every number that has a range, but FREE."""
    here = screen_of(scenarios(), "Status quo", Paths(2), 1)
    return tuple(spread.address for axis in here.axes for spread in axis.spreads if spread.address not in FREE)


def small(**how: Any) -> ScreenStudy:
    return revsim.screen(scenarios(), replications=3, workers=1, fixed=fixed(), **how)


@pytest.fixture(scope="module")
def study() -> ScreenStudy:
    """Three numbers, four paths."""
    return small(trajectories=4)


def test_each_answer_has_a_row_for_each_number_and_the_dummy(study: ScreenStudy) -> None:
    rows = study.frames["screening"]
    assert set(rows["number"]) == {*FREE, "dummy"}
    assert len(rows) == 4 * rows.groupby(["scenario", "measure"]).ngroups
    assert rows["measure"].nunique() == 6
    assert not rows.loc[rows["number"] == "dummy", "above_dummy"].any()
    assert (rows.loc[rows["number"] == "dummy", "mu_star"] > 0.0).all()
    assert (rows["mu_star"] >= rows["mu"].abs() - 1e-9).all()


def test_dummies_have_other_luck_each_and_the_same_companies(study: ScreenStudy) -> None:
    own = study.study.plan
    content = {facts.name: facts.content_hash for facts in own.scenarios}
    assert [other.plan.task.seed - own.task.seed for other in study.lucks] == [1, 2, 3, 4, 5]
    for other in study.lucks:
        assert len(other.plan.scenarios) == 4 * 2
        assert all(content[facts.name] == facts.content_hash for facts in other.plan.scenarios)


def test_ranked_are_those_above_the_dummy_in_an_answer_and_no_others(study: ScreenStudy) -> None:
    rows, drivers = study.frames["screening"], study.frames["drivers"]
    above = set(rows.loc[rows["above_dummy"], "number"])
    assert set(drivers.loc[drivers["rank"].notna(), "number"]) == above
    assert set(drivers["number"]) == set(FREE)
    assert (drivers["scenario"].ne("") == drivers["rank"].notna()).all()


def test_meetings_move_the_number_and_the_desk_moves_what_is_sold(study: ScreenStudy) -> None:
    rows = study.frames["screening"].set_index(["measure", "number"])["mu_star"]
    assert rows["forecast_variance_week_7", "world.forecasting.meeting_sd"] > 0.0
    assert rows["net_value", "world.desk.deal_hours"] > 0.0


def test_from_given_companies_steps_start_there_and_nothing_else_is_drawn() -> None:
    companies = [[0.5, 0.2, 0.9], [0.1, 0.6, 0.3]]
    found = small(companies=companies)
    np.testing.assert_allclose(found.screen.design.points[:, 0], companies)
    assert found.screen.design.radial
    assert len(found.screen.everywhere) == 2 * 4 * 2


def test_equal_seeds_say_the_same(study: ScreenStudy) -> None:
    pd.testing.assert_frame_equal(small(trajectories=4).frames["screening"], study.frames["screening"])


def test_the_command_writes_tables_picture_and_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
    fixes = [part for name in fixed() for part in ("--fix", name)]
    words = ["screen", *FILES, *sets, *fixes, "--workers", "1", "--trajectories", "2", "-n", "3", "--json", "--quiet"]
    assert app.exit_code([*words, "--out", str(tmp_path / "r")]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "revsim.screen/1"
    assert len(data["rows"]) == len(pd.read_csv(tmp_path / "r/screening.csv"))
    assert len(data["drivers"]) == 3
    there = {path.relative_to(tmp_path / "r").as_posix() for path in (tmp_path / "r").rglob("*")}
    assert {"drivers.csv", "axes.csv", "report.html", "figures/screening.svg"} <= there


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"trajectories": 1}, "trajectories = 1: must be a whole number, 2"),
        ({"companies": [[0.5]]}, "give two or more"),
        ({"companies": [[0.5], [0.5]]}, "each must be"),
        ({"fixed": ["world.nothing"]}, "--fix world.nothing"),
        ({"baseline": "Nobody"}, "no scenario of this study"),
        ({"replications": 2}, "must be 3 or more"),
        ({"trajectories": 900}, "must be 9,999 or fewer"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(how: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        revsim.screen(scenarios(), **({"replications": 3} | how))


def test_one_scenario_has_no_effect_to_screen() -> None:
    with pytest.raises(UserError, match="at least one scenario"):
        revsim.screen(scenarios()[:1])
