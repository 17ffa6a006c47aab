"""How many workers a study gets, and in how many lines that is said."""

from __future__ import annotations

import multiprocessing

import pytest

from revsim import cores
from revsim.experiment import worker_count
from revsim.experiment.worker_count import workers_for


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight cores, two of them ours."""
    monkeypatch.setattr(worker_count, "counted_cores", lambda: 8)
    for module in (worker_count, cores):
        monkeypatch.setattr(module, "usable_cores", lambda: 2)


@pytest.mark.parametrize(
    ("asked", "replications", "count", "lines"),
    [
        (None, 100, 2, 1),  # fewer than are counted
        (None, 2, 2, 0),  # nobody would have more
        (2, 100, 2, 0),
        (5, 100, 5, 0),
        (1000, 100, 8, 1),
        (1000, 4, 8, 0),
    ],
)
def test_workers_are_what_is_asked_for_and_of_use(asked: int | None, replications: int, count: int, lines: int) -> None:
    said: list[str] = []
    assert workers_for(asked, replications, said.append) == count
    assert len(said) == lines


@pytest.mark.parametrize("how", ["daemonic", "loky"])
def test_in_a_pool_of_processes_a_study_is_one_of_many_unless_it_asks_for_more(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    here, said = multiprocessing.current_process(), list[str]()
    if how == "daemonic":
        monkeypatch.setitem(here._config, "daemon", True)  # type: ignore[attr-defined]
    else:
        monkeypatch.setattr(here, "_name", "LokyProcess-1")
    assert workers_for(None, 100, said.append) == 1
    assert len(said) == 1
    assert workers_for(3, 100, said.append) == 3
    assert len(said) == 1
