from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
PARTS = ("asked", "by_people", "claim", "costs", "judging", "look", "page", "readings", "run", "slopes", "tables")


@pytest.fixture(scope="session")
def claims() -> Iterator[SimpleNamespace]:
    """The modules of benchmarks/claims, which is no installed package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        yield SimpleNamespace(**{name: import_module(f"claims.{name}") for name in PARTS})
    for name in [name for name in sys.modules if name == "claims" or name.startswith("claims.")]:
        sys.modules.pop(name)
