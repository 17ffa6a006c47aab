"""Files that may come from a stranger are opened as plain files of a bounded size, whatever is put there meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.regular import is_regular, kind_of, opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes as on POSIX")


def test_as_many_bytes_as_may_be_read_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    with opened(tmp_path / "file", 5) as file:
        assert file.read() == b"12345"
    with pytest.raises(UserError, match="has 5 bytes, and at most 4 are read"), opened(tmp_path / "file", 4):
        pass


def test_what_is_absent_is_told_by_the_system_s_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), opened(tmp_path / "none", 5):
        pass


def test_plain_files_alone_are_regular(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    places = [tmp_path / "file", tmp_path / "link", tmp_path / "pipe", tmp_path, tmp_path / "none"]
    assert [is_regular(place) for place in places] == [True, False, False, False, False]
    for place, kind in zip(places[1:4], ("a link", "a pipe", "a folder"), strict=True):
        with pytest.raises(UserError, match=f"is {kind}, and must be a plain file"), opened(place, 5):
            pass


@pytest.mark.parametrize(
    ("mode", "kind"), [(stat.S_IFSOCK, "a socket"), (stat.S_IFCHR | 0o600, "a device"), (0o170000, "of no known kind")]
)
def test_the_kind_of_a_file_is_told_by_its_mode(mode: int, kind: str) -> None:
    assert kind_of(mode) == kind


@pytest.mark.parametrize("swap", ["link", "folder"])
def test_what_is_put_in_a_file_s_place_before_it_is_opened_is_refused(
    swap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, real = tmp_path / "file", os.open
    (tmp_path / "theirs").write_text("mine")
    place.touch()
    put: dict[str, Callable[[], None]] = {"link": lambda: place.symlink_to(tmp_path / "theirs"), "folder": place.mkdir}

    def swapped(path: Path, flags: int) -> int:
        assert flags & os.O_NONBLOCK, "a pipe would be waited for"
        place.unlink()
        put[swap]()
        return real(path, flags)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises((UserError, IsADirectoryError)), opened(place, 5):
        pass


@pytest.mark.parametrize("absent", ["O_NOFOLLOW", "O_NONBLOCK"])
def test_a_system_that_lacks_a_way_to_open_files_opens_them_plainly(
    absent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, absent)
    (tmp_path / "file").write_bytes(b"12345")
    with opened(tmp_path / "file", 5) as file:
        assert file.read() == b"12345"
