"""The kept result over plausible companies: a small file shipped with the scenarios, which `make kept` writes.

It is believed only for scenarios of equal content and for the manifest's `code`, the digest of all that makes rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from pydantic import TypeAdapter, ValidationError

from revsim.analysis.worlds.plausible import NOT_ASKED, Count, Plausible
from revsim.errors import UserError
from revsim.scenario import shipped
from revsim.store.atomic import write_text
from revsim.store.manifest import STRICT, ScenarioFacts
from revsim.store.regular import opened

SCHEMA = "revsim.plausible/1"
LARGEST = 1 << 20  # bytes
FOLDER, NAME = "plausible", "kept.json"


@dataclass
class KeptContest:
    """A contest over plausible companies, by names."""

    __pydantic_config__: ClassVar = STRICT
    scenario: str
    against: str
    criterion: str
    companies: int
    better: int
    clearly_better: int
    clearly_worse: int


@dataclass
class KeptWorlds:
    """What was asked and found. `worlds` were drawn, of which `companies` are plausible; `draws` is their digest."""

    __pydantic_config__: ClassVar = STRICT
    schema: str
    code: str
    draws: str
    seed: int
    worlds: int
    replications: int
    companies: int
    baseline: str
    scenarios: list[ScenarioFacts]
    contests: list[KeptContest]


_KEPT = TypeAdapter(KeptWorlds)


def kept_path() -> Path:
    """Where it is, in a source tree and in an installed package alike."""
    return shipped.folder() / FOLDER / NAME


def write_kept(kept: KeptWorlds, path: Path) -> None:
    """Write it, for people to read, too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, json.dumps(asdict(kept), indent=1, ensure_ascii=False) + "\n")


def read_kept(path: Path) -> KeptWorlds | None:
    """What is kept, or None where there is nothing. Raises UserError if it is damaged."""
    try:
        with opened(path, LARGEST) as file:
            kept = _KEPT.validate_json(file.read())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise UserError(f"{path}: `{field}`: {first['msg']}.\n  `make kept` writes it anew.") from None
    if kept.schema != SCHEMA:
        raise UserError(f"{path}: schema is {kept.schema}, this version reads {SCHEMA}.\n  `make kept` writes it anew.")
    return kept


def plausible_of(kept: KeptWorlds | None, scenarios: Sequence[ScenarioFacts], code: str) -> Plausible:
    """What is kept of any two of these scenarios, by content whatever they are called, for rows made by `code`."""
    if kept is None:
        return NOT_ASKED
    there = {facts.name: facts.content_hash for facts in kept.scenarios}
    called: dict[str, list[str]] = {}
    for facts in scenarios:
        called.setdefault(facts.content_hash, []).append(facts.name)
    counts = {
        (own, rival, one.criterion): Count(one.companies, one.better, one.clearly_better, one.clearly_worse)
        for one in kept.contests
        for own in called.get(there[one.scenario], [])
        for rival in called.get(there[one.against], [])
    }
    if not counts:
        return NOT_ASKED
    if kept.code != code:
        return Plausible(outdated=True)
    return Plausible(kept.companies, kept.replications, counts)
