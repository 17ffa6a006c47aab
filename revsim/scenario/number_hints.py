"""What to write instead of something that is no number."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from revsim.scenario.assumption import broken_rule
from revsim.scenario.log_odds import Lookup, is_level, log_odds_of
from revsim.scenario.nodes import Node, Scalar, Sequence
from revsim.scenario.number_text import plainly, readings
from revsim.scenario.number_units import is_money
from revsim.scenario.problems import quoted
from revsim.scenario.shape import bounds, example
from revsim.scenario.usual_values import usual_value

PART = re.compile(r"\.(?:value|low|high)$")
PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?%")
RANGE = re.compile(r"(?:between )?(?P<low>.*?\d[^-]*?) ?(?:-{1,2}|\bto\b|\band\b|\.\.+) ?(?P<high>[\d$€£].*)")
UNKNOWN = re.compile(r"(?:n/?a|n\.a\.|none|nothing|tb[dac]|todo|unknown|missing|xx+|-+|\?+|\.\.\.)", re.IGNORECASE)
ANY_NUMBER = {"ge": None, "gt": None, "le": None, "whole": False}
OVERLAY = "not known yet? delete the line: the file that `extends` names has a number"
ENDS = 2  # a list of two numbers is low and high
LONGEST = 60  # characters that may be meant as a number
SEPARATE = "a plain number, without quotes, brackets, commas or unit"


def way_out_of(node: Node, rule: dict[str, Any], address: str, number: Lookup) -> str:
    """As `way_out`, of what stands in a file: a list of one number is that number, one of two is its range."""
    below = node.below if isinstance(node, (Scalar, Sequence)) else None
    while isinstance(node, Sequence) and len(node.items) == 1:
        node = node.items[0]
    parts = node.items if isinstance(node, Sequence) else (node,)
    texts = [_as_text(part.value) if isinstance(part, Scalar) else None for part in parts]
    told = [text for text in texts if text is not None]
    is_readable = len(told) == len(texts) and len(texts) in {1, ENDS}
    return way_out(" to ".join(told) if is_readable else None, rule, address, number, below)


def _as_text(value: object) -> str | None:
    """Text as it is, and a finite number as it is typed."""
    if isinstance(value, str):
        return value
    is_finite = isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
    return f"{value:.12g}" if is_finite else None


def way_out(text: str | None, rule: dict[str, Any], address: str, number: Lookup, below: float | None = None) -> str:
    """The number that was meant, if there is one; `number` gives the scenario's other numbers by address.

    Otherwise an example: the number `below`, of a file that this one extends, or the benchmark company's.
    """
    otherwise = f"write a plain number, e.g. {_example(rule, address, number, below)}"
    if text is None or len(text) > LONGEST:
        return otherwise
    word = plainly(text)
    if UNKNOWN.fullmatch(word):
        return f"{otherwise}; {OVERLAY}"
    percent = PERCENT.fullmatch(word)
    if percent is not None and rule["unit"] == "logit":
        share = 0.01 * float(percent[1].replace(",", "."))
        return _as_log_odds(percent[0], share, rule, address, number) or otherwise
    meant = [f"{one:.12g}" for one in readings(text, rule)]
    if meant:
        note = "; money is in `world.currency`, nothing is converted" if is_money(rule) and _names_money(word) else ""
        one = " or ".join(meant)
        return f"write {one}: {SEPARATE}{note}" if len(meant) == 1 else f"write {one}, whichever is meant: {SEPARATE}"
    return _as_range(word, rule, address) or f"{otherwise}{_beyond(text, rule) or _unit_note(word, rule)}"


def _example(rule: dict[str, Any], address: str, number: Lookup, below: float | None) -> str:
    """The number below or the benchmark company's, else one that the bounds allow; an end on its side of the value."""
    usual = usual_value(address) if below is None else below
    value = number(PART.sub("", address))
    if usual is not None and value is not None and address.endswith((".low", ".high")):
        usual = min(usual, value) if address.endswith(".low") else max(usual, value)
    return example(rule) if usual is None or broken_rule(usual, rule) is not None else f"{usual:.12g}"


def _beyond(text: str, rule: dict[str, Any]) -> str:
    """The number that was meant where the bounds refuse it."""
    meant = [f"{one:.12g}" for one in readings(text, {**rule, **ANY_NUMBER})]
    return f"; {quoted(text)} is {' or '.join(meant)}, and here it must be {bounds(rule)}" if meant else ""


def _as_log_odds(said: str, share: float, rule: dict[str, Any], address: str, number: Lookup) -> str:
    """A share where log odds belong; empty for what is no chance, and for log odds that are of no share."""
    address = PART.sub("", address)
    if not 0.0 < share < 1.0 or not is_level(address):
        return ""
    value = float(f"{log_odds_of(address, share, number):.3g}")
    if broken_rule(value, rule) is not None:
        return ""
    what = "of the customers that renew today" if address.endswith(".renew") else "of those at average fit and skill"
    return f"write {value:g}: {said} {what}, in log odds, the unit of this number"


def _as_range(word: str, rule: dict[str, Any], address: str) -> str:
    """Two numbers are a value between them, with a range."""
    ends = RANGE.fullmatch(word)
    if ends is None:
        return ""
    low, high = readings(ends["low"], rule), readings(ends["high"], rule)
    if len(low) != 1 or len(high) != 1 or not low[0] < high[0]:
        return ""
    middle = (low[0] + high[0]) / 2.0
    middle = float(int(middle)) if rule["whole"] else float(f"{middle:.6g}")
    if not low[0] <= middle <= high[0]:
        return ""
    if PART.search(address):
        return f"write {middle:.12g}: one number; `low: {low[0]:.12g}` and `high: {high[0]:.12g}` say the range"
    return f"write {{value: {middle:.12g}, low: {low[0]:.12g}, high: {high[0]:.12g}}}: one number, with its range"


def _names_money(word: str) -> bool:
    return re.search(r"[€$£¥₹]|\b[A-Z]{3}\b|euro|dollar|pound", word) is not None


def _unit_note(word: str, rule: dict[str, Any]) -> str:
    """Whose number has a unit of its own is told the schema's."""
    return f"; its unit is {rule['unit']}" if re.match(r"[-+]?[\d.,]+ ?[A-Za-z%]", word) else ""
