"""`revsim frontier` on a tiny company: folder, JSON, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from revsim.cli import app
from revsim.scenario.address import get
from revsim.scenario.load import load
from revsim.scenario.sides import SIDES
from revsim.scenario.text import as_yaml
from tests import pages
from tests.tiny import tiny

FEW = ("--quarters", "2", "--mixes", "8", "--cost", "4000,300", "-n", "3", "--workers", "1")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "base.yaml").write_text(as_yaml(tiny()), encoding="utf-8")
    return folder


def frontier(desk: Path, *words: str) -> int:
    return app.exit_code(["frontier", str(desk / "base.yaml"), *FEW, *words])


@pytest.fixture(scope="module")
def folder(desk: Path) -> Path:
    assert frontier(desk, "--side", "coordination", "--side", "design", "--out", str(desk / "r"), "--quiet") == 0
    return desk / "r"


def test_the_folder_holds_tables_page_picture_and_the_mixes_as_files(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names >= {"manifest.json", "frontier.csv", "search.csv", "report.html", "quarters.parquet"}
    assert (folder / "figures" / "frontier.svg").exists()
    files = {path.name for path in (folder / "scenarios").iterdir()}
    assert files == {
        *("tiny.yaml", "coordination-at-300.yaml", "coordination-at-4k.yaml", "design-at-300.yaml", "design-at-4k.yaml")
    }


def test_a_mix_s_file_has_the_levers_of_its_row(folder: Path) -> None:
    table = pd.read_csv(folder / "frontier.csv")
    for _, row in table.iterrows():
        file = folder / "scenarios" / f"{row['scenario'].lower().replace(' ', '-')}.yaml"
        found = load(str(file))
        assert [get(found, at).value for at in SIDES["both"]] == [row[at] for at in SIDES["both"]]


def test_json_has_the_rows_of_the_table_and_the_page_its_sentences(
    desk: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert frontier(desk, "--side", "coordination", "--side", "design", "--out", str(folder), "--json") == 0
    found = json.loads(capsys.readouterr().out)
    table = pd.read_csv(folder / "frontier.csv")
    assert (found["schema"], found["seed"], found["base"]) == ("revsim.frontier/1", 2, "Tiny")
    assert [row["net_value"] for row in found["rows"]] == table["net_value"].tolist()
    page = pages.text_of((folder / "report.html").read_text(encoding="utf-8"))
    assert [sentence for sentence in found["sentences"] if pages.plain(sentence) not in page] == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--side", "sales"), "must be coordination, design or both"),
        (("--cost", "25k"), "must be numbers"),
        (("--cost", "0"), "must be numbers above 0"),
        (("--quarters", "0"), "a whole number, 1 to 80"),
        (("--mixes", "2"), "a whole number, 8 to"),
        (("-n", "2"), "must be 3 or more"),
    ],
)
def test_wrong_use_ends_with_2_before_anything_runs(
    more: tuple[str, ...], words: str, desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("revsim.studies.search.Search.run", lambda _: pytest.fail("it ran"))
    assert frontier(desk, "--out", str(desk / "wrong"), *more) == 2
    assert words in capsys.readouterr().err
    assert not (desk / "wrong").exists()


@pytest.mark.parametrize(
    ("more", "words"), [(("--cost", "4000,500"), "it holds the scenarios"), (("--seed", "5"), "--seed 2, not 6")]
)
def test_a_folder_of_another_study_is_refused_before_the_search(
    more: tuple[str, ...],
    words: str,
    desk: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("revsim.studies.search.Search.run", lambda _: pytest.fail("it ran"))
    sides = ("--side", "coordination", "--side", "design")
    assert frontier(desk, *sides, "--out", str(folder), *more) == 2
    assert words in capsys.readouterr().err


def test_a_search_that_is_stopped_leaves_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("revsim.experiment.executors.replicate", stop)
    assert frontier(desk, "--out", str(desk / "stopped")) == 130
    assert "interrupted" in capsys.readouterr().err
    assert not (desk / "stopped").exists()
