"""`check` of what is no scenario says so first; the count says what was checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.cli.checking import checked_files
from revsim.scenario.other_files import SWEEP_KEYS, looks_like_scenario
from revsim.scenario.sweep import Sweep
from tests.cli.conftest import Call

OTHERS = {
    "readme.md": b"# Title\n\n**Should we** spend?\n\n```\nextends: status-quo.yaml\n```\n",
    "list.md": b"# Title\nText of it.\n\n- one: x\n  two\n",
    "table.csv": b"week,bookings\n1,2\n",
    "project.toml": b'[project]\nversion = "1"\n',
    "picture.png": b"\x89PNG\r\n\x1a\n\x00",
    "program.py": b"for x in y:\n  pass\n",
    "page.html": b"<!doctype html>\n<html>\n",
    "large.txt": b"x" * 1_000_001,
}
FAULTY = {
    "extends: *other\n": "E006",
    "# a note\n---\nexten: status-quo.yaml\nworld: {a\n": "E004",
    '{"name": "x", "world": }}\n': "E004",
    "name: caf\u00e9\n": "E002",  # in another encoding
    "sweep: S\nfactors: [*a]\n": "E006",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_that_is_no_scenario_is_told_so_first(name: str, revsim: Call) -> None:
    Path(name).write_bytes(OTHERS[name])
    answer = revsim("check", name)
    assert answer.code == 1
    (problem,) = checked_files([name], []).problems
    assert problem.message.startswith("this is no scenario file")
    assert answer.out.splitlines()[-1].startswith("checked 1 file: 1 problem")


@pytest.mark.parametrize(("text", "code"), FAULTY.items())
def test_a_faulty_scenario_is_told_its_fault_alone(text: str, code: str, revsim: Call) -> None:
    Path("faulty.yaml").write_text(text, encoding="latin-1")
    assert revsim("check", "faulty.yaml").code == 1
    (problem,) = checked_files(["faulty.yaml"], []).problems
    assert problem.code == code
    assert "no scenario file" not in problem.message


@pytest.mark.parametrize("files", [["faulty.yaml"], ["faulty.yaml", "base.yaml"]])
def test_a_faulty_sweep_is_counted_as_a_file(files: list[str], revsim: Call) -> None:
    Path("faulty.yaml").write_text("sweep: S\nscenario: base.yaml\nfactorz: []\n", encoding="utf-8")
    count = f"{len(files)} file{'s' * (len(files) > 1)}"
    assert revsim("check", *files).out.splitlines()[-1] == f"checked {count}: 2 problems"


def test_scenarios_are_counted_as_scenarios(revsim: Call) -> None:
    assert revsim("check", "base.yaml", "more.yaml").out.splitlines()[-1].startswith("checked 2 scenarios: ")


def test_a_sweep_s_keys_are_known_as_those_of_a_file_of_ours() -> None:
    assert {*SWEEP_KEYS, "why"} == set(Sweep.model_fields)
    assert all(looks_like_scenario(f"{key}: 1\n") for key in SWEEP_KEYS)
