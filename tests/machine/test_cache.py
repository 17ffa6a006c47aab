"""Machine code is kept in a folder of the user, and nothing fails where it cannot be."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import numba
import numpy as np
import pytest

import revsim
from revsim import api, simulate
from revsim.errors import UserError
from revsim.experiment import executors
from revsim.machine import cache, prepare, ready, there
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


@pytest.fixture
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The cache cannot be written; whatever is made instead is gone afterwards."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    monkeypatch.setattr(cache, "_temporary", {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    for root in cache._temporary.values():
        cache._remove(root, os.getpid())
        assert not root.exists()


@pytest.mark.usefixtures("_nowhere")
def test_a_cache_that_cannot_be_written_is_stood_in_for_by_one_temporary_folder() -> None:
    assert cache_folder() is None
    assert cache.handed_on() == {}
    folder = cache.temporary_folder()
    assert folder is not None
    assert folder.is_dir()
    assert folder == cache.temporary_folder()
    assert cache.is_temporary(folder)
    assert cache.handed_on() == {VARIABLE: str(folder.parent)}


@pytest.mark.usefixtures("_nowhere")
def test_a_worker_finds_the_temporary_folder_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cache.temporary_folder()
    monkeypatch.setenv(*next(iter(cache.handed_on().items())))
    assert cache_folder() == folder


@pytest.mark.usefixtures("_nowhere")
def test_a_copy_of_the_process_leaves_the_temporary_folder_alone() -> None:
    folder = cache.temporary_folder()
    assert folder is not None
    cache._remove(folder.parent, os.getpid() + 1)
    assert folder.is_dir()


@pytest.mark.usefixtures("_nowhere")
def test_what_is_kept_in_a_cache_that_can_only_be_read_is_found_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept" / f"engine-{code_of_engine()}"
    (kept / "x").mkdir(parents=True)
    (kept / "x" / "live.nbc").write_bytes(b"code")
    ready.note_ready(kept)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    folder = cache.temporary_folder()
    assert folder is not None
    assert ready.is_ready(folder)


@pytest.mark.usefixtures("_nowhere")
def test_without_any_folder_at_all_machine_code_is_not_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    assert cache.temporary_folder() is None
    monkeypatch.setattr(prepare, "CACHE", None)
    assert not prepare.is_shared()


@pytest.mark.parametrize("home", ["~", "unknown"])
def test_without_a_home_no_folder_of_that_name_is_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    if home == "~":
        monkeypatch.setattr(cache, "user_cache_dir", lambda _: "~/.cache/revsim")
    else:
        monkeypatch.setenv("HOME", "")
        monkeypatch.setenv(VARIABLE, "~/x")
    assert cache.cache_root() is None
    assert cache_folder() is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("where", ["kept", "temporary", "nowhere"])
def test_a_command_compiles_once_and_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(prepare, "CACHE", None if where == "nowhere" else tmp_path)
    monkeypatch.setattr(prepare, "is_temporary", lambda _: where == "temporary")
    program, said = Mock(overloads={}), list[str]()
    prepare.prepare({program: np.dtype([("a", "f8")])}, said.append)
    assert program.compile.call_count == 1
    assert len(said) == 1
    assert (VARIABLE in said[0]) == (where != "kept")


def test_where_numba_keeps_nothing_workers_would_not_find_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "CACHE", tmp_path)
    prepare.prepare({Mock(overloads={}): np.dtype([("a", "f8")])}, lambda _: None)
    assert not prepare.is_shared()


def test_where_workers_would_each_compile_all_is_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Mock(side_effect=KeyboardInterrupt)  # nothing is run
    monkeypatch.setattr(api, "workers_find_it", lambda _engine: False)
    monkeypatch.setattr(executors, "begun", begun)
    with pytest.raises(KeyboardInterrupt):
        revsim.run("status-quo.yaml", replications=4, workers=2)
    assert begun.call_args.args[2] == 1


@pytest.mark.parametrize("setting", ["OPT", "CPU_NAME", "BOUNDSCHECK"])
def test_other_settings_of_numba_s_have_another_folder(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    before = code_of_engine()
    monkeypatch.setattr(numba.config, setting, 1)
    assert code_of_engine() != before


def test_a_second_place_of_the_sources_is_compiled_again_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "CACHE", tmp_path)
    (tmp_path / "live.nbc").write_bytes(b"code")
    said: list[str] = []
    program = {Mock(overloads={}): np.dtype([("a", "f8")])}
    prepare.prepare(program, said.append)
    prepare.prepare(program, said.append)
    assert said == [prepare.LINE]
    monkeypatch.setattr(ready, "PACKAGE", tmp_path / "elsewhere")
    monkeypatch.setattr(ready, "ENTRIES", ())
    prepare.prepare(program, said.append)
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
    there.why_not_compiled.cache_clear()
    yield
    there.why_not_compiled.cache_clear()


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
