"""What SQLite and the system say of a ledger, in words of a user's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from revsim.errors import UnwritableError, UserError
from revsim.store.layout import Folder
from revsim.store.manifest import WAY_OUT

HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
BROKEN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_TOOBIG}
REFUSED = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}
# SQLite's words where a file system has no locks
NO_LOCK = {
    sqlite3.SQLITE_IOERR_LOCK,
    sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
}


class HeldError(UserError):
    """A lock could not be had."""


def held(folder: Folder) -> HeldError:
    """Somebody else is at work in a folder."""
    return HeldError(
        f"{folder.root}: another revsim is at work there, and only one at a time may write a results "
        "folder.\n  Wait until it has ended and give the same command again, or choose another --out."
    )


def broken(folder: Folder, fault: object) -> UserError:
    """A ledger is none, or damaged."""
    return UserError(f"{folder.ledger}: is no ledger of revsim's, or damaged ({fault}).\n  {WAY_OUT}.")


def unwritable(folder: Folder, why: object) -> UnwritableError:
    """The system refuses to write a ledger."""
    return UnwritableError(
        f"{folder.ledger}: cannot be written ({why}).\n"
        "  Choose another place, or make this one writable and free some space."
    )


@contextmanager
def told_of_system(folder: Folder) -> Iterator[None]:
    """What the system refuses inside is told of the ledger."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder, error.strerror) from error


@contextmanager
def told(folder: Folder, *, opening: bool = False) -> Iterator[None]:
    """What SQLite says inside, in words. What is a fault of ours goes on as it is: in opening nothing is."""
    try:
        yield
    except UnicodeDecodeError:  # of what SQLite says of a name in the file
        raise broken(folder, "it holds names that are no text") from None
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None) or 0
        kind = code & 0xFF  # the rest of it says where inside
        if kind in HELD or code in NO_LOCK:
            raise held(folder) from None
        if kind in BROKEN:
            raise broken(folder, error) from None
        if kind in REFUSED:
            raise unwritable(folder, error) from error
        if opening:
            raise broken(folder, error) from None
        raise
