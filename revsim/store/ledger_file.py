"""What SQLite is about to open is looked at first: a folder may come from a stranger, and SQLite trusts its files.

Beside a database SQLite obeys a rollback journal, which puts old pages back, sets the length of the database, and may
name a further file (a super-journal) that is removed afterwards. The format is SQLite's own:
https://www.sqlite.org/fileformat2.html, sections 1.3 and 3, and https://www.sqlite.org/atomiccommit.html, section 5.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
from pathlib import Path
from typing import NamedTuple

from revsim.errors import UserError
from revsim.store.manifest import WAY_OUT
from revsim.store.regular import kind_of, opened

LARGEST = 1 << 32  # bytes: some ten million runs
SPARE = 1 << 24  # bytes of a journal beyond twice those of the ledger
DATABASE = b"SQLite format 3\0"
JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
ROLLS_BACK = b"\x01\x01"  # bytes 18 and 19 of a database that keeps a rollback journal
HEADER = struct.Struct(">8s5I")  # of a journal: mark, records, seed of checksums, pages of the database, sector, page
SMALLEST_PAGE, LARGEST_PAGE = 512, 65536


class Database(NamedTuple):
    """A database file: its bytes, and those of a page; 0 where nothing is written yet."""

    size: int
    page: int


def check_files(ledger: Path) -> None:
    """Raise UserError unless the ledger, and a journal beside it, are files that revsim can have written."""
    for ending in ("-wal", "-shm"):
        _check_absent(ledger.with_name(ledger.name + ending))
    database, journal = _database(ledger), journal_of(ledger)
    with contextlib.suppress(FileNotFoundError):  # another process may end, and remove it, meanwhile
        if os.path.lexists(journal):
            _check_journal(journal, database)


def journal_of(ledger: Path) -> Path:
    """The rollback journal beside a ledger."""
    return ledger.with_name(f"{ledger.name}-journal")


def is_to_be_played_back(ledger: Path) -> bool:
    """Whether SQLite would put old pages back on opening: a process was killed in the middle of a transaction."""
    try:
        with opened(journal_of(ledger), LARGEST) as file:
            return not _is_done_with(file.read(1))
    except FileNotFoundError:
        return False


def remove_done_with(ledger: Path) -> None:
    """Remove a journal that is done with; whoever does so holds the ledger. The next one begins as a new file."""
    journal = journal_of(ledger)
    if os.path.lexists(journal) and not is_to_be_played_back(ledger):
        journal.unlink()


def _is_done_with(head: bytes) -> bool:
    """Whether a journal is empty, not yet begun, or done with: SQLite looks at its first byte, too."""
    return head[:1] in {b"", b"\0"}


def _check_absent(path: Path) -> None:
    if os.path.lexists(path):
        raise _foreign(path, "revsim keeps no write-ahead log")


def _database(path: Path) -> Database:
    if not os.path.lexists(path):
        return Database(0, 0)
    _check_one_name(path)
    with opened(path, LARGEST) as file:
        head, size = file.read(100), os.fstat(file.fileno()).st_size
    if not head.strip(b"\0"):  # new, or torn when it was: SQLite says what it makes of it
        return Database(size, 0)
    if not head.startswith(DATABASE):
        raise _foreign(path, "file is not a database")
    if head[18:20] != ROLLS_BACK:
        raise _foreign(path, "its journal mode is none of revsim's")
    page = int.from_bytes(head[16:18], "big")
    return Database(size, LARGEST_PAGE if page == 1 else page)


def _check_one_name(path: Path) -> None:
    """A file that has another name elsewhere would be written there, too: SQLite writes in place."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode):
        raise _foreign(path, f"it is {kind_of(facts.st_mode)}")
    if facts.st_nlink > 1:
        raise UserError(
            f"{path}: has {facts.st_nlink} names (hard links), and the others would change with it.\n"
            "  Copy the folder to a new one (its files, not links to them), and go on there."
        )


def _check_journal(path: Path, database: Database) -> None:
    _check_one_name(path)
    with opened(path, LARGEST) as file:
        head, size = file.read(HEADER.size), os.fstat(file.fileno()).st_size
        file.seek(max(0, size - len(JOURNAL)))
        tail = file.read()
    # also of one that is done with: SQLite writes over its beginning and goes by its end in the next rollback
    if tail == JOURNAL and size > len(JOURNAL):
        raise _foreign(path, "it names a further file, which SQLite would remove")
    if size > 2 * database.size + SPARE:
        raise _foreign(path, f"it has {size:,} bytes for a ledger of {database.size:,}")
    if _is_done_with(head):
        return
    if len(head) < HEADER.size or head[: len(JOURNAL)] != JOURNAL:
        raise _foreign(path, "it is no rollback journal")
    _, _, _, pages, _, page = HEADER.unpack(head)
    if not SMALLEST_PAGE <= page <= LARGEST_PAGE or page & (page - 1) or (database.page and page != database.page):
        raise _foreign(path, f"its pages have {page} bytes, those of the ledger {database.page}")
    if pages * page > database.size:
        raise _foreign(path, f"it would make the ledger {pages * page:,} bytes long, from {database.size:,}")


def _foreign(path: Path, why: str) -> UserError:
    return UserError(f"{path}: is no ledger of revsim's, or damaged ({why}).\n  {WAY_OUT}.")
