"""What is unlikely to be meant is told by `check` on stdout, before a run counted on stderr, and fails neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.cli.reading import read_scenarios
from tests.cli.conftest import Call

TEXT = "extends: status-quo.yaml\nworld:\n  currency: USD\n  people: {margin: 0.95}\n"


@pytest.fixture
def mine(revsim: Call) -> str:
    assert isinstance(revsim, Call)
    Path("mine.yaml").write_text(TEXT, encoding="utf-8")
    return "mine.yaml"


def test_check_warns_and_ends_with_0(mine: str, revsim: Call) -> None:
    answer = revsim("check", mine)
    assert answer.code == 0
    assert [line.split(" ")[1] for line in answer.out.splitlines() if ": warning[" in line] == [
        "warning[W004]:",
        "warning[W002]:",
    ]
    assert answer.out.endswith("checked 1 scenario: no problems, 2 warnings\n")


def test_before_a_run_one_line_on_stderr_counts_them_and_names_check(
    mine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    read_scenarios(["design.yaml", mine])
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[1:] == ["2 warnings about mine.yaml; `revsim check mine.yaml` shows them"]
    read_scenarios([mine], quiet=True)
    assert capsys.readouterr().err == ""


def test_what_was_set_is_in_the_command_and_what_two_files_extend_is_told_once(
    mine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("more.yaml").write_text(f"extends: {mine}\nname: More\n", encoding="utf-8")
    read_scenarios([mine, "more.yaml"], ["world.people.rep_cost=0.9"])
    assert capsys.readouterr().err == (
        "3 warnings about mine.yaml; `revsim check mine.yaml --set world.people.rep_cost=0.9` shows them\n"
    )


def test_run_tells_them_and_what_runs_nothing_does_not(mine: str, revsim: Call) -> None:
    said = revsim("run", mine, "-n", "2", "--continuations", "0", "--engine", "simpy").err
    assert "2 warnings about mine.yaml" in said
    assert "warning" not in revsim("show", mine).err
    assert "warning" not in revsim("diff", "status-quo.yaml", mine).err
