"""Where machine code is kept between runs: a folder of the user, named by the content of the sources.

`REVSIM_CACHE` names another one. Where that cannot be written, machine code lies in a temporary folder as long as this
process runs: its workers find it there, so that it is made once.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
from hashlib import sha256
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir

from revsim.errors import UserError
from revsim.machine.told import is_plain, version_of
from revsim.paths import absolute

PACKAGE = Path(__file__).resolve().parents[1]
# files whose functions Python calls
ENTRIES = ("compiled/company.py", "measures/kernels/counting.py", "measures/kernels/joining.py")
SOURCES = (
    *("machine", "compiled", "mechanisms", "contract", "formulas", "luck/purposes.py", "units.py"),
    *("measures/kernels", "measures/kinds.py"),
)
VARIABLE = "REVSIM_CACHE"
# settings of numba's that change the code, as its makers set them
USUAL = {
    "BOUNDSCHECK": None,
    "OPT": 3,
    "LOOP_VECTORIZE": 1,
    "SLP_VECTORIZE": 0,
    "DEBUGINFO_DEFAULT": 0,
    "CPU_NAME": None,
    "CPU_FEATURES": None,
}

_temporary: dict[str, Path] = {}  # the root of this process's own, if there is one; by the name of the engine
_lock = threading.Lock()


def cache_folder() -> Path | None:
    """The folder for this version of the engine, made if absent; None where it cannot be written."""
    root = cache_root()
    if root is None:
        return None
    folder = root / f"engine-{code_of_engine()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}-{threading.get_ident()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder


def cache_root() -> Path | None:
    """Where folders of machine code are to lie; None where the user has no home that is known."""
    given = os.environ.get(VARIABLE)
    try:
        root = absolute(VARIABLE, given) if given else Path(user_cache_dir("revsim"))
    except UserError:  # `~` of a user who has no home
        return None
    # the home of a user without one stays `~`, which would be a folder of that name here
    return root if root.is_absolute() else None


def temporary_folder() -> Path | None:
    """A folder for machine code that goes when this process ends, one a process; None where none can be made.

    It begins with what can be read of the cache, which may be whole although nothing can be written there.
    """
    with _lock:
        name = f"engine-{code_of_engine()}"
        if name not in _temporary:
            try:
                root = Path(tempfile.mkdtemp(prefix="revsim-engine-"))
            except OSError:
                return None
            atexit.register(_remove, root, os.getpid())
            _copy(name, root)
            _temporary[name] = root
        return _temporary[name] / name


def _copy(name: str, root: Path) -> None:
    """What is kept of this engine, if it can be read, in folders that can be written; else an empty folder."""
    cache, folder = cache_root(), root / name
    folder.mkdir(mode=0o700)
    if cache is None:
        return
    try:
        for file in sorted((cache / name).rglob("*")):
            if file.is_file():
                copy = folder / file.relative_to(cache / name)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    except OSError:  # what is torn is made again
        return


def _remove(root: Path, process: int) -> None:
    """At the end of the process that made it; a copy of that process leaves it alone."""
    if os.getpid() == process:
        shutil.rmtree(root, ignore_errors=True)


def is_temporary(folder: Path) -> bool:
    """Whether a folder of machine code goes when this process ends."""
    return folder.parent in _temporary.values()


def handed_on() -> dict[str, str]:
    """What the environment of a worker names beside our own: a temporary folder, where machine code is in one."""
    latest = next(reversed(_temporary.values()), None)
    return {} if latest is None else {VARIABLE: str(latest)}


def code_of_engine() -> str:
    """A short name of the content of all sources that machine code is made from."""
    # without docstrings (-OO) functions are other bytes, by which numba knows them
    digest = sha256(f"{_numba()} {sys.flags.optimize}".encode())
    for source in SOURCES:
        place = PACKAGE / source
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _numba() -> str:
    """The version, and what is set otherwise than usual of all that changes the code that is made."""
    if is_plain():
        return f"{version_of('numba')} []"
    import numba  # noqa: PLC0415 - heavy: only where something is set, or it is there already

    settings: Any = numba.config
    found = [(name, getattr(settings, name, usual)) for name, usual in USUAL.items()]
    return f"{numba.__version__} {[(name, value) for name, value in found if value != USUAL[name]]}"
