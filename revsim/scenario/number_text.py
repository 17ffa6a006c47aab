"""The number that a text was meant to be: `60,000` is 60000, `90%` is 0.9, `1.2M` is 1200000.

    readings("1,234", rule) -> [1234.0, 1.234]    all that it may mean, within the rule

Nothing is guessed: a unit that is not the schema's (`2 weeks` of a number in days), a percentage of what is no share
and a bound (`>= 10`) have no reading.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from revsim.scenario.assumption import broken_rule
from revsim.scenario.number_units import is_money, percent_of, times_of

SPACES = dict.fromkeys(
    map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\u3000\t"), " "
)
APOSTROPHES = dict.fromkeys(
    map(
        ord,
        "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{PRIME}\uff07`",
    ),
    "'",
)
DASHES = dict.fromkeys(map(ord, "\N{MINUS SIGN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}"), "-")
WIDE = range(0xFF01, 0xFF5F)  # as East Asian keyboards write !, 0, A and so on
FULL_WIDTH = {code: chr(code - 0xFEE0) for code in WIDE}
FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
QUOTES = "\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}«»"
SYMBOLS = "€$£¥₹"

SIGN = r"[-+]?"
PLAIN = re.compile(SIGN + r"\d+(?:_\d+)*(?:[.,]\d+)?|" + SIGN + r"[.,]\d+")
BASED = re.compile(SIGN + r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")  # as programs write 16: 0x10, 0o20
DIGITS = re.compile(SIGN + r"\.?\d[\d.,' _]*")
ONE_POINT = re.compile(r"([-+]?\d{1,3}),(\d{3})")  # thousands, or a decimal comma
GROUPED = (  # thousands beyond doubt, and the sign that begins the decimals
    (re.compile(SIGN + r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?"), "."),
    (re.compile(SIGN + r"\d{1,3}(?:\.\d{3})+,\d+|" + SIGN + r"\d{1,3}(?:\.\d{3}){2,}"), ","),
    (re.compile(SIGN + r"\d{1,3}(?:' ?\d{3})+(?:\.\d+)?|" + SIGN + r"\d{1,3}(?: \d{3})+(?:\.\d+)?"), "."),
    (re.compile(SIGN + r"\d{1,3}(?:'\d{3})+,\d+|" + SIGN + r"\d{1,3}(?: \d{3})+,\d+"), ","),
)
BEFORE = re.compile(rf"(?P<about>(?:~|≈|±|about|approx\.?|approximately|around|circa|ca\.?|c\.)\s*)?"
                    rf"(?P<money>(?:[A-Z]{{0,3}}[{SYMBOLS}]|[A-Z]{{3}}\b)\s*)?", re.IGNORECASE)  # fmt: skip


def plainly(text: str) -> str:
    """The text as a plain keyboard writes it: no wide digits, no typographic spaces, quotes and minus signs."""
    word = text.translate({**FULL_WIDTH, **SPACES, **APOSTROPHES, **DASHES})
    for fraction, digits in FRACTIONS.items():
        word = re.sub(rf"(?<!\d)\s*{fraction}", f"0{digits}", word)
        word = re.sub(rf"(?<=\d)\s*{fraction}", digits, word)
    word = "".join(character for character in word if unicodedata.category(character) != "Cf")  # zero width
    word = re.sub(r"\s+", " ", word).strip().rstrip(",;").strip(QUOTES).strip()
    return re.sub(r"^([-+]) (?=\d)", r"\1", word)


def readings(text: str, rule: dict[str, Any]) -> list[float]:
    """All numbers that the text may stand for and that obey the rule, the likeliest first."""
    word = plainly(text)
    if BASED.fullmatch(word):
        value = float(int(word, 0))
        return [value] if broken_rule(value, rule) is None else []
    before = BEFORE.match(word)
    assert before is not None, "it may be empty"
    has_money = bool(before["money"])
    if has_money and not is_money(rule):
        return []
    word = word[before.end() :].strip()
    if is_money(rule) and re.match(rf"-[{SYMBOLS}]", word):  # a minus sign before the money's
        word = f"-{word[2:]}"
    digits = DIGITS.match(word)
    if digits is None:
        return []
    number, rest = digits[0].rstrip(" ,'_."), word[len(digits[0].rstrip(" ,'_.")) :]
    found: list[float] = []
    for value in _values(number, rule):
        meant = _with_unit(value, rest.strip(), rule)
        found += [one for one in meant if one not in found and broken_rule(one, rule) is None]
    return found


def _with_unit(value: float, rest: str, rule: dict[str, Any]) -> list[float]:
    if rest == "%":
        return percent_of(value, rule)
    times = times_of(rest, rule)
    return [] if times is None else [float(f"{value * times:.12g}")]


def _values(number: str, rule: dict[str, Any]) -> list[float]:
    """What digits with separators may be: one number, or two where a comma is thousands or decimals."""
    two = ONE_POINT.fullmatch(number)
    if two is not None:
        thousands, decimals = float(two[1] + two[2]), float(f"{two[1]}.{two[2]}")
        if two[1].lstrip("+-").startswith("0"):
            return [decimals]
        return [thousands] if rule["whole"] or is_money(rule) else [thousands, decimals]
    for pattern, decimal in GROUPED:
        if pattern.fullmatch(number):
            digits = number.replace(decimal, "!")
            return [float(re.sub(r"[.,' ]", "", digits).replace("!", "."))]
    return [float(number.replace("_", "").replace(",", "."))] if PLAIN.fullmatch(number) else []
