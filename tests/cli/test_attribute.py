"""`revsim attribute` on a tiny company: folder, words, resuming, mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from revsim.cli import app
from revsim.scenario.levers import is_lowered
from revsim.scenario.load import load
from revsim.scenario.text import as_yaml
from revsim.settings import DEFAULT_CONTINUATIONS
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, read_manifest
from tests import pages, tiny

ENGINE = ("--workers", "1")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny company and a design of it that moves two levers."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "base.yaml").write_text(as_yaml(tiny.tiny()), encoding="utf-8")
    (folder / "design.yaml").write_text(
        "extends: base.yaml\nname: New design\ndesign: {owned_handoffs: 0.9, one_view_of_data: 0.8}\n", encoding="utf-8"
    )
    (folder / "other.yaml").write_text("extends: base.yaml\nname: Other\nworld: {sales: {reps: 4}}\n", encoding="utf-8")
    return folder


def attribute(desk: Path, *arguments: str) -> int:
    return app.exit_code(["attribute", str(desk / "base.yaml"), str(desk / "design.yaml"), *arguments, *ENGINE])


@pytest.fixture(scope="module")
def folder(desk: Path) -> Path:
    """Four replications, kept after two of them as if they had been stopped, then gone on with."""
    root = desk / "r"
    assert attribute(desk, "-n", "2", "--out", str(root), "--quiet") == 0
    assert attribute(desk, "-n", "4", "--out", str(root), "--quiet", "--measure", "bookings") == 0
    return root


def test_the_folder_holds_tables_scenarios_and_a_picture(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names >= {"manifest.json", "attribution.csv", "one_moment.csv", "assumptions.csv", "quarters.parquet"}
    assert len(list((folder / "scenarios").iterdir())) == 35
    assert (folder / "figures" / "attribution-bookings.svg").exists()


def test_net_value_is_shared_out_at_the_margin_of_the_base(folder: Path) -> None:
    table, rows = pd.read_csv(folder / "attribution.csv"), pd.read_parquet(folder / "quarters.parquet")
    level = rows.groupby("scenario").mean(numeric_only=True)
    revenue = level[["bookings", "renewed_value", "expansion_value"]].sum(axis=1)
    cost = level[["marketing_spend", "people_cost", "remedy_cost_design", "remedy_cost_coordination"]].sum(axis=1)
    base = tiny.tiny()
    net = base.world.people.margin.value * revenue - cost
    whole = table[(table["measure"] == "net_value") & (table["role"] == "whole")]["estimate"].item()
    assert whole == pytest.approx(net["New design"] - net[base.name])


def test_shares_in_the_table_add_up_to_the_whole_and_still_levers_have_none(folder: Path) -> None:
    table = pd.read_csv(folder / "attribution.csv")
    assert table["measure"].nunique() > 50
    for _, rows in table.groupby("measure"):
        by_role = rows.set_index(["role", "lever"])["estimate"]
        assert by_role["shapley"].sum() == pytest.approx(by_role["whole", "all"], rel=1e-9, abs=1e-9)
        assert (by_role["shapley"][["shared_definitions", "shared_incentives", "governance"]] == 0.0).all()


@pytest.fixture(scope="module")
def talk(desk: Path) -> Path:
    """A coordination that moves two of its three levers, shared out."""
    (desk / "talk.yaml").write_text(
        "extends: base.yaml\nname: Talk\ncoordination:\n  meetings: 1.5\n  agreement: {level: 0.9, renew_weeks: 8}\n",
        encoding="utf-8",
    )
    words = ("-n", "3", "--out", str(desk / "talk"), "--quiet", "--measure", "net_value")
    assert app.exit_code(["attribute", str(desk / "base.yaml"), str(desk / "talk.yaml"), *words, *ENGINE]) == 0
    return desk / "talk"


def test_shares_of_coordination_s_levers_add_up_to_the_whole_and_still_ones_have_none(talk: Path) -> None:
    table = pd.read_csv(talk / "attribution.csv")
    for _, rows in table.groupby("measure"):
        by_role = rows.set_index(["role", "lever"])["estimate"]
        assert by_role["shapley"].index.tolist() == ["meetings", "resets", "agreement"]
        assert by_role["shapley"].sum() == pytest.approx(by_role["whole", "all"], rel=1e-9, abs=1e-9)
        assert by_role["shapley"]["resets"] == 0.0
    net = table[table["measure"] == "net_value"].set_index(["role", "lever"])["estimate"]
    assert (net["shapley"][["meetings", "agreement"]] != 0.0).all()


def test_hand_offs_alone_are_run_for_a_design_alone(talk: Path, folder: Path) -> None:
    assert len(list((talk / "scenarios").iterdir())) == 8
    assert [(place / "one_moment.csv").exists() for place in (talk, folder)] == [False, True]


def test_a_study_that_went_on_says_what_one_at_once_says(desk: Path, folder: Path) -> None:
    once = desk / "once"
    assert attribute(desk, "-n", "4", "--out", str(once), "--quiet", "--measure", "bookings") == 0
    for name in ("attribution.csv", "one_moment.csv"):
        assert (folder / name).read_bytes() == (once / name).read_bytes()


def test_json_is_alone_on_stdout_and_has_the_numbers_of_the_table(
    desk: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attribute(desk, "-n", "4", "--out", str(folder), "--json", "--measure", "won") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["replications"]) == ("revsim.attribute/1", 4)
    table = pd.read_csv(folder / "attribution.csv")
    mine = table[(table["measure"] == "won") & (table["role"] == "shapley")]
    assert [row["estimate"] for row in found["rows"] if row["role"] == "shapley"] == mine["estimate"].tolist()


def test_words_name_the_levers_the_best_hand_off_and_what_stays_as_it_is(
    desk: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert attribute(desk, "-n", "4", "--out", str(folder), "--measure", "won", "--measure", "bookings") == 0
    out, err = capsys.readouterr()
    assert "Strongest interaction" in out
    assert out.count("All together") == 2
    assert "One moment: marketing to sales" in out
    assert "leaves as it is: Owned definitions, Shared incentives, Governance rhythm" in err
    assert "assumptions.csv" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("design.yaml", "--measure", "bokings"), "Did you mean `bookings`"),
        (("other.yaml",), "also differ in world"),
        (("base.yaml",), "moves no lever"),
    ],
)
def test_wrong_use_ends_with_2_and_says_the_way_out(
    arguments: tuple[str, ...], words: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, *rest = arguments
    code = app.exit_code(["attribute", str(desk / "base.yaml"), str(desk / file), "-n", "2", *rest, *ENGINE])
    assert code == 2
    assert words in capsys.readouterr().err


def lowered(folder: Path, base: str, design: str) -> bool:
    return is_lowered(load(folder / base), load(folder / design))


def test_a_design_below_the_base_is_noted_as_perhaps_swapped(desk: Path) -> None:
    (desk / "rhythm.yaml").write_text(
        "extends: base.yaml\ndesign: {governance: {cadence_weeks: 2}}\n", encoding="utf-8"
    )
    (desk / "both.yaml").write_text(
        "extends: base.yaml\ndesign: {owned_handoffs: 1, one_view_of_data: 0}\n", encoding="utf-8"
    )
    assert lowered(desk, "design.yaml", "base.yaml")
    assert lowered(desk, "rhythm.yaml", "base.yaml")  # a slower rhythm is less
    assert not lowered(desk, "base.yaml", "design.yaml")
    assert not lowered(desk, "base.yaml", "rhythm.yaml")
    assert not lowered(desk, "base.yaml", "both.yaml")
    assert not lowered(desk, "base.yaml", "base.yaml")


@pytest.mark.parametrize(("more", "lines"), [((), 1), (("--quiet",), 0)])
def test_swapped_files_are_told_on_stderr_and_in_json(
    more: tuple[str, ...], lines: int, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(desk / name) for name in ("design.yaml", "base.yaml")]
    out = ["-n", "2", "--out", str(tmp_path / "r"), "--json"]
    assert app.exit_code(["attribute", *files, *ENGINE, *out, *more]) == 0
    said = capsys.readouterr()
    assert sum("other way round" in line for line in said.err.splitlines()) == lines
    assert sum("other way round" in note for note in json.loads(said.out)["notes"]) == 1


def manifest(folder: Path) -> Manifest:
    found = read_manifest(Folder(folder).manifest)
    assert found is not None
    return found


def test_the_page_says_what_the_terminal_says(desk: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert attribute(desk, "-n", "4", "--out", str(folder), "--json", "--measure", "bookings") == 0
    told = json.loads(capsys.readouterr().out)["sentences"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert [sentence for sentence in told if pages.plain(sentence) not in pages.text_of(page)] == []
    assert pages.fetched(page) == []


def test_a_measure_that_was_asked_for_before_stays_on_the_page_with_the_rows_of_today(desk: Path) -> None:
    root = desk / "two"
    assert attribute(desk, "-n", "3", "--out", str(root), "--quiet") == 0
    picture = root / "figures" / "attribution-forecast-variance-week-7.svg"
    before = picture.read_bytes()
    assert attribute(desk, "-n", "4", "--out", str(root), "--quiet", "--measure", "won") == 0
    text = pages.text_of((root / "report.html").read_text(encoding="utf-8"))
    heads = ["One hand-off first: deals won", "One hand-off first: forecast variance at mid-quarter (week 7)"]
    assert [text.count(head) for head in heads] == [1, 1]
    assert text.index(heads[0]) < text.index(heads[1])
    assert picture.read_bytes() != before


def test_nothing_is_continued_unless_a_measure_needs_it(folder: Path) -> None:
    assert manifest(folder).continuations == 0


def test_a_measure_of_structure_is_told_by_continuing_and_that_is_said(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = desk / "structure"
    assert attribute(desk, "-n", "6", "--out", str(place), "--measure", "forecast_variance_week_7_structure") == 0
    assert "is continued with fresh luck, which takes about twice as long" in capsys.readouterr().err
    assert manifest(place).continuations == DEFAULT_CONTINUATIONS


def test_a_measure_of_chance_without_continuations_is_refused_before_anything_runs(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = desk / "chance"
    measure = ("--measure", "forecast_variance_week_7_chance")
    assert attribute(desk, "--continuations", "0", "--out", str(place), *measure) == 2
    assert "write --continuations 4, or leave it out" in capsys.readouterr().err
    assert not place.exists()
