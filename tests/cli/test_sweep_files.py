"""Sweeps are known wherever scenarios are asked for: listed, checked, and sent to the command that runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

SWEEP = """sweep: Small
scenario: base.yaml
factors:
  - name: sponsored
    levels: [0, 0.5, 1]
    sets: [{address: design.sponsored, from: 0, to: 1}]
"""


def write(text: str) -> str:
    Path("small.yaml").write_text(text, encoding="utf-8")
    return "small.yaml"


@pytest.mark.parametrize("name", ["severity", "severity.yaml", "sweeps/severity.yaml", "scenarios/sweeps/severity"])
def test_a_shipped_sweep_is_checked_with_its_points(name: str, revsim: Call) -> None:
    answer = revsim("check", name)
    assert answer.code == 0
    assert answer.out.splitlines()[1].endswith("\tok\t21 points\tSeverity of misalignment")
    assert answer.out.endswith("checked 1 file: no problems\n")


def test_a_sweep_is_checked_beside_scenarios_and_for_machines(revsim: Call) -> None:
    said = json.loads(revsim("check", "base.yaml", write(SWEEP), "--json").out)
    assert [one["name"] for one in said["valid"]] == ["Minimal"]
    assert said["sweeps"] == [{"file": "small.yaml", "name": "Small", "points": 3}]
    assert said["problems"] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("to: 1", "to: 2", "small.yaml:6:22: error[E105]: `design.sponsored`: value = 2 dial: must be at most 1"),
        ("levels: [0, 0.5, 1]", "levels: [0]", "small.yaml:5:5: error[E105]"),
        ("base.yaml", "bse.yaml", "small.yaml:2:11: error[E012]"),
        ("factors:", "waiting: [40]\nfactors:", "small.yaml:3:11: error[E210]: `waiting` holds 40 quarters"),
    ],
)
def test_faults_of_a_sweep_are_told_by_check(old: str, new: str, words: str, revsim: Call) -> None:
    answer = revsim("check", write(SWEEP.replace(old, new)))
    assert answer.code == 1
    assert answer.out.startswith(words)
    assert answer.out.endswith("1 problem\n")


@pytest.mark.parametrize("command", ["run", "show"])
@pytest.mark.parametrize("name", ["severity.yaml", "small.yaml"])
def test_a_command_for_scenarios_says_which_one_takes_a_sweep(command: str, name: str, revsim: Call) -> None:
    write(SWEEP)
    answer = revsim(command, name)
    assert answer.code == 2
    assert answer.err.splitlines()[0].endswith(f":1: error[E015]: this is a sweep: revsim sweep {name}")
