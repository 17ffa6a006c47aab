"""docs/findings.md says what its kept tables say, to the last digit, and each study can be made again."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "benchmarks" / "study"


@pytest.fixture(scope="module")
def tell() -> ModuleType:
    """benchmarks/tell.py, which is no package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        spec = importlib.util.spec_from_file_location("tell", ROOT / "benchmarks" / "tell.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
    sys.modules.pop("sayings", None)


def test_the_page_is_what_its_template_and_tables_say(tell: ModuleType) -> None:
    assert (ROOT / "docs" / "findings.md").read_text(encoding="utf-8") == tell.page()


def test_another_number_in_a_table_is_another_page(tell: ModuleType, tmp_path: Path) -> None:
    for file in STUDY.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = (tmp_path / "compare-best.csv").read_text(encoding="utf-8")
    (tmp_path / "compare-best.csv").write_text(table.replace(table.split(",")[-1].strip(), "0.5"), encoding="utf-8")
    assert tell.page(tmp_path) != tell.page()


def test_each_study_that_is_told_says_how_to_make_it_again(tell: ModuleType) -> None:
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in tell.KEPT:
        facts = tell.Tables(STUDY).manifest(name)
        (line,) = (one for one in make.splitlines() if f"--out results/study/{name} " in f"{one} ")
        assert f"--replications {facts['replications']} " in line
        assert f"--seed {facts['seed']}" in line or facts["seed"] == 1
        assert {"command", "code", "scenarios"} <= set(facts)


def test_a_row_that_is_not_there_is_an_error_and_no_empty_number(tell: ModuleType) -> None:
    with pytest.raises(ValueError, match="0 rows where"):
        tell.Tables(STUDY).row("compare-effects", scenario="Nobody")
