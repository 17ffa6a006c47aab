"""Places for results that a user names: unfit ones are told before anything runs, without temporary names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store import locks
from revsim.store import place as places
from revsim.store.atomic import refused, write_text
from revsim.store.layout import Folder
from revsim.store.locks import is_locked
from revsim.store.place import check_file, file_at, folder_at, prepare


def test_an_empty_path_is_refused() -> None:
    with pytest.raises(UserError, match=r"--out '': must be a path; write e.g. results/mine"):
        folder_at("--out", "")


@pytest.mark.parametrize("below", ["file", "file/results", "file/a/b"])
def test_a_file_and_what_would_be_below_one_are_no_results_folder(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="is a file, and results need a folder") as caught:
        prepare(Folder(tmp_path / below))
    assert "Choose another --out" in str(caught.value)


def test_a_folder_with_other_things_in_it_is_no_results_folder_and_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(UserError, match=r"holds no manifest\.json, so it is no results folder") as caught:
        prepare(Folder(tmp_path))
    assert "Choose another --out, e.g. " in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_absent_an_empty_and_a_study_s_folder_are_fit(tmp_path: Path) -> None:
    prepare(Folder(tmp_path / "new" / "one"))
    prepare(Folder(tmp_path / "new" / "one"))
    (tmp_path / "new" / "one" / "manifest.json").write_text("{}")
    prepare(Folder(tmp_path / "new" / "one"))


def test_a_place_that_the_system_refuses_is_told_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "tmpabc"))

    monkeypatch.setattr(places, "_try_to_write", refuse)
    for check in (lambda: prepare(Folder(tmp_path / "r")), lambda: check_file("--out", tmp_path / "x.csv")):
        with pytest.raises(UserError, match=r"cannot be written \(Permission denied\)") as caught:
            check()
        assert "Choose another place" in str(caught.value)
        assert "tmpabc" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere/run.csv", "there is no folder .*; make it first"), (".", "is a folder; name a file in it")],
)
def test_a_file_needs_a_folder_that_is_there(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        check_file("--out", tmp_path / name)


def test_a_file_in_the_way_of_a_folder_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="a part of that path is a file"):
        write_text(tmp_path / "file" / "x", "")


@pytest.mark.parametrize("name", ["x" * 251 + ".csv", "é" * 125 + ".csv"])
def test_a_file_may_have_the_longest_name_that_there_can_be(name: str, tmp_path: Path) -> None:
    write_text(tmp_path / name, "a,b")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_to_write_may_be_there_or_not_and_links_are_followed(tmp_path: Path) -> None:
    there, link = tmp_path / "there.csv", tmp_path / "link.csv"
    there.write_text("x")
    link.symlink_to(there)
    assert [file_at("--csv", path) for path in (there, link)] == [there.resolve()] * 2
    assert file_at("--csv", tmp_path / "absent.csv") == (tmp_path / "absent.csv").resolve()
    assert file_at("--csv", tmp_path) == tmp_path.resolve()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
def test_a_pipe_is_no_file_to_write(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match=r"name a file, e\.g\. run\.csv"):
        file_at("--csv", tmp_path / "pipe")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError("all is lost"), "all is lost"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError(None, None, "/x/.r.1234abcd.tmp"), "OSError"),
    ],
)
def test_what_the_system_said_is_told_without_names_that_are_ours(error: OSError, reason: str, tmp_path: Path) -> None:
    assert f"cannot be written ({reason})" in str(refused(tmp_path / "r", error))


HOLDER = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 512, 0x40000000)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="is never asked there")
def test_a_file_is_locked_while_another_process_holds_the_bytes_that_sqlite_locks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    ledger = tmp_path / "ledger"
    ledger.write_bytes(b"x")
    assert not is_locked(ledger)
    command = [sys.executable, "-c", HOLDER, str(ledger)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert is_locked(ledger)
        holder.communicate(b"")
    assert not is_locked(ledger)
