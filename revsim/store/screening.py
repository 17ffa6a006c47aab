"""The kept screening: a small file shipped with the scenarios, which `make screen` writes.

It is believed only for scenarios of equal content and for the manifest's `code`, the digest of all that makes rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import TypeAdapter, ValidationError

from revsim.errors import UserError
from revsim.scenario import shipped
from revsim.store.atomic import write_text
from revsim.store.manifest import STRICT, ScenarioFacts
from revsim.store.regular import opened

SCHEMA = "revsim.screening/1"
LARGEST = 1 << 20  # bytes
FOLDER, NAME = "plausible", "screening.json"


@dataclass
class Driver:
    """A number that matters: its place, how many times chance it moves the effects, and how often it is in the ten."""

    __pydantic_config__: ClassVar = STRICT
    number: str
    title: str
    score: float
    low: float
    high: float
    in_top: float


@dataclass
class KeptScreening:
    """What was asked and found; `points` is the digest of the companies, `further` may be among the first, too."""

    __pydantic_config__: ClassVar = STRICT
    schema: str
    code: str
    points: str
    seed: int
    trajectories: int
    replications: int
    numbers: int
    answers: int
    baseline: str
    scenarios: list[ScenarioFacts]
    drivers: list[Driver]
    further: int


_KEPT = TypeAdapter(KeptScreening)


def screening_path() -> Path:
    """Where it is, in a source tree and in an installed package alike."""
    return shipped.folder() / FOLDER / NAME


def write_screening(kept: KeptScreening, path: Path) -> None:
    """Write it, for people to read, too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(asdict(kept), indent=1, ensure_ascii=False) + "\n")


def read_screening(path: Path) -> KeptScreening | None:
    """What is kept, or None where there is nothing. Raises UserError if it is damaged."""
    try:
        with opened(path, LARGEST) as file:
            kept = _KEPT.validate_json(file.read())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise UserError(f"{path}: `{field}`: {first['msg']}.\n  `make screen` writes it anew.") from None
    if kept.schema != SCHEMA:
        raise UserError(
            f"{path}: schema is {kept.schema}, this version reads {SCHEMA}.\n  `make screen` writes it anew."
        )
    return kept


def told_of(kept: KeptScreening | None, scenarios: Sequence[ScenarioFacts], code: str) -> KeptScreening | None:
    """What is kept, if it is of rows made by `code` and of these scenarios by content: the baseline and others."""
    if kept is None or kept.code != code:
        return None
    there = {facts.content_hash: facts.name for facts in kept.scenarios}
    names = [there.get(facts.content_hash) for facts in scenarios]
    whole = len(names) > 1 and None not in names and kept.baseline in names
    return kept if whole else None
