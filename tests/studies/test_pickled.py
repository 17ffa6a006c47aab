"""What a Python caller holds of a study can be sent to another process, whatever has been asked of it before."""

from __future__ import annotations

import inspect
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import revsim
from revsim.study import Study
from tests.tiny import SMALL

SETS = [f"{address}={value}" for address, value in SMALL.items()]
READ = sorted(name for name in vars(Study) if not name.startswith("_") and name not in {"report", "save"})
READ = [name for name in READ if name not in {"over_worlds", "write_findings", "paired_of"}]  # of what is named
ASKED = {
    "attribute": lambda quo, design: revsim.attribute(quo, design, measures=["won"], replications=3, workers=1),
    "parts": lambda quo, _: revsim.parts(quo, replications=3, workers=1),
    "stress": lambda quo, design: revsim.stress(
        [quo, design], stresses=["stress/demand-shock.yaml"], quarter=1, replications=3, workers=1
    ),
}


def evaluated(seed: int) -> Study:
    """What an evaluator of an experiment tool does in a process of its own."""
    quo, design = (revsim.load(f"{name}.yaml", SETS) for name in ("status-quo", "design"))
    study = revsim.compare([quo, design], replications=3, seed=seed, engine="simpy", workers=1, steady=True)
    for name in READ:
        asked = getattr(study, name)
        if inspect.ismethod(asked):
            asked()
    return study


def returned(thing: object) -> Any:
    """As it comes back from another process."""
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own


@pytest.fixture(scope="module")
def study() -> Study:
    return evaluated(1)


@pytest.mark.parametrize("name", READ)
def test_what_a_study_gives_can_be_pickled(study: Study, name: str) -> None:
    asked = getattr(study, name)
    assert returned(asked() if inspect.ismethod(asked) else asked) is not None


def test_a_study_that_was_saved_and_reported_tells_the_same_elsewhere(study: Study, tmp_path: Path) -> None:
    study.save(tmp_path / "r")
    page = study.report(tmp_path / "here.html").read_text(encoding="utf-8")
    other: Study = returned(study)
    assert other.verdict == study.verdict
    assert other.report(tmp_path / "there.html").read_text(encoding="utf-8") == page


def test_a_study_comes_back_from_an_evaluator(study: Study) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        other = pool.submit(evaluated, 1).result(timeout=120)
    assert other.quarters.equals(study.quarters)
    assert other.effects().equals(study.effects())


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_an_answer_with_its_page_can_be_pickled(kind: str, tmp_path: Path) -> None:
    answer = ASKED[kind](*(revsim.load(f"{name}.yaml", SETS) for name in ("status-quo", "design")))
    answer.report(tmp_path / "a.html")
    assert returned(answer).sentences == answer.sentences
