"""The arrays of a run, and the firm's record that points to them; kept from run to run, as fresh memory is slow."""

from __future__ import annotations

import threading
import weakref
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.compiled import layout
from revsim.compiled.inquiries import Inquiries
from revsim.compiled.views import CELLS
from revsim.contract.constants import WEEKS
from revsim.contract.sizes import seats_of
from revsim.contract.trace import Trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import BuyerLuck, Luck

Room = dict[str, int]
LINE = 64  # bytes
MOST_OPENED = 64  # companies whose first day is kept: the scenarios of a study come in turn
CLEARED = ("marks", "queues", "signals", "streams", "people", "quarters")  # zero at first


def aligned(size: int, kind: Any) -> NDArray[Any]:  # noqa: ANN401 - what numpy takes for one
    """An array of anything that begins with a line of the processor's cache."""
    bytes_wanted = size * np.dtype(kind).itemsize
    raw = np.empty(bytes_wanted + LINE, np.uint8)
    start = -raw.ctypes.data % LINE
    return raw[start : start + bytes_wanted].view(kind)


def bytes_of(records: NDArray[Any]) -> NDArray[np.uint8]:
    """The same memory; numpy would copy records field by field."""
    return records.view(np.uint8)


def columns_of(rows: int) -> tuple[NDArray[Any], ...]:
    """Columns of a trace with room for so many rows."""
    return tuple(np.empty(rows, kind) for kind in (np.float64, np.int16, np.int64, np.int64, np.float64))


class Memory:
    """The arrays of one run at a time, of one shape of company, and the firm's record that points to them."""

    def __init__(self, p: Parameters, room: Room) -> None:
        """Empty arrays of the room that is wanted."""
        seats, weeks = seats_of(p), room["weeks"]
        self.shape = shape_of(p)
        self.room = dict(room)
        self.firms = np.zeros(1, layout.FIRM)
        self.arrays: dict[str, NDArray[Any]] = {
            name: aligned(size, kind)
            for name, kind, size in (
                ("lucks", layout.LUCK, 2),
                ("queues", layout.QUEUE, 2 + seats),
                ("signals", layout.SIGNAL, len(layout.SIGNALS)),
                ("streams", layout.STREAM, 2),
                ("people", layout.PERSON, seats + p.people.managers + p.desk.analysts),
                ("loads", np.float64, seats + p.people.managers + p.desk.analysts),
                ("best_of_groups", np.int64, seats),
                ("deals", layout.DEAL, room["deals"]),
                ("customers", layout.CUSTOMER, room["customers"]),
                ("quarters", layout.QUARTER, layout.QUARTER_SLOTS),
                ("seen", layout.SEEN, layout.QUARTER_SLOTS * WEEKS * room["seen"]),
                ("calendar", layout.ENTRY, room["calendar"]),
                ("later", layout.LATER, room["calendar"]),
                ("parts", np.int32, layout.PARTS),
                ("marks", np.uint64, layout.PARTS // 64),
                ("ahead", layout.AHEAD, room["ahead"]),
                ("book", np.int64, room["deals"]),
                ("scratch", np.int64, room["deals"] + 1024),
                ("sources", np.int64, CELLS),
                ("means", np.float64, CELLS),
                ("due", np.int64, 2 * (weeks + 64)),
                ("shifts", np.float64, weeks),
                ("asked_latency", np.float64, weeks),
                ("asked_number", np.float64, weeks),
            )
        }
        self.columns = columns_of(room["rows"])
        self.inquiries = [[Inquiries() for _ in layout.STREAMS] for _ in range(2)]  # before and after a fork
        self.handed_out: list[weakref.ref[Any]] = []  # of columns that somebody may still look at
        self.luck: list[NDArray[Any]] = []  # held while the record points to it
        self.opened: dict[int, tuple[Parameters, NDArray[np.uint8], NDArray[np.uint8]]] = {}  # by what `id` says

    def begin(self, p: Parameters) -> None:
        """As on the first day of a company with these parameters."""
        firm, signals = bytes_of(self.firms), bytes_of(self.arrays["signals"])
        if id(p) not in self.opened:
            firm[:] = 0
            self.open(p)
            if len(self.opened) >= MOST_OPENED:
                del self.opened[next(iter(self.opened))]
            self.opened[id(p)] = (p, firm.copy(), signals.copy())  # held, so that no other has the same `id`
        for name in CLEARED:
            bytes_of(self.arrays[name])[:] = 0
        firm[:], signals[:] = self.opened[id(p)][1:]
        queues = self.arrays["queues"]
        queues["first"] = queues["last"] = -1
        self.arrays["due"][:] = -1
        self.arrays["parts"][:] = -1
        if any(column() is not None for column in self.handed_out):
            self.columns = columns_of(self.room["rows"])
        self.handed_out.clear()
        for name, column in zip(Trace._fields, self.columns, strict=True):
            self.firms[0][f"at_{name}"] = column.ctypes.data
        self.luck.clear()

    def open(self, p: Parameters) -> None:
        """The firm's record: parameters, sizes, addresses, and what Firm.__init__ of the reference sets."""
        firm = self.firms[0]
        layout.fill(firm["p"], p)
        firm["seats"], firm["managers"], firm["analysts"] = seats_of(p), p.people.managers, p.desk.analysts
        firm["sources"], firm["weeks"] = len(p.demand.source_upto), p.span.weeks
        for name, size in self.room.items():
            if name != "weeks":  # those of the run are what counts
                firm[f"max_{name}"] = size
        for name, array in self.arrays.items():
            firm[f"at_{name}"] = array.ctypes.data
        layout.fill(firm["design"], p.today.design)
        layout.fill(firm["coordination"], p.today.coordination)
        layout.fill(firm["heroics"], p.today.heroics)
        firm["levers"][:] = p.today.design.levers
        firm["recorded_levers"][:] = -1.0
        firm["last_agreement"] = firm["last_reset"] = firm["dip_on"] = -inf
        firm["level"], firm["tolerance"] = p.leadership.opening_level, p.leadership.tolerance_start
        firm["latency"] = p.leadership.latency_base
        firm["free"] = -1
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
        for place, name in enumerate(layout.SIGNALS):
            self.arrays["signals"][place] = (closed[name], name in weekly, 0, -1, 0.0)

    def deal_out(self, place: int, luck: Luck) -> None:
        """Luck before (0) or after (1) a fork."""
        into = self.arrays["lucks"][place]
        for stream, name in enumerate(layout.STREAMS):
            buyers: BuyerLuck = getattr(luck, name)
            keys = into["buyer_keys"][stream] = buyers.keys()
            into["sizes"][stream] = len(buyers.clock)
            drawn = self.inquiries[place][stream].of(keys, len(buyers.clock))
            places = into["inquiries"][stream]
            for part in ("clock", "fit", "value", "worked", "cells", "drawn"):
                places[part] = getattr(drawn, part).ctypes.data
            places["rows"] = len(drawn.clock)
        roles = (luck.reps, luck.managers, luck.analysts)
        self.check(luck)
        sizes = self.shape
        for purpose in layout.OF_PEOPLE:
            tables = [getattr(role, purpose)[:size] for role, size in zip(roles, sizes, strict=True)]
            into[purpose] = self.hold(np.concatenate(tables))
        for name in luck.week._fields:
            into[f"week_{name}"] = self.hold(getattr(luck.week, name))
        for name in luck.base._fields:
            into[f"base_{name}"] = self.hold(getattr(luck.base, name))

    def hand_out(self, size: int) -> Trace:
        """The first rows as a trace, on this memory; while anybody holds a column the next run writes elsewhere."""
        # numpy hands the memory of an array of an array on, and that of a memoryview not: who holds a part of a
        # column holds the column
        columns = [np.frombuffer(memoryview(column), column.dtype, size) for column in self.columns]  # type: ignore[arg-type]
        self.handed_out = [weakref.ref(column.base) for column in columns]  # which all that is made of one holds
        return Trace(*columns)

    def check(self, luck: Luck) -> None:
        """Raise IndexError, as the reference does sooner or later, where there is not luck for all that is indexed."""
        firm = self.firms[0]
        wanted = (*self.shape, int(firm["weeks"]), int(firm["p"]["customers"]["installed_base"]))
        parts = (luck.reps, luck.managers, luck.analysts, luck.week, luck.base)
        names = ("reps", "managers", "analysts", "weeks", "customers")
        for name, part, count in zip(names, parts, wanted, strict=True):
            least = min(len(column) for column in part)
            if least < count:
                raise IndexError(f"luck of {name} is for {least}, this company wants {count}: see `sizes_for`")

    def hold(self, array: NDArray[np.float64]) -> int:
        """Hold on to luck; its address."""
        self.luck.append(np.ascontiguousarray(array, dtype=np.float64))
        return self.luck[-1].ctypes.data


def shape_of(p: Parameters) -> tuple[int, ...]:
    """What the sizes of arrays depend on, beside room: seats, managers, analysts."""
    return seats_of(p), p.people.managers, p.desk.analysts


class _Kept(threading.local):
    memory: Memory | None = None


_kept = _Kept()


def memory_for(p: Parameters, room: Room) -> Memory:
    """The thread's memory where it fits, else a new one with at least this room, ready for the first day."""
    kept = _kept.memory
    if kept is None or kept.shape != shape_of(p) or any(kept.room[name] < size for name, size in room.items()):
        larger = room if kept is None else {name: max(size, kept.room[name]) for name, size in room.items()}
        kept = _kept.memory = Memory(p, larger)
    kept.begin(p)
    return kept
