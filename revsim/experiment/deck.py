"""The luck of one replication, the same for all its scenarios, and as much of it as they ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from revsim.errors import LuckExhausted

if TYPE_CHECKING:
    from revsim.experiment.task import Case, Task

REDRAWS = 40
Result = TypeVar("Result")


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
    return deck.enough_for(lambda: next(task.model.runs([case.parameters], deck.luck, task.engine))).trace
