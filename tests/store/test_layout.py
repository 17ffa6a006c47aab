"""Where everything of a study is, and which files are named as parts."""

from __future__ import annotations

from pathlib import Path

from revsim.store.layout import PART, PROBE, TABLES, Folder, slug

ROOT = Folder(Path("r"))


def test_everything_has_its_place_under_the_folder() -> None:
    places = {
        "manifest.json": ROOT.manifest,
        "quarters.parquet": ROOT.quarters,
        "weeks.parquet": ROOT.weeks,
        "effects.csv": ROOT.effects,
        "summary.csv": ROOT.summary,
        "best.csv": ROOT.best,
        "worlds.csv": ROOT.table("worlds"),
        "report.html": ROOT.report,
        "parts": ROOT.parts,
        "scenarios": ROOT.scenarios,
        "figures": ROOT.figures,
        "parts/ledger.sqlite": ROOT.ledger,
        "figures/fan.svg": ROOT.figure("fan", "svg"),
        "parts/weeks-0000012.parquet": ROOT.part("weeks", 12),
        "parts/quarters-12345678.parquet": ROOT.part("quarters", 12_345_678),
    }
    assert {path.as_posix() for path in places.values()} == {f"r/{name}" for name in places}
    assert [path.as_posix() for path in places.values()] == [f"r/{name}" for name in places]
    assert [ROOT.whole(table) for table in TABLES] == [ROOT.quarters, ROOT.weeks]
    assert ROOT.folders == (ROOT.parts, ROOT.scenarios, ROOT.figures)


def test_a_probe_has_another_name_each_time_that_is_known_as_one() -> None:
    one, two = ROOT.probe, ROOT.probe
    assert one != two
    assert one.parent == ROOT.root
    assert PROBE.fullmatch(one.name)


def test_parts_of_a_table_are_told_by_name_in_order(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.parts_of("weeks") == []
    folder.parts.mkdir()
    for number in (12, 3, 12_345_678, 4):
        for table in TABLES:
            folder.part(table, number).touch()
    for name in ("weeks-3.parquet", "weeks-0000003.parquet.bak", "months-0000003.parquet", "xweeks-0000003.parquet"):
        (folder.parts / name).touch()
    assert [path.name for path in folder.parts_of("weeks")] == [
        "weeks-0000003.parquet",
        "weeks-0000004.parquet",
        "weeks-0000012.parquet",
        "weeks-12345678.parquet",
    ]
    assert [PART.fullmatch(path.name) is not None for path in folder.parts_of("quarters")] == [True] * 4


def test_names_that_look_alike_are_numbered_from_two() -> None:
    files = ROOT.scenario_files(["A b", "a-b", "A  B!", "c", "..", "!"])
    assert {name: path.as_posix() for name, path in files.items()} == {
        "A b": "r/scenarios/a-b.yaml",
        "a-b": "r/scenarios/a-b-2.yaml",
        "A  B!": "r/scenarios/a-b-3.yaml",
        "c": "r/scenarios/c.yaml",
        "..": "r/scenarios/study.yaml",
        "!": "r/scenarios/study-2.yaml",
    }
    assert (slug("-A_1-"), slug("")) == ("a-1", "study")
