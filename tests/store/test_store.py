"""Files are whole or absent; tables are checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from revsim.errors import UserError
from revsim.store.atomic import write, write_text
from revsim.store.layout import Folder, slug
from revsim.store.manifest import ROW_MAKERS, Manifest, ScenarioFacts, code_hash, read_manifest, write_manifest
from revsim.store.tables import KEYS, read_contents, read_table, table_of, write_groups, write_trace
from tests.test_layers import PACKAGE, imported

ROWS = pd.DataFrame({"scenario": ["a", "a"], "replication": [0, 1], "quarter": [1, 1], "bookings": [0.1, np.nan]})


def test_a_write_that_breaks_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    place = tmp_path / "file"
    write_text(place, "old")

    def half(temporary: BinaryIO) -> None:
        temporary.write(b"ne")
        raise OSError(28, "disk full", str(temporary.name))

    with pytest.raises(UserError, match="disk full") as caught:
        write(place, half)
    assert ".tmp" not in str(caught.value)
    assert place.read_text() == "old"
    assert list(tmp_path.iterdir()) == [place]


def test_a_table_comes_back_as_it_went_and_nan_is_null(tmp_path: Path) -> None:
    place = tmp_path / "t.parquet"
    write_groups([table_of(ROWS, KEYS["quarters"], place)], place)
    pd.testing.assert_frame_equal(read_table(place, KEYS["quarters"]), ROWS, check_exact=True)
    stored = pq.read_table(place)
    assert [str(field.type) for field in stored.schema] == ["string", "int64", "int64", "double"]
    assert stored["bookings"].null_count == 1


def test_a_table_without_its_keys_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "t.parquet"
    with pytest.raises(UserError, match="not with scenario, replication, quarter"):
        table_of(ROWS.drop(columns="quarter"), KEYS["quarters"], place)
    place.write_text("not parquet")
    with pytest.raises(UserError, match="cannot be read"):
        read_table(place, KEYS["quarters"])


def test_a_manifest_comes_back_and_holds_no_host_name(tmp_path: Path) -> None:
    manifest = Manifest(["revsim", "run"], 3, "simpy", [ScenarioFacts("a", "1", "2")], "a", "code", "USD")
    write_manifest(manifest, tmp_path / "manifest.json")
    assert read_manifest(tmp_path / "manifest.json") == manifest
    facts = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert set(facts["machine"]) == {"platform", "architecture", "cpu_count"}
    assert {"command", "seed", "engine", "scenarios", "replications", "start", "end", "complete", "versions"} <= set(
        facts
    )


def test_no_manifest_is_none_and_a_damaged_one_says_so(tmp_path: Path) -> None:
    place = tmp_path / "manifest.json"
    assert read_manifest(place) is None
    place.write_text("{")
    with pytest.raises(UserError, match="no manifest"):
        read_manifest(place)


def test_the_code_hash_follows_the_model_and_not_the_reports(tmp_path: Path) -> None:
    for name in ("model", "reports"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.py").write_text("x = 1\n")
    before = code_hash(tmp_path)
    (tmp_path / "reports" / "a.py").write_text("x = 2\n")
    assert code_hash(tmp_path) == before
    (tmp_path / "model" / "a.py").write_text("x = 2\n")
    assert code_hash(tmp_path) != before


def scenario_files(path: Path) -> set[str]:
    """Files of `scenario` that a file imports, and what those import."""
    files = (f"{name.replace('.', '/')}.py" for name, _ in imported(path.read_text(encoding="utf-8")))
    found = {file for file in files if "/scenario/" in file and (PACKAGE.parent / file).exists()}
    return found.union(*(scenario_files(PACKAGE.parent / file) for file in found))


def test_the_version_of_results_knows_all_of_scenario_that_reaches_the_model() -> None:
    reached = {file.removeprefix("revsim/") for file in scenario_files(PACKAGE / "contract" / "of_scenario.py")}
    assert "scenario/firm.py" in reached
    assert reached <= set(ROW_MAKERS)
    assert all((PACKAGE / name).exists() for name in ROW_MAKERS)


def test_the_version_of_results_knows_every_package_that_the_engines_import() -> None:
    """Of `machine`, how code is compiled moves no row, and its intrinsics are what compiled code is made of."""
    files = [path for engine in ("model", "compiled", "states") for path in (PACKAGE / engine).rglob("*.py")]
    modules = {tuple(name.split(".")) for path in files for name, _ in imported(path.read_text(encoding="utf-8"))}
    layers = {parts[1] for parts in modules if parts[0] == "revsim" and len(parts) > 1}
    assert "mechanisms" in layers
    known = {name.split("/")[0].removesuffix(".py") for name in ROW_MAKERS}
    assert layers - {"errors", "machine"} <= known


def test_a_trace_is_written_by_its_ending(tmp_path: Path) -> None:
    log = pd.DataFrame({"time": [0.1], "kind": ["won"]})
    for name in ("t.csv", "t.parquet"):
        write_trace(log, tmp_path / name)
    assert (tmp_path / "t.csv").read_text() == "time,kind\n0.1,won\n"
    assert pq.read_table(tmp_path / "t.parquet").num_rows == 1
    with pytest.raises(UserError, match=r"must end in \.parquet or \.csv"):
        write_trace(log, tmp_path / "t.txt")


def test_a_slug_is_a_safe_file_name() -> None:
    assert slug("Design, all five / levers!") == "design-all-five-levers"
    assert slug("..") == "study"


def test_scenarios_whose_names_look_alike_have_files_of_their_own(tmp_path: Path) -> None:
    files = Folder(tmp_path).scenario_files(["Design!", "design", "Other"])
    assert [path.name for path in files.values()] == ["design.yaml", "design-2.yaml", "other.yaml"]


@pytest.mark.parametrize("statistics", [True, False])
def test_contents_are_found_whether_or_not_a_part_tells_what_it_spans(tmp_path: Path, statistics: bool) -> None:  # noqa: FBT001 - a case
    """Another writer may leave the spans of row groups out."""
    place, keys = tmp_path / "part.parquet", KEYS["quarters"]
    rows = ROWS.assign(scenario=["a", "b"])
    pq.write_table(table_of(rows, keys, place), place, write_statistics=statistics, row_group_size=1)
    found = read_contents(place, keys, ["b", "c"])
    assert {name: table["replication"].to_pylist() for name, table in found.items()} == {"b": [1]}
