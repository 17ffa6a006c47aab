"""Tables that a study tells others: each has its digest in the manifest, and is believed only with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pandas as pd

from revsim.errors import UserError
from revsim.scenario.problems import quoted
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, write_manifest
from revsim.store.regular import opened

LARGEST = 1 << 26  # bytes of a table for people
KINDS = {"text": "O", "number": "iuf", "flag": "b"}  # of columns, and how pandas calls what it reads in one


def note_findings(manifest: Manifest, folder: Folder, files: Iterable[Path]) -> None:
    """Let the manifest say which files are this study's findings, and write it."""
    manifest.findings = {path.relative_to(folder.root).as_posix(): sha256(_content(path)).hexdigest() for path in files}
    write_manifest(manifest, folder.manifest)


def read_finding(manifest: Manifest, folder: Folder, path: Path) -> bytes:
    """A file that the manifest says is a finding. Raises UserError if it does not, or if the file is another."""
    name = path.relative_to(folder.root).as_posix()
    digest = manifest.findings.get(name)
    if digest is None:
        raise UserError(
            f"{folder.manifest}: knows of no {name}, so that the study has not come to its end.\n"
            "  Let the command that made this folder end: the same command goes on."
        )
    try:
        content = _content(path)
    except FileNotFoundError:
        raise UserError(f"{path}: is gone; {_AGAIN}") from None
    if sha256(content).hexdigest() != digest:
        raise UserError(f"{path}: is not what the study wrote there (another digest than in its manifest); {_AGAIN}")
    return content


_AGAIN = "the command that made this folder writes it anew."


def table_of(path: Path, content: bytes, columns: Mapping[str, str]) -> pd.DataFrame:
    """A table for people, read; `columns` are those that it must have, `text`, `number` or `flag` each.

    Raises UserError with the column and its rule.
    """
    try:
        frame = pd.read_csv(BytesIO(content))
    except (ValueError, OverflowError, MemoryError) as error:  # pandas' own are ValueErrors
        raise _wrong(path, f"cannot be read as a table ({quoted(error)})") from None
    for name, kind in columns.items():
        if name not in frame:
            raise _wrong(path, f"has no column `{name}`")
        is_empty = frame[name].isna().all()  # no row, or nothing known in any: of every kind
        if frame[name].dtype.kind not in KINDS[kind] and not is_empty:
            raise _wrong(path, f"column `{name}` must hold a {kind} in each row")
    return frame


def _content(path: Path) -> bytes:
    with opened(path, LARGEST) as file:
        return file.read()


def _wrong(path: Path, why: str) -> UserError:
    return UserError(f"{path}: {why}.\n  No revsim wrote it so: {_AGAIN}")
