"""Opening a ledger: a connection that trusts nothing in the file, and whether the file is a ledger of this version.

A journal that SQLite would play back is tried on a copy first, so that a folder that is refused stays as it is.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.ledger_errors import broken, told, unwritable
from revsim.store.ledger_file import journal_of
from revsim.store.ledger_schema import SCHEMA, why_foreign
from revsim.store.manifest import WAY_OUT

PATIENCE = 1.0  # seconds that a process just killed may take to let go
LONGEST = 100_000_000  # bytes of a value


def connect(ledger: Path, how: str = "") -> sqlite3.Connection:
    """A connection; `how` are SQLite's words for ways to open a file."""
    base = sqlite3.connect(ledger.absolute().as_uri() + how, timeout=PATIENCE, isolation_level=None, uri=True)
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    base.text_factory = lambda text: text.decode("utf-8", "replace")
    return base


def prepare_connection(base: sqlite3.Connection) -> None:
    """No function is called from what stands in the file, and what is committed outlives a power cut."""
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA synchronous = EXTRA")


def check_ledger(folder: Folder, base: sqlite3.Connection) -> bool:
    """Whether the ledger is new and has no tables. Raises UserError unless it is whole, and of this version."""
    (version,) = base.execute("PRAGMA user_version").fetchone()
    (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    _check_version(folder, version, is_empty=not tables)
    fault = why_foreign(base, is_new=not tables)
    if fault:
        raise broken(folder, fault)
    return not tables


def _check_version(folder: Folder, version: int, *, is_empty: bool) -> None:
    """Raise UserError unless this version of revsim made the ledger, or nothing did yet."""
    if version > SCHEMA:
        raise UserError(
            f"{folder.ledger}: was written by a later revsim (ledger {version}, this version reads {SCHEMA}).\n"
            f"  Go on with that version. Or: {WAY_OUT[0].lower()}{WAY_OUT[1:]}."
        )
    if 0 < version < SCHEMA:
        raise UserError(
            f"{folder.ledger}: was written by an earlier revsim (ledger {version}, this version reads {SCHEMA}).\n"
            f"  Its tables and report can be read on; the study cannot be gone on with. {WAY_OUT}."
        )
    if version != SCHEMA and not is_empty:
        raise broken(folder, "it is a database of something else")


def rehearse(folder: Folder) -> None:
    """Play the journal back on a copy. Raises UserError unless a whole ledger comes of it."""
    try:
        with tempfile.TemporaryDirectory(prefix="revsim-") as place:
            copy = Path(place) / folder.ledger.name
            shutil.copyfile(folder.ledger, copy)
            shutil.copyfile(journal_of(folder.ledger), journal_of(copy))
            with told(folder, opening=True):
                base = connect(copy)
                try:
                    prepare_connection(base)
                    check_ledger(folder, base)
                finally:
                    base.close()
    except FileNotFoundError:  # another process has ended, and its journal with it
        return
    except OSError as error:
        raise unwritable(folder, error.strerror) from error
