"""Files are written whole or not at all: a temporary name beside the place, then a rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def write(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a temporary file, then put it in place; on any error nothing is left behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        fill(temporary)
        temporary.chmod(0o644)
        os.replace(temporary, path)  # noqa: PTH105 - the one call that is atomic by its documentation
    finally:
        temporary.unlink(missing_ok=True)


def _fill(place: Path, content: bytes) -> None:
    place.write_bytes(content)


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes."""
    write(path, lambda place: _fill(place, content))


def write_text(path: Path, content: str) -> None:
    """Write text as UTF-8 with bare newlines, the same on every system."""
    write_bytes(path, content.encode("utf-8"))
