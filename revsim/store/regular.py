"""Files that may come from a stranger are opened as what they must be: plain files of a bounded size."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from revsim.errors import UserError


def is_regular(path: Path) -> bool:
    """Whether a plain file is there: no link, folder, pipe or device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def kind_of(mode: int) -> str:
    """What a file is by its mode, in words."""
    kinds = {
        stat.S_IFLNK: "a link",
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFREG: "a file",
    }
    return kinds.get(stat.S_IFMT(mode), "of no known kind")


@contextmanager
def opened(path: Path, largest: int) -> Iterator[BufferedReader]:
    """A plain file, open for reading. Raises FileNotFoundError; UserError for a link, a pipe, a device, or too large.

    A pipe is opened without waiting for a writer, and a link is not followed: the file that is looked at is the file
    that is read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(_handle(path, flags), "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise not_plain(path, facts.st_mode)
        if facts.st_size > largest:
            raise UserError(
                f"{path}: has {facts.st_size:,} bytes, and at most {largest:,} are read.\n"
                "  No revsim writes such a file: take it away, or choose another folder."
            )
        yield file


def _handle(path: Path, flags: int) -> int:
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            raise not_plain(path, mode)
        return os.open(path, flags)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UserError(
            f"{path}: cannot be read ({error.strerror}).\n  Make it readable, or choose another folder."
        ) from error


def not_plain(path: Path, mode: int) -> UserError:
    """What to say of a file that is something else."""
    return UserError(
        f"{path}: is {kind_of(mode)}, and must be a plain file.\n"
        "  revsim follows no links inside a results folder: take it away, or choose another folder."
    )
