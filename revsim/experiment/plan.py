"""What a study is, and what of it is still missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from revsim.errors import UserError
from revsim.experiment.task import Case, Task
from revsim.store.manifest import Manifest, ScenarioFacts, code_hash
from revsim.store.part_check import Columns
from revsim.units import WEEKS_PER_QUARTER

BYTES, COPIES = 7, 2  # of a number as it is packed (6.8 in the shipped companies); parts and whole tables


@dataclass(frozen=True)
class Plan:
    """Scenarios (the first is the baseline unless named) times replications 0..n-1."""

    task: Task
    scenarios: tuple[ScenarioFacts, ...]
    baseline: str
    replications: int
    currency: str
    command: tuple[str, ...] = field(default=())
    twins: tuple[tuple[str, str], ...] = ()  # of each standing twin its name, and that of the scenario it is of

    @property
    def names(self) -> list[str]:
        """The names of the scenarios that are compared, in order: without standing twins."""
        twins = {twin for twin, _ in self.twins}
        return [case.name for case in self.task.cases if case.name not in twins]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """(name, content) of the scenarios, in order."""
        return [(case.name, case.content) for case in self.task.cases]

    @property
    def columns(self) -> Columns | None:
        """The columns of quarters and of weeks that the model makes; None where it does not say."""
        names = self.task.model.columns
        return names(self.task.cases[0].parameters) if names and self.task.cases else None

    @property
    def quarters(self) -> int | None:
        """The quarters that each run measures; None where the model does not say."""
        return None if self.columns is None else int(self.task.cases[0].parameters.span.quarters)

    def bytes_of(self, replications: int) -> int:
        """About how many bytes so many replications take in a folder: in parts, and once more in the whole tables."""
        if self.columns is None:
            return 0
        quarters, weeks = (len(names) for names in self.columns)
        rows: list[int] = [case.parameters.span.quarters for case in self.task.cases]
        return COPIES * BYTES * replications * sum(rows) * (quarters + WEEKS_PER_QUARTER * weeks)

    def manifest(self) -> Manifest:
        """A fresh manifest: nothing done."""
        return Manifest(
            command=list(self.command),
            seed=self.task.seed,
            engine=self.task.engine,
            scenarios=list(self.scenarios),
            baseline=self.baseline,
            code=code_hash(),
            currency=self.currency,
            continuations=self.task.continuations,
            replications_wanted=self.replications,
        )


def check_names(cases: Sequence[Case], baseline: str) -> None:
    """Names tell scenarios apart; the baseline is one of them. Raises UserError."""
    names = [case.name for case in cases]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(
            f"Two scenarios are called `{doubled[0]}`: a table could not tell them apart.\n"
            "  Give one of the files another `name:`, or name it once on the command line."
        )
    if baseline not in names:
        raise UserError(f"--baseline {baseline}: no scenario of this study. It has: {', '.join(names)}.")


def check_calendars(cases: Sequence[Case]) -> None:
    """Quarters are compared one by one: all scenarios measure as many. Raises UserError."""
    first = cases[0]
    for case in cases[1:]:
        one, other = first.parameters.span.quarters, case.parameters.span.quarters
        if one != other:
            raise UserError(
                f"`{first.name}` measures {one} quarters, `{case.name}` {other}: quarters are compared one by one.\n"
                f"  Give both the same, e.g. --set calendar.quarters={min(one, other)}"
            )


def check_sizes(cases: Sequence[Case], sizes_for: Callable[[Any], object]) -> None:
    """What each scenario asks of memory is within bounds. Raises UserError with the scenario's name."""
    for case in cases:
        try:
            sizes_for(case.parameters)
        except UserError as error:
            raise UserError(f"`{case.name}`: {error}") from None


def missing(wanted: int, done: set[int]) -> list[int]:
    """Replications that are still to be run."""
    return [number for number in range(wanted) if number not in done]
