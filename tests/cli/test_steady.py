"""`compare --steady` and `--horizon` on a tiny company: what the command says, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Call
from tests.tiny import SMALL

SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
RUN = ["compare", "status-quo.yaml", "design.yaml", "--workers", "1", "-n", "8", "--continuations", "0", "--out", "out"]


def test_unless_told_net_value_is_also_told_over_twice_the_quarters(revsim: Call) -> None:
    answer = revsim(*RUN, *SETS)
    assert answer.code == 0
    assert "; over 4 quarters (2 replications) " in answer.out
    assert "`--steady` tells" in answer.out
    assert "net value over 4 quarters:" in answer.err
    assert Path("out/longer/quarters.parquet").exists()
    items = pd.read_csv("out/balance.csv")["item"].tolist()
    assert items.index("net_without_renewals_longer") < items.index("net_longer")


def test_horizon_0_leaves_the_longer_runs_out(revsim: Call) -> None:
    answer = revsim(*RUN, *SETS, "--horizon", "0", "--quiet")
    assert answer.code == 0
    assert "over 4 quarters" not in answer.out
    assert not Path("out/longer").exists()


def test_a_horizon_that_is_measured_anyway_is_refused_before_anything_runs(revsim: Call) -> None:
    answer = revsim(*RUN, *SETS, "--horizon", "2")
    assert answer.code == 2
    assert "--horizon 2: 2 quarters are measured" in answer.err
    assert not Path("out").exists()


@pytest.fixture
def steady(revsim: Call) -> dict[str, object]:
    answer = revsim(*RUN, *SETS, "--steady", "--json")
    assert answer.code == 0
    found: dict[str, object] = json.loads(answer.out)
    return found


def test_json_has_what_stands_and_the_spans_apart_from_what_was_given(steady: dict[str, object]) -> None:
    rows, standing, spans = (steady[name] for name in ("rows", "standing", "spans"))
    assert {row["scenario"] for row in rows} == {"Status quo", "Design"}
    assert {row["scenario"] for row in standing} == {"Design, standing"}
    assert {row["span"] for row in spans} == {"while_built", "all_quarters", "standing"}
    assert [each["name"] for each in steady["scenarios"]] == ["Status quo", "Design"]


def test_the_report_has_built_and_standing_side_by_side(steady: dict[str, object]) -> None:
    assert "Once “Design” stands" in str(steady["verdict"])
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "While it is built, and once it stands" in page
    assert "Design, standing" in page
    assert Path("out/scenarios/design-standing.yaml").exists()


def test_where_nothing_can_stand_the_command_says_so(revsim: Call) -> None:
    answer = revsim("compare", "status-quo.yaml", "controls/no-drift.yaml", "--steady", "-n", "2")
    assert answer.code == 2
    assert "--steady: no scenario has design, coordination or heroics" in answer.err
