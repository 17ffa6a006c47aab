"""What a stranger can do to a results folder, by what it is done to."""

# ruff: noqa: S608 - statements of a test, with words of its own
from __future__ import annotations

import json
import os
import shutil
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from revsim.store.layout import Folder
from revsim.store.parts import digest

Harm = Callable[[Folder, Path], None]  # of a folder of four replications; the path is one outside it


def link(path: Path, target: Path) -> None:
    """Put a link where something stood."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(target, target_is_directory=target.is_dir())


def folder_at(path: Path) -> None:
    """Put a folder where a file stood."""
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)


def file_at(path: Path, content: bytes = b"") -> None:
    """Put a file where a folder stood, or another file."""
    if path.is_dir():
        shutil.rmtree(path)
    path.write_bytes(content)


def renamed(path: Path, target: Path) -> None:
    """Give a file of the user's this name, too."""
    path.unlink()
    os.link(target, path)


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
    return lambda folder, _: file_at(folder.manifest, content.encode())


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


def another_index(folder: Folder, _: Path) -> None:
    """The index of runs lists another content than the table, so that looking up a run passes it by."""
    base = sqlite3.connect(folder.ledger)
    (root,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_run_1'").fetchone()
    (size,) = base.execute("PRAGMA page_size").fetchone()
    base.close()
    content = bytearray(folder.ledger.read_bytes())
    page = slice((root - 1) * size, root * size)
    content[page] = content[page].replace(b"error=0.2", b"error=0.3")
    folder.ledger.write_bytes(content)


def done_with(folder: Folder, outside: Path, *, ledger: bytes | None = None) -> None:
    """A journal whose beginning is zero, which SQLite writes over, and whose end names a file of the user's."""
    journal(further="letter.txt")(folder, outside)
    path = folder.parts / "ledger.sqlite-journal"
    path.write_bytes(bytes(1 << 16) + path.read_bytes()[512:])
    if ledger is not None:
        folder.ledger.write_bytes(ledger)


def odd_pages() -> bytes:
    """An empty database whose list of free pages leads nowhere: writing to it fails, and is rolled back."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    for statement in ("PRAGMA page_size = 4096", "CREATE TABLE a (x)", "DROP TABLE a", "VACUUM"):
        base.execute(statement)
    content = bytearray(base.serialize()[:4096] + bytes(3 * 4096))
    base.close()
    content[28:32], content[32:36], content[36:40] = struct.pack(">I", 4), struct.pack(">I", 2), struct.pack(">I", 3)
    content[92:96] = content[24:28]
    content[4096:4112] = struct.pack(">4I", 0, 2, 3, 999_999)
    return bytes(content)


def counted(folder: Folder, table: str) -> None:
    """Let the ledger count the first part as it is now."""
    base = sqlite3.connect(folder.ledger, isolation_level=None)
    base.execute(f"UPDATE part SET {table} = ? WHERE number = 1", (digest(folder.part(table, 1)),))
    base.close()


def part(change: Callable[[pa.Table], pa.Table], table: str = "weeks", *, stamped: bool = True) -> Harm:
    """Another first part, with its digest in the ledger: as somebody writes it who knows how."""

    def harm(folder: Folder, _: Path) -> None:
        path = folder.part(table, 1)
        before = pq.read_table(path)
        after = change(before)
        pq.write_table(after.replace_schema_metadata(before.schema.metadata if stamped else None), path)
        counted(folder, table)

    return harm


def in_groups(*sizes: int) -> Harm:
    """The first part with row groups of these sizes, the rest in a last one."""

    def harm(folder: Folder, _: Path) -> None:
        path = folder.part("weeks", 1)
        rows, at = pq.read_table(path), 0
        with pq.ParquetWriter(path, rows.schema) as writer:
            for size in (*sizes, rows.num_rows - sum(sizes)):
                writer.write_table(rows.slice(at, size), row_group_size=max(1, size))
                at += size
        counted(folder, "weeks")

    return harm


def column(name: str, values: Callable[[pa.Table], pa.Array]) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.set_column(table.column_names.index(name), name, values(table))


def bytes_of_part(content: bytes) -> Harm:
    def harm(folder: Folder, _: Path) -> None:
        folder.part("weeks", 1).write_bytes(content)
        counted(folder, "weeks")

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
    "scenarios leads to docs": lambda f, o: link(f.scenarios, o / "docs"),
    "figures leads to docs": lambda f, o: link(f.figures, o / "docs"),
    "figures leads nowhere": lambda f, o: link(f.figures, o / "nothing"),
    "the ledger is linked": lambda f, o: link(f.ledger, o / "ledger.sqlite"),
    "the ledger leads nowhere": lambda f, o: link(f.ledger, o / "new.sqlite"),
    "the ledger has two names": lambda f, o: renamed(f.ledger, o / "ledger.sqlite"),
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
    "the manifest is a folder": lambda f, _: folder_at(f.manifest),
    "the page is a folder": lambda f, _: folder_at(f.report),
    "parts is a file": lambda f, _: file_at(f.parts),
    "figures is a file": lambda f, _: file_at(f.figures),
    "a table for people is a folder": lambda f, _: folder_at(f.effects),
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
    "half a character": lambda f, _: file_at(f.manifest, b'{"schema": "\xff\xfe"}'),
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
BARE = "CREATE TABLE fact (name, value)"
ONE = " WHERE replication = 0 AND content LIKE '%0.1%'"
EMPTIED = ("DROP TABLE run", "DROP TABLE part", "DROP TABLE fact", "PRAGMA user_version = 0")
LEDGERS: dict[str, Harm] = {
    "a trigger": sql("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM part; END"),
    "a view": sql("CREATE VIEW v AS SELECT 1"),
    "another table": sql("CREATE TABLE t (a)"),
    "a table with other columns": sql("ALTER TABLE run RENAME COLUMN stage TO step"),
    "a table without its rules": sql(f"UPDATE sqlite_master SET sql = '{BARE}' WHERE name = 'fact'"),
    "no tables": sql(*EMPTIED, "CREATE TABLE t (a)"),
    "a text where a replication belongs": sql(f"UPDATE run SET replication = 'x'{ONE}"),
    "a replication below 0": sql("UPDATE run SET replication = -1 WHERE replication = 0"),
    "half a replication": sql("UPDATE run SET replication = 0.5 WHERE replication = 0"),
    "bytes where a content belongs": sql(f"UPDATE run SET content = x'ff00'{ONE}"),
    "a part that is not there": sql("UPDATE run SET part = 99 WHERE replication = 0"),
    "a text where a part belongs": sql("UPDATE run SET part = 'one' WHERE replication = 0"),
    "a part beyond all": sql("UPDATE part SET number = 9223372036854775807 WHERE number = 1"),
    "bytes where a digest belongs": sql("UPDATE part SET weeks = x'00' WHERE number = 1"),
    "runs that are in no part": sql(
        f"INSERT INTO run (content, replication, part) SELECT content, 1000, part FROM run{ONE}"
    ),
    "runs of other contents": sql("UPDATE run SET content = content || '+' WHERE replication = 0"),
    "an index of other contents": another_index,
    "a write-ahead log": sql("PRAGMA journal_mode = WAL", "INSERT INTO fact VALUES ('a', 'b')"),
    "a log beside it": lambda f, _: file_at(f.parts / "ledger.sqlite-wal", bytes(64)),
    "another seed": sql("UPDATE fact SET value = '9' WHERE name = 'seed'"),
    "no database": lambda f, _: file_at(f.ledger, b"no database at all" * 400),
    "endless": lambda f, _: os.truncate(f.ledger, 1 << 33),
    "a journal that names a file": journal(further="letter.txt"),
    "a journal that names another's": journal(further="docs/thesis.txt"),
    "a journal that is done with and names a file": done_with,
    "the same beside a ledger that cannot be written": lambda f, o: done_with(f, o, ledger=odd_pages()),
    "a part of the last number": sql(
        "UPDATE part SET number = 9999999 WHERE number = 1", "UPDATE run SET part = 9999999 WHERE part = 1"
    ),
    "a journal that makes it short": journal(pages=1),
    "a journal that makes it long": journal(pages=1 << 31),
    "a journal of other pages": journal(page=8192),
    "a journal of odd pages": journal(page=4095),
    "a journal that is none": journal(mark=b"notajour"),
}
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
    "an empty row group": in_groups(0),
    "a row group for each row": in_groups(*[1] * 50),
    "counts that are not whole": part(column("whole", lambda t: pa.array([-5.5] * t.num_rows)), "quarters"),
    "a text without end": part(column("content", lambda t: pa.array(["x" * 2_000_000] * t.num_rows))),
    "fewer quarters": part(lambda t: t.filter(pa.compute.equal(t.column("quarter"), 1))),
    "counts that are missing": part(column("oracle_n", lambda t: pa.array([None] * t.num_rows, pa.int64()))),
    "counts below nothing": part(column("oracle_n", lambda t: pa.array([-1] * t.num_rows, pa.int64()))),
    "no stamp": part(lambda t: t, stamped=False),
    "no table": bytes_of_part(b"PAR1 and no more PAR1"),
    "nothing": bytes_of_part(b""),
}
