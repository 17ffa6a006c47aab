"""The scenario files that come with revsim, in a source tree and in an installed package alike."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

SAID = "shipped "  # before a shipped file's name, where files are told; what is told may be typed
SWEEPS = "sweeps/"  # the folder of what is no scenario
ENDINGS = (".yaml", ".yml")
MOST = 3  # suggestions
ALIKE = 0.6  # of 0 to 1: an `o` too many is alike, another word is not


@cache
def folder() -> Path:
    """Where the shipped scenarios are: `revsim/shipped` if installed, else `scenarios` beside the package."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "scenarios"


def is_installed() -> bool:
    """Whether the shipped files are inside an installed package, not in a source tree."""
    return folder().name == "shipped"


def names() -> list[str]:
    """Names of all shipped scenario files, relative to their folder (sweeps are no scenarios)."""
    found = (path.relative_to(folder()).as_posix() for path in folder().rglob("*.yaml"))
    return sorted(name for name in found if not name.startswith(SWEEPS))


def sweeps() -> list[str]:
    """Names of all shipped sweeps, relative to the folder of scenarios."""
    return sorted(f"{SWEEPS}{path.name}" for path in (folder() / SWEEPS).glob("*.yaml"))


def find_sweep(name: str) -> Path | None:
    """The shipped sweep of that name, with or without its folder."""
    return find(f"{SWEEPS}{_short(name).removeprefix(SWEEPS)}")


def find(name: str) -> Path | None:
    """The shipped file of that name: `design`, `design.yaml` or `scenarios/design.yaml`; None if there is none."""
    short = _short(name)
    if not short or short.startswith("/") or ".." in short.split("/"):
        return None
    for ending in ("", *ENDINGS):
        path = folder() / f"{short}{ending}"
        if path.suffix in ENDINGS and is_there(path) and path.is_file():
            return path
    return None


def near(name: str, beside: Path) -> list[str]:
    """Up to three names like `name`: of the folder that it names first, then of the files beside it and of all shipped.

    Where that folder is there and holds nothing alike, what it holds.
    """
    inside, _, wanted = _short(name).rpartition("/")
    written = name.replace("\\", "/").rpartition("/")[0]
    local = [f"{written}/{one}" if written else one for one in _files_of(beside)]
    shipped = names()
    here = [*local, *(one for one in shipped if one.rpartition("/")[0] == inside)]
    others = [one for one in shipped if one not in here]
    found = list(dict.fromkeys([*_alike(wanted, here), *_alike(wanted, others)]))
    return (found or (here if inside else []))[:MOST]


def is_there(path: Path) -> bool:
    """Whether a file or folder is there; no for what cannot be a path (too long, with a null byte)."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _short(name: str) -> str:
    return name.removeprefix(SAID).replace("\\", "/").removeprefix("./").removeprefix("scenarios/")


def _files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.yaml")) if is_there(folder) and folder.is_dir() else []


def _alike(wanted: str, known: list[str]) -> list[str]:
    """Those of `known` whose last part is like `wanted`, endings aside."""
    stems: dict[str, list[str]] = {}
    for one in known:
        stems.setdefault(_stem(one), []).append(one)
    return [one for stem in get_close_matches(_stem(wanted), list(stems), n=MOST, cutoff=ALIKE) for one in stems[stem]]


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml").lower()
