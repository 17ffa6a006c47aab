"""What weekly rules ask for, answered from the engine's records: each stands for its namesake of mechanisms/port.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from revsim.compiled import contracts, decisions, desk, discounts, market, reps, seats, snapshots
from revsim.compiled._kernel import carray, inlined, kernel, pointer, share, stand_for
from revsim.compiled.firm import quarter_end, record, record_at
from revsim.compiled.luck import NOTICED, now_of
from revsim.compiled.views import FLOAT, book, deals, lucks, numbers, signals
from revsim.formulas._formula import FORMULAS
from revsim.mechanisms import port
from revsim.mechanisms._mechanism import MECHANISMS


class WeekLuck(NamedTuple):
    """Luck of weeks, by week or (week, part)."""

    shock: Any
    shift: Any
    drift: Any
    mood: Any
    meeting: Any
    owner: Any
    opening: Any


@inlined
def week_luck(firm):
    """The luck that weeks meet now."""
    luck, weeks = lucks(firm)[firm.luck_spent], firm.weeks
    return WeekLuck(
        numbers(luck.week_shock, weeks),
        numbers(luck.week_shift, weeks),
        carray(pointer(luck.week_drift), (weeks, 6), FLOAT),
        numbers(luck.week_mood, weeks),
        numbers(luck.week_meeting, weeks),
        carray(pointer(luck.week_owner), (weeks, 2), FLOAT),
        carray(pointer(luck.week_opening), (weeks, 5), FLOAT),
    )


@inlined
def signal_of(firm, which):
    """A feedback loop's signal."""
    return signals(firm)[which]


@kernel
def note_shift(firm):
    """The market's shift of this week is remembered."""
    numbers(firm.at_shifts, firm.weeks)[firm.n_shifts] = firm.shift
    firm.n_shifts += 1


@kernel
def useful_bar(firm, weeks_ago):
    """The market's shift as it was so many weeks ago."""
    return numbers(firm.at_shifts, firm.weeks)[max(0, firm.n_shifts - 1 - weeks_ago)]


@kernel
def note_presence(firm, person):
    """The load that others are compared by."""
    reps.count_deal(firm, seats.place_of(firm, person), 0)


@kernel
def hand_over(firm, leaver):
    """A rep's open deals go to others."""
    reps.hand_over(firm, leaver.seat)


@kernel
def room_opened(firm, rep):
    """A rep has room for leads that wait."""
    reps.room_opened(firm, rep.seat)


@inlined
def noticed_luck(firm, deal):
    """The luck of who judges a lead's value now."""
    return now_of(firm, deal, NOTICED, 0)


@kernel
def start_work(firm, rep):
    """A rep who is free takes the next piece of work."""
    reps.start_next(firm, rep.seat)


@kernel
def count_open(firm):
    """Deals neither won nor lost."""
    count = 0
    for k in range(firm.n_book):
        deal = deals(firm)[book(firm)[k]]
        count += deal.won < 0.0 and deal.left_record < 0.0
    return count


ANSWERS: dict[Callable[..., Any], Any] = {
    port.quarter_end: quarter_end,
    port.record: record,
    port.record_at: record_at,
    port.signal_of: signal_of,
    port.week_luck: week_luck,
    port.people_luck: seats.people_luck,
    port.base_luck: contracts.base_luck,
    port.note_shift: note_shift,
    port.useful_bar: useful_bar,
    port.decide_later: decisions.decide_later,
    port.everybody: seats.everybody,
    port.team: seats.team,
    port.generations_ran_out: seats.generations_ran_out,
    port.note_presence: note_presence,
    port.hand_over: hand_over,
    port.room_opened: room_opened,
    port.noticed_luck: noticed_luck,
    port.start_work: start_work,
    port.start_desk: desk.start_next,
    port.note_slips: desk.note_slips,
    port.count_open: count_open,
    port.sign_up: contracts.sign_up,
    port.quarters_learned: snapshots.quarters_learned,
    port.past_quarter: snapshots.past_quarter,
    port.running_quarter: snapshots.running_quarter,
    port.forget_quarter: snapshots.forget_quarter,
    port.remember_quarter: snapshots.remember_quarter,
    port.read_past_anew: snapshots.read_past_anew,
    port.look: snapshots.look,
    port.renew_contracts: contracts.week_of_renewals,
    port.take_inquiries: market.week_of_inquiries,
    port.pull_forward: discounts.pull_forward,
}


def answer() -> None:
    """Before anything is compiled: what both engines share may be called by kernels, with these answers."""
    share(FORMULAS)
    share(MECHANISMS)
    for asked, answered in ANSWERS.items():
        stand_for(asked, answered)
