"""A number never travels alone: value, plausible low and high, unit, source.

In a file a number may stand plain (`reps: 24`) or as a mapping
`{value, low, high, unit, source}`. The unit is the schema's; a file that says it must say the same.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

# Text goes to terminals, tables and pages: no control characters and no line separators; in prose, lines and tabs.
LINE_OF_TEXT = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
PROSE = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]*$"


class Assumption(BaseModel):
    """One number of a scenario, with what is known about it."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    value: float = Field(title="Value")
    low: float | None = Field(default=None, title="Plausible low (5th percentile)")
    high: float | None = Field(default=None, title="Plausible high (95th percentile)")
    unit: str | None = Field(default=None, title="Unit")
    source: str | None = Field(default=None, title="Source, with its evidence label", pattern=PROSE)


# The furthest that any number of a unit may reach where its own field says nothing narrower: far beyond what a company
# could mean, and near enough that no equation overflows.
FURTHEST: dict[str, tuple[float, float]] = {
    "log": (-5, 5),
    "logit": (-100, 100),
    "logit/sd": (-10, 10),
    "logit/log": (-10, 10),
    "sd of fit": (-10, 10),
    "sd of fit/week": (0, 10),
    "sd of fit/sqrt(quarter)": (0, 10),
    "stages": (0, 10),
    "stages/week": (0, 10),
    "stages/sqrt(quarter)": (0, 10),
    "exponent": (0, 10),
    "ratio": (0, 1e9),
    "ratio/sd": (0, 10),
    "ratio/quarter": (0.5, 2),
    "share": (0, 10),
    "1/year": (0, 20),
    "days": (0, 1e12),
    "week": (1, 1040),
    "weeks": (0, 1e12),
    "quarters": (0, 100),
    "hours": (0, 1e4),
    "hours/week": (0, 1e4),
    "leads": (1, 1e6),
    "deals": (1, 1e4),
    "people": (1, 500),
    "customers": (0, 1e5),
    "inquiries/week": (0, 2e4),
    "currency": (0, 1e12),
    "currency/quarter": (0, 1e12),
    "currency/week": (0, 1e12),
    "currency/hour": (0, 1e9),
    "currency/inquiry": (0, 1e9),
}


def number(  # noqa: PLR0913 - one keyword a rule; a call reads as a sentence
    title: str,
    unit: str,
    *,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    whole: bool = False,
    optional: bool = False,
) -> Any:  # noqa: ANN401 - pydantic's Field is Any
    """A field that holds an Assumption within the given bounds, or where none is given within those of its unit."""
    low, high = FURTHEST.get(unit, (None, None))
    if ge is None and (gt is None or (low is not None and low > gt)):
        ge, gt = low, None
    rule: dict[str, Any] = {"unit": unit, "ge": ge, "gt": gt, "le": high if le is None else le, "whole": whole}
    if optional:
        return Field(default=None, title=title, json_schema_extra={"rule": rule})
    return Field(title=title, json_schema_extra={"rule": rule})


def rule_of(field: FieldInfo) -> dict[str, Any] | None:
    """The bounds and unit of a number's field, or None for any other field."""
    extra = field.json_schema_extra
    rule = extra.get("rule") if isinstance(extra, dict) else None
    return rule if isinstance(rule, dict) else None


def broken_rule(number: float, rule: dict[str, Any]) -> str | None:
    """The rule that `number` breaks, in words, or None."""
    if rule["gt"] is not None and number <= rule["gt"]:
        return f"must be above {rule['gt']:g}"
    if rule["ge"] is not None and number < rule["ge"]:
        return f"must be at least {rule['ge']:g}"
    if rule["le"] is not None and number > rule["le"]:
        return f"must be at most {rule['le']:g}"
    if rule["whole"] and number != int(number):
        return "must be a whole number"
    return None


class Block(BaseModel):
    """A block of a scenario file: frozen, no unknown keys, numbers within their bounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _plain_number(cls, given: object, info: ValidationInfo) -> object:
        """Read `24` as `{value: 24}`; refuse text and booleans with the rule's own words."""
        rule = rule_of(cls.model_fields[info.field_name or ""])
        if rule is None or isinstance(given, (dict, Assumption)):
            return given
        if given is None and not cls.model_fields[info.field_name or ""].is_required():
            return None
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            raise PydanticCustomError("not_a_number", "is no number of {unit}", {"unit": rule["unit"]})
        return {"value": float(given)}

    @field_validator("*", mode="after")
    @classmethod
    def _within_bounds(cls, given: object, info: ValidationInfo) -> object:
        """Value, low and high obey the field's rule; low <= value <= high; the unit is the schema's."""
        rule = rule_of(cls.model_fields[info.field_name or ""])
        if rule is None or not isinstance(given, Assumption):
            return given
        for name in ("value", "low", "high"):
            part = getattr(given, name)
            broken = None if part is None else broken_rule(part, rule)
            if broken:
                raise PydanticCustomError(
                    "out_of_bounds",
                    "{part} = {given} {unit}: {broken}",
                    {"part": name, "given": f"{part:g}", "unit": rule["unit"], "broken": broken},
                )
        low = given.value if given.low is None else given.low
        high = given.value if given.high is None else given.high
        if not low <= given.value <= high:
            raise PydanticCustomError(
                "outside_range",
                "value {given} is outside its own range {low} to {high}",
                {"given": f"{given.value:g}", "low": f"{low:g}", "high": f"{high:g}"},
            )
        if given.unit is not None and given.unit != rule["unit"]:
            raise PydanticCustomError(
                "wrong_unit",
                "unit `{given}` is not this number's unit",
                {"given": given.unit, "unit": rule["unit"]},
            )
        return given
