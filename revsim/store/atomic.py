"""Files are written whole or not at all: a temporary name beside the place, on the disk, then a rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from revsim.errors import UserError

LONGEST = 40  # characters of a file's name in that of its temporary file


def write(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a temporary file, then put it in place; on any error nothing is left behind.

    Raises UserError where the system refuses: whoever chose the place can choose another.
    """
    try:
        _write(path, fill)
    except OSError as error:
        raise refused(path, error) from error


def refused(path: Path, error: OSError) -> UserError:
    """What the system said of a path of the user's, without the temporary names that it said it of."""
    reason = error.strerror or (str(error) if error.filename is None else type(error).__name__)
    if error.errno and "[errno" in reason:  # Arrow's, which says first where it happened
        reason = os.strerror(error.errno)
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        reason = "a part of that path is a file, where a folder is needed"
    return UserError(
        f"{path}: cannot be written ({reason}).\n  Choose another place, or make this one writable and free some space."
    )


def _write(path: Path, fill: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # a name may be as long as the system lets it be, and this one is longer
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:LONGEST]}.", suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        fill(temporary)
        temporary.chmod(0o644)
        _sync(temporary, os.O_RDWR)
        os.replace(temporary, path)  # noqa: PTH105 - the one call that is atomic by its documentation
        if os.name == "posix":  # elsewhere a folder cannot be opened, and its entries are kept in a journal
            _sync(path.parent, os.O_RDONLY)
    finally:
        temporary.unlink(missing_ok=True)


def _sync(path: Path, how: int) -> None:
    """Wait until it is on the disk: a rename that outlives a power cut must not name a file that did not."""
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def litter(folder: Path, names: Sequence[str]) -> list[Path]:
    """Temporary files that writes of these names left in a folder when they were killed."""
    return [path for name in names for path in folder.glob(f".{name}.*.tmp")]


def _fill(place: Path, content: bytes) -> None:
    place.write_bytes(content)


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes."""
    write(path, lambda place: _fill(place, content))


def write_text(path: Path, content: str) -> None:
    """Write text as UTF-8 with bare newlines, the same on every system.

    Bytes of a file's name that are no UTF-8 become escapes, which JSON reads as they were.
    """
    write_bytes(path, content.encode("utf-8", "backslashreplace"))
