"""Which ledgers this process holds. To open and close a file that it has locked would let go of the locks (POSIX).

See https://www.sqlite.org/howtocorrupt.html, section 2.2.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import NamedTuple


class Claim(NamedTuple):
    """A file, by device and number."""

    device: int
    number: int


_held: set[Claim] = set()
_lock = threading.Lock()


def claim(path: Path) -> Claim | None:
    """Take a file, made empty where there is none; None if this process holds it already. Raises OSError."""
    with _lock:
        if not os.path.lexists(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
        facts = path.lstat()
        own = Claim(facts.st_dev, facts.st_ino)
        if own in _held:
            return None
        _held.add(own)
        return own


def release(own: Claim) -> None:
    """Let go of it."""
    with _lock:
        _held.discard(own)
