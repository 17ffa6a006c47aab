"""What a file system may lack is done without: locks, syncing, permissions other than the user's choice."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.experiment.run import run_study
from revsim.store import atomic, ledger, locks
from revsim.store.atomic import write_text
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Ledger
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(error=0.1)}
posix = pytest.mark.skipif(os.name == "nt", reason="permissions, locks and folders as on POSIX")


def refuse(number: int) -> Callable[..., None]:
    def refusing(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refusing


@posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0o027, 0o640)])
def test_files_have_the_permissions_that_the_user_chose_for_new_ones(mask: int, mode: int, tmp_path: Path) -> None:
    before = os.umask(mask)
    try:
        run_study(plan(TWO, 2), Folder(tmp_path / "r"))
    finally:
        os.umask(before)
    files = [path for path in (tmp_path / "r").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {mode}
    assert len(files) == 6


@posix
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF])
def test_a_file_system_that_cannot_sync_is_written_to_all_the_same(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refuse(number))
    run_study(plan(TWO, 2), Folder(tmp_path / "r"))
    assert Folder(tmp_path / "r").quarters.exists()


@posix
@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_folder_that_may_be_written_and_not_read_is_not_synced(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def opened(path: str | Path, flags: int, *mode: int) -> int:
        if Path(path) == tmp_path:
            refuse(number)()
        return real(path, flags, *mode)

    monkeypatch.setattr(os, "open", opened)
    write_text(tmp_path / "file", "whole")
    assert (tmp_path / "file").read_text() == "whole"


@posix
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_fails_in_syncing_is_told(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", refuse(number))
    with pytest.raises(UserError, match="cannot be written"):
        write_text(tmp_path / "file", "whole")
    assert list(tmp_path.iterdir()) == []


@posix
def test_no_permission_is_changed_after_a_file_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # a share that knows no permissions refuses it
    for name in ("chmod", "fchmod"):
        monkeypatch.setattr(os, name, refuse(errno.EPERM))
    run_study(plan(TWO, 2), Folder(tmp_path / "r"))
    assert Folder(tmp_path / "r").quarters.exists()


class LocklessBase:
    """A connection to a file whose file system refuses every lock, as SQLite tells it, unless it is asked for none."""

    def __init__(self, real: sqlite3.Connection, code: int, *, takes_locks: bool) -> None:
        self._real, self._code, self._takes_locks = real, code, takes_locks

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        if self._takes_locks and statement == "BEGIN EXCLUSIVE":
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self._code
            raise error
        return self._real.execute(statement, *values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


def without_locks(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    real = sqlite3.connect

    def connect(name: str, **how: object) -> LocklessBase:
        return LocklessBase(real(name, **how), code, takes_locks="unix-none" not in name)  # type: ignore[call-overload]

    monkeypatch.setattr(ledger.sqlite3, "connect", connect)


@posix
@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_IOERR_LOCK])
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_where_there_are_no_locks_the_study_runs_and_says_so_once(
    code: int, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import fcntl

    whole = Folder(tmp_path / "whole")
    run_study(plan(TWO, 2), whole)
    without_locks(monkeypatch, code)
    monkeypatch.setattr(fcntl, "lockf", refuse(number))
    folder = Folder(tmp_path / "r")
    with caplog.at_level(logging.WARNING):
        run_study(plan(TWO, 2), folder)
    assert all(folder.whole(table).read_bytes() == whole.whole(table).read_bytes() for table in TABLES)
    assert len(caplog.records) == 1
    assert "has no locks" in caplog.text


@posix
def test_where_there_are_locks_one_that_cannot_be_had_is_another_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "r")
    folder.parts.mkdir(parents=True)
    without_locks(monkeypatch, sqlite3.SQLITE_BUSY)
    assert locks.has_locks(folder.parts)
    with pytest.raises(UserError, match="another revsim is at work there"):
        Ledger(folder)


def test_a_half_written_file_has_a_name_that_is_known_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", refuse(errno.EIO))
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(UserError):
        write_text(tmp_path / "weeks.parquet", "half")
    assert [path.name for path in atomic.half_written(tmp_path, r"weeks\.parquet")] == [
        path.name for path in tmp_path.iterdir()
    ]
