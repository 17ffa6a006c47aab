"""Numbers of a file changed where they stand: the company is the changed one, all other text is the same."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.scenario.address import get
from revsim.scenario.load import load
from revsim.scenario.ranges import axes

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "scenarios" / "status-quo.yaml"
TEXT = FILE.read_text(encoding="utf-8")
SPREADS = {spread.address: spread for axis in axes([load(FILE)]) for spread in axis.spreads}


@pytest.fixture(scope="module")
def in_place() -> Iterator[ModuleType]:
    """By path: benchmarks is no package of the project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield importlib.import_module("in_place")
    del sys.modules["in_place"]


@pytest.mark.parametrize(
    ("value", "text"), [(24.0, "24"), (0.35, "0.35"), (85_000.0, "85000"), (1.0, "1"), (-0.3, "-0.3")]
)
def test_a_number_is_written_as_people_do(in_place: ModuleType, value: float, text: str) -> None:
    assert in_place.number_text(value) == text


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(chosen=st.lists(st.sampled_from(sorted(SPREADS)), min_size=1, max_size=6, unique=True))
def test_only_the_numbers_named_change_and_each_line_keeps_all_else(in_place: ModuleType, chosen: list[str]) -> None:
    changes = {name: float(f"{SPREADS[name].high:.6g}") + 1234.0 for name in chosen}
    text = in_place.with_numbers(TEXT, changes)
    differing = [(old, new) for old, new in zip(TEXT.splitlines(), text.splitlines(), strict=True) if old != new]
    assert len(differing) == len(changes)
    written = sorted(in_place.number_text(value) for value in changes.values())
    found = sorted(new[new.index("{value: ") + 8 :].split(",")[0] for _, new in differing)
    assert found == written
    for old, new in differing:
        assert old[: old.index("{value: ")] == new[: new.index("{value: ")]
        assert old[old.index(", low") :] == new[new.index(", low") :]


def test_the_file_read_again_is_the_changed_company(in_place: ModuleType, tmp_path: Path) -> None:
    changes = {"world.sales.reps": 31.0, "world.demand.sources[2].fit": 0.41, "world.sales.stages[3].buyer_days": 12.0}
    path = tmp_path / "changed.yaml"
    path.write_text(in_place.with_numbers(TEXT, changes), encoding="utf-8")
    changed, before = load(path), load(FILE)
    for address, spread in SPREADS.items():
        now = get(changed, address)
        assert now.value == changes.get(address, spread.value)
        assert (now.low, now.high, now.source) == (
            get(before, address).low,
            get(before, address).high,
            get(before, address).source,
        )


def test_an_address_that_the_file_does_not_state_is_refused(in_place: ModuleType) -> None:
    with pytest.raises(KeyError):
        in_place.with_numbers(TEXT, {"world.sales.nothing": 1.0})
