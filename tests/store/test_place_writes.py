"""Where a place is tried to be written before anything is run, and what makes it a study's."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store import place as places
from revsim.store.layout import Folder
from revsim.store.place import check_file, prepare


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Folders that were tried."""
    found: list[Path] = []
    monkeypatch.setattr(places, "_try_to_write", found.append)
    return found


def test_a_study_s_folder_and_those_in_it_are_tried(tmp_path: Path, tried: list[Path]) -> None:
    folder = Folder(tmp_path / "new" / "r")
    prepare(folder)
    folder.manifest.touch()
    folder.parts.mkdir()
    prepare(folder)
    folder.figures.mkdir()
    prepare(folder)
    assert tried == [folder.root] * 2 + [folder.parts, folder.root, folder.parts, folder.figures]


@pytest.mark.parametrize(
    ("there", "is_fit"),
    [
        (["manifest.json", "notes.txt"], True),
        (["parts/ledger.sqlite", "notes.txt"], True),
        ([".hidden"], True),
        ([], True),
        ([".hidden", "notes.txt"], False),
        (["parts/notes.txt"], False),
        (["quarters.parquet"], False),
    ],
)
def test_a_manifest_or_a_ledger_makes_a_folder_a_study_s_and_hidden_files_are_nothing(
    there: list[str], tmp_path: Path, *, is_fit: bool
) -> None:
    for name in there:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    if is_fit:
        prepare(Folder(tmp_path))
    else:
        with pytest.raises(UserError, match="is not empty and holds no manifest"):
            prepare(Folder(tmp_path))
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        there
    )


def test_the_file_that_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=f"{tmp_path / 'file'} is a file, and results need a folder"):
        prepare(Folder(tmp_path / "file" / "a" / "b"))


def test_a_file_is_tried_in_its_folder_and_nothing_is_left_there(tmp_path: Path, tried: list[Path]) -> None:
    check_file("--out", tmp_path / "x.csv")
    assert tried == [tmp_path]


def test_trying_leaves_nothing(tmp_path: Path) -> None:
    check_file("--out", tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        places._try_to_write(tmp_path / "none")
