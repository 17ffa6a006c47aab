"""Places for results that a user names: unfit ones are told before anything runs, without temporary names."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store import place as places
from revsim.store.atomic import write_text
from revsim.store.layout import Folder
from revsim.store.place import check_file, folder_at, prepare


def test_an_empty_path_is_refused() -> None:
    with pytest.raises(UserError, match=r"--out '': must be a path; write e.g. results/mine"):
        folder_at("--out", "")


@pytest.mark.parametrize("below", ["file", "file/results", "file/a/b"])
def test_a_file_and_what_would_be_below_one_are_no_results_folder(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="is a file, and results need a folder") as caught:
        prepare(Folder(tmp_path / below))
    assert "Choose another --out" in str(caught.value)


def test_a_folder_with_other_things_in_it_is_no_results_folder_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(UserError, match=r"holds no manifest\.json, so it is no results folder") as caught:
        prepare(Folder(tmp_path))
    assert "Choose another --out, e.g. " in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_absent_an_empty_and_a_study_s_folder_are_fit(tmp_path: Path) -> None:
    prepare(Folder(tmp_path / "new" / "one"))
    prepare(Folder(tmp_path / "new" / "one"))
    (tmp_path / "new" / "one" / "manifest.json").write_text("{}")
    prepare(Folder(tmp_path / "new" / "one"))


def test_a_place_that_the_system_refuses_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "tmpabc"))

    monkeypatch.setattr(places, "_try_to_write", refuse)
    for check in (lambda: prepare(Folder(tmp_path / "r")), lambda: check_file("--out", tmp_path / "x.csv")):
        with pytest.raises(UserError, match=r"cannot be written \(Permission denied\)") as caught:
            check()
        assert "Choose another place" in str(caught.value)
        assert "tmpabc" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere/run.csv", "there is no folder .*; make it first"), (".", "is a folder; name a file in it")],
)
def test_a_file_needs_a_folder_that_is_there(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        check_file("--out", tmp_path / name)


def test_a_file_in_the_way_of_a_folder_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="a part of that path is a file"):
        write_text(tmp_path / "file" / "x", "")


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "é" * 125 + ".csv"])
def test_a_file_may_have_the_longest_name_that_there_can_be(name: str, tmp_path: Path) -> None:
    write_text(tmp_path / name, "a,b")
    assert [path.name for path in tmp_path.iterdir()] == [name]
