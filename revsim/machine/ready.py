"""Whether machine code is kept, told by a marker beside it; without importing numba where nothing is unusual."""

from __future__ import annotations

import contextlib
import json
import sys
from hashlib import sha256
from pathlib import Path

from revsim.machine.cache import ENTRIES, PACKAGE, cache_folder
from revsim.machine.told import is_plain, packages, processor


def is_known_to_work() -> bool:
    """Whether the engine was compiled here with this very numba, and all of it is kept; False where that is not sure.

    So nobody need import numba to see whether it can be had.
    """
    if not is_plain():
        return False
    kept = cache_folder()
    return kept is not None and is_ready(kept)


def marker(kept: Path) -> Path:
    """The file that lists what is kept for this place of the sources, this Python, numba and processor.

    numba keeps code by the place of its sources, and for one processor.
    """
    sources = [(PACKAGE / entry).stat() for entry in ENTRIES]
    # some versions of numba throw machine code away by these
    of_sources = " ".join(f"{source.st_size} {source.st_mtime_ns}" for source in sources)
    told = f"{PACKAGE} {sys.implementation.cache_tag} {packages()} {processor()} {of_sources}"
    return kept / f"ready-{sha256(told.encode()).hexdigest()[:12]}"


def note_ready(kept: Path) -> None:
    """List the files of machine code with their sizes; where that cannot be written the next command compiles again."""
    with contextlib.suppress(OSError):
        listed = {str(file.relative_to(kept)): file.stat().st_size for file in code_in(kept)}
        marker(kept).write_text(json.dumps(listed), encoding="utf-8")  # torn, it does not hold


def is_ready(kept: Path) -> bool:
    """Whether all that was listed is there, whole."""
    try:
        listed = json.loads(marker(kept).read_text(encoding="utf-8"))
        return bool(listed) and all((kept / name).stat().st_size == size for name, size in listed.items())
    except (OSError, ValueError, AttributeError):
        return False


def code_in(kept: Path) -> list[Path]:
    """Files of machine code and their indices."""
    return sorted(file for ending in ("nbi", "nbc") for file in kept.rglob(f"*.{ending}"))
