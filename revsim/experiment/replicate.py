"""One replication of all scenarios of a study, on the same luck. Pure: equal arguments give equal rows."""

from __future__ import annotations

import traceback
from functools import partial

from revsim.contract.lived import CaseError, Lived
from revsim.experiment.columns import Table
from revsim.experiment.continuations import forks_of, with_oracle
from revsim.experiment.deck import Deck
from revsim.experiment.task import Case, Failure, Outcome, Tables, Task

Found = dict[str, Tables | Failure]  # by content


def replicate(task: Task, replication: int) -> Outcome:
    """Run one replication; a failing scenario becomes a failure and the others go on."""
    try:
        deck = Deck(task, replication)
    except Exception as error:  # noqa: BLE001 - whatever a worker meets becomes a row
        return Outcome(replication, {}, [_failure(case, replication, "draw", error) for case in task.cases])
    found: Found = {}
    for cases in _alike(task.cases):
        _replicate(task, deck, cases, found)
    tables = {case.content: done for case in task.cases if not isinstance(done := found[case.content], Failure)}
    ends = [(case.name, found[case.content]) for case in task.cases]
    return Outcome(replication, tables, [end._replace(scenario=name) for name, end in ends if isinstance(end, Failure)])


def _alike(cases: tuple[Case, ...]) -> list[list[Case]]:
    """The first of each content, in groups that are continued in the same quarters."""
    groups: dict[int, dict[str, Case]] = {}
    for case in cases:
        groups.setdefault(case.parameters.span.quarters, {}).setdefault(case.content, case)
    return [list(group.values()) for group in groups.values()]


def _replicate(task: Task, deck: Deck, cases: list[Case], found: Found) -> None:
    """Run cases until each has its tables or its failure."""
    while left := [case for case in cases if case.content not in found]:
        try:
            deck.enough_for(partial(_run, task, deck, left, found))
        except Exception as error:  # noqa: BLE001 - there was never enough luck, or no memory for it
            if len(left) == 1:
                found[left[0].content] = _failure(left[0], deck.replication, "simulate", error)
            else:
                for case in left:
                    _replicate(task, deck, [case], found)


def _run(task: Task, deck: Deck, cases: list[Case], found: Found) -> None:
    """Tables of cases that are not there yet, on the luck that there is; ends with the first that fails as it runs."""
    left = [case for case in cases if case.content not in found]
    forks = forks_of(deck.replication, cases[0].parameters.span.quarters, task.continuations)
    after = deck.after if forks else None
    try:
        for lived in task.model.runs([case.parameters for case in left], deck.luck, task.engine, after, forks):
            case = left[lived.case]
            found[case.content] = _measured(task, case, lived, deck.replication)
            del lived  # the next run may have its memory
    except CaseError as error:
        case, cause = left[error.case], error.__cause__ or error
        found[case.content] = _failure(case, deck.replication, error.stage, cause)


def _measured(task: Task, case: Case, lived: Lived, replication: int) -> Tables | Failure:
    """A run's tables with its continuations."""
    try:
        quarters, weeks = task.model.tables(lived.trace, case.parameters)
        done = Table.of(quarters), Table.of(weeks)
        with_oracle(done[1], lived.again)
    except Exception as error:  # noqa: BLE001 - whatever a worker meets becomes a row
        return _failure(case, replication, "measure", error)
    return done


def _failure(case: Case, replication: int, stage: str, error: BaseException) -> Failure:
    text = "".join(traceback.format_exception(error))
    return Failure(case.name, replication, stage, f"{type(error).__name__}: {error}", text)
