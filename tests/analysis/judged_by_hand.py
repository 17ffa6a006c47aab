"""What a verdict is made of, with rows written by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from revsim.analysis.cube import Cube
from revsim.analysis.estimates import UNCLEAR, Row
from revsim.analysis.interval import NOTHING, Interval
from revsim.analysis.phrases import Judged

NAMES = ("a", "b")


def bare(names: tuple[str, ...] = NAMES, replications: int = 40) -> Cube:
    """A cube of which nothing but names and numbers of replications is read."""
    return Cube(names, np.arange(replications), np.arange(1, 5), {}, {})


def row(
    scenario: str,
    measure: str,
    level: float = np.nan,
    effect: Interval | None = None,
    relative: Interval = NOTHING,
    word: str = UNCLEAR,
    **more: object,
) -> Row:
    """A row whose level has no interval."""
    made = Row(
        scenario, measure, measure, "share^2", "headline", Interval(level, np.nan, np.nan), effect, relative, word, ""
    )
    return made._replace(**more)


def judged(*rows: Row, cube: Cube | None = None, **more: object) -> Judged:
    """These rows, in euros."""
    found: Mapping[tuple[str, str], Row] = {(one.scenario, one.measure): one for one in rows}
    return Judged(cube or bare(), 0, "EUR", dict(found), [0.1, 0.9])._replace(**more)
