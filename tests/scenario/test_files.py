"""Files by the names that people give: links, the home, both Unicode forms, `extends` that names no file."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from revsim.api import plan_of
from revsim.cli.checking import checked_files
from revsim.errors import ScenarioError, UserError
from revsim.scenario.address import replace
from revsim.scenario.grid import points_of
from revsim.scenario.load import load, load_many, load_with_origins
from revsim.scenario.problems import Problem
from revsim.scenario.sweep import read_sweep
from revsim.settings import Settings
from revsim.study import Scenario
from tests.scenario.minimal import as_text, minimal

COMPOSED, APART = normalize("NFC", "Café"), normalize("NFD", "Café")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a base, and a home beside it."""
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work")
    write("base.yaml", as_text(minimal()))
    return tmp_path


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return name


def based(name: str, reps: int, base: str = "../base.yaml") -> str:
    return write(name, f"extends: {base}\nworld: {{sales: {{reps: {reps}}}}}")


def reps_of(*names: str) -> list[float]:
    return [loaded.scenario.world.sales.reps.value for loaded in load_many(names)]


def problem_of(name: str) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        load(name)
    (problem,) = caught.value.problems
    assert isinstance(problem, Problem)
    return problem


def test_a_file_that_was_changed_is_read_anew() -> None:
    names = [load(write("mine.yaml", f"extends: base.yaml\nname: {name}")).name for name in ("One", "Two", "One")]
    assert names == ["One", "Two", "One"]


def test_a_file_that_was_not_changed_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = load("base.yaml")
    monkeypatch.setattr("revsim.scenario.layers.parse", None)
    assert load("base.yaml") == first


def test_the_same_text_under_another_name_is_told_with_that_name() -> None:
    for name in ("one.yaml", "two.yaml"):
        with pytest.raises(ScenarioError, match=name):
            load(write(name, "extends: base.yaml\nworld: {sales: {reps: many}}"))


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_file_linked_into_two_folders_has_each_folder_s_base(link: object) -> None:
    assert callable(link)
    write("layer.yaml", "extends: base.yaml\ndesign: {sponsored: 1}")
    for name, reps in (("a", 30), ("b", 40)):
        based(f"{name}/base.yaml", reps, "../../work/base.yaml")
        link(Path.cwd() / "layer.yaml", f"{name}/layer.yaml")
    assert reps_of("a/layer.yaml", "b/layer.yaml") == [30, 40]
    assert [one.files[-2:] for one in load_many(["a/layer.yaml", "b/layer.yaml"])] == [
        ("a/base.yaml", "a/layer.yaml"),
        ("b/base.yaml", "b/layer.yaml"),
    ]


def test_a_linked_file_that_extends_itself_in_another_folder_is_no_loop() -> None:
    write("layer.yaml", "extends: base.yaml")
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, "layer.yaml").symlink_to("../layer.yaml")
    write("a/base.yaml", "extends: ../b/layer.yaml")
    based("b/base.yaml", 11)
    assert reps_of("a/layer.yaml") == [11]


@pytest.mark.parametrize(
    "way", ["../work/case.yaml", "link/case.yaml", "link/link/case.yaml", "../work/link/case.yaml"]
)
def test_a_loop_is_found_whatever_way_it_is_written(way: str) -> None:
    Path("link").symlink_to(".")
    found = problem_of(write("case.yaml", f"extends: {way}"))
    assert (found.code, "case.yaml -> " in found.message) == ("E013", True)


def test_two_dots_behind_a_link_are_where_the_link_leads_and_printed_so(folder: Path) -> None:
    (folder / "other" / "deep").mkdir(parents=True)
    Path("link").symlink_to(folder / "other" / "deep")
    based(str(folder / "other" / "x.yaml"), 7, "../work/base.yaml")
    based("x.yaml", 5, "base.yaml")
    write("link/m.yaml", "extends: ../x.yaml")
    assert reps_of("link/m.yaml") == [7]
    assert load_with_origins("link/m.yaml").files[1:] == ("link/../x.yaml", "link/m.yaml")


def test_a_tilde_is_the_home_as_an_argument_and_in_a_file() -> None:
    based("../home/mine.yaml", 12, "../work/base.yaml")
    assert reps_of("~/mine.yaml") == [12]
    assert reps_of(write("top.yaml", "extends: ~/mine.yaml")) == [12]
    based("~/mine.yaml", 3)
    assert reps_of("./~/mine.yaml", write("top.yaml", "extends: ./~/mine.yaml")) == [3, 3]


def test_a_sweep_names_scenarios_in_the_home_too() -> None:
    based("../home/mine.yaml", 12, "../work/base.yaml")
    moves = "factors: [{name: a, levels: [0, 1], sets: [{address: design.sponsored, from: 0, to: 1}]}]"
    write("../home/s.yaml", f"sweep: S\nscenario: ~/mine.yaml\n{moves}")
    assert [point.scenario.world.sales.reps.value for point in points_of(*read_sweep("~/s.yaml"))] == [12, 12]


@pytest.mark.parametrize("given", ["", " ", "a\0b", "https://example.org/x.yaml", "x" * 300, "y/" * 3000])
def test_what_can_be_no_file_is_told_as_a_problem(given: str) -> None:
    assert problem_of(given).code == "E001"


def test_without_a_home_a_tilde_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    assert "home folder" in problem_of("~/x.yaml").message
    found = problem_of(write("top.yaml", "extends: ~/x.yaml"))
    assert (found.code, found.place.line, "home folder" in found.message) == ("E012", 1, True)


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ("[a.yaml, b.yaml]", "list of 2", "keep `extends: b.yaml` here, and let that file extend `a.yaml`"),
        ("[a.yaml]", "is a list", "write `extends: a.yaml`"),
        ("[1, [a]]", "is a list", "`extends: status-quo.yaml`"),
        ("[]", "names nothing", "or delete the line"),
        ("{file: a.yaml}", "is a mapping", "`extends: status-quo.yaml`"),
        ("{}", "names nothing", "or delete the line"),
        ("", "names nothing", "or delete the line"),
        ("~", "names nothing", "or delete the line"),
        ("' '", "names nothing", "or delete the line"),
        ("2025", "`2025` is a number", "in quotes"),
        ("true", "is true/false", "in quotes"),
    ],
)
def test_what_is_no_name_behind_extends_is_told_with_the_way_out(given: str, message: str, hint: str) -> None:
    found = problem_of(write("top.yaml", f"extends: {given}"))
    assert found.code == "E012"
    assert message in found.message
    assert hint in found.hint


def test_the_hint_of_a_list_holds() -> None:
    based("a.yaml", 4, "base.yaml")
    write("b.yaml", "extends: a.yaml\ndesign: {sponsored: 1}")
    assert reps_of(write("top.yaml", "extends: b.yaml")) == [4]


@pytest.mark.parametrize(("there", "asked"), [(APART, COMPOSED), (COMPOSED, APART)])
def test_a_file_is_found_by_its_name_in_the_other_unicode_form(there: str, asked: str) -> None:
    based(f"{there}/{there}.yaml", 8)
    assert reps_of(f"{asked}/{asked}.yaml", write("top.yaml", f"extends: {asked}/{asked}.yaml")) == [8, 8]


def test_of_two_files_that_look_alike_each_is_found_by_its_own_name() -> None:
    based(f"{APART}.yaml", 8, "base.yaml")
    based(f"{COMPOSED}.yaml", 9, "base.yaml")
    assert reps_of(f"{APART}.yaml") == [8]
    assert reps_of(f"{COMPOSED}.yaml") == [9]


@pytest.mark.parametrize("text", [f"name: {APART}", 'name: "Cafe\\u0301"', ""])
def test_a_scenario_s_name_is_kept_in_the_composed_form(text: str) -> None:
    assert load(write(f"{APART}.yaml", f"extends: base.yaml\n{text}")).name == COMPOSED
    assert load("base.yaml", [f"name={APART}"]).name == COMPOSED
    assert replace(load("base.yaml"), {}, APART).name == COMPOSED


def two() -> list[str]:
    return [write(f"{n}.yaml", f"extends: base.yaml\nname: {name}") for n, name in enumerate((APART, COMPOSED, "x"))]


def test_names_that_look_alike_are_doubled_names_to_a_study_and_to_check() -> None:
    scenarios = [Scenario(load(name)) for name in two()]
    with pytest.raises(UserError, match=f"Two scenarios are called `{COMPOSED}`"):
        plan_of(scenarios, Settings(2))
    checked = [checked_files(names, ()).warnings for names in (two(), ["0.yaml", "2.yaml"])]
    told = [[str(one.place) for one in warnings if one.code == "W006"] for warnings in checked]
    assert told == [["1.yaml:2:7"], []]


@pytest.mark.parametrize("typed", [APART, COMPOSED])
def test_a_baseline_is_found_in_whichever_form_it_is_typed(typed: str) -> None:
    scenarios = [Scenario(load(name)) for name in two()[1:]]
    assert plan_of(scenarios, Settings(2, baseline=typed)).baseline == COMPOSED


def test_stages_that_look_alike_are_doubled() -> None:
    stages = "\n".join(
        f"      - {{name: {name}, effort_hours: 1, buyer_days: 1, advance: 1, norm_days: {days}}}"
        for name, days in ((APART, 10), (COMPOSED, 20))
    )
    found = problem_of(write("top.yaml", f"extends: base.yaml\nworld:\n  sales:\n    stages:\n{stages}"))
    assert (found.code, found.address) == ("E205", "world.sales.stages[1].name")


def test_factors_of_a_sweep_that_look_alike_are_doubled() -> None:
    moves = "levels: [0, 1], sets: [{address: design.sponsored, from: 0, to: 1}]"
    factors = "".join(f"  - {{name: {name}, {moves}}}\n" for name in (APART, COMPOSED))
    with pytest.raises(ScenarioError, match="a name each of their own"):
        read_sweep(write("s.yaml", f"sweep: S\nscenario: base.yaml\nfactors:\n{factors}"))


def test_a_file_name_that_cannot_be_printed_makes_a_name_that_can() -> None:
    assert load(write("a\n\tb.yaml", "extends: base.yaml")).name == "a  b"
    assert load(write(f"{'é' * 100}.yaml", "extends: base.yaml")).name == "é" * 80


def test_a_file_name_of_bytes_that_are_no_text_makes_a_name_that_can_be_kept() -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    try:
        write(name, "extends: base.yaml")
    except OSError:
        pytest.skip("this file system takes text alone")
    assert load(name).name == r"caf\xe9"
