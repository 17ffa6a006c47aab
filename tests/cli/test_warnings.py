"""What is unlikely to be meant is told by `check` on stdout, before a run on stderr, and fails neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.cli.reading import WARNINGS, read_scenarios
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


def test_before_a_run_each_warning_is_a_line_on_stderr_with_its_way_out(
    mine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    read_scenarios([mine])
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert said.out == ""
    assert [line.split(": ")[0] for line in lines] == ["mine.yaml:3:13", "mine.yaml:4:20"]
    assert lines[0].endswith("give them in USD, or leave the currency EUR")
    read_scenarios([mine], quiet=True)
    assert capsys.readouterr().err == ""


def test_many_warnings_are_cut_and_check_is_named(mine: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("rep_cost", "manager_cost", "analyst_cost", "seat_cost", "coaching")
    read_scenarios([mine], [f"world.people.{name}=0.9" for name in names])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == WARNINGS + 1
    assert lines[-1].startswith("... and 2 more warnings: revsim check mine.yaml --set world.people.rep_cost=0.9 ")


def test_run_tells_them_and_what_runs_nothing_does_not(mine: str, revsim: Call) -> None:
    assert "warning[W002]" in revsim("run", mine, "-n", "2", "--continuations", "0", "--engine", "simpy").err
    assert "warning" not in revsim("show", mine).err
    assert "warning" not in revsim("diff", "status-quo.yaml", mine).err
