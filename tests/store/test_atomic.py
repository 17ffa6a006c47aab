"""Files are written whole and are on the disk before their names are; folders are made where no link stands."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from revsim.errors import UnwritableError
from revsim.store import atomic
from revsim.store.atomic import half_written, make_folder, refused, write_text

posix = pytest.mark.skipif(os.name == "nt", reason="links and folders as on POSIX")


@posix
def test_a_file_is_on_the_disk_before_its_name_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[bool, int, bool]] = []
    handles: list[int] = []
    place = tmp_path / "file"

    def fsync(handle: int) -> None:
        facts = os.fstat(handle)
        is_folder = stat.S_ISDIR(facts.st_mode)
        synced.append((is_folder, 0 if is_folder else facts.st_size, place.exists()))
        handles.append(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_text(place, "whole")
    assert synced == [(False, 5, False), (True, 0, True)]
    for handle in handles:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(handle)


@posix
@pytest.mark.parametrize(
    ("number", "is_told"), [(errno.EACCES, False), (errno.EINVAL, False), (errno.EISDIR, False), (errno.EIO, True)]
)
@pytest.mark.parametrize("step", ["open", "fsync"])
def test_a_folder_that_cannot_be_synced_is_told_where_a_disk_fails(
    step: str, number: int, *, is_told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_open, real_sync = os.open, os.fsync

    def opened(path: str | Path, flags: int, *mode: int) -> int:
        if step == "open" and Path(path) == tmp_path:
            raise OSError(number, "no")
        return real_open(path, flags, *mode)

    def fsync(handle: int) -> None:
        if step == "fsync" and stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, "no")
        real_sync(handle)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "fsync", fsync)
    if is_told:
        with pytest.raises(UnwritableError):
            write_text(tmp_path / "file", "whole")
    else:
        write_text(tmp_path / "file", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_name_that_is_taken_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(["00000000", "00000000", "11111111"])
    monkeypatch.setattr(atomic.secrets, "token_hex", lambda _: next(numbers))
    (tmp_path / ".file.00000000.tmp").write_text("theirs")
    write_text(tmp_path / "file", "whole")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        ".file.00000000.tmp": "theirs",
        "file": "whole",
    }


def test_a_temporary_name_holds_forty_characters_of_the_target_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[str] = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda old, new: (named.append(old.name), replace(old, new)))
    write_text(tmp_path / ("x" * 39 + "yz"), "")
    assert [name[:-12] for name in named] == ["." + "x" * 39 + "y."]
    assert half_written(tmp_path, ".*") == []


def test_names_are_known_again_in_full_where_a_plain_file_bears_them(tmp_path: Path) -> None:
    names = [".a.0123abcd.tmp", ".b.0123abcd.tmp", ".a.0123abc.tmp", ".a.0123abcd.tmp2", "x.a.0123abcd.tmp"]
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / ".a.00000000.tmp").mkdir()
    assert [path.name for path in half_written(tmp_path, "a|c")] == [".a.0123abcd.tmp"]


@posix
def test_a_folder_is_made_in_one_that_is_there_and_never_through_a_link(tmp_path: Path) -> None:
    make_folder(tmp_path / "one")
    make_folder(tmp_path / "one")
    with pytest.raises(UnwritableError, match="there is no folder"):
        make_folder(tmp_path / "two" / "three")
    (tmp_path / "link").symlink_to(tmp_path / "one", target_is_directory=True)
    with pytest.raises(UnwritableError, match="is a link"):
        make_folder(tmp_path / "link")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "one"]


@posix
def test_a_folder_that_is_made_with_those_above_it_may_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "one", target_is_directory=True)
    make_folder(tmp_path / "link", parents=True)
    make_folder(tmp_path / "link" / "two" / "three", parents=True)
    assert (tmp_path / "one" / "two" / "three").is_dir()


@pytest.mark.parametrize(
    ("error", "place", "reason"),
    [
        (FileNotFoundError(2, "gone"), "x", "gone"),
        (FileNotFoundError(2, "gone"), "none/x", "there is no folder"),
        (PermissionError(13, "not yours"), "none/x", "not yours"),
        (NotADirectoryError(20, "no"), "x", "a part of that path is a file"),
        (OSError(28, "Cannot write. Detail: [errno 28] No space"), "x", os.strerror(28)),
        (OSError(28, "Cannot write"), "x", "Cannot write"),
    ],
)
def test_a_refusal_is_told_by_what_is_wrong_with_the_path(
    error: OSError, place: str, reason: str, tmp_path: Path
) -> None:
    assert f"({reason}" in str(refused(tmp_path / place, error))
