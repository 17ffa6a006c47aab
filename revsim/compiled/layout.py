"""What the compiled engine keeps in memory: one record for the firm, and arrays of records that it points to.

The fields are named as the attributes of `State`, `Person`, `Customer`, `Signal` and `Quarter` in mechanisms/, so that
rules find them, and as those of the reference's `Deal`. Parameters become a nested record, field by field.
"""

from __future__ import annotations

import typing
from typing import Any

import numpy as np

from revsim.contract import chosen
from revsim.contract.constants import FORECASTS, KEPT, WEEKS
from revsim.contract.parameters import Parameters
from revsim.luck.purposes import STAGES

SOURCES = 12  # most that a scenario may have
SPARE_WEEKS = 64  # after the last: contracts of a year that come up then
QUARTER_SLOTS = KEPT + 1
PARTS = 16384  # of days, in a round of the calendar; a power of two
WIDTH = {"season": 4, "levers": 12, "source_upto": SOURCES, "source_fit": SOURCES}  # stage_...: STAGES


def record_type(kind: type) -> np.dtype[np.void]:
    """The record of a NamedTuple of numbers, tuples of numbers and further NamedTuples."""
    fields: list[tuple[Any, ...]] = []
    for name, hint in typing.get_type_hints(kind).items():
        if hint in (float, int, bool):
            fields.append((name, {float: "f8", int: "i8", bool: "?"}[hint]))
        elif typing.get_origin(hint) is tuple:
            fields.append((name, "f8", (WIDTH.get(name, STAGES),)))
        else:
            fields.append((name, record_type(hint)))
    return np.dtype(fields, align=True)


def fill(record: Any, values: dict[str, Any]) -> None:  # noqa: ANN401 - a numpy record
    """Copy values, NamedTuples among them, into fields of the same names; what is shorter is followed by infinity."""
    for name, value in values.items():
        if hasattr(value, "_fields"):
            fill(record[name], value._asdict())
        elif isinstance(value, tuple | list):
            record[name][: len(value)] = value
            if len(value) < len(record[name]):
                record[name][len(value) :] = np.inf
        else:
            record[name] = value


SIGNAL = np.dtype([("closed", "?"), ("weekly", "?"), ("count", "i8"), ("last", "i8"), ("total", "f8")], align=True)
QUEUE = np.dtype([("first", "i8"), ("last", "i8"), ("count", "i8")], align=True)
STREAM = np.dtype([("next", "i8"), ("clock", "f8"), ("reached", "f8"), ("offset", "f8")], align=True)
PERSON = np.dtype(
    [
        ("role", "i8"), ("seat", "i8"), ("generation", "i8"), ("present", "?"), ("hero", "?"), ("serving", "?"),
        ("vacant_until", "f8"), ("joined", "f8"), ("log_skill", "f8"), ("optimism", "f8"), ("hazard", "f8"),
        ("leaves_at", "f8"), ("energy", "f8"), ("bridge_left", "f8"), ("bridged", "f8"), ("hours", "f8"),
        ("rate", "f8"), ("room", "f8"), ("open_deals", "i8"), ("booked", "f8"), ("booked_year", "f8"),
    ],
    align=True,
)  # fmt: skip
DEAL = np.dtype(  # a line of the processor's cache, 64 bytes, a line here: what is asked together lies together
    [
        ("bought", "?"), ("in_service", "?"), ("at_desk", "?"), ("negotiating", "?"), ("held", "?"), ("asked", "?"),
        ("in_queue", "?"), ("seen_by_operations", "?"), ("id", "i8"), ("token", "i8"), ("stage", "i8"), ("won", "f8"),
        ("left_record", "f8"), ("value", "f8"), ("lag", "f8"),
        ("entered", "f8", (STAGES,)),
        ("progress", "f8", (STAGES,)),
        ("rep", "i8"), ("sensed", "i8"), ("judgement", "f8"), ("odds", "f8"), ("need_total", "f8"),
        ("need_stage", "f8"), ("fit", "f8"), ("slower", "f8"),
        ("row", "i8"), ("next", "i8"), ("queued", "f8"), ("effort", "f8"), ("patience_until", "f8"), ("server", "i8"),
        ("loop", "i8"), ("created", "f8"),
        ("of_effort", "f8", (4,)), ("of_patience", "f8", (4,)),
        ("of_buyer_time", "f8", (4,)), ("of_advance", "f8", (4,)),
        ("due", "f8"), ("deciding_since", "f8"), ("pushed", "f8"), ("pull_at", "f8"), ("discount", "f8"),
        ("oversold", "f8"), ("booked", "f8"), ("asked_latency", "f8"),
        ("waits_for", "i8"), ("handovers", "i8"), ("arrived", "f8"), ("reading", "f8"), ("log_value", "f8"),
        ("began", "f8"), ("mean", "f8"), ("rate", "f8"),  # of what it waits for, where a fork would redraw it
    ],
    align=True,
)  # fmt: skip
CUSTOMER = np.dtype(
    [
        ("id", "i8"), ("next", "i8"), ("fit", "f8"), ("value", "f8"), ("due", "f8"), ("leaves_at", "f8"),
        ("oversold", "f8"), ("hazard", "f8"), ("ownership", "f8"),
    ],
    align=True,
)  # fmt: skip
QUARTER = np.dtype(
    [
        ("weeks", "i8"), ("bookings", "f8"), ("closed", "f8", (WEEKS,)), ("roll_up", "f8", (WEEKS,)),
        ("leads", "f8", (WEEKS,)), ("forecasts", "f8", (FORECASTS, WEEKS)), ("won", "f8", (WEEKS, STAGES)),
        ("open", "f8", (WEEKS, STAGES)), ("seen", "i8", (WEEKS,)),
    ],
    align=True,
)  # fmt: skip
SEEN = np.dtype([("deal", "i8"), ("progress", "f8"), ("value", "f8"), ("won", "f8")], align=True)  # of a snapshot
ENTRY = np.dtype([("time", "f8"), ("rank", "i8"), ("number", "i8"), ("what", "i8")], align=True)  # of the calendar
LATER = np.dtype([*((name, ENTRY[name]) for name in ENTRY.names or ()), ("next", "i8")], align=True)
AHEAD = np.dtype(  # a row that is known before its time; `more`: the next one is of the same instant
    [("time", "f8"), ("entity", "i8"), ("value", "f8"), ("actor", "i4"), ("kind", "i2"), ("more", "?")], align=True
)

STREAMS = ("own", "bought")
INQUIRIES = np.dtype([(name, "i8") for name in ("clock", "fit", "value", "worked", "cells", "clocks", "whole", "rows")])
OF_PEOPLE = ("skill", "optimism", "exit", "tenure")
OF_WEEKS = ("shock", "shift", "drift", "mood", "meeting", "owner", "opening")
OF_BASE = ("fit", "value", "age", "churn")
LUCK = np.dtype(
    [
        ("buyer_keys", "u8", (2, 32, 2)),  # stream, purpose, key
        ("sizes", "i8", (2,)),  # buyers of a stream whom there is luck for
        ("inquiries", INQUIRIES, (2,)),  # where what is drawn of them lies
        *((name, "i8") for name in OF_PEOPLE),
        *((f"week_{name}", "i8") for name in OF_WEEKS),
        *((f"base_{name}", "i8") for name in OF_BASE),
    ],
    align=True,
)

ROOMS = ("deals", "customers", "seen", "calendar", "rows", "ahead")  # that may run out
POINTERS = (
    "at_lucks", "at_queues", "at_signals", "at_streams", "at_people", "at_loads", "at_deals", "at_customers",
    "at_quarters", "at_seen", "at_calendar", "at_later", "at_parts", "at_marks", "at_time", "at_kind", "at_entity",
    "at_actor", "at_value", "at_ahead", "at_sources", "at_means", "at_book", "at_scratch", "at_due", "at_shifts",
    "at_asked_latency", "at_asked_number", "at_best_of_groups",
)  # fmt: skip
FIRM = np.dtype(
    [
        ("p", record_type(Parameters)),
        ("luck_spent", "i8"),  # 0: the first luck, 1: that after the fork
        *((name, "i8") for name in POINTERS),
        ("fork_at", "f8"),
        *((name, "i8") for name in (
            "seats", "managers", "analysts", "sources", "weeks", "status", "wanted",
            "at_self", "at_other", "goes_on", "pause_week", "pause_kind", "begins_anew", "n_listed",
            *(f"max_{name}" for name in ROOMS),
            # from here on: the state
            "n_deals", "n_customers", "n_calendar", "n_later", "free", "part", "n_rows", "n_ahead", "ahead_from",
            "n_book", "number_of_events",
        )),
        ("now", "f8"), ("ends", "f8"),
        ("measured", "?"), ("last_warmup_year", "?"), ("week", "i8"),
        # market and definitions
        ("shock", "f8"), ("shift", "f8"), ("n_shifts", "i8"), ("readings", "f8", (5,)), ("last_review", "f8"),
        # remedies in force
        ("design", record_type(chosen.Design)), ("coordination", record_type(chosen.Coordination)),
        ("heroics", record_type(chosen.Heroics)), ("active", "i8", (3,)),
        ("levers", "f8", (12,)), ("recorded_levers", "f8", (12,)), ("unbuilt", "f8"), ("compliance", "f8"),
        ("agreements", "i8"), ("resets", "i8"), ("last_agreement", "f8"), ("last_reset", "f8"),
        ("ownership", "f8", (3,)), ("pay", "f8", (3,)), ("one_off_hours", "f8", (3,)), ("owning_hours", "f8", (3,)),
        ("restate_backlog", "f8"), ("record_lag", "f8"),
        # leadership
        ("level", "f8"), ("plan", "f8"), ("plan_revised", "f8"), ("number", "f8"), ("published", "f8"),
        ("day_one", "f8"), ("pressure", "f8"), ("tolerance", "f8"), ("trust", "f8"), ("disagreement", "f8"),
        ("latency", "f8"), ("dip_on", "f8"), ("budget", "f8"), ("seats_wanted", "i8"), ("decided_budget", "f8"),
        ("decided_seats", "i8"), ("mood", "f8"), ("spirits", "f8"),
        # queues and books
        ("desk_busy", "i8"), ("desk_rate", "f8"), ("desk_present", "i8"), ("closed", "f8"), ("leads", "f8", (WEEKS,)),
        ("recent_yield", "f8"), ("usual_yield", "f8"), ("yields", "i8"), ("worked", "f8"), ("pickup", "f8"),
        ("leaver_seat", "i8", (3,)), ("leaver_generation", "i8", (3,)),
        # history
        ("quarter_now", "i8"), ("past", "i8", (KEPT,)), ("n_past", "i8"),
        ("conversion", "f8", (STAGES, WEEKS)), ("unseen", "f8", (WEEKS,)), ("still", "f8", (WEEKS,)),
        ("haircut", "f8", (WEEKS,)),
        ("lead_yield", "f8", (WEEKS,)), ("errors", "f8", (FORECASTS, WEEKS)), ("pooled_errors", "f8", (FORECASTS,)),
        ("weights", "f8", (KEPT,)), ("prior_weight", "f8"), ("tops", "f8", (WEEKS,)), ("bottoms", "f8", (WEEKS,)),
        # what a look at the record finds
        ("view_roll_up", "f8"), ("view_sales", "f8"), ("view_open", "f8"), ("by_stage", "f8", (STAGES,)),
    ],
    align=True,
)  # fmt: skip


def place_of(name: str) -> int:
    """Where a field lies in the firm's record, in bytes."""
    fields = FIRM.fields
    assert fields is not None, "it is a record"
    return fields[name][1]
