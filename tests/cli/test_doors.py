"""Every command and function that takes a path takes it to mean the same. Rows are real and few; nothing is drawn."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from revsim import api, study
from revsim.cli import app
from revsim.errors import UserError
from revsim.machine.cache import cache_folder
from revsim.scenario.text import as_yaml
from revsim.store.atomic import write_text
from revsim.store.layout import Folder
from revsim.store.manifest import read_manifest
from revsim.studies.answer import Answer
from tests.tiny import SMALL, tiny

SCENARIO = study.Scenario(tiny(), "tiny.yaml")
BYTES = os.fsdecode(b"caf\xe9")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, a home beside it that has a study of seed 5, and no figures."""
    for name in ("home", "work", "elsewhere"):
        (tmp_path / name).mkdir()
    cache = cache_folder()
    if cache is not None:  # the engine is not compiled anew for another home
        monkeypatch.setenv("REVSIM_CACHE", str(cache.parent))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr(study.Study, "write_findings", lambda *_: None)
    Path("tiny.yaml").write_text(as_yaml(tiny()), encoding="utf-8")
    return tmp_path


def command(*words: str) -> int:
    return app.exit_code([*words, "-n", "2", "--workers", "1", "-q"])


def rows_at(path: Path) -> tuple[int, int]:
    manifest = read_manifest(Folder(path).manifest)
    assert manifest is not None
    with Folder(path).quarters.open("rb") as file:
        return manifest.seed, len(pd.read_parquet(file))


def test_out_below_a_tilde_is_the_home_s_study_and_is_not_mixed_with_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    api.run(SCENARIO, replications=2, workers=1, seed=5, out="~/x")
    assert rows_at(folder / "home" / "x") == (5, 4)
    assert command("run", "tiny.yaml", "--out", "~/x", "--seed", "1") == 2
    assert "--seed 5, not 1" in capsys.readouterr().err
    assert command("run", "tiny.yaml", "--out", "./~/x", "--seed", "1") == 0
    assert capsys.readouterr().out.endswith("Folder: ./~/x  Report: ./~/x/report.html\n")
    assert [rows_at(folder / place / "x") for place in ("home", "work/~")] == [(5, 4), (1, 4)]


@pytest.mark.parametrize("name", ["exp:1", "a b'c\"", "-x", BYTES])
def test_any_name_of_a_folder_is_as_good_as_another(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("run", "tiny.yaml", f"--out={name}", "--json") == 0
    assert json.loads(capsys.readouterr().out)["folder"] == name
    assert rows_at(folder / "work" / name) == (1, 4)


@pytest.mark.parametrize("name", ["", " ", "a\0b", "s3://bucket/x", "x" * 256, "y/" * 3000])
def test_what_can_be_no_folder_is_told_before_anything_is_run(name: str, folder: Path) -> None:
    before = sorted((folder / "work").rglob("*"))
    assert command("run", "tiny.yaml", f"--out={name}") == 2
    assert command("trace", "tiny.yaml", f"--out={name}") == 2
    assert sorted((folder / "work").rglob("*")) == before
    with pytest.raises(UserError):
        api.run(SCENARIO, replications=2, workers=1, out=name)


def test_from_python_a_folder_stays_where_it_was_when_the_process_goes_elsewhere(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = api.run(SCENARIO, replications=2, workers=1, out=Path("mine"))
    monkeypatch.chdir(folder / "elsewhere")
    assert (len(found.quarters), len(found.weeks)) == (4, 52)
    assert found.save("copy") == Path("copy")
    assert found.save(Path("~/copy")) == folder / "home" / "copy"
    assert {rows_at(place) for place in (folder / "elsewhere" / "copy", folder / "home" / "copy")} == {(1, 4)}


def test_a_page_is_written_to_the_home_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study.Study, "story", None)
    monkeypatch.setattr("revsim.reports.publish.write_report", lambda _, path: write_text(path, "page") or path)
    found = api.run(SCENARIO, replications=2, workers=1)
    assert found.report("~/page.html") == folder / "home" / "page.html"
    assert found.report("./~page.html") == folder / "work" / "~page.html"
    for bad in ("", "a\0b"):
        with pytest.raises(UserError, match="path = "):
            found.report(bad)
    answer: Any = SimpleNamespace(page="page")
    assert Answer.report(answer, Path("~/answer.html")) == folder / "home" / "answer.html"


def test_the_log_of_one_run_goes_to_the_home_too(folder: Path) -> None:
    for ending in ("csv", "parquet"):
        assert app.exit_code(["trace", "tiny.yaml", "--out", f"~/run:1.{ending}", "-q"]) == 0
    assert sorted(path.name for path in (folder / "home").iterdir()) == ["run:1.csv", "run:1.parquet"]


def test_worlds_of_a_folder_in_the_home_are_looked_for_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("compare", "tiny.yaml", "status-quo.yaml", *changed(), "--worlds", "~/w", "--out", "o") == 2
    assert str(folder / "home" / "w") in capsys.readouterr().err


def changed() -> list[str]:
    return [word for address, value in SMALL.items() for word in ("--set", f"{address}={value}")]


def test_a_new_file_in_the_home_extends_a_file_here(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.exit_code(["new", "~/mine", "--from", "tiny.yaml"]) == 0
    assert app.exit_code(["check", "~/mine.yaml"]) == 0
    assert 'extends: "../work/tiny.yaml"' in (folder / "home" / "mine.yaml").read_text(encoding="utf-8")
    assert app.exit_code(["new", "~/mine", "--from", "tiny.yaml"]) == 2
    assert "exists" in capsys.readouterr().err


def test_a_new_file_behind_a_link_extends_what_it_was_told_to(folder: Path) -> None:
    (folder / "elsewhere" / "deep").mkdir()
    (folder / "elsewhere" / "tiny.yaml").write_text("no scenario", encoding="utf-8")
    Path("link").symlink_to(folder / "elsewhere" / "deep")
    assert app.exit_code(["new", "link/mine", "--from", "tiny.yaml"]) == 0
    assert app.exit_code(["diff", "tiny.yaml", "link/mine.yaml"]) == 0


@pytest.mark.parametrize("typed", ["./base.yaml", "../work/base.yaml", "base.yaml"])
def test_a_baseline_may_be_named_by_any_way_to_its_file(typed: str) -> None:
    from revsim.cli.reading import name_of

    Path("base.yaml").touch()
    scenarios: Any = [study.Scenario(tiny()), study.Scenario(tiny({"world.sales.reps": 4}))]
    assert name_of(typed, ["other.yaml", "base.yaml"], scenarios) == "Tiny, changed"
    assert name_of("Tiny", ["other.yaml", "base.yaml"], scenarios) == "Tiny"
    assert name_of(None, ["other.yaml", "base.yaml"], scenarios) is None


def test_bytes_that_are_no_text_are_printed_and_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        Path(f"{BYTES}.yaml").write_text("extends: tiny.yaml\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes text alone")
    assert app.exit_code(["check", f"{BYTES}.yaml", f"{BYTES}2.yaml"]) == 2
    assert r"caf\xe9.yaml" in capsys.readouterr().out
    words = ("revsim", "run", f"{BYTES}.yaml")
    scenario = api.load(f"{BYTES}.yaml")
    api.run_plan([scenario], api.Settings(2, workers=1, command=words), Folder(folder / "work" / BYTES))
    manifest = read_manifest(folder / "work" / BYTES / "manifest.json")
    assert manifest is not None
    assert (tuple(manifest.command[:3]), manifest.scenarios[0].file) == (
        ("revsim", "run", r"caf\xe9.yaml"),
        r"caf\xe9.yaml",
    )
