"""What typer finds wrong with a command line is told with one that works."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import typer

from revsim.cli.app import build
from revsim.cli.examples import EXAMPLES, OF_ALL
from tests.cli.conftest import Call

WRONG = {
    "trace base.yaml": "trace",
    "trace": "trace",
    "trace base.yaml --outt run.csv": "trace",
    "new x --from": "new",
    "run base.yaml more.yaml": "run",
    "run base.yaml --quiet=3": "run",
    "diff base.yaml": "diff",
    "check": "check",
    "compar base.yaml": "",
    "--nothing": "",
    "--nothing run base.yaml": "",
}


@pytest.mark.parametrize(("line", "command"), WRONG.items())
def test_wrong_use_ends_with_2_and_an_example_of_the_command(line: str, command: str, revsim: Call) -> None:
    answer = revsim(*line.split())
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1] == f"  write e.g. {EXAMPLES.get(command, OF_ALL)}"


def test_no_arguments_are_answered_with_help_and_no_example(revsim: Call) -> None:
    answer = revsim()
    assert answer.code == 2
    assert "write e.g." not in answer.out + answer.err


def test_every_command_has_an_example_that_can_be_read() -> None:
    commands = typer.main.get_command(build()).commands  # type: ignore[attr-defined]  # as of revsim.cli.page
    assert set(EXAMPLES) == set(commands)
    for name, example in EXAMPLES.items():
        program, command, *arguments = shlex.split(example)
        assert (program, command) == ("revsim", name)
        commands[name].make_context(name, arguments)  # raises where it cannot be read


def test_examples_name_shipped_files_or_one_of_one_s_own(revsim: Call) -> None:
    for example in EXAMPLES.values():
        files = [word for word in shlex.split(example) if word.endswith(".yaml")]
        for file in files:
            if file == "mine.yaml":
                Path(file).write_text("extends: status-quo.yaml\n", encoding="utf-8")
            assert revsim("check", file).code == 0, example
