"""`revsim worlds` on a tiny company: files, streams, exit codes, and going on after Ctrl-C."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from revsim.analysis.worlds import discovery
from revsim.cli import app
from revsim.experiment import run as running
from tests import pages
from tests.tiny import SMALL

TABLES = ("worlds", "contests", "shares", "best", "patterns", "strengths", "conditions", "axes")
SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
FILES = ["status-quo.yaml", "coordination.yaml", "design.yaml"]


def worlds(*options: str) -> int:
    return app.exit_code(["worlds", *FILES, *SETS, "--workers", "1", "--worlds", "20", "-n", "3", *options])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished study."""
    folder = tmp_path_factory.mktemp("worlds") / "r"
    assert worlds("--out", str(folder), "--quiet") == 0
    return folder


def test_the_folder_holds_every_table_the_words_and_the_map(kept: Path) -> None:
    assert {f"{name}.csv" for name in TABLES} | {"conditions.txt", "manifest.json"} <= {
        path.name for path in kept.iterdir()
    }
    assert {path.name for path in (kept / "figures").iterdir()} == {
        *("worlds.svg", "worlds.png", "shares.svg", "shares.png")
    }
    assert len(list((kept / "scenarios").iterdir())) == 3


def test_the_page_says_what_the_terminal_says(kept: Path) -> None:
    page = (kept / "report.html").read_text(encoding="utf-8")
    told = (kept / "conditions.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in told if pages.plain(line) not in pages.text_of(page)] == []
    assert "Further scenarios" in page
    assert pages.fetched(page) == []


def test_worlds_csv_has_one_row_a_world_with_its_draws_and_who_wins(kept: Path) -> None:
    frame = pd.read_csv(kept / "worlds.csv")
    assert frame["world"].tolist() == list(range(1, 21))
    assert frame["world.definitions.qualified_drift_sd"].between(0.1, 0.8).all()
    assert frame["world.definitions.qualified_drift_sd"].nunique() == 20
    assert set(frame["Design: variance word"]) <= {"wins", "loses", "undecided", "not judged"}
    assert {"Design: regret_spread", "misfit", "plausible", "Design against Coordination: bookings word"} <= set(frame)


def test_shares_stand_over_all_worlds_and_over_the_plausible_ones(kept: Path) -> None:
    frame = pd.read_csv(kept / "shares.csv")
    assert set(frame["among"]) <= {"all worlds", "worlds that pass the patterns"}
    everywhere = frame[frame["among"] == "all worlds"]
    assert len(everywhere) == 7 + 7 + 8
    assert (everywhere["wins"] + everywhere["loses"] + everywhere["undecided"] == everywhere["worlds"]).all()


def test_an_axis_without_direct_evidence_is_marked(kept: Path) -> None:
    marks = pd.read_csv(kept / "axes.csv").set_index("address")["evidence"]
    assert marks["world.definitions.qualified_drift_sd"] == "no direct evidence"
    assert pd.isna(marks["world.demand.shock_sd"])
    assert "* no direct evidence" in (kept / "conditions.txt").read_text(encoding="utf-8")


def test_a_study_stopped_by_ctrl_c_goes_on_and_ends_with_the_same_tables(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = running.execute

    def stopped(*arguments: Any) -> Iterator[Any]:
        yield next(whole(*arguments))
        raise KeyboardInterrupt

    place = str(tmp_path / "again")
    monkeypatch.setattr(running, "execute", stopped)
    assert worlds("--out", place) == 130
    assert "the same command goes on" in capsys.readouterr().err
    monkeypatch.setattr(running, "execute", whole)
    assert worlds("--out", place) == 0
    assert "1 of 3 replications are there" in capsys.readouterr().err
    for name in TABLES:
        assert (tmp_path / "again" / f"{name}.csv").read_bytes() == (kept / f"{name}.csv").read_bytes()


def test_json_is_one_document_with_shares_and_sentences(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert worlds("--out", str(kept), "--json") == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert (data["schema"], data["judged"], data["worlds"]) == ("revsim.worlds/1", 20, 20)
    assert len(data["sentences"]) >= 13
    assert "all 3 replications are there" in err


def test_without_scikit_learn_all_but_the_rules_is_there_and_it_is_said(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(discovery, "find_spec", lambda _: None)
    assert worlds("--out", str(kept)) == 0
    assert "pip install '.[worlds]'" in capsys.readouterr().err
    assert len(pd.read_csv(kept / "conditions.csv")) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["status-quo.yaml"], "needs at least two scenarios"),
        (["status-quo.yaml", "status-quo.yaml"], "Two scenarios are called `Status quo`"),
        ([*FILES, "--worlds", "1"], "--worlds 1: must be a whole number, 2 to 9,999"),
        ([*FILES, "--slack", "-1"], "must be 0 or more"),
        ([*FILES, "--fix", "world.tody"], "--fix world.tody"),
        ([*FILES, "--baseline", "Nobody"], "--baseline Nobody: no scenario of this study"),
        ([*FILES, "--worlds", "2", "-n", "2", *SETS], "must be 3 or more"),
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
    assert app.exit_code(["worlds", *arguments]) == 2
    assert words in capsys.readouterr().err
