"""What a worker is given of a study, and what it gives back for each replication."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from numpy.typing import NDArray

from revsim.contract.lived import Lived

Columns = dict[str, NDArray[Any]]
Tables = tuple[Columns, Columns]  # of quarters and of weeks


class Case(NamedTuple):
    """A scenario as the model takes it; equal contents give equal rows."""

    name: str
    content: str
    parameters: Any


class Model(NamedTuple):
    """The functions that turn luck into rows; all are found by name in a worker, so they pickle."""

    sizes_for: Callable[[Any], Any]
    draw: Callable[..., Any]
    runs: Callable[..., Iterator[Lived]]  # cases on one luck by an engine, and what fresh luck makes of their states
    tables: Callable[[Any, Any], Tables]  # of quarters and of weeks
    columns: Callable[[Any], tuple[dict[str, bool], dict[str, bool]]] | None = None  # of those tables; are they whole


class Failure(NamedTuple):
    """What went wrong with one scenario of one replication, and at which stage."""

    scenario: str
    replication: int
    stage: str
    message: str
    traceback: str


class Outcome(NamedTuple):
    """One replication: (quarters, weeks) by content, and failures by scenario."""

    replication: int
    tables: dict[str, Tables]
    failures: list[Failure]


class Task(NamedTuple):
    """All that a worker needs, sent to it once."""

    cases: tuple[Case, ...]
    seed: int
    engine: str
    model: Model
    continuations: int = 0  # quarters that each replication continues


def true_model() -> Model:
    """The model itself."""
    from revsim.contract.sizes import sizes_for  # noqa: PLC0415 - heavy: only when it is used
    from revsim.luck.draw import draw  # noqa: PLC0415 - heavy: only when it is used
    from revsim.measures.tables import column_kinds, tables  # noqa: PLC0415 - heavy: only when it is used
    from revsim.simulate import runs  # noqa: PLC0415 - heavy: only when it is used

    return Model(sizes_for, draw, runs, tables, column_kinds)
