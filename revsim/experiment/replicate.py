"""One replication of all scenarios of a study, on the same luck. Pure: equal arguments give equal rows."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from numpy.typing import NDArray

from revsim.errors import LuckExhausted
from revsim.experiment.columns import Table
from revsim.experiment.continuations import Continue, chosen, continued, with_oracle

Columns = dict[str, NDArray[Any]]
REDRAWS = 40
Result = TypeVar("Result")


class Case(NamedTuple):
    """A scenario as the model takes it; equal contents give equal rows."""

    name: str
    content: str
    parameters: Any


class Model(NamedTuple):
    """The functions that turn luck into rows; all are found by name in a worker, so they pickle."""

    sizes_for: Callable[[Any], Any]
    draw: Callable[..., Any]
    simulate: Callable[..., Any]
    tables: Callable[[Any, Any], tuple[Columns, Columns]]  # of quarters and of weeks
    continued: Continue | None = None  # what fresh luck makes of the state at some weeks
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
    tables: dict[str, tuple[Columns, Columns]]
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
    from revsim.simulate import simulate  # noqa: PLC0415 - heavy: only when it is used

    return Model(sizes_for, draw, simulate, tables, continued, column_kinds)


class Deck:
    """The luck of one replication; it grows when a scenario asks for more, and all that was drawn stays."""

    def __init__(self, task: Task, replication: int) -> None:
        """Draw once for all scenarios: the elementwise largest sizes."""
        wanted = [task.model.sizes_for(case.parameters) for case in task.cases]
        self._task, self.replication = task, replication
        self.sizes = type(wanted[0])(*(max(parts) for parts in zip(*wanted, strict=True)))
        self.luck = task.model.draw(task.seed, replication, self.sizes)
        self._after: Any = None

    @property
    def after(self) -> Any:  # noqa: ANN401 - luck of any model
        """The luck of the first continuation, as large."""
        if self._after is None:
            self._after = self._task.model.draw(self._task.seed, self.replication, self.sizes, 1)
        return self._after

    def grow(self, asked: LuckExhausted) -> None:
        """Draw again with more of what ran out."""
        size = max(2 * getattr(self.sizes, asked.entity), asked.wanted)
        self.sizes = self.sizes._replace(**{asked.entity: size})
        self.luck = self._task.model.draw(self._task.seed, self.replication, self.sizes)
        self._after = None

    def enough_for(self, run: Callable[[], Result]) -> Result:
        """What `run` gives with as much luck as it takes."""
        for _ in range(REDRAWS):
            try:
                return run()
            except LuckExhausted as asked:
                self.grow(asked)
        return run()


def trace_of(task: Task, case: Case, deck: Deck) -> Any:  # noqa: ANN401 - a Trace; experiment does not open it
    """The trace of one scenario, with as much luck as it takes."""
    return deck.enough_for(lambda: task.model.simulate(case.parameters, deck.luck, engine=task.engine))


def continue_quarters(task: Task, case: Case, deck: Deck, weeks: Columns) -> None:
    """Continue the replication's quarters with fresh luck and note it in its table of weeks."""
    go_on = task.model.continued
    quarters = int(weeks["quarter"].max(initial=0))
    for quarter in chosen(deck.replication, quarters, task.continuations if go_on else 0):

        def run(quarter: int = quarter) -> dict[int, float]:
            assert go_on is not None, "else there are no quarters"
            return go_on(case.parameters, deck.luck, deck.after, quarter, task.engine)

        with_oracle(weeks, quarter, deck.enough_for(run))


def _failure(case: Case, replication: int, stage: str, error: Exception) -> Failure:
    text = "".join(traceback.format_exception(error))
    return Failure(case.name, replication, stage, f"{type(error).__name__}: {error}", text)


def replicate(task: Task, replication: int) -> Outcome:
    """Run one replication; a failing scenario becomes a failure and the others go on."""
    tables: dict[str, tuple[Columns, Columns]] = {}
    failures: list[Failure] = []
    broken: dict[str, Failure] = {}
    try:
        deck = Deck(task, replication)
    except Exception as error:  # noqa: BLE001 - whatever a worker meets becomes a row
        return Outcome(replication, {}, [_failure(case, replication, "draw", error) for case in task.cases])
    for case in task.cases:
        if case.content in broken:
            failures.append(broken[case.content]._replace(scenario=case.name))
        if case.content in tables or case.content in broken:
            continue
        stage = "simulate"
        try:
            trace = trace_of(task, case, deck)
            stage = "measure"
            quarters, weeks = task.model.tables(trace, case.parameters)
            del trace  # the next run may have its memory
            done = (Table.of(quarters), Table.of(weeks))
            stage = "continue"
            continue_quarters(task, case, deck, done[1])
            tables[case.content] = done
        except Exception as error:  # noqa: BLE001 - whatever a worker meets becomes a row
            broken[case.content] = _failure(case, replication, stage, error)
            failures.append(broken[case.content])
    return Outcome(replication, tables, failures)
