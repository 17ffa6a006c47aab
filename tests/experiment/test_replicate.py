"""One replication: shared luck, redraws, failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from revsim.contract.lived import Lived
from revsim.experiment.replicate import replicate
from tests.experiment.fake import MODEL, Firm, task


def test_a_redraw_changes_nothing_for_a_scenario_that_had_enough() -> None:
    calm, hungry = Firm(need=3), Firm(need=50)
    alone = replicate(task({"calm": calm}), 4).tables[repr(calm)][0]
    beside = replicate(task({"hungry": hungry, "calm": calm}), 4).tables[repr(calm)][0]
    assert all(np.array_equal(alone[name], beside[name], equal_nan=True) for name in alone)


def test_luck_that_runs_out_is_drawn_larger() -> None:
    outcome = replicate(task({"hungry": Firm(need=5000)}), 0)
    assert not outcome.failures
    assert outcome.tables[repr(Firm(need=5000))][0]["used"][0] > 2000


def test_equal_contents_are_simulated_once() -> None:
    calls: list[object] = []

    def counted(cases: list[Firm], *given: Any) -> Iterator[Lived]:
        calls.extend(cases)
        return MODEL.runs(cases, *given)

    twice = task({"one": Firm(need=3), "same": Firm(need=3), "other": Firm(error=0.1, need=3)})
    replicate(twice._replace(model=MODEL._replace(runs=counted)), 0)
    assert len(calls) == 2


def test_a_failing_scenario_leaves_the_others_standing_and_says_the_stage() -> None:
    broken = Firm(breaks=((2, "error"),))
    outcome = replicate(task({"fine": Firm(), "broken": broken, "same": broken}), 2)
    assert list(outcome.tables) == [repr(Firm())]
    assert [failure.scenario for failure in outcome.failures] == ["broken", "same"]
    assert outcome.failures[0].stage == "simulate"
    assert "ValueError: on purpose" in outcome.failures[0].traceback


def test_a_failing_measure_names_its_stage() -> None:
    def torn(*_: object) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        return {"quarter": np.array([1, 2]), "bookings": np.array([1.0])}, {}

    outcome = replicate(task({"a": Firm()})._replace(model=MODEL._replace(tables=torn)), 0)
    assert outcome.failures[0].stage == "measure"
    assert "different lengths" in outcome.failures[0].message
