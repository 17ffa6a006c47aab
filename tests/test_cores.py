"""Cores are counted as far as this process may use them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from revsim import cores


@pytest.fixture(autouse=True)
def _sixteen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of sixteen cores, without a limit."""
    monkeypatch.setattr(cores, "OWN_CGROUP", tmp_path / "cgroup")
    monkeypatch.setattr(cores, "CGROUPS", tmp_path / "fs")
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(os, "process_cpu_count", None, raising=False)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)


def limit(tmp_path: Path, group: str, text: str) -> None:
    (tmp_path / "cgroup").write_text("1:cpu:/old\n0::/a/b\n", encoding="utf-8")
    folder = tmp_path / "fs" / group
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cpu.max").write_text(text, encoding="utf-8")


def test_without_a_limit_all_cores_are_usable() -> None:
    assert (cores.usable_cores(), cores.counted_cores()) == (16, 16)


def test_cores_that_this_process_is_not_given_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 7}, raising=False)
    assert cores.usable_cores() == 2


def test_where_python_counts_what_a_process_may_use_its_count_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "process_cpu_count", lambda: 5, raising=False)
    assert cores.usable_cores() == 5


def test_where_affinity_is_unknown_the_machine_s_cores_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert cores.usable_cores() == 16


@pytest.mark.parametrize(
    ("group", "text", "usable"),
    [
        ("a/b", "150000 100000", 2),  # one and a half
        ("a", "300000 100000", 3),  # of a group above
        ("", "50000 100000", 1),
        ("a/b", "max 100000", 16),
        ("a/b", "no numbers at all", 16),
        ("a/b", "100000 0", 16),
        ("elsewhere", "100000 100000", 16),
    ],
)
def test_a_container_s_quota_limits_the_cores(tmp_path: Path, group: str, text: str, usable: int) -> None:
    limit(tmp_path, group, text)
    assert cores.usable_cores() == usable


@pytest.mark.parametrize(("usable", "most"), [(1, 4), (2, 8), (64, 256)])
def test_there_are_never_more_workers_than_are_of_any_use(
    monkeypatch: pytest.MonkeyPatch, usable: int, most: int
) -> None:
    monkeypatch.setattr(cores, "usable_cores", lambda: usable)
    assert cores.most_workers() == most
