"""A plausible set: companies that history matching does not rule out, in a small file shipped with the scenarios.

One file a company, `plausible/<its scenario's file>.json`, which `make plausible` writes. It is believed only for the
world (calendar and world, by hash) and the model (the manifest's `code`) that it was made with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from pydantic import TypeAdapter, ValidationError

from revsim.errors import UserError
from revsim.scenario import shipped
from revsim.scenario.drawing import Values
from revsim.store.atomic import write_text
from revsim.store.manifest import STRICT
from revsim.store.plausible import FOLDER, NAME
from revsim.store.regular import opened

SCHEMA = "revsim.members/1"
LARGEST = 1 << 20  # bytes
IN_FOLDER = "members.json"
AGAIN = "`make plausible` writes it anew."


@dataclass
class KeptPattern:
    """A pattern as it was asked: its range, its error, and over unchosen draws what it ruled out, by itself too."""

    __pydantic_config__: ClassVar = STRICT
    pattern: str
    low: float
    high: float
    pattern_error: float
    median: float
    simulation_error: float
    ruled_out: float
    alone: float


@dataclass
class KeptBatch:
    """Draws looked at, run and not ruled out by few replications."""

    __pydantic_config__: ClassVar = STRICT
    looked_at: int
    run: int
    kept: int


@dataclass
class KeptMember:
    """One company: its largest implausibility, the pattern that has it, and values in the order of addresses."""

    __pydantic_config__: ClassVar = STRICT
    implausibility: float
    worst: str
    values: list[float]


@dataclass
class KeptSet:
    """What was asked and found. `share` of unchosen draws passes few replications, `asked` draws were asked again."""

    __pydantic_config__: ClassVar = STRICT
    schema: str
    code: str
    scenario: str
    world_hash: str
    drawn_from: str  # world hash of the company whose values were the medians of the draws
    seed: int
    cut: float
    first_replications: int
    replications: int
    share: float
    asked: int
    passed: int
    batches: list[KeptBatch]
    patterns: list[KeptPattern]
    addresses: list[str]
    members: list[KeptMember]

    @property
    def companies(self) -> list[Values]:
        """Values by address of each member."""
        return [dict(zip(self.addresses, member.values, strict=True)) for member in self.members]


_SET = TypeAdapter(KeptSet)


class Looked(NamedTuple):
    """The set of a world, if there is one of today's model, and whether there is one of another model."""

    found: KeptSet | None = None
    outdated: bool = False


def set_path(scenario: str) -> Path:
    """Where the set of a scenario's file is, in a source tree and in an installed package alike."""
    return shipped.folder() / FOLDER / f"{Path(scenario).stem}.json"


def write_set(kept: KeptSet, path: Path) -> None:
    """Write it, one member a line."""
    whole = asdict(kept)
    members = whole.pop("members")
    lines = ",\n  ".join(json.dumps(member, allow_nan=False, ensure_ascii=False) for member in members)
    head = json.dumps(whole, indent=1, allow_nan=False, ensure_ascii=False).removesuffix("\n}")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, f'{head},\n "members": [\n  {lines}\n ]\n}}\n')


def read_set(path: Path) -> KeptSet:
    """What is kept. Raises FileNotFoundError; UserError if it is damaged."""
    try:
        with opened(path, LARGEST) as file:
            kept = _SET.validate_json(file.read())
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise UserError(f"{path}: `{field}`: {first['msg']}.\n  {AGAIN}") from None
    if kept.schema != SCHEMA:
        raise UserError(f"{path}: schema is {kept.schema}, this version reads {SCHEMA}.\n  {AGAIN}")
    for place, member in enumerate(kept.members):
        if len(member.values) != len(kept.addresses):
            raise UserError(
                f"{path}: `members.{place}.values`: {len(member.values)} values for {len(kept.addresses)} addresses.\n"
                f"  {AGAIN}"
            )
    return kept


def set_of(world_hash: str, code: str, folder: Path | None = None) -> Looked:
    """The shipped set of a world, for rows made by `code`. Raises UserError for a damaged file."""
    mine = [kept for kept in _sets(folder or shipped.folder() / FOLDER) if kept.world_hash == world_hash]
    now = next((kept for kept in mine if kept.code == code), None)
    return Looked(now, now is None and bool(mine))


def set_in(folder: str | Path, world_hash: str, code: str) -> Looked:
    """As of `set_of`, in a folder of `revsim plausible`. Raises UserError if no set is there."""
    path = Path(folder) / IN_FOLDER
    try:
        kept = read_set(path)
    except FileNotFoundError:
        raise UserError(
            f"{path}: there is no such file.\n  `revsim plausible SCENARIO --out FOLDER` writes it."
        ) from None
    if kept.world_hash != world_hash:
        return Looked()
    return Looked(kept) if kept.code == code else Looked(outdated=True)


def _sets(folder: Path) -> Iterator[KeptSet]:
    for path in sorted(folder.glob("*.json")):
        if path.name != NAME:
            yield read_set(path)
