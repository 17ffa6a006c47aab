"""Files are written whole or not at all: a temporary name beside the target, on the disk, then a rename."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from revsim.errors import UnwritableError
from revsim.store.regular import is_regular

# a file system that has no such thing says so by one of these; a disk that fails says EIO, a full one ENOSPC
HAS_NONE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EISDIR}
LONGEST = 40  # characters of a target's name in that of its temporary file
MAY_NOT = {errno.EACCES, errno.EPERM, errno.EROFS}


def write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    """Let `fill` write into an open temporary file, then rename it; on any error nothing is left behind.

    Its permissions are those that the process gives to new files. The folder must be there.

    Raises UnwritableError where the system refuses.
    """
    try:
        _write(path, fill)
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> UnwritableError:
    """What the system said of a path of the user's, without the temporary names that it said it of."""
    reason = error.strerror or (str(error) if error.filename is None else type(error).__name__)
    if error.errno and "[errno" in reason:  # Arrow's, which says first where it happened
        reason = os.strerror(error.errno)
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        reason = "a part of that path is a file, where a folder is needed"
    elif isinstance(error, FileNotFoundError) and not path.parent.exists():
        reason = f"there is no folder {path.parent}; it was removed or moved, or never made"
    return UnwritableError(
        f"{path}: cannot be written ({reason}).\n  Choose another place, or make this one writable and free some space."
    )


def make_folder(path: Path, *, parents: bool = False) -> None:
    """Make a folder, in one that is there unless `parents` are made, too. Raises UserError where the system refuses."""
    if not parents and path.is_symlink():  # which may have been put there meanwhile
        raise UnwritableError(f"{path}: is a link, where a folder must be.\n  Take it away, or choose another place.")
    try:
        path.mkdir(exist_ok=True, parents=parents)
    except OSError as error:
        raise refused(path, error) from error


def _write(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    temporary, handle = _new_beside(path)
    try:
        with os.fdopen(handle, "w+b") as file:
            fill(file)
            file.flush()
            sync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 - the one call that is atomic by its documentation
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _new_beside(path: Path) -> tuple[Path, int]:
    """A file that was not there before, open, with the permissions of any new file: the umask is the user's choice."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # O_EXCL follows no link, either
    while True:
        # a target may have the longest name that there can be, and this one is longer
        temporary = path.with_name(f".{path.name[:LONGEST]}.{secrets.token_hex(4)}.tmp")
        try:
            return temporary, os.open(temporary, flags, 0o666)
        except FileExistsError:
            continue


def sync(handle: int) -> None:
    """Wait until it is on the disk: a rename that outlives a power cut must not name a file that did not.

    A file system that cannot be asked for it (some network shares) is not asked.
    """
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in HAS_NONE:
            raise


def _sync_folder(path: Path) -> None:
    """Wait until the rename is on the disk, where a folder can be synced: not on Windows, nor on all shares."""
    if os.name != "posix":
        return
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        if error.errno in HAS_NONE | MAY_NOT:  # a folder may be written and not read
            return
        raise
    try:
        sync(handle)
    except OSError as error:
        if error.errno not in MAY_NOT:
            raise
    finally:
        os.close(handle)


def half_written(folder: Path, names: str) -> list[Path]:
    """Temporary files that writes to targets of these names (a pattern) left in a folder when they were killed."""
    temporary = re.compile(rf"\.(?:{names})\.[0-9a-f]{{8}}\.tmp")
    return [path for path in folder.iterdir() if temporary.fullmatch(path.name) and is_regular(path)]


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes."""
    write(path, lambda file: file.write(content))


def write_text(path: Path, content: str) -> None:
    """Write text as UTF-8 with bare newlines, the same on every system."""
    write_bytes(path, content.encode("utf-8"))
