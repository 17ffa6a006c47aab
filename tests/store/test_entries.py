"""What bears our names in a results folder is looked at before anything is opened; all else is the user's."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from revsim.errors import UserError
from revsim.store.entries import check_entries
from revsim.store.layout import Folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes as on POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Each of our folders with a file of ours and one of the user's in it."""
    folder = Folder(tmp_path / "r")
    for inside in (folder.root, *folder.folders):
        inside.mkdir()
        (inside / "x.json").touch()
        (inside / "notes.md").touch()
    return folder


def test_a_folder_that_is_absent_or_as_it_must_be_is_right(folder: Folder, tmp_path: Path) -> None:
    check_entries(Folder(tmp_path / "none"))
    check_entries(folder)
    folder.figures.rename(tmp_path / "figures")
    check_entries(folder)


@pytest.mark.parametrize("target", ["r", "none"])
def test_a_link_is_no_results_folder_wherever_it_leads(folder: Folder, tmp_path: Path, target: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(UserError, match=f"link: is a link, and .*\n.*{folder.root.with_name(target)}$"):
        check_entries(Folder(tmp_path / "link"))


def test_a_file_is_no_results_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="file: is a file, where a folder must be"):
        check_entries(Folder(tmp_path / "file"))


@pytest.mark.parametrize("place", ["parts", "scenarios", "figures"])
def test_our_folders_are_folders(folder: Folder, tmp_path: Path, place: str) -> None:
    inside = folder.root / place
    inside.rename(tmp_path / "moved")
    inside.symlink_to(tmp_path / "moved", target_is_directory=True)
    with pytest.raises(UserError, match=f"{place}: is a link to {tmp_path / 'moved'}, where a folder must be"):
        check_entries(folder)
    inside.unlink()
    inside.touch()
    with pytest.raises(UserError, match=f"{place}: is a file, where a folder must be"):
        check_entries(folder)


@pytest.mark.parametrize("place", ["", "parts", "scenarios", "figures"])
@pytest.mark.parametrize("name", ["x.parquet", "x.sqlite-wal", ".x.json"])
def test_what_bears_our_names_is_a_plain_file(folder: Folder, place: str, name: str) -> None:
    entry = folder.root / place / name
    entry.symlink_to(folder.root / "x.json")
    with pytest.raises(UserError, match=f"{name}: is a link, where a plain file must be"):
        check_entries(folder)
    entry.unlink()
    entry.mkdir()
    with pytest.raises(UserError, match=f"{name}: is a folder, where a plain file must be"):
        check_entries(folder)


@pytest.mark.parametrize("name", ["x.jsonl", "json", "x.parquet.bak", "mine"])
def test_what_bears_other_names_may_be_anything(folder: Folder, name: str) -> None:
    (folder.parts / name).symlink_to(folder.root)
    os.mkfifo(folder.root / name)
    check_entries(folder)


def test_a_junction_is_a_link(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows calls it a folder and tells its kind beside it."""
    monkeypatch.setattr(Path, "lstat", lambda _: SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=0xA0000003))
    with pytest.raises(UserError, match="is a link"):
        check_entries(folder)
