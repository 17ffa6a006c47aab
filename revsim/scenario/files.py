"""Scenario files by the names that people give: where one is, how it is printed, what is said where none is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from revsim.errors import ScenarioError, UserError
from revsim.paths import absolute, display_path, in_other_form
from revsim.scenario import shipped
from revsim.scenario.problems import Place, Problem, quoted

EXAMPLE = "status-quo.yaml"


def local(given: str | Path, beside: Path | None = None) -> Path | None:
    """The file or folder that a name means, in whichever Unicode form it is there; None if it is not."""
    try:
        path = absolute("", given, beside=beside)
    except UserError:
        return None
    return path if shipped.is_there(path) else in_other_form(path)


def identity(path: Path) -> object:
    """A file and the folder that it is named in: where both are the same, `extends` in it leads the same way.

    A file that is linked into two folders is another in each.
    """
    try:
        parts = (path.stat(), path.parent.stat())
    except OSError:
        return path
    numbers = tuple((part.st_dev, part.st_ino) for part in parts)
    return numbers if all(inode for _, inode in numbers) else path


def is_same(one: str, other: str) -> bool:
    """Whether two names mean the same file."""
    here, there = local(one), local(other)
    return one == other or (here is not None and there is not None and identity(here) == identity(there))


def missing(given: str, what: str, hint: Callable[[Path], str]) -> NoReturn:
    """Say that there is no such file, nor a shipped one; `hint` takes the folder where it would be."""
    try:
        path = absolute("", given, example=EXAMPLE)
    except UserError as error:
        raise ScenarioError([Problem("E001", Place(repr(given)), str(error), "name a YAML file")]) from None
    message = f"there is no file {quoted(given)}, nor a shipped {what} of that name"
    raise ScenarioError([Problem("E001", Place(given), message, hint(path.parent))])


def as_given(path: str | Path) -> str:
    """A path as it is printed: relative to the working folder if below it; `shipped NAME` for what came with revsim."""
    try:
        written = absolute("", path)
    except UserError:
        return str(path)
    folder = shipped.folder()
    text = _without_detours(display_path(written))
    # in a source tree the shipped files are files like any other, to be opened and edited
    is_far = os.path.isabs(text) or shipped.is_installed()  # noqa: PTH117 - the text is what is printed
    return (
        f"{shipped.SAID}{written.relative_to(folder).as_posix()}" if written.is_relative_to(folder) and is_far else text
    )


def _without_detours(text: str) -> str:
    """`a/../b.yaml` as `b.yaml`, unless `a` is a link: what is beside it is then not what is above where it leads."""
    if ".." not in Path(text).parts:
        return text
    plain = os.path.normpath(text)
    return display_path(Path(plain)) if os.path.realpath(plain) == os.path.realpath(text) else text
