"""Whether a file system has locks: on some network and container shares nobody can take one."""

from __future__ import annotations

import errno
import sys
import tempfile
import time
from pathlib import Path

PATIENCE = 1.0  # seconds that a process just killed may take to let go
HELD_BY_ANOTHER = {errno.EACCES, errno.EAGAIN}
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


PENDING, LENGTH = 0x40000000, 512  # the bytes that SQLite locks, https://www.sqlite.org/lockingv3.html


def is_locked(ledger: Path) -> bool:
    """Whether another process holds a ledger. Never asked of a file that this process itself holds."""
    if sys.platform == "win32":
        return False
    import fcntl  # noqa: PLC0415 - there is none on Windows

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with ledger.open("r+b") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, LENGTH, PENDING)
        except OSError as error:
            if error.errno not in HELD_BY_ANOTHER:
                return False  # whoever opens it meets it again
            if time.monotonic() > deadline:
                return True
            time.sleep(PATIENCE / 20)
            continue
        return False


def has_locks(folder: Path) -> bool:
    """Whether a fresh file there, which nobody else can hold, can be locked. Elsewhere than on POSIX it can."""
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in NO_LOCKS
    return True
