"""What a manifest says by itself, of the machine and of what it was run with, and how much of one is read."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from revsim.errors import UserError
from revsim.store import manifest as manifests
from revsim.store.findings import note_findings, read_finding, table_of
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, ScenarioFacts, machine, now, read_manifest, versions, write_manifest

BARE = Manifest(["revsim"], 3, "simpy", [ScenarioFacts("é", "c", "w")], "é", "code")


def test_a_manifest_says_what_it_was_not_told_as_nothing(tmp_path: Path) -> None:
    write_manifest(replace(BARE), tmp_path / "m")
    text = (tmp_path / "m").read_text(encoding="utf-8")
    facts = json.loads(text)
    assert '"name": "é"' in text
    assert text.endswith("}\n")
    assert facts["scenarios"] == [{"name": "é", "content_hash": "c", "world_hash": "w", "file": ""}]
    empty = {"currency": "", "continuations": 0, "replications": 0, "replications_wanted": 0, "complete": False}
    empty |= {"start": "", "end": "", "failed": [], "findings": {}}
    assert {name: facts[name] for name in empty} == empty
    assert (facts["versions"], facts["machine"]) == (versions(), machine())


def test_where_nothing_is_known_of_versions_and_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> str:
        if name == "numpy":
            return "2.0"
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", unknown)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    found = versions()
    assert {name: found[name] for name in ("revsim", "numpy")} == {"revsim": "0+unknown", "numpy": "2.0"}
    assert (list(found), machine()["cpu_count"]) == (["revsim", "python", "numpy"], 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert machine()["cpu_count"] == 3


def test_now_is_the_time_in_utc_to_the_second() -> None:
    told = datetime.fromisoformat(now())
    assert told.utcoffset() == timedelta(0)
    assert told.microsecond == 0
    assert abs(datetime.now(UTC) - told) < timedelta(minutes=1)


def put(path: Path, size: int) -> Path:
    path.touch()
    os.truncate(path, size)  # sparse
    return path


def test_of_a_manifest_a_quarter_of_a_gigabyte_is_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="at most 268,435,456 are read"):
        read_manifest(put(tmp_path / "m", 268_435_457))


def test_a_manifest_that_the_disk_does_not_give_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, "no")

    monkeypatch.setattr(manifests, "opened", fails)
    with pytest.raises(UserError, match=r"m: cannot be read \(no\)"):
        read_manifest(tmp_path / "m")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"seed": "x", "engine": 1}, r"damaged \(`seed`: Input should be a valid integer"),
        ({"scenarios": [{"name": "a", "content_hash": 1, "world_hash": "w"}]}, r"\(`scenarios.0.content_hash`: Input"),
        ({"more": 1}, r"\(`more`: Unexpected"),
        ({"scenarios": [{"name": "a", "content_hash": "c", "world_hash": "w", "x": 1}]}, r"\(`scenarios.0.x`: Unexp"),
        ({"complete": 1}, r"\(`complete`: Input should be a valid boolean"),
        ({"schema": 1}, r"\(`schema`: Input should be a valid string"),
    ],
)
def test_the_first_field_that_is_not_as_it_must_be_is_told(tmp_path: Path, changes: dict[str, Any], why: str) -> None:
    write_manifest(replace(BARE), tmp_path / "m")
    facts = json.loads((tmp_path / "m").read_text(encoding="utf-8"))
    (tmp_path / "m").write_text(json.dumps(facts | changes), encoding="utf-8")
    with pytest.raises(UserError, match=why):
        read_manifest(tmp_path / "m")


def test_what_is_no_json_is_told_without_a_field(tmp_path: Path) -> None:
    (tmp_path / "m").write_text("[", encoding="utf-8")
    with pytest.raises(UserError, match=r"damaged \(Invalid JSON"):
        read_manifest(tmp_path / "m")


def test_of_a_finding_four_megabytes_are_read(tmp_path: Path) -> None:
    folder, manifest = Folder(tmp_path), replace(BARE)
    note_findings(manifest, folder, [put(folder.best, 4_194_304)])
    assert manifest.findings == {"best.csv": sha256(bytes(4_194_304)).hexdigest()}
    assert len(read_finding(manifest, folder, folder.best)) == 4_194_304
    put(folder.best, 4_194_305)
    with pytest.raises(UserError, match="at most 4,194,304 are read"):
        read_finding(manifest, folder, folder.best)


def test_a_cell_whose_quotes_end_within_it_is_none() -> None:
    assert table_of(Path("t"), b'a,b\n"x,y",1\n', {"a": "text"})["a"].tolist() == ["x,y"]
    with pytest.raises(UserError, match="cannot be read as a table"):
        table_of(Path("t"), b'a,b\n"x"y,1\n', {"a": "text"})


def test_a_table_of_nothing_lacks_its_columns() -> None:
    assert table_of(Path("t"), b"", {}).empty
    with pytest.raises(UserError, match="has no column `a`"):
        table_of(Path("t"), b"", {"a": "text", "b": "text"})
