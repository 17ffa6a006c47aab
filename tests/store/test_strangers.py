"""A results folder from a stranger: nothing outside it is touched, and what is wrong in it is told, whatever it is."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from revsim.errors import IncompleteError, UserError
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store.layout import TABLES, Folder
from revsim.store.ledger import Ledger
from tests.experiment.fake import Firm, plan
from tests.store.harms import FOLDERS, LEDGERS, LINKS, MANIFESTS, PARTS, PIPES, Harm, in_groups, sql

TWO = {"base": Firm(), "better": Firm(error=0.1)}
posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes as on POSIX")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four replications in two parts."""
    folder = Folder(tmp_path_factory.mktemp("original") / "r")
    batch, keeper.BATCH = keeper.BATCH, 4
    run_study(plan(TWO, 4), folder)
    keeper.BATCH = batch
    return folder.root


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(original, tmp_path / "r")))


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder of the user's, which must be as it was in the end."""
    home = tmp_path / "home"
    (home / "docs").mkdir(parents=True)
    for name in ("letter.txt", "quarters-0000001.parquet", "ledger.sqlite", "docs/thesis.txt", "docs/old.parquet"):
        (home / name).write_text(f"mine: {name}")
    before = content_of(home)
    yield home
    assert content_of(home) == before


def content_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def told(harm: Harm, folder: Folder, outside: Path) -> str:
    """What going on in a harmed folder says; it must refuse."""
    harm(folder, outside)
    with pytest.raises((UserError, IncompleteError)) as caught:
        run_study(plan(TWO, 6), folder)
    return str(caught.value)


@posix
@pytest.mark.parametrize("harm", LINKS.values(), ids=LINKS.keys())
def test_what_is_linked_is_refused_before_anything_is_opened(harm: Harm, folder: Folder, outside: Path) -> None:
    names = set(outside.rglob("*"))
    assert str(folder.root) in told(harm, folder, outside)
    assert set(outside.rglob("*")) == names


@posix
def test_a_link_in_the_folder_s_own_place_is_refused_with_where_it_leads(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(folder.root, target_is_directory=True)
    before = content_of(folder.root)
    with pytest.raises(UserError, match="is a link, and") as caught:
        run_study(plan(TWO, 6), Folder(tmp_path / "linked"))
    assert str(folder.root) in str(caught.value)
    assert content_of(folder.root) == before


@posix
@pytest.mark.parametrize("harm", PIPES.values(), ids=PIPES.keys())
def test_a_pipe_is_not_waited_for(harm: Harm, folder: Folder, outside: Path) -> None:
    assert "is a pipe" in told(harm, folder, outside)


@pytest.mark.parametrize("harm", FOLDERS.values(), ids=FOLDERS.keys())
def test_a_folder_where_a_file_must_be_is_told_before_anything_runs(harm: Harm, folder: Folder, outside: Path) -> None:
    harm(folder, outside)
    with pytest.raises(UserError):  # and no IncompleteError, which comes after
        run_study(plan(TWO, 6), folder)


@pytest.mark.parametrize("harm", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_a_manifest_that_is_none_is_told_with_its_place(harm: Harm, folder: Folder, outside: Path) -> None:
    said = told(harm, folder, outside)
    assert str(folder.root) in said
    assert said.isprintable() or said.replace("\n", "").isprintable()


@pytest.mark.parametrize("harm", LEDGERS.values(), ids=LEDGERS.keys())
def test_a_ledger_that_revsim_did_not_write_is_told_with_its_place(harm: Harm, folder: Folder, outside: Path) -> None:
    assert str(folder.root) in told(harm, folder, outside)


@pytest.mark.parametrize("harm", PARTS.values(), ids=PARTS.keys())
def test_a_part_that_revsim_did_not_write_is_told_with_its_file(harm: Harm, folder: Folder, outside: Path) -> None:
    said = told(harm, folder, outside)
    assert any(str(folder.part(table, 1)) in said for table in TABLES)


@pytest.mark.parametrize(
    "harm", [LEDGERS["a journal that makes it short"], LEDGERS["a journal of other pages"], PARTS["no stamp"]]
)
def test_a_folder_that_is_refused_stays_as_it_is(harm: Harm, folder: Folder, outside: Path) -> None:
    # also where a part that is torn stands beside one that is foreign
    folder.part("weeks", 2).write_bytes(b"torn")
    harm(folder, outside)
    before = content_of(folder.root)
    with pytest.raises(UserError):
        run_study(plan(TWO, 6), folder)
    assert content_of(folder.root) == before


def test_a_part_beyond_the_size_of_its_runs_is_not_read_and_made_again(folder: Folder, tmp_path: Path) -> None:
    os.truncate(folder.part("weeks", 1), 1 << 40)  # sparse
    run_study(plan(TWO, 6), folder)
    run_study(plan(TWO, 6), Folder(tmp_path / "new"))
    assert folder.weeks.read_bytes() == Folder(tmp_path / "new").weeks.read_bytes()


def test_thousands_of_parts_that_are_not_there_are_told_in_one_line(
    folder: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    base = sqlite3.connect(folder.ledger)
    base.executemany("INSERT INTO part VALUES (?, 'q', 'w')", [(number,) for number in range(10, 5000)])
    base.commit()
    base.close()
    run_study(plan(TWO, 5), folder)
    assert len(caplog.records) == 1
    assert "and 4989 more" in caplog.text


def test_failures_of_scenarios_that_are_not_asked_for_are_not_told(folder: Folder) -> None:
    failing = [("another", number, "simulate", "m", "t") for number in range(1000)]
    base = sqlite3.connect(folder.ledger)
    base.executemany(
        "INSERT INTO run (content, replication, stage, message, traceback) VALUES (?, ?, ?, ?, ?)", failing
    )
    base.commit()
    base.close()
    assert run_study(plan(TWO, 5), folder).manifest.failed == []


def test_the_ledger_keeps_its_lock_when_the_same_process_asks_for_it_again(folder: Folder) -> None:
    look = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB, 512, 0x40000000)"
    held = Ledger(folder)
    with pytest.raises(UserError, match="another revsim is at work there"):
        Ledger(folder)
    other = subprocess.run([sys.executable, "-c", look, str(folder.ledger)], check=False, capture_output=True)
    held.close()
    assert other.returncode != 0
    Ledger(folder).close()


def test_a_content_in_two_row_groups_loses_no_rows(folder: Folder, tmp_path: Path) -> None:
    in_groups(26, 13)(folder, folder.root)
    run_study(plan(TWO, 6), folder)
    run_study(plan(TWO, 6), Folder(tmp_path / "new"))
    assert folder.weeks.read_bytes() == Folder(tmp_path / "new").weeks.read_bytes()


@pytest.mark.parametrize("kept", [[], ["parts"]])
def test_a_folder_of_another_study_gets_nothing_of_this_one(kept: list[str], folder: Folder) -> None:
    if not kept:
        shutil.rmtree(folder.parts)
    before = content_of(folder.root)
    with pytest.raises(UserError, match="holds another study"):
        run_study(plan(TWO, 6, seed=9), folder)
    assert content_of(folder.root) == before
    assert folder.parts.exists() == bool(kept)


def test_a_probe_of_the_user_s_stays(folder: Folder) -> None:
    (folder.root / ".probe.parquet").write_text("mine")
    run_study(plan(TWO, 5), folder)
    assert (folder.root / ".probe.parquet").read_text() == "mine"


def test_rows_are_counted_against_the_ledger_when_tables_are_merged(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql("UPDATE run SET replication = 5 WHERE replication = 3")(folder, folder.root)
    monkeypatch.setattr("revsim.store.results.check_part", lambda *_: None)  # as if it were harmed after that
    with pytest.raises(IncompleteError, match="does not hold all runs"):
        run_study(plan(TWO, 4), folder)


def test_files_of_the_user_s_stay_in_the_folder_and_in_parts(folder: Folder) -> None:
    mine = [folder.root / "notes.md", folder.parts / "notes.txt", folder.parts / "quarters-old.parquet"]
    mine += [folder.parts / ".mine.parquet.0123abcd.tmp", folder.parts / "weeks-0000001.parquet.bak"]
    for path in mine:
        path.write_text("mine")
    (folder.parts / "sub").mkdir()
    (folder.parts / "sub" / "weeks-0000001.parquet").write_text("mine")
    run_study(plan(TWO, 6), folder)
    assert all(path.read_text() == "mine" for path in (*mine, folder.parts / "sub" / "weeks-0000001.parquet"))


@posix
def test_a_pipe_or_a_folder_that_is_named_like_a_half_written_file_stays(folder: Folder) -> None:
    os.mkfifo(folder.parts / ".weeks-0000009.parquet.0123abcd.tmp")
    (folder.root / ".weeks.parquet.0123abcd.tmp").mkdir()
    run_study(plan(TWO, 6), folder)
    assert stat.S_ISFIFO((folder.parts / ".weeks-0000009.parquet.0123abcd.tmp").stat().st_mode)


def test_a_folder_of_which_nothing_is_wrong_is_gone_on_with(folder: Folder, tmp_path: Path) -> None:
    run_study(plan(TWO, 6), folder)
    run_study(plan(TWO, 6), Folder(tmp_path / "new"))
    assert all(folder.whole(t).read_bytes() == Folder(tmp_path / "new").whole(t).read_bytes() for t in TABLES)
