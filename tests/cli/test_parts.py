"""`revsim parts` on a tiny company: folder, words, JSON, and the same from Python."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import revsim as library
from revsim.scenario.text import as_yaml
from tests import tiny
from tests.cli.conftest import Call

RUN = ["--workers", "1", "-n", "4", "--out", "out"]


@pytest.fixture
def there(revsim: Call) -> Call:
    Path("tiny.yaml").write_text(as_yaml(tiny.tiny()), encoding="utf-8")
    return revsim


def test_shares_of_each_week_add_up_in_the_table_and_python_finds_the_same(there: Call) -> None:
    answer = there("parts", "tiny.yaml", *RUN)
    assert answer.code == 0
    assert "at mid-quarter (week 7) is" in answer.out
    assert "widened for the number of their kind" in answer.err
    table = pd.read_csv("out/parts.csv")
    assert set(table["week"]) == {1, 7, 12}
    for _, rows in table.groupby(["week", "of"]):
        by_kind = rows.groupby("kind")["estimate"].sum()
        assert by_kind["share"] == pytest.approx(by_kind["all"], abs=1e-12)
        assert by_kind["left"] == pytest.approx(by_kind["level"] - by_kind["all"], abs=1e-12)
    assert len(list(Path("out/scenarios").iterdir())) == 16
    assert "Cross terms" in Path("out/report.html").read_text(encoding="utf-8")
    again = library.parts("tiny.yaml", replications=4, workers=1, out="out")
    numbers = ["estimate", "low", "high", "wide_low", "wide_high", "share"]
    pd.testing.assert_frame_equal(again.frames["parts"][numbers], table[numbers])


def test_the_page_has_the_picture_of_the_parts_by_week(there: Call) -> None:
    assert there("parts", "tiny.yaml", *RUN).code == 0
    assert {path.name for path in Path("out/figures").iterdir()} == {"parts.svg", "parts.png"}
    assert 'aria-labelledby="parts-title"' in Path("out/report.html").read_text(encoding="utf-8")


def test_json_holds_the_rows_of_the_table(there: Call) -> None:
    data = json.loads(there("parts", "tiny.yaml", *RUN, "--json").out)
    assert data["schema"] == "revsim.parts/1"
    assert len(data["rows"]) == len(pd.read_csv("out/parts.csv"))
    assert data["scenario"] == "Tiny"
