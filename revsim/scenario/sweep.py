"""Sweep files: factors x scenarios, read as strictly as scenarios, every fault with file, line and column.

sweep: Severity of misalignment          its name
why: ...                                 optional
scenario: ../status-quo.yaml             one, or a list; beside the sweep file, or a shipped name
factors:                                 all combinations of their levels are run
  - name: misalignment
    levels: [0, 0.5, 1]
    sets:                                each value is from + level * (to - from)
      - {address: design.owned_handoffs, from: 1, to: 0}
fixed: {coordination.meetings: 0}        optional: the same at every point
waiting: [1, 2, 4]                       optional: the first point's design once more, begun so many quarters later
standing: true                           optional: every point once more, its programmes standing from the first day

Points are called p000001 and so on (revsim.scenario.grid); sweep_check tells what is wrong with the file as a whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from revsim.errors import ScenarioError
from revsim.scenario import shipped
from revsim.scenario.files import local, missing
from revsim.scenario.layers import Layer, Library, says_sweep
from revsim.scenario.messages import address_of, locate
from revsim.scenario.nodes import Scalar, plain, shown
from revsim.scenario.parse import fail
from revsim.scenario.problems import Problem, in_order, nearest, quoted

Number = float | int
Name = Annotated[str, AfterValidator(lambda text: normalize("NFC", text))]  # names that look alike are the same


class _Strict(BaseModel):
    """No unknown keys, no text for numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=True)


class Move(_Strict):
    """An address and where its value begins (level 0) and ends (level 1)."""

    address: str = Field(min_length=1)
    start: Number = Field(alias="from")
    end: Number = Field(alias="to")

    def at(self, level: float) -> float:
        """The value at a level."""
        return self.start + level * (self.end - self.start)


class Factor(_Strict):
    """What is varied, at which levels."""

    name: Name = Field(min_length=1, max_length=30)
    levels: list[Number] = Field(min_length=2)
    sets: list[Move] = Field(min_length=1)

    @field_validator("levels")
    @classmethod
    def _each_once(cls, levels: list[Number]) -> list[Number]:
        if len(set(levels)) < len(levels):
            raise PydanticCustomError("doubled", "must hold each level once", {})
        return levels


class Sweep(_Strict):
    """A sweep file as it stands."""

    sweep: Name = Field(min_length=1, max_length=80)
    why: str = ""
    scenario: str | list[str]
    factors: list[Factor] = Field(min_length=1)
    fixed: dict[str, Number | str] = Field(default_factory=dict)
    waiting: list[int] = Field(default_factory=list)
    standing: bool = False

    @field_validator("waiting", mode="before")
    @classmethod
    def _whole(cls, given: Any) -> Any:  # noqa: ANN401 - what stands in a file
        """YAML numbers come as floats."""
        if not isinstance(given, list):
            return given
        for quarters in given:
            if not isinstance(quarters, float) or not quarters.is_integer() or quarters < 1:
                raise PydanticCustomError("waits", "must hold whole numbers of quarters, 1 or more", {})
        return [int(quarters) for quarters in given]

    @field_validator("factors")
    @classmethod
    def _names_differ(cls, factors: list[Factor]) -> list[Factor]:
        if len({factor.name for factor in factors}) < len(factors):
            raise PydanticCustomError("doubled", "must have a name each of their own", {})
        return factors


KEYS: dict[str, tuple[str, ...]] = {
    "": tuple(Sweep.model_fields),
    "factors": tuple(Factor.model_fields),
    "sets": ("address", "from", "to"),
}


def read_sweep(given: str) -> tuple[Sweep, Layer]:
    """A sweep and the file it stands in. Raises ScenarioError with all that is wrong."""
    layer = Library().layer(_existing(given))
    if "extends" in layer.node.items or ("world" in layer.node.items and "sweep" not in layer.node.items):
        key = next(name for name in ("extends", "world") if name in layer.node.items)
        message = f"`{key}`: this is a scenario, no sweep"
        fail("E101", layer.node.keys[key], message, f"a sweep has {', '.join(KEYS[''])}; or use revsim run")
    try:
        return Sweep.model_validate(plain(layer.node)), layer
    except ValidationError as errors:
        problems = [_problem(error, layer) for error in errors.errors(include_url=False)]
        raise ScenarioError([*in_order(problems)]) from None


def is_sweep(given: str) -> bool:
    """Whether a file, or shipped name, is a sweep; no for what cannot be read."""
    try:
        return says_sweep(Library().layer(_existing(given)).node)
    except ScenarioError:
        return False


def _existing(given: str) -> Path:
    path = local(given) or shipped.find(given) or shipped.find_sweep(given)
    if path is None:
        known = [name.removeprefix(shipped.SWEEPS) for name in shipped.sweeps()]
        missing(given, "sweep", lambda _: f"shipped: {', '.join(known)}")
    return path


def _problem(error: Any, layer: Layer) -> Problem:  # noqa: ANN401 - pydantic's ErrorDetails
    """One of pydantic's errors with its place, in words."""
    # of a union each arm is told apart by a last step of its own, which stands in no file
    loc = tuple(step for step in error["loc"] if step not in ("str", "float", "int", "list[str]"))
    place, node, is_whole = locate(layer.node, loc)
    address, what = address_of(loc), str(error["type"])
    if what == "extra_forbidden":
        block = next((step for step in reversed(loc[:-1]) if isinstance(step, str)), "")
        near = nearest(str(loc[-1]), KEYS.get(block, ()))
        hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(KEYS.get(block, ()))}"
        return Problem("E101", place, f"unknown key {quoted(loc[-1])}", hint, address)
    if what == "missing":
        return Problem("E102", place, f"`{address}` is missing", f"add it to {layer.file}", address)
    if is_whole and isinstance(node, Scalar):
        place = node.place
    code = "E105" if what in ("doubled", "waits", "too_short", "too_long", "finite_number") else "E103"
    rule = str(error["msg"]).replace("Input should be", "must be")
    hint = "compare with the shipped sweeps/severity.yaml"
    return Problem(code, place, f"`{address}` = {shown(node)}: {rule[:1].lower()}{rule[1:]}", hint, address)
