"""What a claim is: scenarios that are run on the same luck, and contrasts of them that were stated beforehand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from revsim.analysis.jackknife import Jackknifed
from revsim.api import Scenario

if TYPE_CHECKING:
    from claims.look import Look

UP, DOWN, UNSAID = 1, -1, 0
ONE, ANY, ALL = "one", "any", "all"


class Contrast(NamedTuple):
    """A number with its delete-one values, and where the claim says that it lies.

    `is_log`: it is a logarithm of a ratio, told as a share. `built_in`: an equation of the model gives its direction.
    Of a claim's primary contrasts the claim's rule says how they judge it together; all others are secondary.
    """

    words: str
    measure: str
    direction: int
    value: Callable[[Look], Jackknifed]
    unit: str
    is_log: bool = False
    primary: bool = False
    built_in: bool = False


class Asking(NamedTuple):
    """How the runs are made; a claim that takes a first run to find a setting makes it with these."""

    replications: int
    seed: int
    workers: int | None = None


class Claim(NamedTuple):
    """A row of docs/protocol.md. `scenarios` makes what is run; `unless` is a contrast that must not be clear upwards.

    `rule`: ONE primary contrast; ANY of several (Holm within); ALL of them (the largest p, or against it the smallest
    after Holm within). `reading` says how its words were read where they could be read in two ways.
    """

    number: int
    words: str
    run: str
    scenarios: Callable[[Asking], Sequence[Scenario]]
    contrasts: tuple[Contrast, ...]
    rule: str = ONE
    reading: str = ""
    built_in: str = ""
    unless: Contrast | None = None
    not_asked: str = ""
