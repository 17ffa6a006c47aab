"""Machine code is kept in a folder of the user, and nothing fails where it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import numba
import numpy as np
import pytest

import revsim
from revsim import api, simulate
from revsim.errors import UserError
from revsim.machine import cache, prepare, ready
from revsim.machine.cache import VARIABLE, cache_folder, code_of_engine
from revsim.prepare import compile_all
from revsim.prepare import prepare as prepare_for


def test_the_folder_is_named_by_the_content_of_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path / f"engine-{code_of_engine()}"


def test_a_changed_source_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = []
    for text in ("x = 1", "x = 2"):
        for source in cache.SOURCES:
            place = tmp_path / source / "a.py" if not source.endswith(".py") else tmp_path / source
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        monkeypatch.setattr(cache, "PACKAGE", tmp_path)
        names.append(code_of_engine())
    assert names[0] != names[1]


def test_a_place_that_cannot_be_written_is_told_and_never_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    assert cache_folder() is None
    said: list[str] = []
    monkeypatch.setattr(prepare, "CACHE", None)
    compile_all(said.append)  # compiled in this process already
    assert VARIABLE in said[0]
    assert "anew" in said[0]


@pytest.mark.parametrize(("runs_here", "compiled"), [(False, 0), (True, 1)])
def test_where_nothing_can_be_kept_a_command_compiles_only_what_it_runs_itself(
    monkeypatch: pytest.MonkeyPatch, *, runs_here: bool, compiled: int
) -> None:
    monkeypatch.setattr(prepare, "CACHE", None)
    program, said = Mock(), list[str]()
    prepare.prepare({program: np.dtype([("a", "f8")])}, said.append, runs_here=runs_here)
    assert program.compile.call_count == compiled
    assert said == [prepare.NOWHERE]


@pytest.mark.parametrize(("replications", "workers", "runs_here"), [(4, 2, False), (4, 1, True), (1, 2, True)])
def test_a_study_says_whether_its_replications_run_in_workers(
    monkeypatch: pytest.MonkeyPatch, *, replications: int, workers: int, runs_here: bool
) -> None:
    prepared = Mock(side_effect=KeyboardInterrupt)  # nothing is run
    monkeypatch.setattr(api, "prepare", prepared)
    with pytest.raises(KeyboardInterrupt):
        revsim.run("status-quo.yaml", replications=replications, workers=workers)
    assert prepared.call_args.kwargs == {"runs_here": runs_here}


def test_a_second_place_of_the_sources_is_compiled_again_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "CACHE", tmp_path)
    (tmp_path / "live.nbc").write_bytes(b"code")
    said: list[str] = []
    compile_all(said.append)
    monkeypatch.setattr(ready, "PACKAGE", tmp_path / "elsewhere")
    compile_all(said.append)
    assert said == [prepare.LINE, prepare.LINE]


def test_long_compiling_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "BEAT", 0.01)
    said: list[str] = []
    with prepare._signs_of_life(said.append):
        while not said:
            pass
    assert "still compiling" in said[0]


def test_what_is_compiled_already_is_not_said_again() -> None:
    said: list[str] = []
    compile_all(said.append)
    compile_all(said.append)
    assert said == []


@pytest.mark.parametrize("harm", ["gone", "torn"])
def test_machine_code_that_is_gone_or_torn_is_made_again(tmp_path: Path, harm: str) -> None:
    code = tmp_path / "x" / "live.nbc"
    code.parent.mkdir()
    code.write_bytes(b"machine code")
    ready.note_ready(tmp_path)
    assert ready.is_ready(tmp_path)
    if harm == "gone":
        code.unlink()
    else:
        code.write_bytes(b"mach")
    assert not ready.is_ready(tmp_path)


def test_another_processor_is_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "live.nbc").write_bytes(b"code")
    ready.note_ready(tmp_path)
    monkeypatch.setattr(ready, "processor", lambda: "another")
    assert not ready.is_ready(tmp_path)


def test_a_disk_that_takes_no_marker_stops_nothing(tmp_path: Path) -> None:
    ready.note_ready(tmp_path / "absent")
    assert not ready.is_ready(tmp_path / "absent")


@pytest.fixture
def _fresh() -> Iterator[None]:
    simulate.why_not_compiled.cache_clear()
    yield
    simulate.why_not_compiled.cache_clear()


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("how", ["absent", "switched off"])
def test_without_numba_auto_says_that_simpy_runs_and_compiled_is_refused(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "absent":
        monkeypatch.setitem(sys.modules, "numba", None)  # as an import that fails
    else:
        monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    said: list[str] = []
    prepare_for("auto", said.append)
    assert "SimPy runs" in said[0]
    assert simulate.engine_of("auto") == "simpy"
    with pytest.raises(UserError, match="--engine simpy gives the same rows"):
        simulate.engine_of("compiled")
