"""`compare --steady` and `--horizon`: twins in the same study, judged beside it; longer runs of the same companies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import revsim
from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.manifest import read_manifest
from revsim.study import Study
from tests.tiny import SMALL

SETS = [f"{address}={value}" for address, value in (SMALL | {"calendar.quarters": 6}).items()]
TWINS = ["Coordination, standing", "Design, standing"]


def scenarios() -> list[revsim.Scenario]:
    return [revsim.load(f"{name}.yaml", SETS) for name in ("status-quo", "coordination", "design")]


def compared(out: Path) -> Study:
    return revsim.compare(scenarios(), replications=12, workers=1, continuations=1, steady=True, horizon=None, out=out)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("steady") / "r"


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    return revsim.compare(
        scenarios(), replications=12, workers=1, continuations=1, steady=True, horizon=None, out=folder
    )


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv")


def test_twins_are_cases_of_one_study_and_the_baseline_without_programmes_needs_none(study: Study) -> None:
    assert study.plan.names == ["Status quo", "Coordination", "Design"]
    assert [facts.name for facts in study.finished.manifest.scenarios] == [*study.plan.names, *TWINS]
    assert set(study.quarters["scenario"]) == {*study.plan.names, *TWINS}


def test_twins_are_in_no_contest(study: Study, folder: Path) -> None:
    assert [one.scenario for one in study.comparison.contest] == study.plan.names
    assert sum(study.comparison.best_chance) == pytest.approx(1.0)
    assert not set(table(folder, "best")["scenario"]) & set(TWINS)


def test_rows_of_the_others_are_those_of_the_study_without_twins(study: Study) -> None:
    alone = revsim.compare(scenarios(), replications=12, workers=1, continuations=1)
    kept = study.quarters[~study.quarters["scenario"].isin(TWINS)].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, alone.quarters.reset_index(drop=True))
    mine = study.effects().query("state != 'standing'").reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, alone.effects().reset_index(drop=True))


@pytest.mark.usefixtures("study")
def test_every_table_says_what_is_built_and_what_stands(folder: Path) -> None:
    states = {"Coordination": "built", "Design": "built", **dict.fromkeys(TWINS, "standing")}
    for name in ("effects", "summary", "balance"):
        found = table(folder, name).drop_duplicates("scenario").set_index("scenario")["state"].to_dict()
        assert found == states | ({"Status quo": "today"} if name == "summary" else {}), name


def test_a_twin_s_balance_is_the_paired_difference_of_its_own_rows(study: Study, folder: Path) -> None:
    quarters = study.quarters
    contributes, costs = (
        ["bookings"],
        ["marketing_spend", "people_cost", "remedy_cost_design", "remedy_cost_coordination"],
    )
    net = quarters[contributes].sum(axis=1) * study.margin - quarters[costs].sum(axis=1)
    mean = net.groupby(quarters["scenario"]).mean()
    told = table(folder, "balance").set_index(["scenario", "item"])["estimate"]
    found = table(folder, "spans").query("span == 'standing' and measure == 'net_value_without_renewals'")
    for twin in TWINS:
        assert told[twin, "net_without_renewals"] == pytest.approx(mean[twin] - mean["Status quo"])
    assert found["estimate"].tolist() == pytest.approx([mean[twin] - mean["Status quo"] for twin in TWINS])


def test_what_stands_builds_nothing_and_costs_less_than_what_is_built(study: Study) -> None:
    cost = study.quarters.groupby(["scenario", "quarter"])["remedy_cost_design"].mean()
    assert cost["Design, standing"][1] < 0.5 * cost["Design"][1]
    assert np.ptp(cost["Design, standing"].to_numpy()) < 0.1 * cost["Design, standing"].mean()


def test_longer_runs_are_of_the_first_replications_and_the_same_scenarios(study: Study, folder: Path) -> None:
    assert study.longer is not None
    more, ours = study.longer.quarters, study.quarters
    assert more["quarter"].max() == 12
    assert sorted(set(more["replication"])) == [0, 1, 2]
    keys = ["scenario", "replication", "quarter"]
    both = more.merge(ours, on=keys, suffixes=("", "_short"))
    assert len(both) == 5 * 3 * 6
    assert np.array_equal(both["bookings"], both["bookings_short"])
    manifest = read_manifest(Folder(folder).longer.manifest)
    assert manifest is not None
    assert (manifest.replications, manifest.continuations) == (3, 0)


def test_net_value_over_more_quarters_is_that_of_the_longer_rows(study: Study, folder: Path) -> None:
    assert study.longer is not None
    whole = study.longer.effects().query("measure in ['net_value', 'net_value_without_renewals']")
    wanted = {(one.scenario, one.measure): one.estimate for one in whole.itertuples()}
    told = table(folder, "balance").set_index(["scenario", "item"])["estimate"]
    for name in ("Coordination", "Design"):
        assert told[name, "net_longer"] == pytest.approx(wanted[name, "net_value"])
        assert told[name, "net_without_renewals_longer"] == pytest.approx(wanted[name, "net_value_without_renewals"])
    assert "over 12 quarters (3 replications)" in study.verdict


def test_the_same_command_finds_all_of_it_there(study: Study, folder: Path) -> None:
    again = revsim.compare(
        scenarios(), replications=12, workers=1, continuations=1, steady=True, horizon=None, out=folder
    )
    assert again.verdict == study.verdict
    assert again.finished.manifest.start == study.finished.manifest.start


def test_a_saved_study_has_its_longer_runs(study: Study, folder: Path, tmp_path: Path) -> None:
    saved = Path(study.save(tmp_path / "s"))
    assert (saved / "longer" / "quarters.parquet").exists()
    assert table(saved, "balance").equals(table(folder, "balance"))


def test_a_baseline_with_programmes_stands_too_and_what_stands_is_compared_with_it() -> None:
    _, talk, design = scenarios()
    study = revsim.compare([talk, design], replications=4, workers=1, continuations=0, steady=True)
    assert study.standing is not None
    assert study.standing.twins.cube.scenarios == tuple(TWINS)
    assert {one.baseline for one in study.spans if one.span == "standing"} == {TWINS[0]}
    assert {row.scenario for row in study.standing.rows if row.effect is not None} == {TWINS[1]}


def test_where_nothing_can_stand_that_is_said() -> None:
    quo, *_ = scenarios()
    other = quo.replace({"world.sales.reps": 4}, name="More")
    with pytest.raises(UserError, match="--steady"):
        revsim.compare([quo, other], replications=2, workers=1, steady=True)


@pytest.mark.parametrize("horizon", [6, 3, 81, -1])
def test_a_horizon_is_longer_than_what_is_measured(horizon: int) -> None:
    with pytest.raises(UserError, match="horizon"):
        revsim.compare(scenarios(), replications=2, workers=1, horizon=horizon)
