"""A reduced coverage study: 95 % intervals cover a known truth about as often as they say.

200 studies of 50 replications with normal numbers. By benchmarks/interval_coverage.py true coverages there are 92.8 to
98 %; below 87 % in 200 studies is more than three standard deviations off for the worst of them. Over all cells of this
file the chance of a false alarm, were the seeds drawn anew, is below 1 in 100.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from revsim.analysis import tail
from revsim.analysis.operating import plan_met
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
STUDIES, WORST = 200, 0.87


@pytest.fixture(scope="module")
def study() -> Iterator[ModuleType]:
    """benchmarks/interval_coverage.py; by path, as a package of that name is no part of this project."""
    sys.path.insert(0, str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("coverage_study", BENCHMARKS / "interval_coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(BENCHMARKS))
    del sys.modules[spec.name]


def test_every_kind_of_interval_covers_the_truth(study: ModuleType) -> None:
    found = list(study.lines("normal", 50, STUDIES, 7))
    assert {line.what for line in found} == {"level", "effect"}
    assert len(found) == 14
    assert [line for line in found if line.coverage < WORST] == []


def test_intervals_of_half_the_width_would_be_seen(study: ModuleType) -> None:
    rng, truth = np.random.default_rng(7), study.truths("normal")
    hits = dict.fromkeys([("forecast_variance", "effect"), ("bookings", "level"), ("revenue_at_risk", "effect")], 0)
    for _ in range(STUDIES):
        found = study.intervals(study.cube_of("normal", 50, rng))
        for (measure, what), part in found.items():
            if (measure, what) in hits:
                middle, true = (part.low + part.high) / 2.0, truth[measure][what == "effect"]
                hits[measure, what] += abs(true - middle) <= part.half / 2.0
    assert all(count / STUDIES < WORST for count in hits.values())


def test_stopping_by_precision_keeps_the_headlines_coverage(study: ModuleType) -> None:
    """60 studies: below 84 % is four standard deviations from 95 %."""
    found = {(line.measure, line.what): line for line in study.lines("normal", None, 60, 3)}
    assert found["forecast_variance", "effect"].coverage >= 0.84
    assert found["forecast_variance", "level"].coverage >= 0.84
    # the wish is of the ratio less one, the half-width of the logarithm
    ratio = np.exp(study.truths("normal")["forecast_variance"][1])
    assert found["forecast_variance", "effect"].half_width * ratio == pytest.approx(study.WISH, rel=0.2)


def test_the_truths_are_those_of_a_very_large_sample(study: ModuleType) -> None:
    for family in study.FAMILIES:
        cube, truth = study.cube_of(family, 100_000, np.random.default_rng(1)), study.truths(family)
        for own in (0, 1):
            view, change = View(cube, own, 0), [{}, {name: effect for name, (_, effect) in truth.items()}][own]
            at_risk, beyond = tail.tail_of(tail.shortfall(view))
            found = {
                "bookings": view.quarter("bookings").mean(),
                "plan_met": plan_met(view).mean(),
                "revenue_at_risk": at_risk,
                "expected_shortfall": beyond,
            }
            true = {name: truth[name][0] + change.get(name, 0.0) for name in found}
            assert found == pytest.approx(true, rel=0.05), (family, own)
            ratio = forecast_variance(view, 7).value / truth["forecast_variance"][0]
            assert np.log(ratio) == pytest.approx(change.get("forecast_variance", 0.0), abs=0.1), (family, own)
