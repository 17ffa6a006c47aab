"""A folder that nobody sees, for a study without one of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from revsim.errors import UserError


@contextmanager
def unseen_folder() -> Iterator[Path]:
    """It goes on leaving. Raises UserError where the system has no place for it."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="revsim-")
    except OSError as error:
        raise UserError(
            f"no temporary folder can be made ({error.strerror or error}).\n"
            "  Let TMPDIR name one that can be written; or give the study a folder: out=..."
        ) from error
    with folder as path:
        yield Path(path)
