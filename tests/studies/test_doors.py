"""Questions from Python: the same tables as the commands write, in memory or in a folder, from names or scenarios."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import revsim
from revsim.errors import UserError
from revsim.settings import DEFAULT_CONTINUATIONS
from revsim.store.manifest import read_manifest
from revsim.studies.answer import Answer
from tests.tiny import SMALL

SETS = [f"{address}={value}" for address, value in SMALL.items()]
QUO, DESIGN = (revsim.load(f"{name}.yaml", SETS) for name in ("status-quo", "design"))
SWEEP = """sweep: Small
scenario: status-quo.yaml
factors:
  - {name: m, levels: [0, 1], sets: [{address: design.owned_handoffs, from: 1, to: 0}]}
"""
HOW = {"workers": 1, "seed": 5}
Asked = Callable[..., Answer]


def attribute(**how: object) -> Answer:
    return revsim.attribute(QUO, DESIGN, measures=["won"], replications=3, **HOW, **how)  # type: ignore[arg-type]


def stress(**how: object) -> Answer:
    files = ["stress/demand-shock.yaml"]
    return revsim.stress([QUO, DESIGN], stresses=files, quarter=1, replications=3, **HOW, **how)  # type: ignore[arg-type]


def sweep(**how: object) -> Answer:
    Path("small.yaml").write_text(SWEEP, encoding="utf-8")
    return revsim.sweep("small.yaml", sets=SETS, replications=3, **HOW, **how)  # type: ignore[arg-type]


def worlds(**how: object) -> Answer:
    return revsim.worlds([QUO, DESIGN], worlds=3, replications=3, **HOW, **how)  # type: ignore[arg-type]


def parts(**how: object) -> Answer:
    return revsim.parts(QUO, replications=3, **HOW, **how)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("asked", [attribute, parts, stress, sweep, worlds])
def test_an_answer_in_memory_saves_what_one_in_a_folder_wrote(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    # each picture is drawn a second time for its PNG, of which nothing is asked here
    monkeypatch.setattr("revsim.reports.figures.picture.as_png", lambda _: b"")
    kept, loose = asked(out="kept"), asked()
    assert loose.save("saved") == Path("saved")
    names = {path.relative_to("kept").as_posix() for path in Path("kept").rglob("*") if path.suffix != ".sqlite"}
    assert {"report.html", "manifest.json", "quarters.parquet", *(f"{name}.csv" for name in kept.frames)} <= names
    for name in kept.frames:
        assert Path(f"kept/{name}.csv").read_bytes() == Path(f"saved/{name}.csv").read_bytes()
    assert kept.sentences == loose.sentences


@pytest.mark.parametrize("asked", [attribute, stress, sweep, worlds])
def test_nothing_is_continued_that_nobody_asks_for(asked: Asked) -> None:
    assert asked().study.plan.task.continuations == 0


def test_what_variance_is_made_of_asks_for_chance_and_structure() -> None:
    assert parts().study.plan.task.continuations == DEFAULT_CONTINUATIONS


def test_the_answer_leads_with_sentences_that_it_also_says_in_full() -> None:
    answer = attribute()
    assert answer.lead
    assert set(answer.lead) <= set(answer.sentences)
    assert answer.page.verdict == " ".join(answer.lead)


def test_a_report_can_be_written_alone(tmp_path: Path) -> None:
    assert stress().report("alone.html").read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
    assert not (tmp_path / "results").exists()


def test_frames_are_the_tables() -> None:
    frame = stress().frames["stress"]
    assert isinstance(frame, pd.DataFrame)
    assert set(frame["quarters"]) == {"1-2"}


def test_the_folder_of_worlds_keeps_scenarios_as_they_are_in_no_world() -> None:
    answer = worlds(out="w")
    assert sorted(path.name for path in Path("w/scenarios").iterdir()) == ["design.yaml", "status-quo.yaml"]
    manifest = read_manifest(Path("w/manifest.json"))
    assert manifest is not None
    assert len(manifest.scenarios) == 6
    assert answer.base.name == "Status quo"


def test_a_quarter_that_cannot_be_is_refused_in_python_s_words() -> None:
    with pytest.raises(UserError, match=r"quarter = 0: must be a whole number, 1 or more; write e\.g\. quarter=6"):
        revsim.stress([QUO], quarter=0)


def test_importing_revsim_loads_nothing_heavy() -> None:
    code = (
        "import sys, revsim; print([name for name in ('pandas', 'numpy', 'scipy', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
