"""What may stand behind a number: `k`, `M`, a percent sign, and the words of the schema's own unit."""

from __future__ import annotations

import re
from typing import Any

TIMES = {
    **dict.fromkeys(("k", "tsd", "tsd.", "thousand", "thsd"), 1e3),
    **dict.fromkeys(("m", "mm", "mn", "mio", "mio.", "mln", "million", "millions", "millionen"), 1e6),
    **dict.fromkeys(("b", "bn", "mrd", "mrd.", "billion", "billions"), 1e9),
}
COUNTS = {"people", "customers", "leads", "deals", "inquiries/week"}
SHARES = {"share", "dial", "ratio", "ratio/sd", "1/year", "elasticity", "correlation"}
OTHERS = (  # units of time and money, which are not of anything counted
    r"(s|secs?|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|months?|q|quarters?|y|years?|"
    r"eur|usd|gbp|chf|euros?|dollars?)"
)
GROWTH = "ratio/quarter"  # 1.02 is growth of 2 %
WORDS = {  # of a unit of time, a unit alone or for each week
    "days": r"(working )?(d|day|days)",
    "week": r"(w|wk|week)",
    "weeks": r"(w|wk|wks|week|weeks)",
    "quarters": r"(q|quarter|quarters)",
    "hours": r"(h|hr|hrs|hour|hours)",
    "hours/week": r"(h|hr|hrs|hour|hours)( ?(/|a|per) ?(w|wk|week))?",
    "inquiries/week": r"[a-z]+( ?(/|a|per) ?(w|wk|week))?",
    "currency/hour": r"( ?(/|an|per) ?(h|hr|hour))?",
    "currency/week": r"( ?(/|a|per) ?(w|wk|week))?",
    "currency/quarter": r"( ?(/|a|per) ?(q|quarter))?",
    "currency/inquiry": r"( ?(/|an|per) ?inquiry)?",
    "currency": r"",
}
MONEY = r"(?:[a-z]{0,3}[€$£¥₹]|[a-z]{3}|euros?|dollars?|pounds?)?"


def is_money(rule: dict[str, Any]) -> bool:
    """Whether the rule is of money."""
    return str(rule["unit"]).partition("/")[0] == "currency"


def times_of(rest: str, rule: dict[str, Any]) -> float | None:
    """What a number is multiplied by for the words behind it; None for words that are not of this unit."""
    word, unit = rest.lower(), str(rule["unit"])
    if not word or word == unit:
        return 1.0
    if unit in COUNTS or is_money(rule):
        for name in sorted(TIMES, key=len, reverse=True):
            behind = word[len(name) :]
            if word.startswith(name) and not behind[:1].isalpha():
                return TIMES[name] if _is_of(behind.strip(), unit) else None
    return 1.0 if _is_of(word, unit) else None


def _is_of(word: str, unit: str) -> bool:
    """Whether words name the unit: of what is counted any will do, of time only its own."""
    if not word:
        return True
    if unit in COUNTS and re.match(rf"{OTHERS}\b", word):
        return False
    pattern = WORDS.get(unit, "[a-z]+" if unit in COUNTS else None)
    if unit.partition("/")[0] == "currency":
        pattern = MONEY + (pattern or "")
    return pattern is not None and re.fullmatch(pattern, word) is not None


def percent_of(percent: float, rule: dict[str, Any]) -> list[float]:
    """What a percentage is in this unit; nothing where it is none. Growth of 2 % is 1.02 a quarter."""
    share, unit = float(f"{percent / 100:.12g}"), str(rule["unit"])
    if unit == GROWTH:
        return [share, float(f"{1 + share:.12g}")] if share > 0.5 else [float(f"{1 + share:.12g}")]  # noqa: PLR2004
    return [share] if unit in SHARES else []
