"""A results folder from a stranger: nothing outside it is touched, and what is wrong in it is told, whatever it is."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from revsim.errors import IncompleteError, UserError
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store.layout import TABLES, Folder
from revsim.store.parts import digest
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(error=0.1)}
Harm = Callable[[Folder, Path], None]  # of a folder of four replications; the path is one outside it
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


def link(path: Path, target: Path) -> None:
    """Put a link where something stood."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(target, target_is_directory=target.is_dir())


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)


def manifest(**changes: object) -> Harm:
    """Fields of the manifest replaced; None takes one away."""

    def harm(folder: Folder, _: Path) -> None:
        facts = json.loads(folder.manifest.read_text(encoding="utf-8")) | changes
        kept = {name: value for name, value in facts.items() if value is not None}
        folder.manifest.write_text(json.dumps(kept), encoding="utf-8")

    return harm


def text(content: str) -> Harm:
    """Another manifest altogether."""
    return lambda folder, _: folder.manifest.write_text(content, encoding="utf-8") and None


def sql(*statements: str) -> Harm:
    """Statements that somebody gave the ledger."""

    def harm(folder: Folder, _: Path) -> None:
        base = sqlite3.connect(folder.ledger, isolation_level=None)
        base.execute("PRAGMA ignore_check_constraints = ON")
        base.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            base.execute(statement)
        base.close()

    return harm


def part(change: Callable[[pa.Table], pa.Table], table: str = "weeks", *, stamped: bool = True) -> Harm:
    """Another first part, with its digest in the ledger: as somebody writes it who knows how."""

    def harm(folder: Folder, _: Path) -> None:
        path = folder.part(table, 1)
        before = pq.read_table(path)
        after = change(before)
        pq.write_table(after.replace_schema_metadata(before.schema.metadata if stamped else None), path)
        sql(f"UPDATE part SET {table} = '{digest(path)}' WHERE number = 1")(folder, path)

    return harm


def column(name: str, values: Callable[[pa.Table], pa.Array]) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(table.column_names.index(name), name, values(table))


def bytes_of_part(content: bytes) -> Harm:
    def harm(folder: Folder, _: Path) -> None:
        folder.part("weeks", 1).write_bytes(content)
        sql(f"UPDATE part SET weeks = '{digest(folder.part('weeks', 1))}' WHERE number = 1")(folder, folder.root)

    return harm


def journal(
    *, pages: int = 1, page: int = 4096, further: str = "", mark: bytes = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
) -> Harm:
    """A rollback journal that waits to be played back; it may name a further file, which SQLite then removes."""

    def harm(folder: Folder, outside: Path) -> None:
        head = struct.pack(">8s5I", mark, 0, 0, pages, 512, page).ljust(512, b"\0")
        name = os.fsencode(outside / further) if further else b""
        tail = struct.pack(">I", (1 << 30) // 4096 + 1) + name
        tail += struct.pack(">II", len(name), sum(name) & 0xFFFFFFFF) + mark if further else b""
        (folder.parts / "ledger.sqlite-journal").write_bytes(head + (tail if further else b""))

    return harm


LINKS: dict[str, Harm] = {
    "parts leads to docs": lambda f, o: link(f.parts, o / "docs"),
    "parts leads to its own folder": lambda f, _: link(f.parts, f.root),
    "scenarios leads to docs": lambda f, o: link(f.root / "scenarios", o / "docs"),
    "figures leads to docs": lambda f, o: link(f.root / "figures", o / "docs"),
    "figures leads nowhere": lambda f, o: link(f.root / "figures", o / "nothing"),
    "the ledger is linked": lambda f, o: link(f.ledger, o / "ledger.sqlite"),
    "the ledger leads nowhere": lambda f, o: link(f.ledger, o / "new.sqlite"),
    "the ledger has two names": lambda f, o: (f.ledger.unlink(), os.link(o / "ledger.sqlite", f.ledger)) and None,
    "the journal is linked": lambda f, o: link(f.parts / "ledger.sqlite-journal", o / "letter.txt"),
    "the manifest is linked": lambda f, o: link(f.manifest, o / "letter.txt"),
    "a part is linked": lambda f, o: link(f.part("weeks", 1), o / "docs" / "old.parquet"),
    "a table is linked": lambda f, o: link(f.quarters, o / "docs" / "old.parquet"),
    "a page is linked": lambda f, o: link(f.report, o / "letter.txt"),
    "a picture is linked": lambda f, o: link(f.figure("x", "svg"), o / "letter.txt"),
}
PIPES: dict[str, Harm] = {
    "the manifest is a pipe": lambda f, _: pipe(f.manifest),
    "the ledger is a pipe": lambda f, _: pipe(f.ledger),
    "the journal is a pipe": lambda f, _: pipe(f.parts / "ledger.sqlite-journal"),
    "a part is a pipe": lambda f, _: pipe(f.part("weeks", 1)),
    "a picture is a pipe": lambda f, _: pipe(f.figure("x", "svg")),
}
FOLDERS: dict[str, Harm] = {
    "the manifest is a folder": lambda f, _: (f.manifest.unlink(), f.manifest.mkdir()) and None,
    "the page is a folder": lambda f, _: f.report.mkdir(),
    "parts is a file": lambda f, _: (shutil.rmtree(f.parts), f.parts.write_text("")) and None,
    "figures is a file": lambda f, _: (f.root / "figures").write_text("") and None or (f.root / "figures").touch(),
    "a table for people is a folder": lambda f, _: f.effects.mkdir(),
}
MANIFESTS: dict[str, Harm] = {
    "empty": text(""),
    "a list": text("[1, 2]"),
    "a number": text("3"),
    "half": text('{"schema": "revsim.manifest/1", "seed": '),
    "nested deep": text("[" * 200_000),
    "nested deep in a field": text('{"schema": "revsim.manifest/1", "machine": ' + '{"a":' * 100_000),
    "not a number": text('{"schema": "revsim.manifest/1", "seed": NaN}'),
    "digits without end": text('{"schema": "revsim.manifest/1", "seed": ' + "9" * 10_000 + "}"),
    "half a character": lambda f, _: f.manifest.write_bytes(b'{"schema": "\xff\xfe"}') and None,
    "another schema": manifest(schema="revsim.manifest/7"),
    "no schema": manifest(schema=None),
    "schema a list": manifest(schema=["revsim.manifest/1"]),
    "schema an escape sequence": manifest(schema="\x1b[31m"),
    "seed a text": manifest(seed="1"),
    "seed a list": manifest(seed=[1]),
    "seed a truth": manifest(seed=True),
    "no scenarios": manifest(scenarios=None),
    "scenarios a text": manifest(scenarios="base"),
    "scenarios of texts": manifest(scenarios=["base", "better"]),
    "a scenario without content": manifest(scenarios=[{"name": "base", "world_hash": "w", "file": ""}]),
    "a scenario with a number as name": manifest(
        scenarios=[{"name": 3, "content_hash": "c", "world_hash": "w", "file": ""}]
    ),
    "an unknown field": manifest(surprise=1),
    "start a number": manifest(start=5),
    "failed a text": manifest(failed="no"),
    "complete a text": manifest(complete="yes"),
    "versions a list": manifest(versions=["numpy"]),
    "code of another": manifest(code="0000000000000000"),
    "another seed": manifest(seed=9),
}
LEDGERS: dict[str, Harm] = {
    "a trigger": sql("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM part; END"),
    "a view": sql("CREATE VIEW v AS SELECT 1"),
    "another table": sql("CREATE TABLE t (a)"),
    "a table with other columns": sql("ALTER TABLE run RENAME COLUMN stage TO step"),
    "a table without its rules": sql("UPDATE sqlite_master SET sql = 'CREATE TABLE fact (name, value)' WHERE name = 'fact'"),
    "no tables": sql("DROP TABLE run", "DROP TABLE part", "DROP TABLE fact", "PRAGMA user_version = 0", "CREATE TABLE t (a)"),
    "a text where a replication belongs": sql("UPDATE run SET replication = 'x' WHERE replication = 0 AND content LIKE '%0.1%'"),
    "a replication below 0": sql("UPDATE run SET replication = -1 WHERE replication = 0"),
    "half a replication": sql("UPDATE run SET replication = 0.5 WHERE replication = 0"),
    "bytes where a content belongs": sql("UPDATE run SET content = x'ff00' WHERE replication = 0 AND content LIKE '%0.1%'"),
    "a part that is not there": sql("UPDATE run SET part = 99 WHERE replication = 0"),
    "a text where a part belongs": sql("UPDATE run SET part = 'one' WHERE replication = 0"),
    "a part beyond all": sql("UPDATE part SET number = 9223372036854775807 WHERE number = 1"),
    "bytes where a digest belongs": sql("UPDATE part SET weeks = x'00' WHERE number = 1"),
    "runs that are in no part": sql("INSERT INTO run (content, replication, part) SELECT content, 1000, part FROM run WHERE replication = 0"),
    "runs of other contents": sql("UPDATE run SET content = content || '+' WHERE replication = 0"),
    "a write-ahead log": sql("PRAGMA journal_mode = WAL", "INSERT INTO fact VALUES ('a', 'b')"),
    "a log beside it": lambda f, _: (f.parts / "ledger.sqlite-wal").write_bytes(b"\0" * 64) and None,
    "another seed": sql("UPDATE fact SET value = '9' WHERE name = 'seed'"),
    "no database": lambda f, _: f.ledger.write_bytes(b"no database at all" * 400) and None,
    "endless": lambda f, _: os.truncate(f.ledger, 1 << 33),
    "a journal that names a file": journal(further="letter.txt"),
    "a journal that names another's": journal(further="docs/thesis.txt"),
    "a journal that makes it long": journal(pages=1 << 31),
    "a journal of other pages": journal(page=8192),
    "a journal of odd pages": journal(page=4095),
    "a journal that is none": journal(mark=b"notajour"),
}  # fmt: skip
PARTS: dict[str, Harm] = {
    "a column less": part(lambda t: t.drop_columns(["plan" if "plan" in t.column_names else t.column_names[-1]])),
    "fewer rows": part(lambda t: t.slice(0, t.num_rows - 1)),
    "no rows": part(lambda t: t.slice(0, 0)),
    "rows twice": part(lambda t: pa.concat_tables([t, t])),
    "rows in another order": part(lambda t: t.take(np.arange(t.num_rows)[::-1])),
    "text where numbers belong": part(column("forecast", lambda t: pa.array(["x"] * t.num_rows))),
    "lists where numbers belong": part(column("forecast", lambda t: pa.array([[1.0]] * t.num_rows))),
    "half numbers": part(column("forecast", lambda t: pa.array([1.0] * t.num_rows, pa.float32()))),
    "numbers without end": part(column("forecast", lambda t: pa.array([np.inf] * t.num_rows))),
    "numbers whose squares are none": part(column("forecast", lambda t: pa.array([-1e200] * t.num_rows))),
    "a replication missing": part(column("replication", lambda t: pa.array([None] * t.num_rows, pa.int64()))),
    "another replication": part(column("replication", lambda t: pa.array([7] * t.num_rows))),
    "a content missing": part(column("content", lambda t: pa.array([None] * t.num_rows, pa.string()))),
    "another content": part(column("content", lambda t: pa.array(["x"] * t.num_rows))),
    "week 14": part(column("week", lambda t: pa.array(t.column("week").to_numpy() + 1))),
    "quarter 0": part(column("quarter", lambda t: pa.array(t.column("quarter").to_numpy() - 1)), "quarters"),
    "a column twice": part(lambda t: t.append_column("forecast", t.column("forecast"))),
    "other keys": part(lambda t: t.rename_columns(["scenario", *t.column_names[1:]])),
    "no stamp": part(lambda t: t, stamped=False),
    "no table": bytes_of_part(b"PAR1 and no more PAR1"),
    "nothing": bytes_of_part(b""),
}


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
    with pytest.raises(UserError, match="is a link to") as caught:
        run_study(plan(TWO, 6), Folder(tmp_path / "linked"))
    assert str(folder.root) in str(caught.value)
    assert content_of(folder.root) == before


@posix
@pytest.mark.parametrize("harm", PIPES.values(), ids=PIPES.keys())
def test_a_pipe_is_not_waited_for(harm: Harm, folder: Folder, outside: Path) -> None:
    assert "is a pipe" in told(harm, folder, outside)


@pytest.mark.parametrize("harm", FOLDERS.values(), ids=FOLDERS.keys())
def test_a_folder_where_a_file_must_be_is_told_before_anything_runs(harm: Harm, folder: Folder, outside: Path) -> None:
    with pytest.raises(UserError):  # and no IncompleteError, which comes after
        harm(folder, outside)
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
