"""How large a ledger and its journal may be, how much of a ledger is its head, and that each has one name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.ledger_file import check_files
from tests.store.test_journals import journal, ledger, refused


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_a_ledger_has_four_gigabytes_at_most(tmp_path: Path, more: int, *, is_taken: bool) -> None:
    path = ledger(tmp_path)
    os.truncate(path, 4_294_967_296 + more)  # sparse
    if is_taken:
        check_files(path)
    else:
        refused(path, "has 4,294,967,297 bytes, and at most 4,294,967,296 are read")


def test_a_hundred_zeros_are_a_ledger_that_was_not_begun(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    path.write_bytes(b"\0" * 100 + b"x" * 924)
    check_files(path)
    path.write_bytes(b"\0" * 99 + b"x" * 925)
    refused(path, "file is not a database")


@pytest.mark.parametrize("page", [512, 4096])
def test_a_ledger_that_is_absent_or_not_begun_takes_a_journal_of_any_page(tmp_path: Path, page: int) -> None:
    path = ledger(tmp_path)
    journal(tmp_path, page=page, pages=0)
    path.write_bytes(b"\0" * 4096)
    check_files(path)
    path.unlink()
    check_files(path)


@pytest.mark.parametrize(("size", "is_taken"), [(1 << 24, True), ((1 << 24) + 1, False)])
def test_beside_no_ledger_a_journal_has_sixteen_megabytes_at_most(tmp_path: Path, size: int, *, is_taken: bool) -> None:
    os.truncate(journal(tmp_path, pages=0), size)
    if is_taken:
        check_files(tmp_path / "ledger.sqlite")
    else:
        refused(tmp_path / "ledger.sqlite", "bytes for a ledger of 0")


@pytest.mark.parametrize("pages", [0, 1])
def test_beside_no_ledger_a_journal_has_no_pages(tmp_path: Path, pages: int) -> None:
    journal(tmp_path, page=512, pages=pages)
    if pages:
        refused(tmp_path / "ledger.sqlite", "would make the ledger 512 bytes long, from 0")
    else:
        check_files(tmp_path / "ledger.sqlite")


@pytest.mark.parametrize("cut", [8, 27, 28])
def test_the_head_of_a_journal_has_28_bytes(tmp_path: Path, cut: int) -> None:
    path, beside = ledger(tmp_path), journal(tmp_path)
    os.truncate(beside, cut)
    if cut < 28:
        refused(path, "is no rollback journal")
    else:
        check_files(path)


def test_a_journal_of_two_names_is_refused(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    (tmp_path / "other").hardlink_to(journal(tmp_path))
    with pytest.raises(UserError, match="journal: has 2 names"):
        check_files(path)
