"""check, show, diff, schema, new: what they print, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.cli import app
from revsim.scenario.canonical import content_hash
from revsim.scenario.load import load
from revsim.scenario.schema_json import schema_text
from tests.cli.conftest import Answer, Call

HEAVY = ("numpy", "pandas", "scipy", "matplotlib", "simpy", "numba", "pyarrow", "jinja2")


def in_a_process(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(app.__file__).parents[2])
    code = "import sys; from revsim.cli.app import main; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": root, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_check_of_good_files_ends_with_0_and_prints_their_hashes(revsim: Call) -> None:
    answer = revsim("check", "base.yaml", "more.yaml")
    assert answer.code == 0
    assert content_hash(load("base.yaml"))[:12] in answer.out
    assert answer.out.splitlines()[-1] == "checked 2 scenarios: no problems"


def test_check_of_a_bad_file_ends_with_1_and_prints_every_problem(revsim: Call) -> None:
    answer = revsim("check", "base.yaml", "bad.yaml")
    assert answer.code == 1
    first_lines = [line for line in answer.out.splitlines() if ": error[" in line]
    assert [line.split(" ")[0] for line in first_lines] == ["bad.yaml:2:1:", "bad.yaml:3:1:"]
    assert "base.yaml\tok" in answer.out
    assert answer.out.splitlines()[-1] == "checked 2 scenarios: 2 problems"


def test_check_of_a_missing_file_ends_with_2(revsim: Call) -> None:
    answer = revsim("check", "base.yml")
    assert answer.code == 2
    assert "did you mean `base.yaml`" in answer.out


def test_check_as_json_is_one_document(revsim: Call) -> None:
    answer = revsim("check", "base.yaml", "bad.yaml", "--json")
    said = json.loads(answer.out)
    assert answer.code == 1
    assert said["schema"] == "revsim.check/1"
    assert [one["hash"] for one in said["valid"]] == [content_hash(load("base.yaml"))]
    assert [(one["code"], one["line"], one["column"]) for one in said["problems"]] == [("E101", 2, 1), ("E101", 3, 1)]


def test_check_takes_set(revsim: Call) -> None:
    assert revsim("check", "base.yaml", "--set", "world.sales.reps=0").code == 1


def test_show_prints_a_scenario_of_the_same_content(revsim: Call) -> None:
    answer = revsim("show", "more.yaml", "--set", "design.owned_handoffs=0.9")
    Path("shown.yaml").write_text(answer.out, encoding="utf-8")
    assert content_hash(load("shown.yaml")) == content_hash(load("more.yaml", ["design.owned_handoffs=0.9"]))


def test_show_with_origins_says_file_and_line_of_every_value(revsim: Call) -> None:
    answer = revsim("show", "more.yaml", "--origins")
    assert "    reps: 9  # more.yaml:2" in answer.out.splitlines()
    values = [line for line in answer.out.splitlines() if not line.endswith((":", "{}", ": null"))]
    assert all("  # " in line for line in values)
    Path("shown.yaml").write_text(answer.out, encoding="utf-8")
    assert content_hash(load("shown.yaml")) == content_hash(load("more.yaml"))


def test_show_as_json_holds_the_scenario_its_hashes_and_origins(revsim: Call) -> None:
    said = json.loads(revsim("show", "more.yaml", "--json", "--origins").out)
    assert said["hash"] == content_hash(load("more.yaml"))
    assert said["scenario"]["world"]["sales"]["reps"] == 9
    assert said["origins"]["world.sales.reps"].startswith("more.yaml:2:")
    assert said["files"] == ["base.yaml", "more.yaml"]


def test_show_of_a_bad_file_ends_with_2_and_leaves_stdout_empty(revsim: Call) -> None:
    answer = revsim("show", "bad.yaml")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("bad.yaml:2:1: error[E101]")


def test_diff_prints_only_rows_that_differ_with_their_origins(revsim: Call) -> None:
    answer = revsim("diff", "base.yaml", "more.yaml")
    rows = [line.split("\t") for line in answer.out.splitlines()]
    assert rows[0][3:] == ["base.yaml", "more.yaml", "origin in base.yaml", "origin in more.yaml"]
    assert [(row[0], row[2], row[3], row[4], row[6]) for row in rows[1:]] == [
        ("world.sales.reps", "people", "2", "9", "more.yaml:2"),
        ("design.sponsored", "dial", "0.5", "1", "more.yaml:3"),
    ]


def test_diff_says_when_the_worlds_differ(revsim: Call) -> None:
    assert "the worlds differ" in revsim("diff", "base.yaml", "more.yaml").err
    Path("own.yaml").write_text("extends: base.yaml\ndesign: {sponsored: 1}\n", encoding="utf-8")
    assert "the worlds differ" not in revsim("diff", "base.yaml", "own.yaml").err


def test_diff_as_json(revsim: Call) -> None:
    said = json.loads(revsim("diff", "base.yaml", "more.yaml", "--json").out)
    assert (said["schema"], said["worlds_differ"]) == ("revsim.diff/1", True)
    assert [row["second"] for row in said["differences"]] == [9, 1]


def test_diff_of_equals_says_so(revsim: Call) -> None:
    assert revsim("diff", "base.yaml", "base.yaml") == Answer(0, "no value differs\n", "")


def test_schema_prints_the_schema(revsim: Call) -> None:
    assert revsim("schema").out == schema_text()


def test_new_writes_a_valid_scenario_of_the_base_s_content(revsim: Call) -> None:
    answer = revsim("new", "our-plan", "--from", "base.yaml")
    assert answer.code == 0
    assert load("our-plan.yaml").name == "Our plan"
    assert content_hash(load("our-plan.yaml")) == content_hash(load("base.yaml"))


def test_new_extends_the_shipped_status_quo_unless_told_otherwise(revsim: Call) -> None:
    revsim("new", "our-plan")
    assert "\nextends: status-quo.yaml\n" in Path("our-plan.yaml").read_text(encoding="utf-8")


def test_the_examples_of_a_new_file_are_valid_when_uncommented(revsim: Call) -> None:
    revsim("new", "our-plan", "--from", "base.yaml")
    head, examples = Path("our-plan.yaml").read_text(encoding="utf-8").split('says so"}.\n')
    Path("plan.yaml").write_text(head + "\n" + examples.replace("# ", "", 1).replace("\n# ", "\n"), encoding="utf-8")
    plan = load("plan.yaml")
    assert plan.design.owned_handoffs.marketing_to_sales.value == 0.9
    assert plan.stress.top_performer_leaves is not None


def test_new_overwrites_nothing(revsim: Call) -> None:
    before = Path("base.yaml").read_bytes()
    answer = revsim("new", "base")
    assert answer.code == 2
    assert "exists and is left as it is" in answer.err
    assert Path("base.yaml").read_bytes() == before


def test_new_refuses_a_file_that_would_extend_itself(revsim: Call) -> None:
    answer = revsim("new", "status-quo")
    assert answer.code == 2
    assert not Path("status-quo.yaml").exists()


def test_a_shipped_scenario_stands_in_and_is_said_on_stderr(revsim: Call) -> None:
    answer = revsim("check", "status-quo.yaml")
    assert answer.code == 0
    assert "using the shipped scenario" in answer.err


def test_an_unknown_command_ends_with_2_and_a_suggestion(revsim: Call) -> None:
    answer = revsim("chek", "base.yaml")
    assert answer.code == 2
    assert "Did you mean 'check'" in answer.err


def test_an_unknown_option_ends_with_2(revsim: Call) -> None:
    assert revsim("check", "base.yaml", "--jsn").code == 2


def test_a_fault_of_ours_ends_with_101_without_traceback(revsim: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        message = "planted"
        raise ZeroDivisionError(message)

    monkeypatch.delenv("REVSIM_DEBUG", raising=False)
    monkeypatch.setattr("revsim.scenario.load.try_many", broken)
    answer = revsim("check", "base.yaml")
    assert answer.code == 101
    assert "internal error: ZeroDivisionError: planted" in answer.err
    assert "Traceback" not in answer.err
    monkeypatch.setenv("REVSIM_DEBUG", "1")
    assert "Traceback" in revsim("check", "base.yaml").err


def test_an_interrupt_ends_with_130(revsim: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("revsim.scenario.load.try_many", interrupted)
    answer = revsim("check", "base.yaml")
    assert answer.code == 130
    assert "Traceback" not in answer.err


def test_brackets_in_names_are_printed_as_they_are(revsim: Call) -> None:
    Path("[base].yaml").write_text('extends: base.yaml\nname: "[red]Plan[/red]"\n', encoding="utf-8")
    answer = revsim("check", "[base].yaml")
    assert "[base].yaml\tok" in answer.out
    assert "[red]Plan[/red]" in answer.out


def test_nothing_is_wrapped_or_coloured_on_a_pipe(revsim: Call, tmp_path: Path) -> None:
    assert revsim("check", "base.yaml").code == 0
    answer = in_a_process("diff", "base.yaml", "more.yaml", folder=tmp_path, COLUMNS="20")
    assert answer.returncode == 0
    assert "\x1b" not in answer.stdout + answer.stderr
    assert len(answer.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "base.yaml"], ["show", "base.yaml"], ["schema"], ["new", "x", "--from", "base.yaml"]],
)
def test_nothing_heavy_is_imported_on_the_way(arguments: list[str], revsim: Call, tmp_path: Path) -> None:
    assert isinstance(revsim, Call)
    code = (
        "import sys; from revsim.cli.app import exit_code; code = exit_code(sys.argv[1:]); "
        f"heavy = [name for name in {HEAVY} if name in sys.modules]; assert not heavy, heavy; sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(app.__file__).parents[2])}
    answer = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr.count("Error")) == (0, 0), answer.stderr
