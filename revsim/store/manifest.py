"""The manifest: how to make this result again. JSON, rewritten whole."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from revsim.errors import UserError
from revsim.printable import visible_json
from revsim.scenario.problems import quoted
from revsim.store.atomic import write_text
from revsim.store.regular import opened

SCHEMA = "revsim.manifest/1"
LARGEST = 1 << 28  # bytes: some hundred thousand failed runs, with their tracebacks
WAY_OUT = "Choose another --out, or delete that folder"
LIBRARIES = ("numpy", "pandas", "scipy", "simpy", "numba", "pyarrow", "pydantic", "matplotlib")
# what turns a scenario's content and a seed into rows; of `scenario`, the classes that hold values and what identity is
ROW_MAKERS = (
    *("units.py", "luck", "formulas", "contract", "mechanisms", "model", "compiled", "states", "simulate.py"),
    *("measures", "machine/intrinsics.py", "experiment/continuations.py"),
    *(
        f"scenario/{name}.py"
        for name in ("assumption", "canonical", "design", "firm", "functions", "market", "scenario")
    ),
)


STRICT = ConfigDict(strict=True, extra="forbid")  # nothing is taken for something else, and nothing is passed over


@dataclass
class SchemaOnly:
    """The field that says how to read the others."""

    schema: str


@dataclass
class ScenarioFacts:
    """A scenario of the study."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    content_hash: str
    world_hash: str
    file: str = ""


@dataclass
class Manifest:
    """The facts of a study. `replications` is how many are done, `failed` what went wrong."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    command: list[str]
    seed: int
    engine: str
    scenarios: list[ScenarioFacts]
    baseline: str
    code: str
    currency: str = ""
    continuations: int = 0
    replications: int = 0
    replications_wanted: int = 0
    complete: bool = False
    start: str = ""
    end: str = ""
    schema: str = SCHEMA
    versions: dict[str, str] = field(default_factory=dict)
    machine: dict[str, Any] = field(default_factory=dict)
    failed: list[dict[str, Any]] = field(default_factory=list)
    findings: dict[str, str] = field(default_factory=dict)  # digests of the tables for people, once they are written


_SCHEMA_ONLY, _MANIFEST = TypeAdapter(SchemaOnly), TypeAdapter(Manifest)


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def versions() -> dict[str, str]:
    """Versions of revsim, Python and the libraries that are there."""
    found = {name: _version(name) for name in ("revsim", *LIBRARIES)}
    known = {name: number for name, number in found.items() if number}
    return {"revsim": "0+unknown", "python": platform.python_version()} | known


def machine() -> dict[str, Any]:
    """The kind of machine, without its name."""
    return {"platform": platform.system(), "architecture": platform.machine(), "cpu_count": os.cpu_count() or 1}


def code_hash(package: Path | None = None) -> str:
    """The version of results: a digest of the source that makes rows, and of no other.

    Rows of different code are never mixed in a folder. A change in reports, analysis, commands, the store, or in how
    scenario files are read, told or checked cannot move the rows of a content, so it leaves results as they are. A
    comment in the model counts as a change: that it moves nothing is for people to know.
    """
    root = package or Path(__file__).resolve().parent.parent
    digest = sha256()
    for layer in ROW_MAKERS:
        place = root / layer
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(
                file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n")
            )
    return digest.hexdigest()[:16]


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write it, with today's versions and machine."""
    manifest.versions, manifest.machine = versions(), machine()
    facts = asdict(manifest)
    ordered = {"schema": facts.pop("schema"), **facts}
    write_text(path, visible_json(json.dumps(ordered, indent=2, ensure_ascii=False)) + "\n")


def read_manifest(path: Path) -> Manifest | None:
    """The manifest, or None if there is none. Raises UserError, with the field and its rule, if it is not one."""
    try:
        with opened(path, LARGEST) as file:
            text = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).\n  {WAY_OUT}.") from error
    try:
        # first the schema alone: another version may have other fields
        _check_schema(_SCHEMA_ONLY.validate_json(text).schema, path)
        return _MANIFEST.validate_json(text)
    except ValidationError as error:
        raise UserError(f"{path}: is no manifest of revsim's, or damaged ({_why(error)}).\n  {WAY_OUT}.") from None


def _check_schema(schema: str, path: Path) -> None:
    if schema != SCHEMA:
        raise UserError(
            f"{path}: schema is {quoted(schema)}, this version reads {SCHEMA}.\n"
            f"  {WAY_OUT}, or go on with the version that wrote it."
        )


def _why(error: ValidationError) -> str:
    """Which field of a manifest is not as it must be, and what it must be."""
    first = error.errors()[0]
    field = ".".join(str(step) for step in first["loc"])
    return f"{quoted(field)}: {first['msg']}" if field else str(first["msg"])


def difference(there: Manifest, wanted: Manifest) -> str:
    """Why a study cannot go on in a folder, in words; empty if it can."""
    if [s.name for s in there.scenarios] != [s.name for s in wanted.scenarios]:
        return f"it holds the scenarios {', '.join(s.name for s in there.scenarios)}"
    for old, new in zip(there.scenarios, wanted.scenarios, strict=True):
        if old.content_hash != new.content_hash:
            return f"`{old.name}` has other content there ({old.content_hash[:8]}, now {new.content_hash[:8]})"
    if there.seed != wanted.seed:
        return f"it was run with --seed {there.seed}, not {wanted.seed}"
    if there.continuations != wanted.continuations:
        return f"it was run with --continuations {there.continuations}, not {wanted.continuations}"
    if there.code != wanted.code:
        return f"it was made by other code of the model ({there.code[:8]}, now {wanted.code[:8]})"
    return ""


def check_same_study(there: Manifest | None, wanted: Manifest, root: Path) -> None:
    """Raise UserError if the folder holds another study."""
    reason = difference(there, wanted) if there else ""
    if reason:
        raise UserError(
            f"{root} holds another study: {reason}.\n  Rows of different studies are never mixed. {WAY_OUT}."
        )
