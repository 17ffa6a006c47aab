"""The scenario files that come with revsim, in a source tree and in an installed package alike."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

ENDINGS = (".yaml", ".yml")


@cache
def folder() -> Path:
    """Where the shipped scenarios are: `revsim/shipped` if installed, else `scenarios` beside the package."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "scenarios"


def names() -> list[str]:
    """Names of all shipped scenario files, relative to their folder (sweeps are no scenarios)."""
    found = (path.relative_to(folder()).as_posix() for path in folder().rglob("*.yaml"))
    return sorted(name for name in found if not name.startswith("sweeps/"))


def find(name: str) -> Path | None:
    """The shipped file of that name: `design`, `design.yaml` or `scenarios/design.yaml`; None if there is none."""
    short = name.replace("\\", "/").removeprefix("./").removeprefix("scenarios/")
    if not short or short.startswith("/") or ".." in short.split("/"):
        return None
    for ending in ("", *ENDINGS):
        path = folder() / f"{short}{ending}"
        if path.suffix in ENDINGS and path.is_file():
            return path
    return None


def near(name: str, beside: Path) -> list[str]:
    """Up to three names like `name`, of files in the folder `beside` and of shipped ones."""
    local = sorted(path.name for path in beside.glob("*.yaml")) if beside.is_dir() else []
    known = list(dict.fromkeys([*local, *names()]))
    wanted = name.rsplit("/", 1)[-1]
    return get_close_matches(wanted, known, n=3, cutoff=0.5)
