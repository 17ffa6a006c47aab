"""A results folder may come from a stranger: what bears our names in it is looked at before anything is opened.

Folders are real folders and files are plain files with one name each, so that nothing outside is read, written
through a link, or removed. What bears other names is the user's, and is neither opened nor removed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.regular import kind_of

OUR_FILES = re.compile(r".*\.(?:json|parquet|csv|html|yaml|svg|png|txt|sqlite|sqlite-journal|sqlite-wal|sqlite-shm)")
WAY_OUT = "revsim opens no such folder: take that entry away, or choose another --out"


def check_entries(folder: Folder) -> None:
    """Raise UserError unless the folder and all in it that bears our names is what it must be; opens no file.

    A folder that is not there is right. Raises OSError where the system lets nobody look.
    """
    if not os.path.lexists(folder.root):
        return
    if _is_link(folder.root):
        raise UserError(
            f"{folder.root}: is a link, and results are written only into real folders.\n"
            f"  Name the folder that it leads to: {os.path.realpath(folder.root)}"
        )
    for inside in (folder.root, *folder.folders):
        if os.path.lexists(inside):
            _check_folder(inside)
            for entry in _ours(inside):
                _check_file(Path(entry.path), entry.stat(follow_symlinks=False))


def _ours(inside: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(inside) as entries:
        yield from (entry for entry in entries if OUR_FILES.fullmatch(entry.name))


def _check_folder(path: Path) -> None:
    mode = path.lstat().st_mode
    if _is_link(path):
        raise UserError(f"{path}: is a link to {os.path.realpath(path)}, where a folder must be.\n  {WAY_OUT}.")
    if not stat.S_ISDIR(mode):
        raise UserError(f"{path}: is {kind_of(mode)}, where a folder must be.\n  {WAY_OUT}.")


def _is_link(path: Path) -> bool:
    """Whether it leads elsewhere: a link, or a junction of Windows."""
    facts = path.lstat()
    return stat.S_ISLNK(facts.st_mode) or bool(getattr(facts, "st_reparse_tag", 0))


def _check_file(path: Path, facts: os.stat_result) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise UserError(f"{path}: is {kind_of(facts.st_mode)}, where a plain file must be.\n  {WAY_OUT}.")
