"""The shipped best mixes are those of the kept search, and one command makes them anew."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from revsim.scenario.address import get
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from revsim.scenario.sides import FIXED, SIDES

ROOT = Path(__file__).resolve().parents[2]
STUDY, SCENARIOS = ROOT / "benchmarks" / "study", ROOT / "scenarios"
FILES = ("coordination.yaml", "best-25k.yaml", "best-60k.yaml", "best-120k.yaml")


@pytest.fixture(scope="module")
def ship() -> Iterator[ModuleType]:
    """benchmarks/ship.py, which is no package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        spec = importlib.util.spec_from_file_location("ship", ROOT / "benchmarks" / "ship.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    for name in ("sayings", "tell"):
        sys.modules.pop(name, None)


def numbers(scenario: Scenario) -> dict[str, float]:
    """Where every lever stands."""
    return {address: get(scenario, address).value for address in SIDES["both"]}


@pytest.mark.parametrize("file", FILES)
def test_a_shipped_mix_has_the_levers_of_its_row_in_the_kept_search(ship: ModuleType, file: str) -> None:
    side, budget, name, _ = ship.FILES[file]
    row = ship.Tables(STUDY).row("frontier", side=side, budget=budget)
    found = load(SCENARIOS / file)
    assert found.name == name
    assert numbers(found) == {address: row[address] for address in SIDES["both"]}
    assert row["cost"] <= 1.05 * budget  # on fresh luck a mix may cost a little more than in the search


@pytest.mark.parametrize("file", FILES)
def test_a_shipped_mix_changes_levers_and_what_comes_with_coordination_alone(file: str) -> None:
    base, found = load(SCENARIOS / "status-quo.yaml"), load(SCENARIOS / file)
    assert (found.world, found.heroics, found.stress) == (base.world, base.heroics, base.stress)
    assert found.design.decay == base.design.decay
    if found.coordination != base.coordination:
        assert {get(found, address).value for address in FIXED} == {0.9, 13.0}


@pytest.mark.parametrize("file", FILES)
def test_a_shipped_mix_is_the_file_that_its_row_writes(ship: ModuleType, file: str) -> None:
    side, budget, name, begins = ship.FILES[file]
    base = load(SCENARIOS / "status-quo.yaml")
    row = ship.Tables(STUDY).row("frontier", side=side, budget=budget)
    text = ship.text(name, ship.why(row, begins, base.world.currency), ship.levers(row, base))
    assert (SCENARIOS / file).read_text(encoding="utf-8") == text


def test_blocks_are_written_once_and_in_the_order_of_levers(ship: ModuleType, tmp_path: Path) -> None:
    changed = {
        "design.governance.evidence": 0.5,
        "coordination.agreement.level": 0.9,
        "coordination.agreement.half_life_weeks": 13.0,
        "design.owned_handoffs.sales_to_customer": 0.8,
        "coordination.meetings": 0.0,
    }
    text = ship.text("A mix: of all", "It says: why.", changed)
    assert text.count("coordination:") == text.count("design:") == text.count("agreement:") == 1
    (tmp_path / "mix.yaml").write_text(text, encoding="utf-8")
    found = load(tmp_path / "mix.yaml")
    assert {address: get(found, address).value for address in changed} == changed
    assert (found.name, found.why) == ("A mix: of all", "It says: why.")


def test_the_kept_search_says_how_to_make_it_again() -> None:
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    facts = json.loads((STUDY / "frontier.manifest.json").read_text(encoding="utf-8"))
    (line,) = (one for one in make.splitlines() if "revsim frontier status-quo.yaml" in one)
    assert f"--replications {facts['replications']} " in line
    assert facts["seed"] == 2  # that of the fresh luck; the search has the seed before
    assert {"command", "code", "scenarios"} <= set(facts)
