"""Whether a file system has locks: on some network and container shares nobody can take one."""

from __future__ import annotations

import errno
import sys
import tempfile
from pathlib import Path

NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}


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
