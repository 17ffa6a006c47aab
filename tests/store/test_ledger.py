"""The ledger: one holder, transactions, and files that are none are told with the way out."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.ledger import Failed, Ledger, Part, Run

ONE, TWO = Run("a", 0), Run("a", 1)
PART = Part(1, {"quarters": "q", "weeks": "w"})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "r")
    folder.parts.mkdir(parents=True)
    return folder


def again(ledger: Ledger) -> Ledger:
    """The same file, opened anew."""
    ledger.close()
    return Ledger(ledger.folder)


def test_what_is_kept_is_there_when_it_is_opened_again(folder: Folder) -> None:
    ledger = Ledger(folder)
    ledger.add(PART, [ONE, TWO])
    ledger = again(ledger)
    assert ledger.parts() == [PART]
    assert list(ledger.places("a")) == [(0, 1), (1, 1)]
    assert (ledger.has(TWO), ledger.has(Run("b", 1))) == (True, False)
    ledger.close()


def test_a_failed_run_is_a_row_until_it_is_done_and_what_is_done_does_not_fail(folder: Folder) -> None:
    ledger = Ledger(folder)
    first, later = Failed(ONE, "draw", "m", "t"), Failed(ONE, "simulate", "m", "t")
    ledger.add_failed([first])
    ledger.add_failed([later])
    assert ledger.failed(["a", "b"], 1000) == [later]
    assert not ledger.has(ONE)
    ledger.add(PART, [ONE])
    ledger.add_failed([first])
    assert ledger.failed(["a", "b"], 1000) == []
    assert ledger.has(ONE)
    ledger.close()


def test_a_forgotten_part_takes_its_runs_with_it(folder: Folder) -> None:
    ledger = Ledger(folder)
    ledger.add(PART, [ONE])
    ledger.forget([1])
    assert (ledger.parts(), list(ledger.places("a"))) == ([], [])
    ledger.close()


def test_a_transaction_that_breaks_leaves_nothing(folder: Folder) -> None:
    ledger = Ledger(folder)
    with pytest.raises(sqlite3.ProgrammingError):
        ledger.add(PART, [("a",)])  # type: ignore[list-item]  # no run
    assert ledger.parts() == []
    ledger.add(PART, [ONE])
    ledger.close()


def test_a_full_disk_is_told_and_leaves_the_ledger_as_it_was(folder: Folder) -> None:
    ledger = Ledger(folder)
    ledger.add(PART, [ONE])
    (pages,) = ledger._base.execute("PRAGMA page_count").fetchone()
    ledger._base.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match=r"cannot be written \(database or disk is full\)") as caught:
        ledger.add_failed([Failed(Run("b", number), "simulate", "m", "t" * 500) for number in range(100)])
    assert "free some space" in str(caught.value)
    ledger = again(ledger)
    assert (ledger.failed(["a", "b"], 1000), ledger.parts()) == ([], [PART])
    ledger.close()


def test_a_second_holder_is_refused_with_the_folder_and_the_way_out(folder: Folder) -> None:
    ledger = Ledger(folder)
    with pytest.raises(UserError, match="another revsim is at work there") as caught:
        Ledger(folder)
    assert str(caught.value).startswith(f"{folder.root}: ")
    assert "or choose another --out" in str(caught.value)
    again(ledger).close()


HOLDER = """
import sys, time
from pathlib import Path
from revsim.store.layout import Folder
from revsim.store.ledger import Ledger
ledger = Ledger(Folder(Path(sys.argv[1])))
print("held", flush=True)
time.sleep(60)
"""


def test_the_lock_of_a_killed_process_is_gone(folder: Folder) -> None:
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(folder.root)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(UserError, match="another revsim is at work there"):
        Ledger(folder)
    process.kill()
    process.communicate()
    Ledger(folder).close()


def database(path: Path, *statements: str) -> None:
    base = sqlite3.connect(path)
    for statement in statements:
        base.execute(statement)
    base.commit()
    base.close()


def test_a_ledger_from_the_future_is_left_to_the_revsim_that_wrote_it(folder: Folder) -> None:
    Ledger(folder).close()
    path = folder.ledger
    database(path, "PRAGMA user_version = 7")
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"written by a later revsim \(ledger 7, this version reads 2\)") as caught:
        Ledger(folder)
    assert "Go on with that version. Or: choose another --out, or delete" in str(caught.value)
    assert path.read_bytes() == before


def test_what_is_no_ledger_is_told_as_such_and_stays_as_it_is(folder: Folder) -> None:
    path = folder.ledger

    def refused(why: str) -> None:
        before = path.read_bytes()
        with pytest.raises(UserError, match=rf"is no ledger of revsim's, or damaged \(.*{why}") as caught:
            Ledger(folder)
        assert "Choose another --out, or delete that folder" in str(caught.value)
        assert path.read_bytes() == before

    path.write_bytes(b"this is no database, and long enough to be none" * 50)
    refused("file is not a database")
    path.unlink()
    database(path, "CREATE TABLE other (a)")
    refused("a database of something else")
    path.unlink()
    ledger = Ledger(folder)
    ledger.add(PART, [Run("a" * 50, number) for number in range(1000)])
    ledger.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    refused("")


def test_an_empty_file_is_a_ledger_that_was_not_yet_begun(folder: Folder) -> None:
    folder.ledger.write_bytes(b"")
    ledger = Ledger(folder)
    assert ledger.facts({"seed": "1"}) == {"seed": "1"}
    assert ledger.facts({"seed": "2"}) == {"seed": "1"}
    ledger.close()


@pytest.mark.parametrize(("wanted", "kept"), [({"seed": "1", "code": "c"}, "c"), ({"seed": "2", "code": "c"}, None)])
def test_new_facts_are_kept_where_none_that_stands_there_contradicts(
    folder: Folder, wanted: dict[str, str], kept: str | None
) -> None:
    ledger = Ledger(folder)
    assert ledger.facts({"seed": "1"}) == {"seed": "1"}
    assert ledger.facts(wanted) == {"seed": "1", "code": "c"}
    ledger = again(ledger)
    assert ledger.facts({}).get("code") == kept
    ledger.close()
