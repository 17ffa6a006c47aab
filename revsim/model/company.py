"""The company from its first day to its last."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from revsim.contract.trace import trace_of
from revsim.model import customers, definitions, people, remedies
from revsim.model.firm import Firm
from revsim.model.history import History
from revsim.model.market import Stream
from revsim.model.week import weeks

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Trace
    from revsim.luck.draw import Luck


def run(p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Trace:
    """One run of the reference engine."""
    firm = Firm(p, luck.drawn(), fork_at, None if luck_after is None else luck_after.drawn())
    firm.own, firm.bought = Stream(), Stream()
    firm.history = History(p.sales.stages)
    people.open_company(firm)
    customers.open_base(firm)
    definitions.open_definitions(firm)
    remedies.own(firm)
    firm.rows.clear()  # what holds before the first day is said again on the first day
    collecting = gc.isenabled()
    gc.disable()  # a run makes many objects and few cycles; looking for these costs a tenth of it
    try:
        firm.env.run(until=firm.env.process(weeks(firm)))
    finally:
        if collecting:
            gc.enable()
    trace = trace_of(firm.rows)
    firm.rows.clear()  # the firm is a web of cycles; its largest part need not wait for the collector
    firm.book.clear()
    firm.history.past.clear()
    return trace
