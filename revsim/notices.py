"""Say one line to whoever waits, where no command may be there to say it."""

from __future__ import annotations

import contextlib
import sys


def silent(_line: str) -> None:
    """Nobody is told."""


def say(line: str) -> None:
    """One line on stderr; nothing where nobody can hear it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):  # closed, or on a full disk
            print(line, file=sys.stderr, flush=True)  # noqa: T201 - as the docstring says
