"""Where machine code is kept between runs: a folder of the user, named by the content of the sources.

`REVSIM_CACHE` names another one. Where nothing can be written the engine is compiled again in each process.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import numba
from numba import config
from platformdirs import user_cache_path

PACKAGE = Path(__file__).resolve().parents[1]
SOURCES = ("compiled", "contract", "formulas", "luck/purposes.py", "units.py")
VARIABLE = "REVSIM_CACHE"


def cache_folder() -> Path | None:
    """The folder for this version of the engine, made if absent; None where it cannot be written."""
    root = Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else user_cache_path("revsim")
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
    settings: Any = config
    digest = sha256(f"{numba.__version__} {settings.BOUNDSCHECK}".encode())
    for source in SOURCES:
        place = PACKAGE / source
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
