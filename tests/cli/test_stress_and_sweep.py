"""`stress` and `sweep` from end to end, on a tiny company with the reference engine."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from revsim.analysis.business import RULE
from tests import pages
from tests.cli.conftest import Call
from tests.tiny import SMALL

SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
RUN = ["--workers", "1", "--quiet", *SETS]
STRESS = ["stress", "status-quo.yaml", "design.yaml", "--stress", "stress/top-performer-leaves.yaml", *RUN]
SWEEP = """sweep: Small
scenario: status-quo.yaml
factors:
  - name: m
    levels: [0, 1]
    sets: [{address: design.owned_handoffs, from: 1, to: 0}]
waiting: [1]
"""
FILES = {
    "early_warning.csv",
    "effects.csv",
    "masking.csv",
    "onset.csv",
    "points.csv",
    "summary.csv",
    "waiting.csv",
}


@pytest.fixture
def swept(revsim: Call) -> Call:
    Path("small.yaml").write_text(SWEEP, encoding="utf-8")
    return revsim


def test_a_stress_study_writes_its_table_and_says_what_happens_to_each_scenario(revsim: Call) -> None:
    answer = revsim(*STRESS, "-n", "4", "--out", "out")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.count("If a top performer left tomorrow") == 2
    assert "“Design”" in answer.out
    table = pd.read_csv("out/stress.csv")
    assert set(table["scenario"]) == {"Status quo", "Design"}
    assert set(table["window"]) == {"event", "whole"}
    assert Path("out/scenarios/design-top-performer-leaves.yaml").exists()
    assert len(list(Path("out/figures").iterdir())) == 2


def test_a_stress_study_that_goes_on_ends_as_one_that_was_never_stopped(revsim: Call) -> None:
    for out, counts in (("once", ("4",)), ("twice", ("2", "4"))):
        for count in counts:
            assert revsim(*STRESS, "-n", count, "--out", out).code == 0
    assert Path("once/stress.csv").read_bytes() == Path("twice/stress.csv").read_bytes()


def test_json_of_a_stress_study_holds_the_rows_of_the_table(revsim: Call) -> None:
    answer = revsim(*STRESS, "-n", "3", "--out", "out", "--json")
    data = json.loads(answer.out)
    assert data["schema"] == "revsim.stress/1"
    assert len(data["rows"]) == len(pd.read_csv("out/stress.csv"))
    assert data["reference"] == "Status quo"


def test_a_stress_begins_in_the_quarter_that_is_asked(revsim: Call) -> None:
    answer = revsim(*STRESS, "-n", "3", "--at-quarter", "1", "--out", "out")
    assert "over quarters 1 to 2, from its beginning on" in answer.out
    table = pd.read_csv("out/stress.csv")
    assert set(table.loc[table["window"] == "event", "quarters"]) == {"1-2"}


def test_a_quarter_that_is_not_measured_is_refused_before_anything_runs(revsim: Call) -> None:
    answer = revsim(*STRESS, "--at-quarter", "3", "--out", "out")
    assert answer.code == 2
    assert "is to happen in measured week 27, and “Status quo” measures 26 weeks" in answer.err
    assert revsim(*STRESS, "--at-quarter", "0").err.startswith(
        "error: --at-quarter 0: must be a whole number, 1 or more"
    )


def test_a_stress_that_is_none_is_refused_before_anything_runs(revsim: Call) -> None:
    answer = revsim("stress", "status-quo.yaml", "--stress", "design.yaml", "--out", "out")
    assert answer.code == 2
    assert "has no `stress` block" in answer.err
    assert not Path("out").exists()


def test_a_sweep_writes_all_its_tables(swept: Call) -> None:
    answer = swept("sweep", "small.yaml", *RUN, "-n", "4", "--out", "out")
    assert (answer.code, answer.err) == (0, "")
    assert {path.name for path in Path("out").iterdir()} >= FILES
    points = pd.read_csv("out/points.csv")
    assert points["scenario"].tolist() == ["p000001", "p000002", "p000003"]
    assert points["m"].tolist() == [0, 1, 0]
    assert points["waits_quarters"].tolist() == [0, 0, 1]
    assert "Waiting 1 quarter changes new business" in answer.out


def test_a_sweep_that_goes_on_ends_as_one_that_was_never_stopped(swept: Call) -> None:
    for out, counts in (("once", ("4",)), ("twice", ("2", "4"))):
        for count in counts:
            assert swept("sweep", "small.yaml", *RUN, "-n", count, "--out", out).code == 0
    for name in FILES:
        assert Path("once", name).read_bytes() == Path("twice", name).read_bytes(), name


def test_a_sweep_of_two_factors_has_points_and_effects_and_no_severity(swept: Call) -> None:
    more = "  - {name: view, levels: [0, 1], sets: [{address: design.one_view_of_data, from: 0, to: 1}]}\n"
    Path("two.yaml").write_text(SWEEP.replace("waiting: [1]\n", more), encoding="utf-8")
    answer = swept("sweep", "two.yaml", *RUN, "-n", "3", "--out", "out", "--json")
    data = json.loads(answer.out)
    assert len(data["points"]) == 4
    assert "onset" not in data
    assert not Path("out/onset.csv").exists()


@pytest.mark.parametrize(
    ("given", "words"), [("dask", "not there yet"), ("dask:tcp://a:1", "not there yet"), ("x", "must be local")]
)
def test_an_executor_that_is_not_there_is_refused_in_plain_words(swept: Call, given: str, words: str) -> None:
    answer = swept("sweep", "small.yaml", "--executor", given)
    assert answer.code == 2
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_a_fault_in_a_sweep_file_is_told_as_that_of_a_scenario(swept: Call) -> None:
    Path("bad.yaml").write_text(SWEEP.replace("owned_handoffs", "owned"), encoding="utf-8")
    answer = swept("sweep", "bad.yaml", "--out", "out")
    assert answer.code == 2
    assert "bad.yaml:6:22: error[E101]" in answer.err
    assert not Path("out").exists()


def test_the_page_of_a_stress_study_says_what_the_terminal_says(revsim: Call) -> None:
    told = [
        line for line in revsim(*STRESS, "-n", "3", "--out", "out").out.splitlines() if "“" in line and "\t" not in line
    ]
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert len(told) == 3
    assert [line for line in told if pages.plain(line) not in pages.text_of(page)] == []
    assert pages.fetched(page) == []


def test_the_rule_by_which_leakage_and_hours_are_judged_is_a_note_in_json_and_on_the_page(revsim: Call) -> None:
    notes = json.loads(revsim(*STRESS, "-n", "3", "--out", "out", "--json").out)["notes"]
    assert RULE in notes
    assert pages.plain(RULE) in pages.text_of(Path("out/report.html").read_text(encoding="utf-8"))


def test_the_page_of_a_sweep_says_what_the_terminal_says(swept: Call) -> None:
    told = json.loads(swept("sweep", "small.yaml", *RUN, "-n", "4", "--out", "out", "--json").out)["sentences"]
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert len(told) > 10
    assert [line for line in told if pages.plain(line) not in pages.text_of(page)] == []
    assert pages.fetched(page) == []
