"""Nothing is found out late: an unfit folder is told before a run; one that goes away meanwhile is told as lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from revsim.errors import IncompleteError, UserError
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store import probe
from revsim.store.layout import Folder
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(error=0.1)}


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def ran(folder: Folder, replications: int = 4) -> list[int]:
    """How many replications were done whenever progress was told."""
    told: list[int] = []
    try:
        run_study(plan(TWO, replications), folder, progress=lambda done, _: told.append(done))
    except UserError:
        return told
    raise AssertionError("it must refuse")


def test_a_folder_that_takes_no_tables_is_told_before_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise UserError("no")

    monkeypatch.setattr(probe, "write_groups", broken)
    assert ran(Folder(tmp_path / "r")) == []


def test_a_folder_that_gives_back_other_tables_is_told_before_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "read_table", lambda *_: probe.ROW.assign(bookings=0.2))
    assert ran(Folder(tmp_path / "r")) == []
    assert not list((tmp_path / "r").glob(".probe*"))


def test_too_little_room_is_told_before_a_run_with_what_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarters, weeks = (len(names) for names in plan(TWO, 1).columns or ((), ()))
    each = 2 * 7 * (2 + 2) * (quarters + 13 * weeks)  # copies, bytes of a number, quarters of both firms
    monkeypatch.setattr(probe.shutil, "disk_usage", lambda _: Usage(10**9, 0, 4 * each - 1))
    assert ran(Folder(tmp_path / "r")) == []
    monkeypatch.setattr(probe.shutil, "disk_usage", lambda _: Usage(10**9, 0, 4 * each))
    run_study(plan(TWO, 4), Folder(tmp_path / "r"))
    # of what is there already only the rest is wanted
    monkeypatch.setattr(probe.shutil, "disk_usage", lambda _: Usage(10**9, 0, each))
    run_study(plan(TWO, 5), Folder(tmp_path / "r"))


@pytest.mark.parametrize("usage", [Usage(0, 0, 0), None])
def test_where_nobody_can_say_how_much_is_free_there_is_room(
    usage: Usage | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_: Path) -> Usage:
        if usage is None:
            raise OSError(38, "not there")
        return usage

    monkeypatch.setattr(probe.shutil, "disk_usage", told)
    assert run_study(plan(TWO, 2), Folder(tmp_path / "r")).manifest.complete


def moved(root: Path) -> None:
    root.rename(root.with_name("elsewhere"))


def replaced(root: Path) -> None:
    moved(root)
    shutil.copytree(root.with_name("elsewhere"), root)


@pytest.mark.parametrize("harm", [shutil.rmtree, moved, replaced])
@pytest.mark.parametrize("when", [1, 4, 6])
def test_a_folder_that_goes_away_is_told_as_lost_and_is_not_made_again(
    harm: Callable[[Path], None], when: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "BATCH", 4)
    folder = Folder(tmp_path / "r")

    def progress(done: int, _: int) -> None:
        if done == when:
            harm(folder.root)

    with pytest.raises(IncompleteError, match="was removed, moved or replaced") as caught:
        run_study(plan(TWO, 6), folder, progress=progress)
    assert "lost" in str(caught.value)
    assert folder.root.exists() == (harm is replaced)


def test_an_interrupted_study_whose_folder_went_away_says_so_instead_of_what_is_kept(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "r")

    def progress(done: int, _: int) -> None:
        if done == 1:
            shutil.rmtree(folder.root)
            raise KeyboardInterrupt

    with pytest.raises(IncompleteError, match="was removed, moved or replaced"):
        run_study(plan(TWO, 6), folder, progress=progress)
    assert not folder.root.exists()
