"""How a study is run: what is refused, and the command that gives the same rows."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revsim
from revsim.errors import UserError
from revsim.settings import Settings, asking_for
from revsim.simulate import ENGINES


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"replications": 0}, "replications = 0: must be a whole number, 1 to 1,000,000; write e.g. replications=100."),
        ({"replications": 2.5}, "replications = 2.5: must be a whole number, 1 to 1,000,000"),
        ({"replications": True}, "replications = True: must be a whole number"),
        ({"replications": None}, "replications = None: must be a whole number"),
        ({"replications": 2_000_000}, "1 to 1,000,000"),
        ({"seed": -1}, "seed = -1: must be a whole number, 0 or more; write e.g. seed=7."),
        ({"workers": 0}, "workers = 0: must be a whole number, 1 or more; write e.g. workers=2."),
        ({"engine": "abacus"}, f"engine = abacus: must be {', '.join(ENGINES[:-1])} or {ENGINES[-1]}; "),
    ],
)
def test_settings_that_cannot_be_are_refused_with_value_rule_and_way_out(given: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError) as caught:
        Settings(**given)
    assert words in str(caught.value)


def test_whole_numbers_of_any_kind_are_taken() -> None:
    settings = Settings(replications=np.int64(3), seed=2.0, workers=None)  # type: ignore[arg-type]
    assert (settings.replications, settings.seed, settings.workers) == (3, 2, None)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: revsim.compare([]), "revsim.compare of no scenarios: needs a list of at least two"),
        (lambda: revsim.compare(["status-quo"]), "of one scenario: needs a list of at least two"),
        (lambda: revsim.compare("status-quo"), "of one scenario: needs a list of at least two"),
    ],
)
def test_a_comparison_of_fewer_than_two_is_refused_and_names_run(call: Callable[[], object], words: str) -> None:
    with pytest.raises(UserError) as caught:
        call()
    assert words in str(caught.value)
    assert "revsim.run(scenario)" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "repeats"),
    [
        ("revsim run a -n 3", "revsim run a -n 10"),
        ("revsim run a -n3", "revsim run a -n10"),
        ("revsim run a -qn 3 --seed 3", "revsim run a -qn 10 --seed 3"),
        ("revsim run a --replications=3 -q", "revsim run a --replications=10 -q"),
        ("revsim run a --replications 3 --set x=3", "revsim run a --replications 10 --set x=3"),
        ("revsim run a", "revsim run a --replications 10"),
        ("revsim run a -n 3 --max-replications 8", "revsim run a -n 10 --max-replications 10"),
        ("revsim run a -n 3 --max-replications=80", "revsim run a -n 10 --max-replications=80"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_command_is_made_to_ask_for_the_rows_that_are_there(typed: str, repeats: str) -> None:
    assert shlex.join(asking_for(shlex.split(typed), 10)) == repeats


def test_a_command_that_leaves_the_usual_number_out_stays_as_it_is() -> None:
    assert asking_for(("revsim", "run", "a"), 100) == ("revsim", "run", "a")
