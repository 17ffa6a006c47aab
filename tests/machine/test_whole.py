"""Compiling as one program: right, alone while it lasts, and never in the way of a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import njit, types

from revsim.machine import kernel as made_by
from revsim.machine import whole
from revsim.machine.kernel import entry, kernel


@kernel
def doubled(x: float) -> float:
    return 2.0 * x


@kernel
def four_times(x: float) -> float:
    return doubled(doubled(x))


def made(name: str = "answer") -> Any:
    """An entry of three levels, not compiled yet."""

    def answer(x: float) -> float:
        return four_times(x) + doubled(x) + 1.0

    answer.__name__ = name
    return entry(answer)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(made_by, "CACHE", tmp_path)
    return tmp_path


def test_an_entry_gives_what_its_parts_give(kept: Path) -> None:
    assert made()(3.0) == 19.0
    assert list(kept.rglob("*.nbc"))


def test_numba_s_parts_are_shaped_as_expected_here() -> None:
    assert whole.works()


def test_where_they_are_not_it_compiles_as_numba_does(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(x: float) -> float:
        return np.sqrt(x) + 1.0

    monkeypatch.setattr(whole, "works", lambda: False)
    assert entry(plain)(9.0) == 4.0
    assert kept.exists()


def test_nothing_of_numba_s_stays_changed(kept: Path) -> None:
    codegen = whole.cpu_target.target_context.codegen()
    before = types.Record.__repr__
    made()(1.0)
    assert kept.exists()
    assert types.Record.__repr__ is before
    assert not {"_library_class", "set_env"} & set(vars(codegen))


def test_another_function_of_numba_s_may_call_a_kernel() -> None:
    ours: Callable[[float], float] = njit(lambda x: four_times(x) - 1.0)
    assert ours(2.0) == 7.0


def test_threads_compile_one_after_the_other(kept: Path) -> None:
    found: list[float] = []
    entries = [made(f"answer_{k}") for k in range(6)]
    threads = [
        threading.Thread(target=lambda one=one, k=k: found.append(one(float(k)))) for k, one in enumerate(entries)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.exists()
    assert sorted(found) == [6.0 * k + 1.0 for k in range(6)]


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_what_was_kept_torn_is_made_again(kept: Path, ending: str) -> None:
    made()(1.0)
    for file in kept.rglob(f"*.{ending}"):
        file.write_bytes(file.read_bytes()[: 20 if ending == "nbc" else 0])
    assert made()(2.0) == 13.0


def test_a_full_disk_keeps_nothing_and_stops_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = made()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(one._cache, "save_overload", full)
    assert one(1.0) == 7.0
    assert kept.exists()


def test_an_error_of_our_own_is_told(kept: Path) -> None:
    def wrong(x: float) -> float:
        return four_times(x).no_such_thing  # type: ignore[attr-defined] # on purpose

    with pytest.raises(Exception, match="no_such_thing"):
        entry(wrong)(1.0)
    assert kept.exists()
