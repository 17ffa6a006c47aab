"""Studies that go on until they are precise: how many are run, and that none is run twice."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from revsim.analysis.cube import Cube
from revsim.analysis.precision import Rule
from revsim.errors import UserError
from revsim.experiment.growing import grown, reach
from revsim.settings import Settings, Wanted, wanted
from revsim.store.layout import Folder
from tests.analysis.test_variance import cube_of_errors


class Runs:
    """A pretended study of normal errors: remembers how far it was told to go; every `fails`th replication fails."""

    def __init__(self, fails: int = 0) -> None:
        self.asked: list[int] = []
        self.folders: list[Any] = []
        self.fails = fails
        self.errors = np.random.default_rng(1).normal(size=(2000, 4))

    def __call__(self, count: int, folder: Any = None) -> Any:
        self.asked.append(count)
        self.folders.append(folder)
        done = [r for r in range(count) if not self.fails or (r + 1) % self.fails]
        cube: Cube = cube_of_errors([self.errors[done]], [100.0])
        plan = SimpleNamespace(baseline="s0")
        return SimpleNamespace(paired=(cube, 0), plan=plan, reached=True, finished=Finished(([], [])))


class Finished(tuple[Any, Any]):
    __slots__ = ()
    rows = ([], [])

    def _replace(self, **_: Any) -> Finished:
        return self


def test_it_goes_on_until_the_interval_is_narrow_and_each_step_is_larger() -> None:
    runs, told = Runs(), []
    study = grown(runs, Rule(0.1, 20, 2000), lambda have, half: told.append((have, half)))
    assert study.reached
    assert runs.asked == sorted(set(runs.asked))
    assert [have for have, _ in told] == runs.asked[:-1]
    assert all(half > 0.1 for _, half in told[:1])
    # the half-width of V over four quarters is about 1.96 sqrt(2 / (4 n)): 192 for 0.1
    assert 150 <= runs.asked[-1] <= 300


def test_it_gives_up_at_the_most() -> None:
    runs = Runs()
    study = grown(runs, Rule(0.001, 20, 90))
    assert not study.reached
    assert runs.asked[-1] == 90


def test_replications_that_fail_are_made_up_for_and_never_waited_for() -> None:
    runs = Runs(fails=10)
    assert grown(runs, Rule(0.1, 20, 2000)).reached
    assert not grown(Runs(fails=2), Rule(0.001, 20, 60)).reached


def test_without_a_precision_as_many_are_run_as_are_asked_for() -> None:
    runs = Runs()
    assert reach(runs, Wanted(7, 2000, None), None).reached
    assert (runs.asked, runs.folders) == ([7], [None])


def test_without_a_folder_all_steps_share_one_that_is_gone_afterwards() -> None:
    runs = Runs()
    reach(runs, Wanted(20, 2000, 0.15), None)
    assert len(runs.asked) > 1
    assert len({folder.root for folder in runs.folders}) == 1
    assert not runs.folders[0].root.exists()


def test_a_folder_that_is_given_is_used(tmp_path: Path) -> None:
    runs = Runs()
    reach(runs, Wanted(20, 2000, 0.15), Folder(tmp_path))
    assert {folder.root for folder in runs.folders} == {tmp_path}


def test_what_is_wanted_is_checked_in_pythons_words() -> None:
    assert wanted(Settings(30), 0.1) == Wanted(30, 2000, 0.1)
    with pytest.raises(UserError, match="precision = 2: must be a number between 0 and 1"):
        wanted(Settings(30), 2)
    with pytest.raises(UserError, match="must be at least"):
        wanted(Settings(30), 0.1, 10)
    with pytest.raises(UserError, match="max_replications = x"):
        wanted(Settings(30), 0.1, "x")  # type: ignore[arg-type]
