"""Faults on purpose: a full disk, torn and foreign files, two at once. The rows in the end are what they should be."""

from __future__ import annotations

import errno
import json
import logging
import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from revsim.errors import IncompleteError, UserError
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.experiment.saving import save
from revsim.store import atomic
from revsim.store.layout import TABLES, Folder
from revsim.store.manifest import read_manifest
from tests.experiment import kills
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(error=0.1)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr(keeper, "BATCH", 4)
    return Folder(tmp_path / "r")


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The same study, of nine replications, that nothing happened to; in one part."""
    folder = Folder(tmp_path / "whole")
    with monkeypatch.context() as patch:
        patch.setattr(keeper, "BATCH", 1000)
        run_study(plan(TWO, 9), folder)
    return folder


def is_as(folder: Folder, whole: Folder) -> bool:
    return all(folder.whole(table).read_bytes() == whole.whole(table).read_bytes() for table in TABLES)


def test_the_bytes_of_whole_tables_do_not_tell_how_parts_were_cut(folder: Folder, whole: Folder) -> None:
    run_study(plan(TWO, 9), folder)
    assert (len(folder.parts_of("weeks")), len(whole.parts_of("weeks"))) == (5, 1)
    assert is_as(folder, whole)


def test_a_part_that_is_old_is_written_though_it_is_small(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "SOON", 0.0)
    monkeypatch.setattr(keeper, "SHARE", 0.0)
    run_study(plan(TWO, 3), folder)
    assert len(folder.parts_of("weeks")) == 3


@pytest.mark.parametrize("synced", [1, 2, 5, 6, 9, 14, 22, 24, 26])
def test_a_full_disk_stops_the_study_and_the_same_command_ends_it(
    synced: int, folder: Folder, whole: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, sync = 0, atomic.sync

    def full(handle: int) -> None:
        nonlocal count
        count += 1
        if count >= synced:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "sync", full)
        with pytest.raises(
            (IncompleteError, UserError), match=r"cannot be written \(No space left on device\)"
        ) as caught:
            run_study(plan(TWO, 9), folder)
        assert "free some space" in str(caught.value)
        assert isinstance(caught.value, IncompleteError) == ("the same command goes on from there" in str(caught.value))
    assert not list(folder.root.rglob("*.tmp"))
    finished = run_study(plan(TWO, 9), folder)
    assert finished.manifest.complete
    assert is_as(folder, whole)


def test_a_full_disk_in_a_study_without_a_folder_says_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "BATCH", 4)
    real, written = os.replace, 0

    def full(source: Path, target: Path) -> None:
        nonlocal written
        written += 1
        if written > 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError, match=r"No space left[\s\S]*TMPDIR names another; or give the study a folder"):
        run_study(plan(TWO, 9))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def turn_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [cut, turn_a_bit, Path.unlink])
@pytest.mark.parametrize("table", TABLES)
def test_a_part_that_is_torn_is_seen_and_its_runs_are_made_again(
    table: str, harm: Callable[[Path], None], folder: Folder, whole: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    run_study(plan(TWO, 9), folder)
    harm(folder.part(table, 2))
    steps: list[int] = []
    with caplog.at_level(logging.WARNING):
        run_study(plan(TWO, 9), folder, progress=lambda done, _of: steps.append(done))
    assert steps == [7, 8, 9]
    assert "quarters-0000002.parquet" in caplog.text
    assert is_as(folder, whole)


def test_a_whole_table_that_is_torn_is_made_again(folder: Folder, whole: Folder) -> None:
    run_study(plan(TWO, 9), folder)
    cut(folder.weeks)
    run_study(plan(TWO, 9), folder)
    assert is_as(folder, whole)


def test_a_part_that_is_not_in_the_ledger_does_not_count_and_goes(folder: Folder, whole: Folder) -> None:
    run_study(plan(TWO, 5), folder)
    for table in TABLES:
        folder.part(table, 77).write_bytes(folder.part(table, 1).read_bytes())
    (folder.parts / ".weeks-0000078.parquet.0123abcd.tmp").write_bytes(b"half")
    (folder.root / ".weeks.parquet.0123abcd.tmp").write_bytes(b"half")
    run_study(plan(TWO, 9), folder)
    assert not folder.part("weeks", 77).exists()
    assert not list(folder.root.rglob("*.tmp"))
    assert is_as(folder, whole)


def test_a_failed_run_is_tried_again_by_the_same_command(folder: Folder, whole: Folder) -> None:
    def study(*breaks: tuple[int, str]) -> object:
        made = plan({"base": Firm(), "better": Firm(error=0.1, breaks=breaks)}, 9)
        cases = tuple(
            case._replace(content=facts.content_hash)
            for case, facts in zip(made.task.cases, plan(TWO, 9).scenarios, strict=True)
        )
        return type(made)(made.task._replace(cases=cases), plan(TWO, 9).scenarios, "base", 9, "USD")

    finished = run_study(study((3, "error"), (6, "error")), folder)  # type: ignore[arg-type]
    assert [(one.scenario, one.replication, one.stage) for one in finished.failed] == [
        ("better", 3, "simulate"),
        ("better", 6, "simulate"),
    ]
    ledger = sqlite3.connect(folder.ledger)
    rows = ledger.execute("SELECT replication, stage, message, traceback FROM run WHERE part IS NULL").fetchall()
    ledger.close()
    assert [row[:3] for row in rows] == [(n, "simulate", "ValueError: on purpose") for n in (3, 6)]
    assert "in simulate" in rows[0][3]
    again = run_study(study((6, "error")), folder)  # type: ignore[arg-type]
    assert [one.replication for one in again.failed] == [6]
    assert not again.manifest.complete
    last = run_study(study(), folder)  # type: ignore[arg-type]
    assert (last.failed, last.manifest.failed, last.manifest.complete) == ([], [], True)
    assert is_as(folder, whole)


def test_what_failed_beyond_what_is_asked_is_known_and_does_not_fail_the_study(folder: Folder) -> None:
    firms = {"base": Firm(breaks=((4, "error"),))}
    run_study(plan(firms, 6), folder)
    fewer = run_study(plan(firms, 3), folder)
    assert (fewer.failed, fewer.manifest.complete) == ([], True)
    assert [one["replication"] for one in fewer.manifest.failed] == [4]


def test_rows_without_a_ledger_are_refused_with_a_way_out(folder: Folder) -> None:
    run_study(plan(TWO, 2), folder)
    folder.ledger.unlink()
    with pytest.raises(UserError, match=r"holds rows and no parts.ledger\.sqlite") as caught:
        run_study(plan(TWO, 2), folder)
    assert "copy parts/ too" in str(caught.value)
    assert "Choose another --out, or delete that folder" in str(caught.value)


def test_rows_of_other_code_are_refused_by_the_manifest_and_by_the_ledger(folder: Folder) -> None:
    run_study(plan(TWO, 2), folder)
    ledger = sqlite3.connect(folder.ledger)
    ledger.execute("UPDATE fact SET value = 'older' WHERE name = 'results'")
    ledger.commit()
    ledger.close()
    with pytest.raises(UserError, match=r"holds another study: its ledger is of results older, not ") as caught:
        run_study(plan(TWO, 2), folder)
    assert "Rows of different studies are never mixed. Choose another --out" in str(caught.value)
    facts = json.loads(folder.manifest.read_text(encoding="utf-8"))
    folder.manifest.write_text(json.dumps({**facts, "code": "older"}), encoding="utf-8")
    with pytest.raises(UserError, match="was made by other code of the model"):
        run_study(plan(TWO, 2), folder)


def test_a_killed_start_that_left_only_a_ledger_goes_on(folder: Folder, whole: Folder) -> None:
    run_study(plan(TWO, 9), folder)
    folder.manifest.unlink()
    run_study(plan(TWO, 9), folder)
    assert is_as(folder, whole)


def test_of_two_at_once_one_is_refused_and_the_rows_are_as_of_one(tmp_path: Path) -> None:
    both = [kills.started(tmp_path / "r", stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    for process, err in zip(both, said, strict=True):
        # on a machine that is busy elsewhere one may begin when the other has ended
        assert process.returncode == 0 or "another revsim is at work there" in err
    assert 0 in {process.returncode for process in both}
    run_study(plan(kills.FIRMS, kills.REPLICATIONS), Folder(tmp_path / "whole"))
    assert is_as(Folder(tmp_path / "r"), Folder(tmp_path / "whole"))


def test_a_study_that_another_process_runs_is_refused_at_once(folder: Folder) -> None:
    process = kills.started(folder.root)
    while not folder.manifest.exists():
        assert process.poll() is None
    with pytest.raises(UserError, match="another revsim is at work there"):
        run_study(plan(kills.FIRMS, kills.REPLICATIONS), folder)
    process.kill()
    process.communicate()
    assert run_study(plan(kills.FIRMS, kills.REPLICATIONS), folder).manifest.replications == kills.REPLICATIONS - 1


def test_a_study_saved_beside_a_smaller_or_larger_one_of_its_kind_adds_what_is_missing(
    folder: Folder, whole: Folder
) -> None:
    nine, four = run_study(plan(TWO, 9)), run_study(plan(TWO, 4))
    save(plan(TWO, 4), four, folder)
    save(plan(TWO, 9), nine, folder)
    assert is_as(folder, whole)
    assert len(save(plan(TWO, 4), four, folder).rows.quarters) == 2 * 2 * 9
    assert is_as(folder, whole)
    manifest = read_manifest(folder.manifest)
    assert manifest is not None
    assert (manifest.replications, manifest.complete) == (9, True)
