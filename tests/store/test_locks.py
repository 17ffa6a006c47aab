"""Whether a ledger is locked is asked again until a process just killed has had time to let go."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from revsim.store import locks
from revsim.store.locks import has_locks, is_locked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks as on POSIX")


class System:
    """Locks that are refused for these reasons, one call after the other, and a clock that only sleeping moves."""

    def __init__(self, *refusals: int) -> None:
        self.refusals: Iterator[int] = iter(refusals)
        self.slept: list[float] = []
        self.asked: list[tuple[int, ...]] = []

    def lockf(self, _: object, *asked: int) -> None:
        self.asked.append(asked)
        for number in self.refusals:
            raise OSError(number, "no")

    def monotonic(self) -> float:
        return sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger"
    path.touch()
    return path


def system(monkeypatch: pytest.MonkeyPatch, *refusals: int) -> System:
    import fcntl

    one = System(*refusals)
    monkeypatch.setattr(fcntl, "lockf", one.lockf)
    monkeypatch.setattr(locks, "time", one)
    return one


@pytest.mark.parametrize("number", [errno.EACCES, errno.EAGAIN])
def test_a_lock_that_is_let_go_of_soon_is_nobody_s(number: int, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = system(monkeypatch, number, number)
    assert not is_locked(ledger)
    assert own.slept == [0.05, 0.05]


def test_a_lock_that_is_held_for_a_second_is_another_s(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = system(monkeypatch, *[errno.EAGAIN] * 100)
    assert is_locked(ledger)
    assert sum(own.slept) == pytest.approx(1.0, abs=0.051)


def test_the_bytes_that_sqlite_locks_are_asked_for_and_not_waited_for(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    own = system(monkeypatch)
    assert not is_locked(ledger)
    assert own.asked == [(fcntl.LOCK_EX | fcntl.LOCK_NB, 512, 1 << 30)]
    assert has_locks(ledger.parent)
    assert own.asked[1] == (fcntl.LOCK_EX | fcntl.LOCK_NB,)


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EIO])
def test_a_lock_that_cannot_be_asked_for_is_nobody_s(
    number: int, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = system(monkeypatch, number)
    assert not is_locked(ledger)
    assert (own.slept, len(own.asked)) == ([], 1)
    assert not is_locked(ledger.with_name("none"))


@pytest.mark.parametrize(("number", "has"), [(errno.ENOLCK, False), (errno.EINVAL, False), (errno.EAGAIN, True)])
def test_a_file_system_has_locks_unless_it_says_that_it_has_none(
    number: int, *, has: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(monkeypatch, number)
    assert has_locks(tmp_path) == has


def test_where_there_are_no_such_locks_nobody_is_asked(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = system(monkeypatch, errno.EAGAIN, errno.ENOLCK)
    monkeypatch.setattr(locks, "sys", SimpleNamespace(platform="win32"))
    assert not is_locked(ledger)
    assert has_locks(ledger.parent)
    assert (own.asked, own.slept) == ([], [])
