"""A study that goes on until its headline is precise enough; what is there is never run again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from revsim.analysis.cube import Cube
from revsim.analysis.precision import HalfWidth, Rule, ahead, headline_path, rule_of, step
from revsim.experiment.session import Finished
from revsim.experiment.unseen_folder import unseen_folder
from revsim.settings import Wanted
from revsim.store.layout import Folder
from revsim.store.rows import Rows


class Studied(Protocol):
    """What is looked at: the replications that all scenarios finished, and which scenario is the baseline."""

    finished: Finished
    reached: bool
    plan: Any

    @property
    def paired(self) -> tuple[Cube, int]:
        """The cube, and how many replications failed somewhere."""
        ...


Study = TypeVar("Study", bound=Studied)
Tell = Callable[[int, float], None]  # how many replications there are, and the headline's half-width


def grown(run: Callable[[int], Study], rule: Rule, tell: Tell | None = None) -> Study:
    """The study at the end; its `reached` says whether the rule's wish is. `tell` hears of each step that is too few.

    `run` goes on up to a number of replications, those that are there included. Replications that failed count as run
    and are not waited for.
    """
    asked = min(rule.fewest + ahead(rule, rule.fewest), rule.most)
    while True:
        study = run(asked)
        have, half_width = _looked(study)
        found = step(half_width, have, rule)
        study.reached = found.solution is not None
        if study.reached:
            return study
        if tell is not None:
            tell(have, half_width(have))
        if max(have, asked) >= rule.most:
            return study
        asked = min(rule.most, max(found.goal + max(asked - have, 0), asked + 1))


def reach(run: Callable[[int, Folder | None], Study], wanted: Wanted, folder: Folder | None) -> Study:
    """As many replications as are wanted, in a folder or in none.

    Where a precision is wanted without a folder, one that nobody sees keeps any replication from being run twice; the
    rows are read before it goes.
    """
    if wanted.precision is None:
        return run(wanted.least, folder)
    rule = rule_of(wanted.precision, wanted.least, wanted.most)
    if folder is not None:
        return grown(lambda count: run(count, folder), rule)
    with unseen_folder() as place:
        study = grown(lambda count: run(count, Folder(place)), rule)
        study.finished = study.finished._replace(rows=Rows(*study.finished.rows))
        vars(study).pop("paired", None)  # may read from the folder
    return study


def _looked(study: Studied) -> tuple[int, HalfWidth]:
    """How many replications every scenario has, and the half-width of the first of them."""
    cube, _ = study.paired
    return len(cube.replications), headline_path(cube, cube.scenarios.index(study.plan.baseline))
