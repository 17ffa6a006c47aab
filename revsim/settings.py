"""How a study is run: how many replications, which luck, which engine, how many processes; and what each may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from revsim.errors import UserError
from revsim.simulate import ENGINES

DEFAULT_REPLICATIONS = 100
DEFAULT_MOST = 2000  # where --precision gives up
MOST_REPLICATIONS = 1_000_000
LONGEST_SHOWN = 40
ASKED = re.compile(r"(?P<name>--replications=?|-q*n=?)(?P<number>[0-9]*)")
LIMITED = re.compile(r"(?P<name>--max-replications=?)(?P<number>[0-9]*)")


class Whole(NamedTuple):
    """What a whole number may be, and one that is usual."""

    low: int
    high: int | None
    usual: int

    @property
    def words(self) -> str:
        """The rule in words."""
        return f"a whole number, {self.low} " + ("or more" if self.high is None else f"to {self.high:,}")

    def checked(self, name: str, given: object, example: str) -> int:
        """`given` as a whole number. Raises UserError with the value, the rule and the way out."""
        number = _as_whole(given)
        if number is None or number < self.low or (self.high is not None and number > self.high):
            raise UserError(f"{name} {_shown(given)}: must be {self.words}; write e.g. {example}{self.usual}.")
        return number


REPLICATIONS = Whole(1, MOST_REPLICATIONS, DEFAULT_REPLICATIONS)
REPLICATION = Whole(0, MOST_REPLICATIONS, 3)
SEED = Whole(0, None, 7)
WORKERS = Whole(1, None, 2)
DEFAULT_WORLDS, DEFAULT_IN_WORLD, DEFAULT_SLACK = 80, 40, 0.5  # of `worlds`; replications are those in each world
WORLDS = Whole(2, 9999, DEFAULT_WORLDS)
DEFAULT_TRAJECTORIES, DEFAULT_IN_COMPANY = 10, 30  # of `screen`: a trajectory has one company more than numbers
TRAJECTORIES = Whole(2, 1000, DEFAULT_TRAJECTORIES)
DEFAULT_CONTINUATIONS = 4  # docs/inference.md shows what more of them buy
CONTINUATIONS = Whole(0, 80, DEFAULT_CONTINUATIONS)
LONGER, LONGER_SHARE = 2, 4  # times the measured quarters, from one of so many replications, for net value
HORIZON = Whole(0, 80, 16)
QUARTERS = Whole(1, 80, 16)  # that a frontier is judged over; as many as a file may measure
QUARTER = Whole(1, None, 6)  # of the measured ones, in which a stress begins


def _as_whole(given: object) -> int | None:
    """A whole number of any kind (Python's, numpy's, `2.0`, text of digits); None for anything else."""
    try:
        if isinstance(given, str):
            return int(given)
        number = float(given)  # type: ignore[arg-type]  # what cannot become a float is refused below
        return int(given) if number.is_integer() and not isinstance(given, bool) else None  # type: ignore[call-overload]  # as above
    except (TypeError, ValueError, OverflowError):
        return None


def _shown(given: object) -> str:
    text = str(given)
    text = text if text and text.isprintable() else repr(text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def checked_share(name: str, given: object) -> float:
    """`given` as a share strictly between 0 and 1. Raises UserError with the value, the rule and the way out."""
    try:
        share = float(given)  # type: ignore[arg-type]  # what cannot become a float is refused below
    except (TypeError, ValueError):
        share = 0.0
    if not 0.0 < share < 1.0:
        raise UserError(f"{name} {_shown(given)}: must be a number between 0 and 1; write e.g. {name} 0.1 for +-10 %.")
    return share


def checked_most(replications: int, most: int | None) -> int:
    """Where --precision gives up. Raises UserError if that is below where it begins."""
    if most is None:
        return max(DEFAULT_MOST, replications)
    if most < replications:
        raise UserError(
            f"--max-replications {most}: must be at least --replications ({replications}); raise it, or lower "
            "--replications."
        )
    return most


def check_fewest(replications: int, fewest: int, why: str) -> None:
    """Raise UserError for fewer replications than an answer takes; `why` says what takes them."""
    if replications < fewest:
        raise UserError(
            f"--replications {replications}: must be {fewest} or more, as {why}; write e.g. --replications 40."
        )


def checked_engine(name: str, given: str) -> str:
    """The engine's name. Raises UserError for one that is not there."""
    if given not in ENGINES:
        raise UserError(f"{name} {_shown(given)}: must be {engines()}; leave it out to take auto.")
    return given


def engines() -> str:
    """The names of all engines, in words."""
    return f"{', '.join(ENGINES[:-1])} or {ENGINES[-1]}"


def asking_for(command: Sequence[str], replications: int) -> tuple[str, ...]:
    """The command with that many replications, so that it gives the rows that stand beside it."""
    if not command:
        return ()
    asked, words = _replaced(command, ASKED, replications)
    if not asked and replications != DEFAULT_REPLICATIONS:
        words = [*words, "--replications", str(replications)]
    return tuple(_replaced(words, LIMITED, replications, only_below=True)[1])


def _replaced(
    command: Sequence[str], option: re.Pattern[str], number: int, *, only_below: bool = False
) -> tuple[bool, list[str]]:
    """Whether a number's option is there, and the words with another number behind it."""
    words, found = list(command), False
    for place, word in enumerate(words):
        said = option.fullmatch(word)
        if said is None:
            continue
        at = place if said["number"] else place + 1
        before = said["name"] if said["number"] else ""
        given = words[at].removeprefix(before) if at < len(words) else ""
        if given.isdigit():
            found = True
            words[at] = words[at] if only_below and int(given) >= number else f"{before}{number}"
    return found, words


@dataclass(frozen=True)
class Settings:
    """How a study is run. Raises UserError for what cannot be, in Python's words."""

    replications: int = DEFAULT_REPLICATIONS
    seed: int = 1
    engine: str = "auto"
    workers: int | None = None
    baseline: str | None = None
    command: tuple[str, ...] = ()
    continuations: int = DEFAULT_CONTINUATIONS  # quarters that each replication continues with fresh luck
    quiet: bool = False  # nothing is said of compiling, of SimPy instead, of fewer workers than were asked for
    steady: bool = False  # each scenario's programmes also as if they had always stood

    def __post_init__(self) -> None:
        """Check every number; the command line has checked its own before, in its words."""
        for name, rule in (
            ("replications", REPLICATIONS),
            ("seed", SEED),
            ("workers", WORKERS),
            ("continuations", CONTINUATIONS),
        ):
            given = getattr(self, name)
            if name != "workers" or given is not None:
                object.__setattr__(self, name, rule.checked(f"{name} =", given, f"{name}="))
        checked_engine("engine =", self.engine)
        if isinstance(self.baseline, str):  # as scenarios' names are kept, however it was typed
            object.__setattr__(self, "baseline", normalize("NFC", self.baseline))


class Wanted(NamedTuple):
    """How many replications at least, at most, and the precision by which it is told; None: just the least."""

    least: int
    most: int
    precision: float | None


def wanted(settings: Settings, precision: float | None, most: int | None = None) -> Wanted:
    """What is wanted of a study, in Python's words. Raises UserError for what cannot be."""
    limit = None if most is None else REPLICATIONS.checked("max_replications =", most, "max_replications=")
    share = None if precision is None else checked_share("precision =", precision)
    return Wanted(settings.replications, checked_most(settings.replications, limit), share)
