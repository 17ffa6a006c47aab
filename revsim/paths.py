"""What a path means, the same to every command and function; and how one is printed.

What is opened is absolute, so it stays the same file wherever the process goes later. What is printed is short:
relative to the working folder where it is below it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from unicodedata import normalize

from revsim.errors import UserError

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")  # two letters or more: `c://x` is a path on Windows
UNPAIRED = re.compile("[\ud800-\udfff]+")  # Python's stand-ins for bytes of a name that are no UTF-8
BEFORE, AFTER = r"""(?<![^\s`'"“(=])""", r"""(?=[:;,)`'"”\s]|\.\s|\.?$)"""


def absolute(
    name: str, given: str | os.PathLike[str], *, beside: Path | None = None, example: str = "results/mine"
) -> Path:
    """The absolute path that is meant by what was given as the option or argument `name`.

    `~` and `~/x` are in the home, `~user/x` in that user's; `./~` and `a/~` are names like others, and so is `~x` where
    no user is called `x`. A relative path begins at `beside`, or else at the working folder. Links and `..` stay as
    they are written, for the file system to follow. Raises UserError for what cannot be a path.
    """
    text = _text(name, given, example)
    home = _expanded(name, text)
    if os.path.isabs(home):  # noqa: PTH117 - text, as it was given
        return Path(home)
    return (beside or _working_folder(name, text)) / home


def _text(name: str, given: str | os.PathLike[str], example: str) -> str:
    """What was given, as text that may be a path. Raises UserError."""
    try:
        text = os.fsdecode(given)
    except TypeError:
        raise _refused(name, given, f"must be a path; write e.g. {example}") from None
    if not text.strip():
        raise _refused(name, text, f"must be a path; write e.g. {example}")
    if "\0" in text:
        raise _refused(name, text, "must be a path, and none holds a null byte; delete it")
    if ADDRESS.match(text):
        raise _refused(name, text, "is a web address, and files are kept on this machine; name a folder or file of it")
    return text


def _expanded(name: str, text: str) -> str:
    """The path with the home in place of a leading `~`. Raises UserError where there is no home to be put there."""
    if not text.startswith("~"):
        return text
    expanded = os.path.expanduser(text)  # noqa: PTH111 - leaves `~x` alone where there is no such user, as a shell does
    is_own = re.split(r"[/\\]" if os.name == "nt" else "/", text, maxsplit=1)[0] == "~"
    if is_own and (expanded.startswith("~") or not os.environ.get("HOME", "unset")):
        raise _refused(name, text, "`~` is the home folder, and there is none here; write the path in full")
    return expanded


def _working_folder(name: str, text: str) -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        why = f"the working folder cannot be had ({error.strerror}); go to another, or write the path in full"
        raise _refused(name, text, why) from None


def _refused(name: str, given: object, why: str) -> UserError:
    return UserError(f"{name} {given!r}: {why}.".lstrip())


def in_other_form(path: Path) -> Path | None:
    """The file or folder whose name differs from the path in its Unicode form alone; None if there is none, or several.

    macOS writes `é` as two characters, other systems as one; both look alike.
    """
    if str(path).isascii():
        return None
    found = Path(path.anchor)
    try:
        for part in path.parts[1:]:
            found = found / part if (found / part).exists() else _alike(found, part)
    except OSError:
        return None
    return found


def _alike(folder: Path, name: str) -> Path:
    """The only file in a folder that has this name in some Unicode form. Raises OSError."""
    there = [] if name.isascii() else [one for one in folder.iterdir() if _composed(one.name) == _composed(name)]
    if len(there) != 1:
        raise FileNotFoundError(name)
    return there[0]


def _composed(name: str) -> str:
    return normalize("NFC", name)


def as_written(given: str | os.PathLike[str], meant: Path) -> Path:
    """The path that is handed back for one that was given: the same, unless that would mean another the next time."""
    path = Path(os.fsdecode(given))
    return meant if str(path).startswith("~") else path


def display_path(path: Path) -> str:
    """An absolute path as it is printed, and may be typed: relative to the working folder if it is below it."""
    here = _printed_from()
    text = str(path.relative_to(here)) if here is not None and path.is_relative_to(here) else str(path)
    return f".{os.sep}{text}" if text.startswith("~") else text


def shortened(text: str) -> str:
    """A message with every path in it as `display_path` prints it."""
    here = _printed_from()
    if here is None:
        return text
    below, itself = re.escape(f"{here}{os.sep}"), re.escape(str(here))
    return re.sub(f"{BEFORE}{itself}{AFTER}", ".", re.sub(f"{BEFORE}{below}(?=[^\\s~])", "", text))


def _printed_from() -> Path | None:
    """The working folder; None where it is gone, or is the root, below which everything is."""
    try:
        here = Path.cwd()
    except OSError:
        return None
    return None if here == here.parent else here


def readable(text: str) -> str:
    r"""Text that can be printed and kept in every file: what is no UTF-8 in it as `\xe9`."""
    return UNPAIRED.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    try:
        return found[0].encode("ascii", "surrogateescape").decode("ascii", "backslashreplace")
    except UnicodeEncodeError:  # no byte of a name: half a pair of UTF-16
        return found[0].encode("ascii", "backslashreplace").decode("ascii")
