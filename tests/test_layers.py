"""The package reads downwards: a layer imports only from layers before it; one library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

LAYERS = [
    *("printable", "errors", "refusals", "units", "cores", "docstrings", "notices", "paths"),
    *("scenario", "formulas", "luck", "contract", "mechanisms", "machine", "model", "compiled", "states", "simulate"),
    *("settings", "measures", "prepare", "analysis", "store", "experiment", "calibration", "reports", "study"),
    *("longer", "api"),
    *("studies", "cli", "__main__"),  # studies: questions that take many scenarios; they run through api
]
STRANGERS = {
    ("model", "compiled"): "the two engines agree through contract, formulas and mechanisms only",
    ("compiled", "model"): "the two engines agree through contract, formulas and mechanisms only",
    ("mechanisms", "scenario"): "pydantic stops at contract",
    ("model", "machine"): "the reference is plain Python",
    ("machine", "contract"): "how machine code is made and kept, whatever it does",
    ("machine", "formulas"): "how machine code is made and kept, whatever it does",
    ("machine", "mechanisms"): "how machine code is made and kept, whatever it does",
    ("luck", "scenario"): "luck cannot depend on a setting",
    ("model", "scenario"): "pydantic stops at contract",
    ("compiled", "scenario"): "pydantic stops at contract",
    ("measures", "scenario"): "a measure sees only a trace",
    ("measures", "model"): "a measure sees only a trace",
    ("measures", "compiled"): "a measure sees only a trace",
    ("measures", "simulate"): "a measure sees only a trace",
    ("measures", "states"): "a measure sees only a trace",
    ("analysis", "store"): "statistics know no disk",
    ("analysis", "simulate"): "statistics know no engine",
    ("analysis", "states"): "statistics know no engine",
    ("store", "simulate"): "the store knows no engine",
    ("store", "states"): "the store knows no engine",
    ("states", "model"): "the reference keeps no states, and is what they must agree with",
    ("store", "model"): "the store knows no engine",
    ("reports", "simulate"): "a report never runs anything",
    ("reports", "experiment"): "a report never runs anything",
    ("reports", "model"): "a report never runs anything",
}
DOORS = {
    "pydantic": {"scenario", "store"},  # the edges: what people write, and folders from elsewhere
    "pydantic_core": {"scenario"},
    "ruamel": {"scenario"},
    "simpy": {"model"},
    "numba": {"machine"},
    "llvmlite": {"machine"},
    "pyarrow": {"store"},
    "dask": {"experiment"},
    "matplotlib": {"reports"},
    "jinja2": {"reports"},
    "pptx": {"reports"},
    "typer": {"cli"},
    "rich": {"cli"},
    "scipy": {"analysis", "calibration"},
    "SALib": {"analysis"},  # an optional extra: trajectories of a screening
    "sklearn": {"analysis"},  # an optional extra: scenario discovery, where worlds tell who wins
}
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "revsim"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(text: str) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in it, with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "revsim" else [module]
            yield from ((name, node.lineno) for name in names)


def faults(here: str, text: str) -> Iterator[str]:
    """What a file of layer `here` imports and must not."""
    for name, line in imported(text):
        if name.startswith("."):
            yield f"line {line}: `{name}` is relative; imports are absolute"
        first, _, rest = name.partition(".")
        if first == "revsim" and rest:
            there = rest.split(".")[0]
            if there in LAYERS and LAYERS.index(there) > LAYERS.index(here):
                yield f"line {line}: {here} imports upwards from {there}"
            if (here, there) in STRANGERS:
                yield f"line {line}: {here} must not know {there}: {STRANGERS[here, there]}"
        if here not in DOORS.get(first, {here}):
            yield f"line {line}: `{first}` has its door in {', '.join(sorted(DOORS[first]))}, not in {here}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_imports_downwards_and_through_the_right_door(path: Path) -> None:
    assert layer_of(path) in LAYERS, f"{path}: name its layer in LAYERS"
    assert list(faults(layer_of(path), path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("here", "text", "words"),
    [
        ("luck", "from revsim.scenario.load import load", "imports upwards|must not know scenario"),
        ("scenario", "import revsim.cli.app", "imports upwards from cli"),
        ("reports", "def f():\n    from revsim.experiment import run", "a report never runs anything"),
        ("measures", "from revsim import simulate", "a measure sees only a trace"),
        ("model", "import pydantic", "has its door in scenario"),
        ("mechanisms", "from numba.extending import overload", "has its door in machine"),
        ("mechanisms", "from revsim.model.firm import Firm", "imports upwards from model"),
        ("cli", "from . import app", "is relative"),
    ],
)
def test_a_planted_fault_is_found(here: str, text: str, words: str) -> None:
    found = " ".join(faults(here, text))
    assert any(word in found for word in words.split("|"))
