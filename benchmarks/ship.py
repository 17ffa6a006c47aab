"""Write the shipped scenarios that a search has found: coordination.yaml, best-25k.yaml, best-60k.yaml, best-120k.yaml.

    python benchmarks/ship.py FOLDER

FOLDER is one of `revsim frontier status-quo.yaml` (`make frontier`). Its table and what of its manifest says how to
make it again are kept in benchmarks/study; tests hold the shipped files to that table.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tell import FACTS, HERE, Tables

from revsim.analysis.interval import Interval
from revsim.analysis.net_words import sum_words
from revsim.analysis.phrases import change_words
from revsim.analysis.words import short
from revsim.scenario.address import get
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from revsim.scenario.sides import SIDES, generous
from revsim.scenario.text import scalar

SCENARIOS = Path(__file__).parents[1] / "scenarios"
BASE = "status-quo.yaml"
FILES = {  # side and budget, the scenario's name, and the first sentence of its reason
    "coordination.yaml": ("coordination", 25_000.0, "Coordination", "Coordination's best shot"),
    "best-25k.yaml": ("both", 25_000.0, "Best at 25k", "The best mix of coordination and design"),
    "best-60k.yaml": ("both", 60_000.0, "Best at 60k", "The best mix of coordination and design"),
    "best-120k.yaml": ("both", 120_000.0, "Best at 120k", "The best mix of coordination and design"),
}


def levers(row: Mapping[str, Any], base: Scenario) -> dict[str, float]:
    """What a kept row changes against the base, by address."""
    changed = {address: float(row[address]) for address in SIDES["both"]}
    changed = {address: value for address, value in changed.items() if value != get(base, address).value}
    return changed | (dict(generous()) if any(address.startswith("coordination.") for address in changed) else {})


def why(row: Mapping[str, Any], begins: str, money: str) -> str:
    """The reason: how it was found, what it brings, and what it does to the forecast."""
    net, variance = (
        Interval(*(row[f"{name}{end}"] for end in ("", "_low", "_high")))
        for name in ("net_value_without_renewals", "forecast_variance")
    )
    return (
        f"{begins} for at most {short(row['budget'], 2)} {money} a quarter, by a search for net value without renewals "
        f"over four years: {sum_words(net, money)}, for {short(row['cost'], 2)}. Forecast variance at mid-quarter "
        f"changes by {change_words(variance)}; it was not searched for."
    )


def text(name: str, reason: str, changed: Mapping[str, float]) -> str:
    """The scenario's file."""
    lines = ["# yaml-language-server: $schema=scenario.schema.json", "# Written by `make frontier`; do not edit."]
    lines += [f"extends: {BASE}", f"name: {scalar(name)}", f"why: {scalar(reason)}"]
    said: list[str] = []
    for address, value in sorted(changed.items(), key=lambda one: _order(one[0])):
        *blocks, leaf = address.split(".")
        same = next((k for k, (one, other) in enumerate(zip(blocks, said, strict=False)) if one != other), None)
        start = min(len(blocks), len(said)) if same is None else same
        lines += [f"{'  ' * depth}{blocks[depth]}:" for depth in range(start, len(blocks))]
        lines.append(f"{'  ' * len(blocks)}{leaf}: {scalar(value)}")
        said = blocks
    return "\n".join(lines) + "\n"


def _order(address: str) -> tuple[int, ...]:
    """Levers in the order of sides, what comes with them behind those of its block."""
    known = SIDES["both"]
    block = address.rpartition(".")[0]
    first = next(k for k, one in enumerate(known) if one.rpartition(".")[0] == block)
    return (first, known.index(address) if address in known else len(known))


def keep(folder: Path) -> None:
    """Copy the table, and what of the manifest says how to make it again."""
    shutil.copyfile(folder / "frontier.csv", HERE / "frontier.csv")
    facts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    kept = {fact: facts[fact] for fact in FACTS if fact in facts}
    (HERE / "frontier.manifest.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Keep, then write."""
    keep(Path(sys.argv[1]))
    base, tables = load(SCENARIOS / BASE), Tables(HERE)
    texts = {}
    for file, (side, budget, name, begins) in FILES.items():
        row = tables.row("frontier", side=side, budget=budget)
        texts[file] = text(name, why(row, begins, base.world.currency), levers(row, base))
    for file, content in texts.items():
        (SCENARIOS / file).write_text(content, encoding="utf-8")
        print(f"wrote {file}")


if __name__ == "__main__":
    main()
