"""How fast a remedy shows, in words: relief and fade, worse before better."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from revsim.analysis import break_even, fade
from revsim.analysis.gains import LOGS
from revsim.analysis.interval import Interval
from revsim.analysis.time_to_effect import Timing
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import bracket, percent, rounded, short, signed

PAID = "bookings_after_cost"
LEAKS = "leaked_expected_value"
SHOWN = (HEADLINE, LEAKS, PAID)
NOT_COUNTED = "renewals and expansion not counted"
TOLD = 3  # scenarios in a claim
RANGE = " (95 % interval {} to {})"


def amount(value: float, unit: str, money: str) -> str:
    """An effect with its sign: a log ratio as percent, money short."""
    if unit == LOGS:
        return signed(percent(float(np.expm1(value))))
    if unit == "money":
        return f"{signed(short(value))} {money}"
    return signed(rounded(value))


def _quarters(part: Interval) -> str:
    """A half-life with its interval."""
    low, high = ("endless" if np.isinf(end) else rounded(end, 2) for end in (part.low, part.high))
    return f"{rounded(part.estimate, 2)} quarters{bracket(low, high, RANGE)}"


def _upper(part: Interval) -> str:
    """The upper end of a half-life that is not resolved."""
    return "endless" if np.isinf(part.high) else f"{rounded(part.high, 2)} quarters"


def _whole(end: float) -> str:
    """A quarter's number, or that it is not among those simulated."""
    return "later than the window" if np.isinf(end) else f"{end:.0f}"


def relief_words(one: Timing, money: str) -> str:
    """`largest in quarter 1 (...), and then halves in ...`; or that there is none to halve."""
    assert one.fade is not None
    found, sign = one.fade, -1.0 if one.timed.better == "lower" else 1.0
    if found.words == fade.NO_RELIEF:
        return "no clear relief in any quarter, so nothing that could fade"
    peak = f"largest in quarter {found.peak_at} ({amount(sign * found.peak.estimate, one.timed.unit, money)})"
    if found.words == fade.FADES:
        return f"{peak}; halves in {_quarters(found.half_life)}"
    if found.words == fade.UNSURE:
        life = "" if np.isnan(found.half_life.estimate) else f": half-life {_quarters(found.half_life)}"
        return f"{peak}; whether it fades is not clear{life}"
    endings = {
        fade.NO_TIME: "grows to the end of the window",
        fade.RISES: "grows after it begins, and no fading is seen",
        fade.NO_FADE: "does not fade",
        fade.GONE: "gone by the next quarter",
        fade.UNRESOLVED: "halves in under a quarter, which quarters do not resolve "
        f"(upper end of the 95 % interval {_upper(found.half_life)})",
    }
    return f"{peak}; {endings[found.words]}"


def return_words(one: Timing, money: str) -> str:
    """`-202k in quarter 1, made up from quarter 4 on (...)`; or that there is no clear dip."""
    assert one.back is not None
    found, sign = one.back, -1.0 if one.timed.better == "lower" else 1.0
    if found.words == break_even.NO_DIP:
        return "not clearly worse, all quarters taken together"
    dip = f"worst in quarter {found.trough_at} ({amount(sign * found.trough.estimate, one.timed.unit, money)})"
    if np.isinf(found.break_even.estimate):
        sure = "" if np.isinf(found.break_even.low) else f" (95 % interval {_whole(found.break_even.low)} to later)"
        return f"{dip}; not made up within the window{sure}"
    ends = bracket(_whole(found.break_even.low), _whole(found.break_even.high), RANGE)
    return f"{dip}; made up from quarter {_whole(found.break_even.estimate)} on{ends}"


def claim(found: Sequence[Timing]) -> str:
    """Who makes up for what is lost at first, and whose relief halves how fast; the first scenarios only.

    It names its clock and what it leaves out, and beside it the measured quarter, by which the balance of the same
    report counts.
    """
    names = list(dict.fromkeys(one.scenario for one in found))[:TOLD]
    paid = [one for one in found if one.timed.measure == PAID and one.scenario in names]
    parts = [_paid_words(one, one.fade, one.back) for one in paid if one.back and one.fade]
    text = f"New business less cost of remedies, {NOT_COUNTED}, by quarter since the remedy began: {'; '.join(parts)}."
    faded = [
        f"“{one.scenario}”'s relief at hand-offs halves in {rounded(one.fade.half_life.estimate, 2)} quarters"
        for one in found
        if one.timed.measure == LEAKS
        and one.scenario in names
        and one.fade is not None
        and one.fade.words == fade.FADES
    ]
    return f"{text} {'; '.join(faded)}." if faded else text


def _paid_words(one: Timing, gain: fade.Fade, back: break_even.Return) -> str:
    """One scenario's loss and whether it is made up for, on both clocks; what is not clear is called so."""
    name, quarter = one.scenario, back.break_even.estimate
    if back.words == break_even.NO_DIP:
        none = gain.words == fade.NO_RELIEF
        what = "shows no clear difference" if none else "does not clearly lose"
        return f"“{name}” {what}, all quarters taken together"
    if back.words == break_even.NOT_MADE_UP:
        return f"“{name}” loses and does not make up for it within the window"
    sure = "" if back.words == break_even.MADE_UP else ", though not surely within the window"
    measured = f" (measured quarter {_whole(quarter + one.first)})" if np.isfinite(quarter) else ""
    return f"“{name}” loses at first and has made up for it from quarter {_whole(quarter)} on{sure}{measured}"
