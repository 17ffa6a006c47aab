"""What to write instead of something that is no number."""

from __future__ import annotations

import re
from typing import Any

from revsim.scenario.assumption import broken_rule
from revsim.scenario.log_odds import Lookup, is_level, log_odds_of
from revsim.scenario.number_text import plainly, readings
from revsim.scenario.number_units import is_money
from revsim.scenario.shape import example

PART = re.compile(r"\.(?:value|low|high)$")
PERCENT = re.compile(r"(\d+(?:[.,]\d+)?) ?%")
RANGE = re.compile(r"(?:between )?(?P<low>.*?\d[^-]*?) ?(?:-{1,2}|\bto\b|\band\b|\.\.+) ?(?P<high>[\d$€£].*)")
UNKNOWN = re.compile(r"(?:n/?a|n\.a\.|none|nothing|tb[dac]|todo|unknown|missing|xx+|-+|\?+|\.\.\.)", re.IGNORECASE)
OVERLAY = "not known yet? delete the line: the file that `extends` names has a number"
LONGEST = 60  # characters that may be meant as a number
SEPARATE = "a plain number, without quotes, commas or unit"


def way_out(text: object, rule: dict[str, Any], address: str, number: Lookup) -> str:
    """The number that was meant, if there is one; `number` gives the scenario's other numbers by address."""
    otherwise = f"write a plain number, e.g. {example(rule)}"
    if not isinstance(text, str) or len(text) > LONGEST:
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
    return _as_range(word, rule, address) or f"{otherwise}{_unit_note(word, rule)}"


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
