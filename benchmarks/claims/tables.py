"""claims.csv: a row for each contrast, with the claim's verdict on primary ones; and how it was made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from claims.claim import Asking
from claims.judging import Judged
from claims.run import Asked, Ruled, ruled

DIRECTIONS = {1: "higher", -1: "lower", 0: ""}


def frame(asked: Sequence[Asked]) -> pd.DataFrame:
    """The rows; a claim that was not asked has one without a number."""
    rows: list[dict[str, Any]] = []
    for each, rule in zip(asked, ruled(asked), strict=True):
        rows += [_row(each, rule, found) for found in each.contrasts] or [_row(each, rule, None)]
    return pd.DataFrame(rows)


def _row(asked: Asked, rule: Ruled, found: Judged | None) -> dict[str, Any]:
    claim, nan = asked.claim, float("nan")
    contrast = None if found is None else found.contrast
    is_primary = contrast is None or contrast.primary
    return {
        "claim": claim.number,
        "words": claim.words,
        "run": claim.run,
        "contrast": "" if contrast is None else contrast.words,
        "measure": "" if contrast is None else contrast.measure,
        "primary": contrast is not None and contrast.primary,
        "direction": "" if contrast is None else DIRECTIONS[contrast.direction],
        "estimate": nan if found is None else found.interval.estimate,
        "low": nan if found is None else found.interval.low,
        "high": nan if found is None else found.interval.high,
        "unit": "" if contrast is None else "share" if contrast.is_log else contrast.unit,
        "relative": contrast is not None and contrast.is_log,
        "p": nan if found is None else found.p,
        "came_out": "" if found is None else _came_out(found),
        "claim_p": rule.p if is_primary else nan,
        "holm": rule.holm if is_primary else nan,
        "verdict_alone": rule.word if is_primary else "",
        "verdict": rule.verdict if is_primary else "",
        "smallest_effect": nan if found is None else found.smallest,
        "replications": asked.replications,
        "built_in": claim.built_in,
        "reading": claim.reading,
        "not_asked": claim.not_asked,
        "scenarios": json.dumps(asked.hashes),
    }


def _came_out(found: Judged) -> str:
    """Where a contrast lies by its own interval."""
    if not found.contrast.direction:
        return "told without a direction"
    if not np.isfinite(found.interval.low):
        return "told without a range"
    if not found.clear:
        return "not clear"
    return "as stated" if found.side > 0 else "against it"


def write(asked: Sequence[Asked], asking: Asking, command: Sequence[str], folder: Path) -> None:
    """claims.csv and claims.manifest.json in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = frame(asked).to_csv(index=False, lineterminator="\n", float_format="%.8g")
    (folder / "claims.csv").write_text(text, encoding="utf-8")
    facts = {
        "command": list(command),
        "seed": asking.seed,
        "replications": asking.replications,
        "continuations": 0,
        "code": next((each.code for each in asked if each.code), ""),
        "versions": {name: version(name) for name in ("numpy", "scipy", "pandas")},
    }
    (folder / "claims.manifest.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
