"""Where machine code is kept between runs: a folder of the user, named by the content of the sources.

`REVSIM_CACHE` names another one. Where nothing can be written the engine is compiled again in each process.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from revsim.machine.told import is_plain, version_of
from revsim.paths import absolute

PACKAGE = Path(__file__).resolve().parents[1]
# files whose functions Python calls
ENTRIES = ("compiled/company.py", "measures/kernels/counting.py", "measures/kernels/joining.py")
SOURCES = (
    *("machine", "compiled", "contract", "formulas", "luck/purposes.py", "units.py"),
    *("measures/kernels", "measures/kinds.py"),
)
VARIABLE = "REVSIM_CACHE"


def cache_folder() -> Path | None:
    """The folder for this version of the engine, made if absent; None where it cannot be written."""
    root = absolute(VARIABLE, os.environ[VARIABLE]) if os.environ.get(VARIABLE) else user_cache_path("revsim")
    folder = root / f"engine-{code_of_engine()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder


def code_of_engine() -> str:
    """A short name of the content of all sources that machine code is made from."""
    digest = sha256(_numba().encode())
    for source in SOURCES:
        place = PACKAGE / source
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _numba() -> str:
    """The version, and whether bounds are checked; None is as numba's makers set it."""
    if is_plain():
        return f"{version_of('numba')} None"
    import numba  # noqa: PLC0415 - heavy: only where something is set, or it is there already

    settings: Any = numba.config
    return f"{numba.__version__} {settings.BOUNDSCHECK}"
