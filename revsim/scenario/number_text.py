"""The number that a text was meant to be: `60,000` is 60000, `90%` is 0.9, `1.2M` is 1200000."""

from __future__ import annotations

import re
from math import log
from typing import Any

from revsim.scenario.assumption import broken_rule
from revsim.scenario.shape import example

THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:[,' _]\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"[-+]?\d+(?:_\d+)*(?:[.,]\d+)?")
TIMES = {"": 1.0, "%": 0.01, "k": 1e3, "m": 1e6, "bn": 1e9}
MONEY = "€$£¥"
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")


def number_meant(text: str, rule: dict[str, Any]) -> float | None:
    """The number that obeys the rule and that the text most likely stands for, or None."""
    word = text.strip().strip(MONEY).strip()
    found = THOUSANDS.match(word) or PLAIN.match(word)
    if found is None:
        return None
    digits, rest = found[0], word[found.end() :]
    number = re.sub(r"[,' _]", "", digits) if THOUSANDS.fullmatch(digits) else digits.replace("_", "").replace(",", ".")
    times = TIMES.get(rest.strip().lower())
    if times is None:  # `12 days`, `60000 EUR`: a unit is the schema's
        times = 1.0 if re.fullmatch(r"\s+[A-Za-z/ ]+", rest) else None
    if times is None:
        return None
    meant = float(f"{float(number) * times:.12g}")
    return meant if broken_rule(meant, rule) is None else None


def way_out(text: object, rule: dict[str, Any]) -> str:
    """What to write instead of something that is no number."""
    share = PERCENT.fullmatch(text.strip()) if isinstance(text, str) and rule.get("unit") == "logit" else None
    if share is not None:
        return _as_log_odds(share[0], 0.01 * float(share[1])) or f"write a plain number, e.g. {example(rule)}"
    meant = number_meant(text, rule) if isinstance(text, str) else None
    if meant is None:
        return f"write a plain number, e.g. {example(rule)}"
    return f"write {meant:.12g}: a plain number, without quotes, commas or unit"


def _as_log_odds(said: str, p: float) -> str:
    """A share where log odds belong; empty for what is no chance."""
    if not 0.0 < p < 1.0:
        return ""
    return f"write {log(p / (1.0 - p)):.3g}, which is {said} in log odds, ln(p / (1 - p)), the unit of this number"
