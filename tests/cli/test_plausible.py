"""`revsim plausible` on a short company: table, JSON, folder, wrong use; `worlds --members` takes what it made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from revsim.analysis.worlds import implausibility
from revsim.cli import app
from revsim.store.members import read_set
from revsim.studies import screening

SETS = [
    part for name, value in (("warmup_quarters", 3), ("quarters", 2)) for part in ("--set", f"calendar.{name}={value}")
]
SMALL = ["status-quo.yaml", *SETS, "--members", "3", "--most", "60", "-n", "6", "--workers", "1"]


WIDE = 6.0  # the cut of these tests: some of few draws are to be kept, whatever the shipped company's patterns are


@pytest.fixture(scope="module", autouse=True)
def wide_cut() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(implausibility, "CUT", WIDE)
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished study."""
    folder = tmp_path_factory.mktemp("plausible") / "r"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "BATCH", 30)
        assert app.exit_code(["plausible", *SMALL, "--out", str(folder), "--quiet"]) == 0
    return folder


def test_a_row_a_member_and_a_row_a_pattern_with_what_it_rules_out(kept: Path) -> None:
    members, patterns = (pd.read_csv(kept / f"{name}.csv") for name in ("members", "patterns"))
    assert 1 <= len(members) <= 3
    assert (members["implausibility"] <= WIDE).all()
    assert patterns["ruled_out"].between(0.0, 1.0).all()
    assert (patterns["alone"] <= patterns["ruled_out"]).all()
    assert len(read_set(kept / "members.json").members) == len(members)


def test_json_is_one_document_with_patterns_and_medians(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screening, "BATCH", 30)
    assert app.exit_code(["plausible", *SMALL, "--out", str(kept), "--json"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["schema"], data["scenario"]) == ("revsim.plausible/1", "Status quo")
    assert data["members"] == len(pd.read_csv(kept / "members.csv"))
    assert {row["pattern"] for row in data["patterns"]} == set(pd.read_csv(kept / "patterns.csv")["pattern"])
    assert "are not ruled out by 5 replications" in err


def test_worlds_take_the_members_of_a_folder(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = ["status-quo.yaml", "design.yaml"]
    run = ["-n", "3", "--workers", "1", "--out", str(tmp_path / "w"), "--json"]
    assert app.exit_code(["worlds", *files, *SETS, "--members", str(kept), *run]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["from_plausible_set"]
    assert data["worlds"] == data["plausible"] == len(pd.read_csv(kept / "members.csv"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plausible", "status-quo.yaml", "--members", "1"], "--members 1: must be a whole number, 2 to 1,000"),
        (["plausible", "status-quo.yaml", "--most", "x"], "--most x: must be a whole number"),
        (["plausible", "status-quo.yaml", "-n", "5"], "must be 6 or more"),
        (["plausible", "nothing.yaml"], "nothing.yaml"),
        (["worlds", "status-quo.yaml", "design.yaml", "--members", "nowhere"], "there is no such file"),
    ],
)
def test_wrong_use_ends_with_2_and_a_way_out(
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert app.exit_code(arguments) == 2
    assert words in capsys.readouterr().err
