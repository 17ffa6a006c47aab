"""Whether a folder has room for a study is found before it begins; where nobody can say it, there is room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from revsim.errors import UserError
from revsim.store import probe
from revsim.store.layout import Folder
from revsim.store.probe import check_room, check_takes_tables

Disk = Callable[[int, int], None]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """Sets how many bytes a disk has, and how many are free."""

    def has(total: int, free: int) -> None:
        monkeypatch.setattr(probe.shutil, "disk_usage", lambda _: (total, total - free, free))

    return has


@pytest.mark.parametrize(("total", "free", "enough"), [(9_000, 1_000, True), (9_000, 999, False), (0, 0, True)])
def test_as_many_bytes_as_are_wanted_are_enough_and_one_less_is_not(
    total: int, free: int, *, enough: bool, disk: Disk, tmp_path: Path
) -> None:
    """A disk of no bytes is one that does not tell."""
    disk(total, free)
    if enough:
        check_room(Folder(tmp_path), 1_000)
    else:
        with pytest.raises(UserError, match="are free"):
            check_room(Folder(tmp_path), 1_000)


def test_a_folder_whose_disk_nobody_can_ask_has_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(_: Path) -> None:
        raise OSError

    monkeypatch.setattr(probe.shutil, "disk_usage", fails)
    check_room(Folder(tmp_path), 10**18)


def test_a_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    check_takes_tables(Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_comes_back_changed_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read = probe.read_table
    monkeypatch.setattr(probe, "read_table", lambda *given: read(*given).assign(bookings=0.2))
    with pytest.raises(UserError, match="comes back changed"):
        check_takes_tables(Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_probe_that_somebody_took_away_after_it_was_read_is_not_missed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def taken(path: Path, keys: tuple[str, ...]) -> pd.DataFrame:
        frame = read(path, keys)
        path.unlink()
        return frame

    read = probe.read_table
    monkeypatch.setattr(probe, "read_table", taken)
    check_takes_tables(Folder(tmp_path))


def test_a_probe_that_cannot_be_read_is_told_and_goes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(path: Path, _: tuple[str, ...]) -> pd.DataFrame:
        assert path.exists()
        raise UserError("cannot be read")

    monkeypatch.setattr(probe, "read_table", fails)
    with pytest.raises(UserError, match="cannot be read"):
        check_takes_tables(Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []
