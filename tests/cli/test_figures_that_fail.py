"""A figure that cannot be drawn costs no study: known early where it can be, told with exit code 3 where not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import revsim as api
from revsim.errors import IncompleteError, UserError
from revsim.reports import drawing
from revsim.reports.figures import picture
from tests.cli.conftest import Call
from tests.tiny import SMALL, small_base

RUN = ["--workers", "1", "--quiet"]
TINY = [*RUN, "--set", "calendar.quarters=2"]
SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
MAIN = "import sys; from revsim.cli.app import main; sys.exit(main())"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no canvas")

    monkeypatch.setattr(picture, "as_svg", fail)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("words", "table"),
    [
        (["run", "status-quo"], "summary"),
        (["compare", "status-quo", "design"], "effects"),
        (["stress", "status-quo", "--stress", "stress/top-performer-leaves"], "stress"),
        (["attribute", "status-quo", "one-moment"], "attribution"),
    ],
    ids=["run", "compare", "stress", "attribute"],
)
def test_tables_page_and_answer_are_out_and_the_code_says_incomplete(
    revsim: Call, words: list[str], table: str
) -> None:
    answer = revsim(*words, *RUN, *SETS, "-n", "3", "--out", "r")
    assert answer.code == 3
    assert "RuntimeError: no canvas" in answer.err
    assert "Traceback" not in answer.err
    assert "3 replications, seed 1." in answer.out
    assert len(pd.read_csv(f"r/{table}.csv")) > 0
    page = Path("r/report.html").read_text(encoding="utf-8")
    assert page.count("could not be drawn (RuntimeError: no canvas)") == page.count("<figure>") > 0
    assert not list(Path("r").glob("figures/*"))


@pytest.mark.usefixtures("broken")
def test_from_python_the_error_comes_when_all_else_is_written(tmp_path: Path) -> None:
    scenario = api.Scenario(small_base())
    with pytest.raises(IncompleteError, match="no canvas"):
        api.run(scenario, replications=3, workers=1, out=tmp_path / "r")
    assert {"summary.csv", "report.html", "manifest.json"} <= {path.name for path in (tmp_path / "r").iterdir()}
    with pytest.raises(IncompleteError, match=r"2 of 2 figures could not be drawn|figure"):
        api.run(scenario, replications=3, workers=1).report(tmp_path / "alone.html")
    assert "could not be drawn" in (tmp_path / "alone.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["matplotlib", "jinja2"])
def test_what_is_not_installed_is_told_before_anything_is_run(
    revsim: Call, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(drawing, "find_spec", lambda asked: None if asked == name else asked)
    answer = revsim("run", "base.yaml", *TINY, "-n", "3", "--out", "r")
    assert answer.code == 2
    assert f"{name} is not installed" in answer.err
    assert not list(Path("r").glob("parts/*.parquet"))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_library_that_does_not_load_stops_the_study_at_once(
    revsim: Call, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    def fail() -> None:
        raise ImportError("broken library")

    monkeypatch.setattr(drawing, "read_ahead", fail)
    words = ["compare", "base.yaml", "more.yaml", *TINY, "-n", "40", "--workers", str(workers), "--out", "r"]
    answer = revsim(*words)
    assert answer.code == 2
    assert "broken library" in answer.err
    assert not Path("r/quarters.parquet").exists()


def test_from_python_that_is_told_before_anything_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ImportError("broken library")

    monkeypatch.setattr(drawing, "read_ahead", fail)
    with pytest.raises(UserError, match="broken library"):
        api.run(api.Scenario(small_base()), replications=3, workers=1, out=tmp_path / "r")
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    "environment",
    [
        {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONWARNINGS": "error"},
        {"MPLBACKEND": "nonsense", "MATPLOTLIBRC": sys.executable, "MPLCONFIGDIR": os.devnull},
    ],
    ids=" ".join,
)
def test_settings_of_the_library_do_not_matter(revsim: Call, environment: dict[str, str]) -> None:
    assert revsim("check", "base.yaml").code == 0  # the folder is there
    words = ["run", "base.yaml", *TINY, "-n", "2", "--out", "r"]
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *words],
        env=os.environ | {"PYTHONPATH": str(Path(api.__file__).parents[1])} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert Path("r/figures/bookings.svg").exists()
