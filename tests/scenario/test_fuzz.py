"""Whatever stands in a file or in `--set`, the answer is a scenario or a ScenarioError."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revsim.errors import ScenarioError
from revsim.scenario.load import load
from revsim.scenario.problems import Problem
from tests.scenario.minimal import as_text

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)

keys = st.sampled_from(
    [
        "extends",
        "name",
        "world",
        "design",
        "stress",
        "sales",
        "reps",
        "value",
        "low",
        "stages",
        "when",
        "owned_handoffs",
    ]
)
keys |= st.sampled_from(
    ["governance", "today", "start_week", "sources", "demand", "demand_shock", "week", "loops", "trust"]
)
scalars = st.sampled_from(
    ["base.yaml", "1", "-1", "1e999", ".nan", "null", "true", '"1"', "closed", "[]", "{}", "''", "0.5"]
)
trees: st.SearchStrategy[Any] = st.recursive(
    scalars, lambda inner: st.dictionaries(keys, inner, max_size=4) | st.lists(st.dictionaries(keys, inner), max_size=2)
)
yaml_like = st.text(alphabet=st.sampled_from(list("ab:1 \n\t-?[]{},&*!|>'\"#%@`~.<=\\\ufeff\u2028")), max_size=60)


def try_to_load(raw: bytes, folder: Path, sets: tuple[str, ...] = ()) -> None:
    """Load the file; anything but a scenario or a ScenarioError with places fails the test."""
    (folder / "case.yaml").write_bytes(raw)
    problems: list[object] = []
    try:
        load("case.yaml", sets)
    except ScenarioError as error:
        problems = error.problems or ["an error without a problem"]
    assert all(isinstance(problem, Problem) and problem.place.line >= 1 and str(problem) for problem in problems)


@MANY
@given(raw=st.binary(max_size=80))
def test_random_bytes_are_told_apart_from_a_scenario(raw: bytes, folder: Path) -> None:
    try_to_load(raw, folder)


@MANY
@given(text=yaml_like)
def test_what_looks_like_yaml_is_told_apart_from_a_scenario(text: str, folder: Path) -> None:
    try_to_load(text.encode("utf-8"), folder)
    try_to_load(f"extends: base.yaml\nname: {text}".encode(), folder)


@MANY
@given(tree=st.dictionaries(keys, trees, max_size=4))
def test_the_right_words_in_the_wrong_places_are_told(tree: dict[str, Any], folder: Path) -> None:
    try_to_load(f"name: x\n{as_text({'extends': 'base.yaml', **tree, 'why': 'y'})}\n".encode(), folder)


@MANY
@given(text=st.text(max_size=40) | st.builds("world.sales.{}={}".format, keys, yaml_like))
def test_any_set_is_taken_or_told(text: str, folder: Path) -> None:
    with suppress(UnicodeEncodeError):
        try_to_load(b"extends: base.yaml\n", folder, (text,))
