"""What stands beside a ledger is refused unless SQLite can have left it there; heads are written byte by byte."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.ledger_file import check_files, is_to_be_played_back, remove_done_with

MARK = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"


def ledger(folder: Path, *, size: int = 8192, page: int = 4096, modes: bytes = b"\1\1", first: bytes = b"SQL") -> Path:
    """A file with the head of a database."""
    head = (first + b"ite format 3\0").ljust(16, b"\0") + (1 if page == 65536 else page).to_bytes(2, "big") + modes
    path = folder / "ledger.sqlite"
    path.write_bytes(head.ljust(size, b"\0"))
    return path


def journal(folder: Path, *, pages: int = 2, page: int = 4096, mark: bytes = MARK, tail: bytes = b"") -> Path:
    path = folder / "ledger.sqlite-journal"
    path.write_bytes(struct.pack(">8s5I", mark, 0, 0, pages, 512, page).ljust(512, b"\0") + tail)
    return path


def refused(path: Path, why: str) -> None:
    with pytest.raises(UserError, match=why):
        check_files(path)


def test_a_ledger_and_its_journal_are_taken(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    check_files(path)
    assert not is_to_be_played_back(path)
    journal(tmp_path)
    check_files(path)
    assert is_to_be_played_back(path)
    remove_done_with(path)
    assert is_to_be_played_back(path)


@pytest.mark.parametrize("content", [b"", b"\0" * 512, b"\0" + MARK + b"\1"])
def test_a_journal_that_is_done_with_is_taken_and_removed(tmp_path: Path, content: bytes) -> None:
    path = ledger(tmp_path)
    beside = journal(tmp_path)
    beside.write_bytes(content)
    check_files(path)
    assert not is_to_be_played_back(path)
    remove_done_with(path)
    assert not beside.exists()
    remove_done_with(path)


@pytest.mark.parametrize("page", [512, 1024, 4096, 65536])
def test_pages_are_powers_of_two_from_512_to_65536(tmp_path: Path, page: int) -> None:
    path = ledger(tmp_path, page=page, size=2 * page)
    journal(tmp_path, page=page)
    check_files(path)


@pytest.mark.parametrize("page", [0, 256, 131072, 513, 3072, 4095, 4097])
def test_other_pages_are_refused_also_of_a_ledger_that_is_not_begun(tmp_path: Path, page: int) -> None:
    path = ledger(tmp_path)
    path.write_bytes(b"\0" * 8192)
    journal(tmp_path, page=page, pages=0)
    refused(path, "its pages have")


def test_pages_are_those_of_the_ledger(tmp_path: Path) -> None:
    path = ledger(tmp_path, page=4096)
    journal(tmp_path, page=2048)
    refused(path, "its pages have 2048 bytes, those of the ledger 4096")


@pytest.mark.parametrize(("pages", "is_taken"), [(0, True), (2, True), (3, False)])
def test_a_journal_makes_no_ledger_longer(tmp_path: Path, pages: int, *, is_taken: bool) -> None:
    path = ledger(tmp_path, size=2 * 4096)
    journal(tmp_path, pages=pages)
    if is_taken:
        check_files(path)
    else:
        refused(path, "would make the ledger 12,288 bytes long, from 8,192")


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_a_journal_has_at_most_twice_the_ledger_s_bytes_and_some(tmp_path: Path, more: int, *, is_taken: bool) -> None:
    path = ledger(tmp_path, size=8192)
    with journal(tmp_path).open("r+b") as file:
        file.truncate(2 * 8192 + (1 << 24) + more)
    if is_taken:
        check_files(path)
    else:
        refused(path, "bytes for a ledger of 8,192")


def test_a_journal_that_names_a_further_file_is_refused_even_if_done_with(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    journal(tmp_path, mark=b"\0" * 8, tail=MARK)
    refused(path, "names a further file")
    journal(tmp_path).write_bytes(MARK)
    refused(path, "is no rollback journal")


@pytest.mark.parametrize("mark", [b"\xd9" + b"\0" * 7, b"abcdefgh"])
def test_what_begins_otherwise_is_no_journal(tmp_path: Path, mark: bytes) -> None:
    path = ledger(tmp_path)
    journal(tmp_path, mark=mark)
    refused(path, "is no rollback journal")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"first": b"XYZ"}, "file is not a database"),
        ({"modes": b"\2\2"}, "journal mode"),
        ({"modes": b"\1\2"}, "journal mode"),
    ],
)
def test_what_is_no_database_with_a_rollback_journal_is_refused(tmp_path: Path, given: dict, why: str) -> None:
    refused(ledger(tmp_path, **given), why)


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_there_is_no_write_ahead_log(tmp_path: Path, ending: str) -> None:
    path = ledger(tmp_path)
    (tmp_path / f"ledger.sqlite{ending}").touch()
    refused(path, "no write-ahead log")


def test_a_ledger_of_two_names_or_that_is_no_file_is_refused(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    (tmp_path / "other").hardlink_to(path)
    refused(path, "has 2 names")
    (tmp_path / "other").unlink()
    check_files(path)
    path.unlink()
    check_files(path)
    path.mkdir()
    refused(path, "it is a folder")
