"""What `check` warns of, and how `show` and `diff` name the places of values."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from revsim.cli.scenario import LABELS
from revsim.scenario import shipped
from revsim.scenario.canonical import content_hash
from revsim.scenario.load import load
from tests.cli.conftest import Call


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


@pytest.mark.parametrize(
    ("text", "place", "address"),
    [
        ("extends: base.yaml\ndesign:\n", "e.yaml:2:1", "design"),
        ("extends: base.yaml\ndesign:\n  owned_handoffs:\n", "e.yaml:3:3", "design.owned_handoffs"),
        ("extends: base.yaml\nworld: {today: {heroics: }}\n", "e.yaml:2:17", "world.today.heroics"),
    ],
)
def test_a_block_that_is_left_empty_is_warned_of_and_valid(text: str, place: str, address: str, revsim: Call) -> None:
    answer = revsim("check", write("e.yaml", text))
    assert answer.code == 0
    assert answer.out.startswith(f"{place}: warning[W001]: `{address}` is left empty, so it changes nothing\n")
    assert answer.out.endswith("checked 1 scenario: no problems, 1 warning\n")


def test_a_block_that_is_empty_on_purpose_is_not_warned_of(revsim: Call) -> None:
    write("e.yaml", "extends: base.yaml\ndesign: {}\nstress: {top_performer_leaves: }\n")
    assert "warning" not in revsim("check", "e.yaml").out


def test_a_warning_of_a_file_that_several_extend_is_told_once_and_in_json(revsim: Call) -> None:
    write("e.yaml", "extends: base.yaml\ndesign:\n")
    write("f.yaml", "extends: e.yaml\n")
    assert revsim("check", "e.yaml", "f.yaml").out.count("warning[W001]") == 1
    said = json.loads(revsim("check", "e.yaml", "f.yaml", "--json").out)
    assert [(one["file"], one["line"], one["code"]) for one in said["warnings"]] == [("e.yaml", 2, "W001")]
    assert said["problems"] == []


def test_a_missing_file_is_told_in_the_same_style_as_a_bad_one(revsim: Call) -> None:
    answer = revsim("check", "nowhere.yaml")
    assert answer.code == 2
    assert answer.out.startswith("nowhere.yaml: error[E001]: there is no file `nowhere.yaml`")
    assert ":1:1" not in answer.out
    assert "  = revsim show --list  names the shipped ones\n" in answer.out
    assert answer.out.endswith("checked 1 file: 1 problem\n")


def test_show_explains_the_labels_of_its_sources_in_its_last_line(revsim: Call) -> None:
    shown = revsim("show", "status-quo").out
    assert shown.splitlines()[-1] == LABELS
    labels = [part.split()[0] for part in LABELS.removeprefix("# Sources: ").split("; ")]
    assert labels == ["R", "R2", "C", "U", "P"]
    Path("shown.yaml").write_text(shown, encoding="utf-8")
    assert content_hash(load("shown.yaml")) == content_hash(load("status-quo"))
    assert "# Sources" not in revsim("show", "base.yaml").out


@pytest.mark.parametrize("command", ["check", "show"])
def test_a_name_that_is_too_long_for_a_file_is_the_user_s_mistake(command: str, revsim: Call) -> None:
    answer = revsim(command, "a" * 5000)
    assert answer.code == 2
    assert "internal" not in answer.err


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("levers/handofs.yaml", "did you mean `levers/handoffs.yaml`?"),
        ("handofs", "did you mean `levers/handoffs.yaml`?"),
        ("scenarios/controls/nodrift", "did you mean `controls/no-drift.yaml`?"),
        ("levers/x", "`levers/definitions.yaml` or `levers/governance.yaml` or `levers/handoffs.yaml`"),
        ("qqq", "revsim show --list"),
    ],
)
def test_near_shipped_names_are_of_the_folder_that_was_asked_for(given: str, hint: str, revsim: Call) -> None:
    assert hint in revsim("check", given).out


def test_shipped_files_are_named_as_such_and_not_by_where_they_are_installed(revsim: Call) -> None:
    shown = revsim("show", "design", "--origins").out
    assert "  one_view_of_data: 0.9  # shipped design.yaml:" in shown
    assert "  # shipped status-quo.yaml:" in shown
    rows = [line.split("\t") for line in revsim("diff", "status-quo", "design").out.splitlines()]
    assert rows[1][5].startswith("shipped status-quo.yaml:")
    assert rows[1][6].startswith("shipped design.yaml:")


def test_a_package_installed_below_the_working_folder_is_no_reason_to_show_its_paths(
    revsim: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path("venv/revsim/shipped").resolve()
    shutil.copytree(shipped.folder(), home)
    monkeypatch.setattr(shipped, "folder", lambda: home)
    assert "  # shipped status-quo.yaml:" in revsim("show", "design", "--origins").out


def test_the_origin_of_a_set_is_which_set_it_was(revsim: Call) -> None:
    sets = ("--set", "name=x", "--set", "world.sales.reps=9")
    assert "    reps: 9  # --set (2nd)" in revsim("show", "base.yaml", "--origins", *sets).out.splitlines()
    assert (
        json.loads(revsim("show", "base.yaml", "--origins", "--json", *sets).out)["origins"]["world.sales.reps"]
        == "--set (2nd)"
    )


def test_columns_of_a_diff_have_names_of_their_own_even_for_one_file_twice(revsim: Call) -> None:
    head = revsim("diff", "base.yaml", "more.yaml").out.splitlines()[0].split("\t")
    assert len(set(head)) == len(head)


def test_shipped_scenarios_are_noted_in_one_line(revsim: Call) -> None:
    assert revsim("diff", "status-quo", "design.yaml").err.splitlines()[0] == (
        "note: using the shipped scenarios status-quo.yaml, design.yaml"
    )
    assert revsim("check", "design", "design").err == "note: using the shipped scenario design.yaml\n"
