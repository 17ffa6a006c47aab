"""Places that a user names for results: told to be unfit before anything is run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from revsim.errors import UserError
from revsim.paths import absolute
from revsim.store.atomic import refused
from revsim.store.entries import check_entries
from revsim.store.layout import Folder
from revsim.store.regular import kind_of

ANOTHER = "Choose another --out"


def folder_at(name: str, out: str | Path) -> Folder:
    """The results folder of a path. Raises UserError for what cannot be one."""
    return Folder(absolute(name, out))


def prepare(folder: Folder) -> None:
    """Make the folder. Raises UserError if it cannot be made or written, or holds something else than a study."""
    root = folder.root
    try:
        above = _first_there(root)
        if not above.is_dir():
            raise UserError(
                f"{root}: {above} is a file, and results need a folder.\n  {ANOTHER}, or move that file away."
            )
        check_entries(folder)
        root.mkdir(parents=True, exist_ok=True)
        is_known = folder.manifest.exists() or folder.ledger.exists()
        is_foreign = not is_known and any(not path.name.startswith(".") for path in root.iterdir())
        for inside in (root, *(path for path in folder.folders if path.exists())):
            _try_to_write(inside)
    except OSError as error:
        raise refused(root, error) from error
    if is_foreign:
        raise UserError(
            f"{root}: is not empty and holds no manifest.json, so it is no results folder of revsim's.\n"
            f"  {ANOTHER}, e.g. {root / 'results'}."
        )


def file_at(name: str, path: Path) -> Path:
    """The file that a path of the user's leads to: links are followed, as by any other program.

    Raises UserError for a pipe or a device: files are written whole, beside their place, and then renamed.
    """
    try:
        target = path.resolve()
        if target.exists() and not (target.is_file() or target.is_dir()):
            raise UserError(f"{name} {path}: is {kind_of(target.stat().st_mode)}; name a file, e.g. run.csv.")
    except (OSError, RuntimeError) as error:  # links that go round
        raise UserError(f"{name} {path}: leads to no file ({error}); name another.") from None
    return target


def check_file(name: str, path: Path) -> None:
    """Raise UserError unless a file can be written there: its folder is there and is writable."""
    try:
        if path.is_dir():
            raise UserError(f"{name} {path}: is a folder; name a file in it, e.g. {path / 'run.csv'}.")
        if not path.parent.is_dir():
            raise UserError(f"{name} {path}: there is no folder {path.parent}; make it first, or name another.")
        _try_to_write(path.parent)
    except OSError as error:
        raise refused(path, error) from error


def _first_there(path: Path) -> Path:
    """The path itself or the nearest above it that exists."""
    return next((one for one in (path, *path.parents) if one.exists()), Path())


def _try_to_write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder):
        pass
