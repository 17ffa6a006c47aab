"""What a user can get wrong on the command line: exit code 2, value, rule and way out; never a fault."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from revsim.cli import app
from revsim.simulate import ENGINES
from tests.cli.conftest import Call

WHOLE = "must be a whole number, 1 to 1,000,000; write e.g."
SHARE = "must be a number between 0 and 1; write e.g. --precision 0.1"


@pytest.mark.parametrize("command", ["run base.yaml", "compare base.yaml more.yaml"])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--replications 0", f"--replications 0: {WHOLE} --replications 100"),
        ("-n many", f"--replications many: {WHOLE}"),
        ("-n 2.5", f"--replications 2.5: {WHOLE}"),
        ("-n 1000001", f"--replications 1000001: {WHOLE}"),
        ("--seed -1", "--seed -1: must be a whole number, 0 or more; write e.g. --seed 7"),
        ("--workers 0", "--workers 0: must be a whole number, 1 or more; write e.g. --workers 2"),
        ("--precision 0", f"--precision 0: {SHARE}"),
        ("--precision 1", f"--precision 1: {SHARE}"),
        ("--precision nan", f"--precision nan: {SHARE}"),
        ("--precision x", f"--precision x: {SHARE}"),
        ("--max-replications x", f"--max-replications x: {WHOLE}"),
        ("-n 5 --max-replications 4", "--max-replications 4: must be at least --replications (5); raise it, or lower"),
        ("--engine compild", "--engine compild: must be auto"),
        ("--out ''", "--out '': must be a path; write e.g. results/mine"),
    ],
)
def test_a_wrong_option_is_told_with_value_rule_and_way_out(
    command: str, options: str, words: str, revsim: Call
) -> None:
    answer = revsim(*shlex.split(f"{command} {options}"))
    assert answer.code == 2
    assert answer.err.startswith(f"error: {words}")
    assert not Path("results").exists()


def test_help_names_the_engines_that_are_there(revsim: Call) -> None:
    assert f"--engine {'|'.join(ENGINES)} " in revsim("run", "--help").out


@pytest.mark.parametrize(
    "command",
    [
        "run base.yaml -n 1 --out {}",
        "compare base.yaml more.yaml -n 1 --out {}",
        "trace base.yaml --out {}/x.csv",
        "new {}/x --from base.yaml",
    ],
)
@pytest.mark.parametrize("place", ["base.yaml", "base.yaml/below", "/proc/x", "/sys/x", "a" * 300])
def test_a_place_where_nothing_can_be_written_is_the_user_s_mistake(command: str, place: str, revsim: Call) -> None:
    if place.startswith("/") and not os.path.isdir(os.path.dirname(place)):  # noqa: PTH112, PTH120 - plain text
        pytest.skip("no such file system here")
    answer = revsim(*command.format(place).split())
    assert answer.code == 2, answer.err
    assert answer.err.startswith("error: ")
    assert any(words in answer.err for words in ("Choose another", "name another"))
    assert not any(words in answer.err for words in ("internal error", ".tmp", "/tmp/tmp"))  # noqa: S108 - words


@pytest.mark.parametrize("name", ["", " ", ".", "..", "folder/", ".yaml", "a\nb", "sub/-x"])
def test_new_refuses_what_is_no_name_of_a_file(name: str, revsim: Call) -> None:
    answer = revsim("new", name, "--from", "base.yaml")
    assert answer.code == 2
    assert "is no name for a scenario's file; write e.g. revsim new our-plan" in answer.err


def test_the_commands_that_new_names_work_whatever_is_in_the_name(revsim: Call) -> None:
    said = revsim("new", "a b/c's", "--from", "base.yaml").err
    check, diff = said.removeprefix("next: edit it, then  ").strip().split("  and  ")
    assert app.exit_code(shlex.split(check)[1:]) == 0
    assert app.exit_code(shlex.split(diff)[1:]) == 0


def test_a_trace_is_refused_before_anything_runs_if_its_folder_is_not_there(revsim: Call) -> None:
    answer = revsim("trace", "base.yaml", "--out", "nowhere/run.csv")
    assert (answer.code, Path("nowhere").exists()) == (2, False)
    assert "there is no folder nowhere; make it first, or name another" in answer.err


def test_results_do_not_go_into_a_folder_of_other_things(revsim: Call) -> None:
    answer = revsim("run", "base.yaml", "-n", "1", "--out", ".")
    assert answer.code == 2
    assert "Choose another --out" in answer.err


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"schema": "revsim.manifest/9"}', "\udcff"])
def test_a_damaged_manifest_is_told_with_the_way_out(text: str, revsim: Call) -> None:
    Path("r").mkdir()
    Path("r/manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    answer = revsim("run", "base.yaml", "-n", "1", "--out", "r")
    assert answer.code == 2
    assert "Choose another --out, or delete that folder" in answer.err
