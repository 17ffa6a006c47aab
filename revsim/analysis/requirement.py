"""A demand on a study's numbers, as an analyst types it: `[SCENARIO:]MEASURE[.PART] OP NUMBER`.

PART is a column: of the level `level` (or `estimate`), `level_low`, `level_high` (or `low`, `high`); of the effect
against the baseline `effect`, `effect_low`, `effect_high`, or as a share of the baseline `relative`, `relative_low`,
`relative_high`. A bare measure is the level, and the answer says so. OP is one of <= >= < >. NUMBER may end in %.
Without SCENARIO every scenario must meet it; of an effect, every one but the baseline. A number that the study cannot
give meets nothing.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple
from unicodedata import normalize

from revsim.analysis import tail
from revsim.analysis.estimates import MEASURES, Row
from revsim.analysis.skill import NAIVE
from revsim.analysis.variance import FORMS, WEEKS_SHOWN
from revsim.analysis.words import rounded
from revsim.errors import UserError
from revsim.scenario.number_text import plainly, readings

FORM = (
    "[SCENARIO:]MEASURE[.PART] OP NUMBER, OP one of <= >= < >, "
    "as in `Design:forecast_variance_week_7.relative_high < 0`"
)
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
PLACES = {"estimate": 0, "low": 1, "high": 2}
LEVEL = {**PLACES, "level": 0, "level_low": 1, "level_high": 2}
ENDS = ("", ", lower end", ", upper end")
EFFECT = tuple(f"{of}{part}" for of in ("effect", "relative") for part in ("", "_low", "_high"))
SHAPE = re.compile(
    r"(?:(?P<scenario>.+):)?\s*(?P<measure>\w+)(?:\.(?P<part>\w+))?\s*(?P<op><=|>=|<|>)\s*(?P<number>[^<>=\s]+?)\s*(?P<percent>%)?"
)
LOOSE = re.compile(r"(?P<left>.+?)\s*(?P<op>[<>=≤≥≦≧⩽⩾]+)\s*(?P<number>[^<>=≤≥]+)")  # as people type it
SIGNS = {**dict.fromkeys(("=>", "≥", "≧", "⩾", ">=="), ">="), **dict.fromkeys(("=<", "≤", "≦", "⩽", "<=="), "<=")}
ANY_AMOUNT: dict[str, Any] = {"unit": "currency", "ge": None, "gt": None, "le": None, "whole": False}


class Requirement(NamedTuple):
    """One demand; `scenario` is empty for all of them."""

    text: str
    scenario: str
    measure: str
    part: str
    op: str
    number: float
    is_bare: bool = False  # no part was named

    def met_by(self, value: float) -> bool:
        """Whether a number meets it; NaN does not."""
        return COMPARE[self.op](value, self.number)


def known_measures() -> list[str]:
    """The names of all measures."""
    variances = [f"forecast_variance_week_{week}{form}" for week in WEEKS_SHOWN for form in FORMS]
    skills = [f"forecast_skill_week_{week}{form}" for week in WEEKS_SHOWN for form in NAIVE]
    return [*variances, *skills, *(measure.name for measure in MEASURES), *tail.TITLES]


def parse(text: str, scenarios: Sequence[str], baseline: str) -> Requirement:
    """A requirement of its text. Raises UserError with the value, the rule and the way out."""
    text = normalize("NFC", text)  # as scenarios' names are kept, however they are typed
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        raise UserError(f"--require {text!r}: {_meant(text) or f'must be {FORM}'}.")
    scenario, measure, part = found["scenario"] or "", found["measure"], found["part"] or "estimate"
    try:
        number = float(found["number"]) / (100.0 if found["percent"] else 1.0)
    except ValueError:
        wrong = f"`{found['number']}` must be a number; {FORM}"
        raise UserError(f"--require {text!r}: {_meant(text) or wrong}.") from None
    _one_of(text, "scenario", scenario, ["", *scenarios])
    _one_of(text, "measure", measure, known_measures())
    _one_of(text, "part", part, [*LEVEL, *EFFECT])
    if part in EFFECT and (scenario == baseline or len(scenarios) == 1):
        raise UserError(f"--require {text!r}: the baseline has no effect; ask for one of {', '.join(LEVEL)}.")
    return Requirement(text.strip(), scenario, measure, part, found["op"], number, found["part"] is None)


def _meant(text: str) -> str:
    """What to write instead of a sign or a number as people type them; empty where that cannot be told."""
    found = LOOSE.fullmatch(text.strip())
    if found is None or found["op"] not in {*COMPARE, *SIGNS}:
        return ""
    op, word = SIGNS.get(found["op"], found["op"]), plainly(found["number"])
    percent = "%" if word.endswith("%") else ""
    numbers = [f"{one:.12g}{percent}" for one in readings(word.removesuffix("%").rstrip(), ANY_AMOUNT)]
    forms = [f"{found['left']} {op} {number}" for number in numbers]
    if not forms or SHAPE.fullmatch(forms[0]) is None:
        return ""
    rules = ["the sign is one of <= >= < >"] * (op != found["op"])
    rules += ["the number is plain, without unit, letters or separators"] * (
        numbers != [found["number"].replace(" ", "")]
    )
    return f"write {' or '.join(f'`{form}`' for form in forms)}" + (f": {', and '.join(rules)}" if rules else "")


def _one_of(text: str, what: str, given: str, known: Iterable[str]) -> None:
    names = [name for name in known if name]
    if given == "" or given in names:
        return
    near = get_close_matches(given, names, n=3, cutoff=0.5) or names[:9]
    raise UserError(f"--require {text!r}: no {what} `{given}`; did you mean {' or '.join(f'`{one}`' for one in near)}?")


class Finding(NamedTuple):
    """Whether one scenario meets one requirement, and the sentence that says so with the number found."""

    is_met: bool
    sentence: str


def findings(requirements: Iterable[Requirement], rows: Mapping[tuple[str, str], Row]) -> Iterator[Finding]:
    """Each requirement against each scenario that it asks."""
    for one in requirements:
        for (scenario, measure), row in rows.items():
            value = _value(row, one.part)
            if measure != one.measure or one.scenario not in {"", scenario} or value is None:
                continue
            is_met = one.met_by(value)
            word = "is met" if is_met else "is not met"
            yield Finding(
                is_met, f"--require {one.text!r} {word} by “{scenario}”: {_shown(value, one)} ({_what(one, row)})"
            )


def _value(row: Row, part: str) -> float | None:
    """The number of a row that a requirement's part names; None for an effect of the baseline."""
    if part in LEVEL:
        return row.level[LEVEL[part]]
    kind, _, place = part.partition("_")
    interval = None if row.effect is None else row.relative if kind == "relative" else row.effect
    return None if interval is None else interval[PLACES[place or "estimate"]]


def _what(one: Requirement, row: Row) -> str:
    """Which number was asked for; where no part was named and there is an effect, how that is asked for."""
    if one.part in LEVEL:
        hint = f"; what it changes is `{one.measure}.effect`" if one.is_bare and row.effect is not None else ""
        return f"its level{ENDS[LEVEL[one.part]]}{hint}"
    kind, _, place = one.part.partition("_")
    share = ", as a share of the baseline's level" if kind == "relative" else ""
    return f"its effect against the baseline{share}{ENDS[PLACES[place or 'estimate']]}"


def _shown(value: float, one: Requirement) -> str:
    """A number in the unit of the requirement, with no more digits than tell on which side of the bound it is."""
    digits = next((count for count in range(3, 17) if one.met_by(float(f"{value:.{count}g}")) == one.met_by(value)), 17)
    return f"{rounded(100.0 * value, digits)} %" if one.text.endswith("%") else rounded(value, digits)
