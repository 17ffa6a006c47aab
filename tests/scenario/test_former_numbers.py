"""A number of a former version is answered with those that have taken its place."""

from __future__ import annotations

import pytest

import revsim
from revsim.errors import ScenarioError, UserError
from revsim.scenario.load import load
from revsim.scenario.paths import FORMER, all_paths
from tests.scenario.conftest import Write


@pytest.mark.parametrize("former", FORMER)
def test_a_file_with_a_former_number_is_told_both_that_follow_it(former: str, write: Write) -> None:
    name = former.rpartition(".")[2]
    path = write(f"extends: base.yaml\nworld:\n  definitions:\n    {name}: 0.1\n")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("E101", 4, 5)
    assert all(f"`{new}`" in problem.hint for new in FORMER[former])


@pytest.mark.parametrize("former", FORMER)
def test_python_is_told_alike(former: str) -> None:
    known = revsim.load("status-quo.yaml")
    with pytest.raises((UserError, ScenarioError)) as caught:
        known.replace({former: 0.1}, name="x")
    assert all(f"`{new}`" in str(caught.value) for new in FORMER[former])


def test_what_follows_is_in_the_schema_and_what_was_there_is_not() -> None:
    assert all(new in all_paths() for both in FORMER.values() for new in both)
    assert not FORMER.keys() & set(all_paths())
