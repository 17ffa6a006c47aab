"""The company from its first day to its last."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from revsim.contract.trace import trace_of
from revsim.mechanisms import customers, definitions, people, remedies
from revsim.model.firm import Firm
from revsim.model.week import weeks

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Trace
    from revsim.luck.draw import Luck


_lock = threading.Lock()
_runs: list[bool] = []  # under way in all threads; each holds whether cycles were looked for before the first


@contextmanager
def _without_search_for_cycles() -> Iterator[None]:
    """A run makes many objects and few cycles; looking for these costs a tenth of it. The last one out looks again."""
    with _lock:
        _runs.append(_runs[0] if _runs else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            if _runs.pop() and not _runs:
                gc.enable()


def run(p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Trace:
    """One run of the reference engine."""
    firm = Firm(p, luck.drawn(), fork_at, None if luck_after is None else luck_after.drawn())
    people.open_company(firm)
    remedies.set_ownership(firm)
    customers.open_base(firm)
    definitions.open_definitions(firm)
    with _without_search_for_cycles():
        firm.env.run(until=firm.env.process(weeks(firm)))
    trace = trace_of(firm.rows)
    firm.rows.clear()  # the firm is a web of cycles; its largest part need not wait for the collector
    firm.book.clear()
    firm.past.clear()
    return trace
