"""The true model, in a tiny company: rows do not depend on processes or on what else is in the study."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import revsim

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios" / "status-quo.yaml"
TINY = {
    "calendar.warmup_quarters": 1,
    "calendar.quarters": 2,
    "world.demand.inquiries_per_week": 40,
    "world.sales.reps": 3,
    "world.desk.analysts": 1,
    "world.customers.installed_base": 20,
}


@pytest.fixture(scope="module")
def scenarios() -> list[revsim.Scenario]:
    base = revsim.load(SHIPPED).replace(TINY, name="Tiny")
    return [base, base.replace({"design.owned_handoffs": 0.9}, name="Owned")]


@pytest.fixture(scope="module")
def study(scenarios: list[revsim.Scenario]) -> revsim.Study:
    return revsim.compare(scenarios, replications=3, seed=7, workers=2)


def test_processes_and_the_other_scenarios_of_a_study_change_no_bit(
    scenarios: list[revsim.Scenario], study: revsim.Study
) -> None:
    alone = revsim.run(scenarios[1], replications=2, seed=7, workers=1)
    for mine, theirs in ((alone.quarters, study.quarters), (alone.weeks, study.weeks)):
        same = theirs[(theirs["scenario"] == "Owned") & (theirs["replication"] < 2)].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, same, check_exact=True)


def test_a_study_saved_is_a_whole_results_folder(study: revsim.Study, tmp_path: Path) -> None:
    study.save(tmp_path / "r")
    names = {path.name for path in (tmp_path / "r").iterdir()}
    files = {"manifest.json", "quarters.parquet", "weeks.parquet", "effects.csv", "summary.csv", "report.html"}
    files |= {"balance.csv", "spans.csv", "time_to_effect.csv", "time_to_effect_findings.csv"}
    assert names == files | {"scenarios", "figures", "parts"}
    assert study.effects()["scenario"].unique().tolist() == ["Owned"]
    assert revsim.load(tmp_path / "r" / "scenarios" / "owned.yaml").resolved == study.scenarios[1].resolved


def test_two_names_of_one_content_have_the_same_rows(scenarios: list[revsim.Scenario]) -> None:
    twin = scenarios[0].replace({}, name="Twin")
    study = revsim.compare([scenarios[0], twin], replications=3, seed=1, workers=1)
    there = study.effects().dropna(subset="estimate")
    assert (there["estimate"] == 0.0).all()


def test_effects_and_balance_end_with_the_numbers_that_nobody_has_measured(study: revsim.Study, tmp_path: Path) -> None:
    study.save(tmp_path / "r")
    for name in ("effects.csv", "balance.csv"):
        table = pd.read_csv(tmp_path / "r" / name, keep_default_na=False)
        assert table.columns[-1] == "rests_on_no_evidence"
    assert study.effects().columns[-1] == "rests_on_no_evidence"
