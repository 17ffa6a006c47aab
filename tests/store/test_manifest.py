"""When a study goes on in a folder and when it is another one; what manifests and findings hold."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from revsim.errors import UserError
from revsim.store.findings import LONGEST_COUNT, MOST_COLUMNS, note_findings, read_finding, table_of
from revsim.store.layout import Folder
from revsim.store.manifest import (
    Manifest,
    ScenarioFacts,
    check_same_study,
    code_hash,
    difference,
    machine,
    now,
    read_manifest,
    versions,
    write_manifest,
)

BASE, OTHER = ScenarioFacts("a", "1" * 64, "w"), ScenarioFacts("b", "2" * 64, "w")
THERE = Manifest(["revsim"], 3, "simpy", [BASE, OTHER], "a", "c" * 16, "USD", continuations=4)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"scenarios": [BASE]}, "it holds the scenarios a, b"),
        ({"scenarios": [OTHER, BASE]}, "it holds the scenarios a, b"),
        (
            {"scenarios": [BASE, ScenarioFacts("b", "3" * 64, "w")]},
            "`b` has other content there (22222222, now 33333333)",
        ),
        ({"seed": 4}, "it was run with --seed 3, not 4"),
        ({"continuations": 0}, "it was run with --continuations 4, not 0"),
        ({"code": "d" * 16}, "it was made by other code of the model (cccccccc, now dddddddd)"),
    ],
)
def test_a_study_of_other_rows_is_another_one(change: dict[str, Any], why: str, tmp_path: Path) -> None:
    wanted = replace(THERE, **change)
    assert difference(THERE, wanted) == why
    with pytest.raises(UserError, match="holds another study"):
        check_same_study(THERE, wanted, tmp_path)


def test_what_moves_no_row_makes_no_other_study_and_nothing_there_is_none(tmp_path: Path) -> None:
    wanted = replace(THERE, engine="compiled", replications=9, command=["other"], currency="EUR", complete=True)
    assert difference(THERE, wanted) == ""
    check_same_study(THERE, wanted, tmp_path)
    check_same_study(None, wanted, tmp_path)


def test_a_manifest_of_another_schema_or_with_other_fields_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    write_manifest(THERE, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith('{\n  "schema": "revsim.manifest/1"')
    for change, why in (
        (("revsim.manifest/1", "revsim.manifest/2"), "this version reads revsim.manifest/1"),
        (('"seed": 3', '"seed": "3"'), "`seed`: Input should be a valid integer"),
        (('"seed": 3', '"sead": 3'), "damaged"),
    ):
        path.write_text(text.replace(*change), encoding="utf-8")
        with pytest.raises(UserError, match=why):
            read_manifest(path)


def test_versions_and_machine_are_today_s() -> None:
    assert {"revsim", "python", "numpy", "pandas", "scipy"} <= set(versions())
    assert machine()["cpu_count"] >= 1
    assert len(now()) == len("2026-01-01T00:00:00+00:00")


def test_the_version_of_results_is_a_digest_of_names_and_contents_in_order(tmp_path: Path) -> None:
    (tmp_path / "luck" / "deep").mkdir(parents=True)
    for name, text in (("units.py", "u"), ("luck/b.py", "b\r\n"), ("luck/a.py", "a"), ("luck/deep/c.py", "c")):
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "luck" / "notes.txt").write_text("no source")
    told = b"units.py\0uluck/a.py\0aluck/b.py\0b\nluck/deep/c.py\0c"
    assert code_hash(tmp_path) == sha256(told).hexdigest()[:16]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "best.csv").write_text("one", encoding="utf-8")
    return Folder(tmp_path)


def test_a_finding_is_believed_with_its_digest_alone(folder: Folder) -> None:
    manifest = replace(THERE)
    with pytest.raises(UserError, match=r"knows of no best\.csv"):
        read_finding(manifest, folder, folder.best)
    note_findings(manifest, folder, [folder.best])
    assert read_manifest(folder.manifest) == manifest
    assert read_finding(manifest, folder, folder.best) == b"one"
    folder.best.write_text("two", encoding="utf-8")
    with pytest.raises(UserError, match="another digest"):
        read_finding(manifest, folder, folder.best)
    folder.best.unlink()
    with pytest.raises(UserError, match="is gone"):
        read_finding(manifest, folder, folder.best)


KINDS = {"name": "text", "worlds": "count", "share": "share", "found": "flag"}


def read(*rows: str, head: str = "name,worlds,share,found,more") -> Any:
    return table_of(Path("t.csv"), "\n".join([head, *rows]).encode(), KINDS)


def test_a_table_for_people_is_read_by_the_kinds_of_its_columns() -> None:
    table = read("2026,7,0.5,True,x", "'=NA,999999999,,False,", "a,0,1,True,", "b,0,0.0,False,")
    assert table["name"].tolist() == ["2026", "=NA", "a", "b"]
    assert table["worlds"].tolist() == [7, 10**LONGEST_COUNT - 1, 0, 0]
    np.testing.assert_array_equal(table["share"], [0.5, np.nan, 1.0, 0.0])
    assert table["found"].tolist() == [True, False, True, False]
    assert list(table.columns) == list(KINDS)
    assert read().empty


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a,-1,0.5,True,", "`worlds` holds"),
        ("a,1.0,0.5,True,", "`worlds` holds"),
        ("a,²,0.5,True,", "`worlds` holds"),
        ("a,,0.5,True,", "`worlds` holds"),
        ("a,1000000000,0.5,True,", "`worlds` holds"),
        ("a,1,1.01,True,", "`share` holds"),
        ("a,1,-0.01,True,", "`share` holds"),
        ("a,1,nan,True,", "`share` holds"),
        ("a,1,0.5,true,", "`found` holds"),
        ("a,1,0.5,True", "cannot be read as a table"),
        ("a,1,0.5,True,,", "cannot be read as a table"),
    ],
)
def test_a_cell_that_is_not_what_it_must_be_is_told_with_its_column(row: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read(row)


def test_a_table_without_a_column_or_with_too_many_is_refused() -> None:
    with pytest.raises(UserError, match="has no column `found`"):
        read("a,1,0.5", head="name,worlds,share")
    wide = ",".join(["name", "worlds", "share", "found", *(f"c{k}" for k in range(MOST_COLUMNS - 4))])
    assert read(head=wide).empty
    with pytest.raises(UserError, match="has 201 columns, and at most 200"):
        read(head=f"{wide},more")
    with pytest.raises(UserError, match="cannot be read as a table"):
        table_of(Path("t.csv"), b"\xff", KINDS)
