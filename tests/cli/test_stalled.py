"""What `revsim stress` says of a build that stalls, on a tiny company."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from tests.cli.conftest import Call
from tests.tiny import SMALL

SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
RUN = ["--stress", "stress/build-stalls.yaml", "--workers", "1", "-n", "3", "--out", "out", *SETS]


def test_a_stalled_build_is_told_against_nothing_and_against_the_finished_one(revsim: Call) -> None:
    answer = revsim("stress", "design.yaml", "status-quo.yaml", *RUN)
    assert answer.code == 0
    assert "“Design: Build stalls” against “Status quo”: for " in answer.out
    assert "“Design: Build stalls” against “Design”, which is finished, is worth " in answer.out
    table = pd.read_csv("out/stalled.csv")
    assert set(table["against"]) == {"Status quo", "Design"}
    assert "What a build that stalls is worth" in Path("out/report.html").read_text(encoding="utf-8")


def test_without_a_scenario_that_builds_nothing_a_note_says_what_is_missing(revsim: Call) -> None:
    answer = revsim("stress", "design.yaml", *RUN)
    assert "no scenario here builds nothing" in answer.err
    assert set(pd.read_csv("out/stalled.csv")["against"]) == {"Design"}


def test_json_has_the_sentences_of_stalled_builds(revsim: Call) -> None:
    answer = revsim("stress", "design.yaml", "status-quo.yaml", *RUN, "--json")
    assert len(json.loads(answer.out)["stalled"]) == 2


def test_where_nothing_stalls_there_is_no_table_of_it(revsim: Call) -> None:
    others = [part.replace("build-stalls", "top-performer-leaves") for part in RUN]
    answer = revsim("stress", "design.yaml", "status-quo.yaml", *others)
    assert answer.code == 0
    assert not Path("out/stalled.csv").exists()
