"""The company from its first day to its last, compiled. See model/company.py.

Arrays are sized by a first guess; whatever runs out of room is made larger and the run is made again, which gives the
same rows: nothing is ever cut off.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.compiled import customers, definitions, history, layout, people, remedies, week
from revsim.compiled._kernel import kernel
from revsim.compiled.calendar import ROOM_FOR_EVENTS
from revsim.compiled.customers import ROOM_FOR_CUSTOMERS
from revsim.compiled.firm import ROOM_FOR_ROWS
from revsim.compiled.forecasting import ROOM_FOR_SNAPSHOTS
from revsim.compiled.handoff import ROOM_FOR_DEALS
from revsim.compiled.market import LUCK_OF_BOUGHT, LUCK_OF_OWN
from revsim.compiled.people import TOO_MANY_GENERATIONS
from revsim.contract.constants import WEEKS
from revsim.contract.sizes import seats_of
from revsim.contract.trace import Trace
from revsim.errors import LuckExhausted, UserError
from revsim.luck.purposes import GENERATIONS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import BuyerLuck, Luck

Room = dict[str, int]
RUN_OUT = {
    ROOM_FOR_EVENTS: "calendar",
    ROOM_FOR_ROWS: "rows",
    ROOM_FOR_DEALS: "deals",
    ROOM_FOR_CUSTOMERS: "customers",
    ROOM_FOR_SNAPSHOTS: "seen",
}
SMALL = {"lucks", "queues", "signals", "streams", "people", "quarters"}  # zero at first


@kernel
def live(firms):
    """Open the company and let it live."""
    firm = firms[0]
    people.open_company(firm)
    customers.open_base(firm)
    definitions.open_definitions(firm)
    history.open_history(firm)
    remedies.set_ownership(firm)
    week.weeks(firm)


class Memory:
    """The arrays of one run, and the firm's record that points to them."""

    def __init__(self, p: Parameters, room: Room) -> None:
        """Empty arrays of the room that is wanted."""
        seats, weeks = seats_of(p), p.span.weeks
        self.firms = np.zeros(1, layout.FIRM)
        self.kept: list[NDArray[Any]] = []
        firm = self.firms[0]
        layout.fill(firm["p"], p)
        firm["seats"], firm["managers"], firm["analysts"] = seats, p.people.managers, p.desk.analysts
        firm["sources"], firm["weeks"] = len(p.demand.source_upto), weeks
        for name, size in room.items():
            firm[f"max_{name}"] = size
        everybody = seats + p.people.managers + p.desk.analysts
        for name, kind, size in (
            ("lucks", layout.LUCK, 2),
            ("queues", layout.QUEUE, 2 + seats),
            ("signals", layout.SIGNAL, len(layout.SIGNALS)),
            ("streams", layout.STREAM, 2),
            ("people", layout.PERSON, everybody),
            ("deals", layout.DEAL, room["deals"]),
            ("customers", layout.CUSTOMER, room["customers"]),
            ("quarters", layout.QUARTER, layout.QUARTER_SLOTS),
            ("seen", layout.SEEN, layout.QUARTER_SLOTS * WEEKS * room["seen"]),
            ("calendar", layout.ENTRY, room["calendar"]),
            ("rows", layout.ROW, room["rows"]),
            ("book", np.int64, room["deals"]),
            ("scratch", np.int64, room["deals"] + 1024),
            ("due", np.int64, 2 * (weeks + 64)),
            ("shifts", np.float64, weeks),
            ("asked_latency", np.float64, weeks),
            ("asked_number", np.float64, weeks),
        ):
            firm[f"at_{name}"] = self.keep(np.zeros(size, kind) if name in SMALL else np.empty(size, kind))
        self.kept_by_name("due")[:] = -1
        self.open(p)

    def keep(self, array: NDArray[Any]) -> int:
        """Hold on to an array; its address."""
        self.kept.append(array)
        return array.ctypes.data

    def kept_by_name(self, name: str) -> NDArray[Any]:
        """One of the arrays."""
        address = self.firms[0][f"at_{name}"]
        return next(array for array in self.kept if array.ctypes.data == address)

    def open(self, p: Parameters) -> None:
        """What Firm.__init__ of the reference sets that is not zero."""
        firm = self.firms[0]
        layout.fill(firm["design"], p.today.design)
        layout.fill(firm["coordination"], p.today.coordination)
        layout.fill(firm["heroics"], p.today.heroics)
        firm["levers"][:] = p.today.design.levers
        firm["recorded_levers"][:] = -1.0
        firm["last_agreement"] = firm["last_reset"] = firm["dip_on"] = -inf
        firm["level"], firm["tolerance"] = p.leadership.opening_level, p.leadership.tolerance_start
        firm["latency"] = p.leadership.latency_base
        firm["budget"] = firm["decided_budget"] = 1.0
        firm["decided_seats"] = p.sales.reps
        firm["desk_rate"] = firm["worked"] = firm["pickup"] = 1.0
        firm["recent_yield"] = firm["usual_yield"] = 0.5
        loops = p.loops
        weekly = {"pressures", "gaps"}
        closed = {
            "pressures": loops.pressure, "gaps": loops.pressure, "ratchets": loops.plan_ratchet,
            "budgets": loops.number_used, "seats": loops.number_used, "disagreements": loops.disagreement,
            "tolerances": loops.trust, "yield_ratios": loops.follow_up, "attainments": loops.attainment,
            "dips": loops.revision,
        }  # fmt: skip
        closed |= {f"loads_{role}": loops.energy for role in range(3)}
        closed |= {f"hours_lost_{role}": loops.hours for role in range(3)}
        signals = self.kept_by_name("signals")
        for place, name in enumerate(layout.SIGNALS):
            signals[place] = (closed[name], name in weekly, 0, -1, 0.0)
        queues = self.kept_by_name("queues")
        queues["first"] = queues["last"] = -1

    def deal_out(self, place: int, luck: Luck) -> None:
        """Luck before (0) or after (1) a fork."""
        into = self.kept_by_name("lucks")[place]
        for stream, name in enumerate(layout.STREAMS):
            buyers: BuyerLuck = getattr(luck, name)
            into["buyer_keys"][stream] = buyers.keys()
            into[f"{name}_size"] = len(buyers.clock)
            for purpose in layout.ALL_MEET:
                into[f"{name}_{purpose}"] = self.keep(np.ascontiguousarray(getattr(buyers, purpose)))
        roles = (luck.reps, luck.managers, luck.analysts)
        sizes = (int(self.firms[0]["seats"]), int(self.firms[0]["managers"]), int(self.firms[0]["analysts"]))
        for purpose in layout.OF_PEOPLE:
            tables = [getattr(role, purpose)[:size] for role, size in zip(roles, sizes, strict=True)]
            into[purpose] = self.keep(np.ascontiguousarray(np.concatenate(tables), dtype=np.float64))
        for name in luck.week._fields:
            into[f"week_{name}"] = self.keep(np.ascontiguousarray(getattr(luck.week, name)))
        for name in luck.base._fields:
            into[f"base_{name}"] = self.keep(np.ascontiguousarray(getattr(luck.base, name)))


def first_room(p: Parameters) -> Room:
    """A first guess of how much room a run takes."""
    weeks = p.span.weeks
    inquiries = int(weeks * p.demand.inquiries_per_week)
    return {
        "calendar": 4096,
        "rows": 4096 + 3 * inquiries + 200 * weeks,
        "deals": 1024 + inquiries // 3,
        "customers": 1024 + p.customers.installed_base + inquiries // 12,
        "seen": 1024,
    }


def run(p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Trace:
    """One run of the compiled engine. Raises LuckExhausted and UserError as the reference does."""
    memory = lived(p, luck, fork_at, luck_after)
    return trace_of(memory.kept_by_name("rows")[: int(memory.firms[0]["n_rows"])])


def events_of(p: Parameters, luck: Luck) -> int:
    """How many events a run schedules."""
    return int(lived(p, luck, inf, None).firms[0]["number_of_events"])


def lived(p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> Memory:
    """The memory of a run that had room enough."""
    room = first_room(p)
    while True:
        memory = Memory(p, room)
        firm = memory.firms[0]
        firm["fork_at"], firm["forking"] = fork_at, luck_after is not None
        memory.deal_out(0, luck)
        if luck_after is not None:
            memory.deal_out(1, luck_after)
        live(memory.firms)
        status = int(firm["status"])
        if status == 0:
            return memory
        if status in (LUCK_OF_OWN, LUCK_OF_BOUGHT):
            raise LuckExhausted("inquiries" if status == LUCK_OF_OWN else "bought", int(firm["wanted"]))
        if status == TOO_MANY_GENERATIONS:
            raise UserError(
                f"more than {GENERATIONS} people on one seat: lower world.sales.exit_hazard or heroics.exit"
            )
        room[RUN_OUT[status]] *= 2


def trace_of(rows: NDArray[np.void]) -> Trace:
    """Rows as arrays, sorted by time; rows of one time keep their order."""
    order = np.argsort(rows["time"], kind="stable")
    kinds = {"kind": np.int16}
    return Trace(*(rows[name][order].astype(kinds.get(name, rows[name].dtype)) for name in Trace._fields))
