"""The tables of a ledger, and whether a database has just these, with values of the right kinds.

SQLite keeps any value in any column unless it is told otherwise, so each column is: a ledger may come from a stranger.
"""

from __future__ import annotations

import sqlite3

SCHEMA = 2  # `user_version` of the file
DIGEST = "typeof({0}) = 'text'"
WHOLE = "typeof({0}) = 'integer' AND {0} BETWEEN {1} AND {2}"
LONGEST_CONTENT = 400  # letters; a digest and how many continuations
LAST_PART, LAST_REPLICATION = 9_999_999, 999_999
TABLES = (
    """CREATE TABLE fact (
        name TEXT PRIMARY KEY NOT NULL CHECK (typeof(name) = 'text'),
        value TEXT NOT NULL CHECK (typeof(value) = 'text')
    )""",
    f"""CREATE TABLE part (
        number INTEGER PRIMARY KEY NOT NULL CHECK ({WHOLE.format("number", 1, LAST_PART)}),
        quarters TEXT NOT NULL CHECK ({DIGEST.format("quarters")}),
        weeks TEXT NOT NULL CHECK ({DIGEST.format("weeks")})
    )""",
    f"""CREATE TABLE run (
        content TEXT NOT NULL CHECK (typeof(content) = 'text' AND length(content) BETWEEN 1 AND {LONGEST_CONTENT}),
        replication INTEGER NOT NULL CHECK ({WHOLE.format("replication", 0, LAST_REPLICATION)}),
        part INTEGER CHECK (part IS NULL OR {WHOLE.format("part", 1, LAST_PART)}) REFERENCES part (number),
        stage TEXT CHECK (typeof(stage) IN ('text', 'null')),
        message TEXT CHECK (typeof(message) = typeof(stage)),
        traceback TEXT CHECK (typeof(traceback) = typeof(stage)),
        PRIMARY KEY (content, replication),
        CHECK ((part IS NULL) <> (stage IS NULL))
    )""",
)


def why_foreign(base: sqlite3.Connection, *, is_new: bool) -> str:
    """Why a database is no whole ledger, or no whole new one; empty if it is. Raises sqlite3.Error."""
    there = {sql for (sql,) in base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if not is_new and there != set(TABLES):
        return "its tables are not those of a ledger"
    (fault,) = base.execute("PRAGMA integrity_check(1)").fetchone()
    if fault != "ok":
        return str(fault)
    stray = base.execute("PRAGMA foreign_key_check").fetchone()
    return "it counts runs of a part that it does not know" if stray else ""
