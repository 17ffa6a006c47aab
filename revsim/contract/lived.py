"""What becomes of the cases of one replication: traces, quarters continued with fresh luck, and errors by case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from revsim.contract.trace import Kind
from revsim.errors import LuckExhausted, UserError
from revsim.units import WEEKS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.contract.parameters import Span

Fork = tuple[int, int]  # where a quarter is continued with fresh luck: a measured quarter from 0, a week of it from 1


class Lived(NamedTuple):
    """A case by its place: its trace, good until the next case is asked for, and its quarters' bookings once more."""

    case: int
    trace: Any  # a Trace
    again: dict[Fork, float]


class CaseError(Exception):
    """A case failed while it ran or was continued; its error is the cause, and the others are not to blame."""

    def __init__(self, case: int, stage: str) -> None:
        """By its place; `stage` is simulate or continue."""
        super().__init__(case, stage)
        self.case, self.stage = case, stage


@contextmanager
def blamed(case: int, stage: str, *others: type[Exception]) -> Iterator[None]:
    """Errors within are of this case, but for a lack of luck and `others`, after which all is done once more."""
    try:
        yield
    except Exception as error:
        if isinstance(error, (LuckExhausted, *others)):
            raise
        raise CaseError(case, stage) from error


def week_of(fork: Fork, span: Span) -> int:
    """The week of a fork, from day 0 and from 0. Raises UserError for one that the run does not have."""
    quarter, week = fork
    if not (0 <= quarter < span.quarters and 1 <= week <= WEEKS_PER_QUARTER):
        message = f"fork {fork}: must be a measured quarter, from 0, of {span.quarters}, and a week of it, 1 to 13"
        raise UserError(message)
    return WEEKS_PER_QUARTER * (span.warmup_quarters + quarter) + week - 1


def first_event(week: int) -> Kind:
    """With what a week begins."""
    return Kind.QUARTER_ENDED if week % WEEKS_PER_QUARTER == 0 else Kind.SWEPT
