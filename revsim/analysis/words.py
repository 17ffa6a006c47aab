"""Numbers as executives read them: three significant digits, thousands as k, M, bn."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

STEPS = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))
EMPTY = "n/a"
ROUND_UP_TO = 0.01  # a chance nearer to 0 or 1 keeps a decimal
SUREST = 0.001  # and none is shown nearer than this, however many draws there are


def rounded(value: float, digits: int = 3) -> str:
    """`value` with `digits` significant digits, never in powers of ten."""
    if not isfinite(value):
        return EMPTY
    if value == 0.0:
        return "0"
    # the exponent of the rounded number: 999.6 has the digits of 1000
    places = digits - 1 - int(f"{value:.{digits - 1}e}".partition("e")[2])
    whole = round(value, places)
    return f"{whole:,.{max(places, 0)}f}"


def short(value: float, digits: int = 3) -> str:
    """1234567 -> 1.23M; 0.0456 -> 0.0456."""
    if not isfinite(value):
        return EMPTY
    for step, letter in STEPS:
        if abs(value) >= step * (1.0 - 0.5 * 10.0**-digits):
            return rounded(value / step, digits) + letter
    return rounded(value, digits)


def together(values: Sequence[float], digits: int = 3, *, money: bool = True) -> list[str]:
    """Numbers that stand side by side: one scale and as many decimals for all as the largest needs, signed.

    Only `money` and counts take a letter for thousands: a percentage stays a plain number.
    """
    largest = max((abs(value) for value in values if isfinite(value)), default=0.0)
    steps = STEPS if money else ()
    step, letter = next(
        ((step, sign) for step, sign in steps if largest >= step * (1.0 - 0.5 * 10.0**-digits)), (1.0, "")
    )
    places = 0 if largest == 0.0 else max(digits - 1 - floor(log10(largest / step)), 0)
    found = []
    for value in values:
        text = EMPTY if not isfinite(value) else f"{value / step:,.{places}f}"
        is_zero = text.strip("-0.") == ""
        found.append("0" if is_zero else signed(text) + (letter if text != EMPTY else ""))
    return found


def bracket(low: str, high: str, form: str = " [{}, {}]") -> str:
    """The ends of an interval behind its estimate; nothing where they are not there, or do not differ as written."""
    return "" if EMPTY in (low, high) or low == high else form.format(low, high)


def signed(text: str) -> str:
    """A plus before what has no minus; zero and empty stay bare."""
    return text if text.startswith("-") or text in ("0", EMPTY, "0 %") else "+" + text


def percent(share: float, digits: int = 3) -> str:
    """0.1234 -> 12.3 %."""
    return EMPTY if not isfinite(share) else rounded(100.0 * share, digits) + " %"


def miss(share: float) -> str:
    """The root of forecast variance, called what it is: two errors of three are smaller, one is larger."""
    return f"±{percent(share)} (one standard deviation)"


def chance(share: float, draws: int) -> str:
    """A share of `draws` outcomes in words that never claim certainty."""
    if not isfinite(share):
        return EMPTY
    least = max(1.0 / max(draws, 1), SUREST)
    if share > 1.0 - least:
        return f">{floor(1000.0 * (1.0 - least)) / 10.0:.1f} %"
    if share < least:
        return f"<{100.0 * least:.1f} %"
    places = 0 if ROUND_UP_TO <= share <= 1.0 - ROUND_UP_TO else 1
    return f"{100.0 * share:.{places}f} %"


def level(value: float, unit: str, digits: int = 3) -> str:
    """A number in its unit: shares as percent, money and counts short."""
    return percent(value, digits) if unit in ("share", "share^2") else short(value, digits)


def unit_words(unit: str) -> str:
    """The unit as a column shows it."""
    return {"share": "", "share^2": "", "ratio": "", "": ""}.get(unit, unit)


def count_of(number: int, thing: str) -> str:
    """1 replication, 2 replications."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
