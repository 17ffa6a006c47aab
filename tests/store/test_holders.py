"""A process holds a file once, whatever it is called, until it lets go of it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from revsim.store.holders import Claim, claim, release


def test_a_file_is_held_once_by_whatever_name_and_again_when_it_is_let_go_of(tmp_path: Path) -> None:
    path, same, other = (tmp_path / name for name in ("one", "same", "other"))
    held = claim(path)
    assert path.read_bytes() == b""
    facts = path.stat()
    assert held == Claim(facts.st_dev, facts.st_ino)
    same.hardlink_to(path)
    assert (claim(path), claim(same)) == (None, None)
    another = claim(other)
    assert another is not None
    assert held is not None
    release(held)
    release(held)
    assert claim(same) == held
    assert claim(other) is None
    for one in (held, another):
        release(one)


def test_a_new_file_has_the_permissions_that_the_user_chose_for_new_ones(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        held = claim(tmp_path / "one")
    finally:
        os.umask(before)
    assert held is not None
    release(held)
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o666


def test_what_stands_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"rows")
    (tmp_path / "link").symlink_to(tmp_path / "none")
    for name in ("one", "link"):
        held = claim(tmp_path / name)
        assert held is not None
        release(held)
    assert (tmp_path / "one").read_bytes() == b"rows"
    assert not (tmp_path / "none").exists()


def test_a_file_in_no_folder_is_told_by_the_system_s_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        claim(tmp_path / "none" / "one")
