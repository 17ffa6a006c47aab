"""`--set` for all scenarios and for one, by name or file; what it makes equal is said; its study has its own folder."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pandas as pd
import pytest

import revsim as package
from revsim.cli.reading import note_equal_levers
from revsim.errors import ScenarioError
from revsim.reports.publish import write_scenarios
from revsim.store.layout import Folder
from revsim.study import Study
from tests.cli.conftest import Call
from tests.tiny import SMALL, small_base

TINY = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
RUN = ["-n", "2", "--workers", "1", "--continuations", "0", *TINY]
TWO = ["status-quo.yaml", "design.yaml"]
EQUAL = "design.owned_handoffs=0.9"
SWEEP = """sweep: Small
scenario: [status-quo.yaml, design.yaml]
factors:
  - {name: managers, levels: [1, 2], sets: [{address: world.people.managers, from: 0, to: 1}]}
"""
COMMANDS = (
    *(["run", "base.yaml"], ["parts", "base.yaml"], ["show", "base.yaml"], ["trace", "base.yaml", "--out", "x.csv"]),
    *(
        ["compare", "base.yaml", "more.yaml"],
        ["worlds", "base.yaml", "more.yaml"],
        ["stress", "base.yaml", "more.yaml"],
    ),
    *(["attribute", "base.yaml", "more.yaml"], ["diff", "base.yaml", "more.yaml"], ["sweep", "small.yaml"]),
    ["check", "base.yaml", "more.yaml"],
)


def value_of(answer: str, address: str) -> float:
    """A value of what `show --json` prints."""
    node = json.loads(answer)["scenario"]
    for step in address.split("."):
        node = node[step]
    return float(node["value"] if isinstance(node, dict) else node)


def shown(revsim: Call, file: str, *sets: str) -> float:
    """Sponsorship of a scenario with these `--set`s."""
    answer = revsim("show", file, "--json", *(part for one in sets for part in ("--set", one)))
    assert answer.code == 0, answer.err
    return value_of(answer.out, "design.sponsored")


def write(name: str) -> str:
    text = f"extends: base.yaml\nname: {json.dumps(name, ensure_ascii=False)}\n"
    Path("named.yaml").write_text(text, encoding="utf-8")
    return "named.yaml"


def test_one_scenario_is_changed_by_its_name_and_the_others_are_not(revsim: Call) -> None:
    answer = revsim("diff", "base.yaml", "more.yaml", "--json", "--set", "Minimal:design.sponsored=0.25")
    found = {row["address"]: row for row in json.loads(answer.out)["differences"]}
    assert (found["design.sponsored"]["first"], found["design.sponsored"]["second"]) == (0.25, 1)
    assert found["design.sponsored"]["first_origin"] == "--set (1st)"


@pytest.mark.parametrize("name", ["more", "more.yaml", " more ", "./more.yaml"])
def test_a_scenario_may_be_called_by_its_name_or_file(name: str, revsim: Call) -> None:
    assert shown(revsim, "./more.yaml", f"{name}:design.sponsored=0.25") == 0.25


@pytest.mark.parametrize("name", ["A: b", "a=b", "why=x", "C:\\plan", "R\u00e9sum\u00e9", "a:b=c:d", "p000001"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_with_colons_equals_signs_and_in_any_unicode_form_work(name: str, form: str, revsim: Call) -> None:
    other = "NFD" if form == "NFC" else "NFC"
    file = write(unicodedata.normalize(other, name))  # type: ignore[arg-type]
    typed = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    assert shown(revsim, file, f"{typed}:design.sponsored=0.25") == 0.25


def test_a_value_with_a_colon_and_an_equals_sign_is_a_value(revsim: Call) -> None:
    answer = revsim("show", "base.yaml", "--json", "--set", "why='now: a=b:c=d'")
    assert json.loads(answer.out)["scenario"]["why"] == "now: a=b:c=d"


@pytest.mark.parametrize(
    ("sets", "value"),
    [
        (("design.sponsored=0.2", "more:design.sponsored=0.4"), 0.4),
        (("more:design.sponsored=0.4", "design.sponsored=0.2"), 0.2),
        (("more:design.sponsored=0.4", "more.yaml:design.sponsored=0.6"), 0.6),
    ],
)
def test_of_two_for_one_value_the_later_holds(sets: tuple[str, ...], value: float, revsim: Call) -> None:
    assert shown(revsim, "more.yaml", *sets) == value


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_name_that_no_scenario_has_is_refused_with_those_there_are(command: list[str], revsim: Call) -> None:
    Path("small.yaml").write_text(SWEEP.replace("status-quo.yaml, design", "base.yaml, more"), encoding="utf-8")
    answer = revsim(*command, "--set", "Minimol:design.sponsored=1")
    told = answer.out if command[0] == "check" else answer.err
    assert answer.code == (1 if command[0] == "check" else 2)
    assert "<--set 1>:1:1: error[E016]: `Minimol`" in told
    assert "did you mean `Minimal`?" in told
    assert ("`more`" in told) == (command[0] not in {"run", "parts", "show", "trace"})
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("Minimal:design.sponsord=1", "E101", 16),
        ("Minimal:design.spons-ored=1", "E011", 16),
        ("Minimal: design.sponsored=9", "E105", 27),
        ("Minimal:=9", "E011", 1),
    ],
)
def test_a_fault_behind_a_name_is_told_with_its_column(text: str, code: str, column: int, revsim: Call) -> None:
    answer = revsim("show", "base.yaml", "--set", text)
    assert answer.code == 2
    assert f"<--set 1>:1:{column}: error[{code}]" in answer.err


def test_check_knows_the_scenarios_of_sweeps_and_of_files_alike(revsim: Call) -> None:
    Path("small.yaml").write_text(SWEEP, encoding="utf-8")
    sets = ("--set", "Design:design.sponsored=1", "--set", "Minimal:design.sponsored=1")
    assert revsim("check", "base.yaml", "small.yaml", *sets).code == 0
    answer = revsim("check", "base.yaml", "small.yaml", "--set", "Dsgn:design.sponsored=1", "--json")
    (problem,) = json.loads(answer.out)["problems"]
    assert (problem["code"], problem["file"]) == ("E016", "<--set 1>")
    assert all(name in problem["hint"] for name in ("`Minimal`", "`Status quo`", "`Design`"))


def test_a_file_that_cannot_be_read_does_not_make_its_name_unknown(revsim: Call) -> None:
    answer = revsim("check", "base.yaml", "gone.yaml", "--set", "Gone:design.sponsored=1", "--json")
    assert [problem["code"] for problem in json.loads(answer.out)["problems"]] == ["E001"]


def test_what_makes_a_lever_equal_is_told_once_with_the_form_for_one(revsim: Call) -> None:
    answer = revsim("compare", *TWO, "--out", "out", *RUN, "--set", EQUAL, "--json")
    (line,) = [line for line in answer.err.splitlines() if line.startswith("warning: ")]
    assert f'--set "Design:{EQUAL}"' in line
    assert line.removeprefix("warning: ") in json.loads(answer.out)["notes"]


@pytest.mark.usefixtures("revsim")
def test_the_quiet_are_not_told_and_it_is_noted_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    notes = [note_equal_levers(TWO, [EQUAL], quiet=quiet) for quiet in (True, False)]
    assert notes[0] == notes[1] != ()
    assert capsys.readouterr().err.count("warning: ") == 1


@pytest.mark.parametrize(
    ("sets", "count"),
    [
        (("design.owned_handoffs=0.9",), 1),
        (("design.owned_handoffs=0.9", "design.one_view_of_data=1"), 2),
        (("design={owned_handoffs: 0.9}",), 1),
        (("design.owned_handoffs=0.9", "design.owned_handoffs=0.8"), 1),
        (("Design:design.owned_handoffs=0.9",), 0),
        (("design.owned_handoffs=0.9", "Status quo:design.owned_handoffs=0.2"), 0),
        (("Status quo:design.owned_handoffs=0.2", "design.owned_handoffs=0.9"), 1),
        (("coordination.meetings=0.5",), 0),
        (("world.sales.reps=9",), 0),
    ],
)
def test_a_lever_is_warned_of_where_scenarios_would_differ(sets: tuple[str, ...], count: int, revsim: Call) -> None:
    answer = revsim("diff", *TWO, *(part for one in sets for part in ("--set", one)))
    assert answer.code == 0, answer.err
    assert answer.err.count("warning: ") == count


def test_a_start_week_is_a_lever_too(revsim: Call) -> None:
    Path("later.yaml").write_text("extends: design.yaml\nname: Later\ndesign: {start_week: 27}\n", encoding="utf-8")
    answer = revsim("diff", "design.yaml", "later.yaml", "--set", "design.start_week=14")
    assert '--set "Later:design.start_week=14"' in answer.err


def test_a_study_with_a_set_does_not_take_the_folder_of_that_without(
    revsim: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_scenarios({"small": small_base()}, Folder(Path()))
    changes = [[], ["--set", "world.sales.reps=4"], ["--set", "scenarios/small.yaml:world.sales.reps=4"]]
    with monkeypatch.context() as patch:
        patch.setattr(Study, "write_findings", lambda *_: None)  # that takes longest, and is not asked here
        answers = [revsim("run", "scenarios/small.yaml", *RUN[: -len(TINY)], "--json", *more) for more in changes * 2]
    assert [answer.code for answer in answers] == [0] * 6, answers[-1].err
    folders = [json.loads(answer.out)["folder"] for answer in answers]
    assert folders[0] == str(Path("results/tiny"))
    assert folders[:3] == folders[3:]  # the same command goes on in its folder
    assert len(set(folders)) == 3


def test_a_sweep_pairs_scenarios_at_the_same_levels_and_changes_one_of_them(revsim: Call) -> None:
    Path("small.yaml").write_text(SWEEP, encoding="utf-8")
    sets = ("--set", "Design:design.sponsored=0.25", "--set", EQUAL)
    own = RUN.index("world.people.managers=1")  # the sweep's own factor
    answer = revsim("sweep", "small.yaml", "--out", "out", *RUN[: own - 1], *RUN[own + 1 :], *sets, "-n", "3", "--json")
    assert answer.code == 0, answer.err
    assert answer.err.count("warning: ") == 1
    effects = pd.read_csv("out/effects.csv")
    pairs = dict(zip(effects["scenario"], effects["baseline"], strict=True))
    assert pairs == {"p000003": "p000001", "p000004": "p000002"}
    bookings = pd.read_parquet("out/quarters.parquet").groupby("scenario")["bookings"].mean()
    told = effects[effects["measure"] == "bookings"].set_index("scenario")["estimate"]
    assert told["p000004"] == pytest.approx(bookings["p000004"] - bookings["p000002"])
    assert shown(revsim, "out/scenarios/p000003.yaml") == 0.25
    assert shown(revsim, "out/scenarios/p000001.yaml") == 0


def test_from_python_one_scenario_is_changed_by_name() -> None:
    changed = package.load("design.yaml", sets=["Design:design.sponsored=0.25"])
    assert changed.resolved.design.sponsored.value == 0.25
    with pytest.raises(ScenarioError, match="E016"):
        package.load("design.yaml", sets=["Status quo:design.sponsored=0.25"])


def test_the_warning_is_one_line_whatever_the_value_holds(revsim: Call) -> None:
    answer = revsim("diff", *TWO, "--set", "design.owned_handoffs=\n0.9 #\u202e")
    assert answer.code == 0, answer.err
    (line,) = [line for line in answer.err.splitlines() if line.startswith("warning: ")]
    assert line.isprintable()
