"""Who goes on from a state that lasts reads nothing that another run has left in the thread's memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from revsim.compiled import company, memory
from revsim.compiled.calendar import ENTITY_BITS
from revsim.compiled.state import FORGOTTEN
from revsim.contract.of_scenario import parameters_of
from revsim.contract.trace import Trace
from revsim.scenario.address import replace
from revsim.simulate import keep, simulate
from revsim.states import stored
from tests.model.busy import busy
from tests.model.test_prefix import same
from tests.tiny import luck_for

PULLS = {"world.sales.pull_strength": 8.0, "world.sales.stages[3].buyer_days": 60}  # each forgets what was to come


def pending(of: memory.Memory) -> Iterator[np.void]:
    """Entries of a calendar that wait, those that were forgotten among them."""
    firm, waiting = of.firms[0], of.arrays["later"]
    yield from of.arrays["calendar"][: firm["n_calendar"]]
    for first in of.arrays["parts"]:
        place = first
        while place >= 0:
            yield waiting[place]
            place = waiting[place]["next"]


def poison(main: memory.Memory, kept: memory.Memory) -> int:
    """Fill the memory with nonsense in which every forgotten entry is a deal's again; how many of them there are."""
    listed = set(kept.arrays["scratch"][: kept.firms[0]["n_listed"]].tolist())
    for name, array in main.arrays.items():
        if name not in {"lucks", "signals", *memory.SHARED}:
            array.view(np.uint8)[:] = 0xFF
    found = 0
    for entry in pending(kept):
        what = int(entry["what"])
        place = FORGOTTEN - what if what <= FORGOTTEN else what
        if place >= 0 and entry["rank"] >> ENTITY_BITS and place not in listed:
            deal = main.arrays["deals"][place]
            deal["token"], deal["stage"], deal["id"] = entry["number"], 2, 5
            found += 1
    return found


def test_an_entry_that_was_forgotten_stays_so_whatever_lies_where_its_deal_was(monkeypatch: pytest.MonkeyPatch) -> None:
    let_live, found = company.let_live, list[int]()

    def poisoned(
        main: memory.Memory, how: int, until: tuple[int, int] = (-1, 0), other: memory.Memory | None = None
    ) -> None:
        if how == company.RESUME and other is not None:
            found.append(poison(main, other))
        let_live(main, how, until, other)

    monkeypatch.setattr(stored, "let_live", poisoned)
    p = parameters_of(replace(busy(), PULLS, "pulls"))
    for replication in range(14):
        luck = luck_for(p, replication=replication)
        expected = Trace(*(column.copy() for column in simulate(p, luck, "compiled")))
        for week in range(30, p.span.weeks, 3):
            assert same(keep(p, luck, 5.0 * week, "compiled").go_on(p), expected), (replication, week)
    assert sum(found) > 5
