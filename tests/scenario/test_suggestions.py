"""A suggestion that is followed is accepted: of each key of the schema, misspelt by one edit; of commands, too."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from revsim.cli.commands import build
from revsim.errors import ScenarioError
from revsim.scenario.load import load, load_many
from revsim.scenario.messages import names_at
from revsim.scenario.paths import all_paths
from revsim.scenario.problems import Problem
from tests.docs.test_pages import ROOT
from tests.scenario.conftest import Write

BLOCKS = sorted({path.rpartition(".")[0] for path in all_paths() if "[" not in path} - {""})
EDITS = {
    "one letter less": lambda word: word[: len(word) // 2] + word[len(word) // 2 + 1 :],
    "one letter doubled": lambda word: word[: len(word) // 2] + word[len(word) // 2 - 1 :],
    "capitals": str.upper,
    "hyphens": lambda word: word.replace("_", "-"),
}


def problems_of(write: Write, text: str, *sets: str) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_many([write(f"extends: base.yaml\n{text}")], sets)
    return [problem for problem in caught.value.problems if isinstance(problem, Problem)]


@pytest.mark.parametrize("edit", EDITS)
def test_a_misspelt_key_is_told_one_that_is_known_there(edit: str, write: Write) -> None:
    told = 0
    for block in BLOCKS:
        steps = block.split(".")
        names = names_at(tuple(steps))
        wrong = {EDITS[edit](name) for name in names} - set(names)
        nest = "".join(f"{'  ' * depth}{step}:\n" for depth, step in enumerate(steps))
        keys = "".join(f"{'  ' * len(steps)}{word}: 1\n" for word in sorted(wrong))
        if not wrong:
            continue
        unknown = [one for one in problems_of(write, nest + keys) if one.code == "E101"]
        assert len(unknown) == len(wrong)
        for problem in unknown:
            offered = re.findall(r"`([^`]+)`", problem.hint.partition("did you mean ")[2])
            assert offered, (problem.address, problem.hint)
            assert all(one in names or one in all_paths() for one in offered), (problem.address, problem.hint)
            told += 1
    assert told > 100


GIVEN = ["reps", "commit_drift_sd", "world.sales.rep", "world.sale.reps", "design.owned_handoff"]


@pytest.mark.parametrize("given", GIVEN)
def test_the_path_that_a_set_is_told_is_taken(given: str, write: Write) -> None:
    problem = problems_of(write, "", f"{given}=1")[0]
    (offered,) = re.findall(r"did you mean `([^`]+)`", problem.hint)
    path = offered if offered in all_paths() else None
    if path is None:  # a step of the path, not all of it
        near = [step for step in given.split(".") if step != offered and problem.address.endswith(step)]
        path = given.replace(near[0], offered) if near else given
    assert load(write("extends: base.yaml\n"), [f"{path}=1"])


def test_every_command_that_a_message_names_is_there_with_its_options() -> None:
    group = get_command(build())
    known = {name: {opt for param in command.params for opt in param.opts} for name, command in group.commands.items()}  # type: ignore[attr-defined]
    found = 0
    for path in sorted((ROOT / "revsim").rglob("*.py")):
        for name, rest in re.findall(r"revsim ([a-z]+)((?: +--?[a-z-]+| +[A-Z]+)*)", path.read_text(encoding="utf-8")):
            options = re.findall(r"--[a-z-]+", rest)
            if name in known and options:
                found += 1
                assert set(options) <= known[name] | {"--help"}, (path.name, name, options)
    assert found >= 3
