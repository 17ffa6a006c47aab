"""The arrays of a run, and the firm's record that points to them; kept from run to run, as fresh memory is slow.

A memory serves companies of any shape that there is room for. Of the memories of a thread one runs, with the rows of
the trace; the others keep states or go on from them, behind the rows that the first has written.
"""

from __future__ import annotations

import threading
import weakref
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from revsim.compiled import layout
from revsim.compiled.inquiries import Inquiries
from revsim.compiled.room import larger, suffices
from revsim.compiled.views import CELLS
from revsim.contract.constants import WEEKS
from revsim.contract.sizes import seats_of
from revsim.contract.trace import Trace
from revsim.mechanisms.signal import SIGNALS, signals_of
from revsim.mechanisms.state import State

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.compiled.room import Room
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import BuyerLuck, Luck

LINE = 64  # bytes
MOST_OPENED = 512  # companies whose first day is kept, 6 kB each: the scenarios of a study come in turn
CLEARED = ("marks", "queues", "signals", "streams", "people", "quarters")  # zero at first
SHARED = ("sources", "means", "ahead")  # with whoever goes on behind what another has written, as are the rows
NO_WEEK = -1
RUNS, CONTINUES, KEEPS = range(3)  # what a memory is for


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
    """The arrays of one run at a time, and the firm's record that points to them."""

    def __init__(self, room: Room, role: int = RUNS) -> None:
        """Empty arrays of the room that is wanted; only one that runs has rows, and one that keeps takes few deals."""
        seats, weeks, everybody = room["seats"], room["weeks"], room["people"]
        self.shape: tuple[int, ...] = ()  # seats, managers and analysts of the company that it holds
        self.room = dict(room)
        self.firms = np.zeros(1, layout.FIRM)
        self.arrays: dict[str, NDArray[Any]] = {
            name: aligned(size, kind)
            for name, kind, size in (
                ("lucks", layout.LUCK, 2),
                ("queues", layout.QUEUE, 2 + seats),
                ("signals", layout.SIGNAL, SIGNALS),
                ("streams", layout.STREAM, 2),
                ("people", layout.PERSON, everybody),
                ("loads", np.float64, everybody),
                ("best_of_groups", np.int64, seats),
                ("deals", layout.DEAL, 0 if role == KEEPS else room["deals"]),
                ("customers", layout.CUSTOMER, room["customers"]),
                ("quarters", layout.QUARTER, layout.QUARTER_SLOTS),
                ("seen", layout.SEEN, layout.QUARTER_SLOTS * WEEKS * room["seen"]),
                ("calendar", layout.ENTRY, room["calendar"]),
                ("later", layout.LATER, room["calendar"]),
                ("parts", np.int32, layout.PARTS),
                ("marks", np.uint64, layout.PARTS // 64),
                ("ahead", layout.AHEAD, room["ahead"] if role == RUNS else 0),
                ("book", np.int64, room["deals"]),
                ("scratch", np.int64, 2 * (room["deals"] + room["calendar"]) + WEEKS * room["seen"] + 1024),
                ("sources", np.int64, CELLS),
                ("means", np.float64, CELLS),
                ("due", np.int64, 2 * (weeks + layout.SPARE_WEEKS)),
                ("shifts", np.float64, weeks),
                ("asked_latency", np.float64, weeks),
                ("asked_number", np.float64, weeks),
            )
        }
        self.columns = columns_of(room["rows"] if role == RUNS else 0)
        self.inquiries = [[Inquiries() for _ in layout.STREAMS] for _ in range(2)]  # before and after a fork
        self.handed_out: list[weakref.ref[Any]] = []  # of columns that somebody may still look at
        self.luck: list[NDArray[Any]] = []  # held while the record points to it
        self.begun = 0  # how many companies have begun here, by which one knows whether it is still there
        self.opened: dict[int, tuple[Parameters, NDArray[np.uint8], NDArray[np.uint8]]] = {}  # by what `id` says

    def first_day(self, p: Parameters) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The firm's record and the signals of a company before anything has happened, as bytes; made once."""
        if id(p) not in self.opened:
            firm, signals = bytes_of(self.firms), bytes_of(self.arrays["signals"])
            before = firm.copy(), signals.copy()
            firm[:] = 0
            self.open(p)
            if len(self.opened) >= MOST_OPENED:
                del self.opened[next(iter(self.opened))]
            self.opened[id(p)] = (p, firm.copy(), signals.copy())  # held, so that no other has the same `id`
            firm[:], signals[:] = before
        return self.opened[id(p)][1:]

    def begin(self, p: Parameters) -> None:
        """As on the first day of a company with these parameters."""
        self.begun += 1
        for name in CLEARED:
            bytes_of(self.arrays[name])[:] = 0
        opened = self._as_opened(p)
        bytes_of(self.arrays["signals"])[:] = opened
        queues = self.arrays["queues"]
        queues["first"] = queues["last"] = -1
        self.arrays["due"][:] = -1
        self.arrays["parts"][:] = -1
        self._write_elsewhere(0)
        self.luck.clear()

    def go_on(self, p: Parameters, rows: int) -> None:
        """Ready for a state of which this memory has written the first rows; luck stays as it was dealt."""
        self._as_opened(p)
        self._write_elsewhere(rows)

    def go_behind(self, other: Memory, p: Parameters) -> None:
        """Ready for a state of another memory's company: what is written goes behind what that one has written."""
        self._as_opened(p)
        mine, others = self.firms[0], other.firms[0]
        for name in (*SHARED, *Trace._fields):
            mine[f"at_{name}"] = others[f"at_{name}"]
        for name in ("rows", "ahead"):
            mine[f"max_{name}"] = others[f"max_{name}"]

    def hold_deals(self, count: int) -> None:
        """Room for the deals of a state that is kept."""
        if len(self.arrays["deals"]) < count:
            self.arrays["deals"] = aligned(2 * count, layout.DEAL)
        held = self.arrays["deals"]
        self.firms[0]["at_deals"], self.firms[0]["max_deals"] = held.ctypes.data, len(held)

    def _as_opened(self, p: Parameters) -> NDArray[np.uint8]:
        """The record as of the first day; signals as of then."""
        record, signals = self.first_day(p)
        bytes_of(self.firms)[:] = record
        self.shape = shape_of(p)
        return signals

    def _write_elsewhere(self, rows: int) -> None:
        """Where somebody looks at the last trace, into other columns that begin with its first rows."""
        if any(column() is not None for column in self.handed_out):
            before, self.columns = self.columns, columns_of(self.room["rows"])
            for old, new in zip(before, self.columns, strict=True):
                new[:rows] = old[:rows]
        self.handed_out.clear()
        for name, column in zip(Trace._fields, self.columns, strict=True):
            self.firms[0][f"at_{name}"] = column.ctypes.data

    def open(self, p: Parameters) -> None:
        """The firm's record: parameters, sizes, addresses, and what Firm.__init__ of the reference sets."""
        firm = self.firms[0]
        layout.fill(firm, vars(State(p)))
        firm["seats"], firm["managers"], firm["analysts"] = seats_of(p), p.people.managers, p.desk.analysts
        firm["sources"], firm["weeks"] = len(p.demand.source_upto), p.span.weeks
        for name in layout.ROOMS:
            firm[f"max_{name}"] = self.room[name]
        for name, array in self.arrays.items():
            firm[f"at_{name}"] = array.ctypes.data
        firm["free"] = -1
        firm["fork_at"], firm["pause_week"], firm["at_self"] = inf, NO_WEEK, self.firms.ctypes.data
        for place, signal in enumerate(signals_of(p.loops)):
            self.arrays["signals"][place] = (signal.closed, signal.weekly, 0, -1, 0.0)

    def deal_out(self, place: int, luck: Luck) -> None:
        """Luck before (0) or after (1) a fork."""
        into = self.arrays["lucks"][place]
        for stream, name in enumerate(layout.STREAMS):
            buyers: BuyerLuck = getattr(luck, name)
            keys = into["buyer_keys"][stream] = buyers.keys()
            into["sizes"][stream] = len(buyers.clock)
            drawn = self.inquiries[place][stream].of(keys, len(buyers.clock))
            places = into["inquiries"][stream]
            for part in ("clock", "fit", "value", "worked", "cells", "clocks", "whole"):
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
    """Memories of a thread: the one that runs, and those beside it."""

    memory: Memory | None = None
    spares: tuple[Memory, ...] = ()


_kept = _Kept()


def thread_s_own() -> Memory | None:
    """The thread's memory, if it has one."""
    return _kept.memory


def memory_of_thread(room: Room) -> Memory:
    """The thread's memory where it has this room, else a new one with at least as much."""
    kept = _kept.memory
    if kept is None or not suffices(kept.room, room):
        wanted = room if kept is None else larger(kept.room, room)
        kept = _kept.memory = None  # before there are two
        _kept.spares = ()
        kept = _kept.memory = Memory(wanted)
    return kept


def memory_for(p: Parameters, room: Room) -> Memory:
    """The thread's memory with at least this room, ready for the first day."""
    memory = memory_of_thread(room)
    memory.begin(p)
    return memory


def spare(place: int, room: Room) -> Memory:
    """A memory of the thread beside the one that runs, of the same room: the first continues, others keep states."""
    if _kept.spares and _kept.spares[0].room != room:
        _kept.spares = ()
    while len(_kept.spares) <= place:
        _kept.spares = (*_kept.spares, Memory(room, KEEPS if _kept.spares else CONTINUES))
    return _kept.spares[place]
