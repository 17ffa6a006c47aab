"""The seam between the engines: trace = simulate(parameters, luck); nothing else is random or knows the time."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from revsim.errors import UserError
from revsim.units import DAYS_PER_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revsim.contract.lived import Fork, Lived
    from revsim.contract.parameters import Parameters
    from revsim.contract.trace import Trace
    from revsim.luck.draw import Luck
    from revsim.states.kept import State

ENGINES = ("auto", "compiled", "simpy")


def engine_of(engine: str) -> str:
    """The engine that `auto` stands for here, or the one that is asked for. Raises UserError for an unknown one.

    `auto` is the compiled engine where numba works, else SimPy; both give the same rows.
    """
    if engine not in ENGINES:
        message = f"--engine {engine}: no such engine; there are {', '.join(ENGINES)}"
        raise UserError(message)
    from revsim.machine.there import why_not_compiled  # noqa: PLC0415 - not on the way to --help

    if engine == "auto":
        return "compiled" if not why_not_compiled() else "simpy"
    if engine == "compiled" and why_not_compiled():
        message = f"--engine compiled: {why_not_compiled()}; --engine simpy gives the same rows"
        raise UserError(message)
    return engine


def simulate(
    parameters: Parameters,
    luck: Luck,
    engine: str = "auto",
    fork_at: float | None = None,
    luck_after: Luck | None = None,
) -> Trace:
    """Run one company once.

    `fork_at` (a day, first of a week) and `luck_after`: up to the fork the trace is that of `luck` to the last bit;
    from then on whatever is not yet decided is drawn from `luck_after`, given what has passed. Raises LuckExhausted
    when the luck is too short, UserError for an unknown engine or a fork within a week.
    """
    if (fork_at is None) != (luck_after is None):
        message = "fork_at and luck_after belong together: give both or none"
        raise UserError(message)
    if fork_at is not None and fork_at % DAYS_PER_WEEK != 0.0:
        message = f"fork_at = {fork_at:g}: a fork is at the start of a week, a multiple of 5 days"
        raise UserError(message)
    if engine_of(engine) == "compiled":
        from revsim.compiled.company import run  # noqa: PLC0415 - numba is paid for only when something runs
    else:
        from revsim.model.company import run  # noqa: PLC0415 - simpy is paid for only when something runs
    return run(parameters, luck, inf if fork_at is None else fork_at, luck_after)


def runs(
    cases: Sequence[Parameters],
    luck: Luck,
    engine: str = "auto",
    luck_after: Luck | None = None,
    forks: Sequence[Fork] = (),
) -> Iterator[Lived]:
    """Many companies on one luck, each once, in the order that is quickest.

    `forks`: from where quarters are continued once more with `luck_after`. The compiled engine lives what cases share
    once; the reference runs each from day 0, and so does each continuation. Both give the same. Raises LuckExhausted
    when either luck is too short, UserError for an unknown engine, for forks without a second luck and for one that a
    case's run does not have, CaseError for what goes wrong with one case.
    """
    from revsim.contract.lived import week_of  # noqa: PLC0415 - not on the way to --help

    if forks and luck_after is None:
        message = "forks are continued with luck_after: give both or none"
        raise UserError(message)
    for span in {p.span for p in cases}:
        for fork in forks:
            week_of(fork, span)
    if engine_of(engine) == "compiled":
        from revsim.states.tree import runs as at_once  # noqa: PLC0415 - numba is paid for only when something runs

        return at_once(cases, luck, luck_after, forks)
    from revsim.model.company import run  # noqa: PLC0415 - simpy is paid for only when something runs
    from revsim.states.replay import replays  # noqa: PLC0415 - as above

    return replays(run, cases, luck, luck_after, forks)


def keep(parameters: Parameters, luck: Luck, day: float, engine: str = "auto") -> State:
    """A company's state at the start of a day, the first of a week: others go on from it with `State.go_on`.

    Raises LuckExhausted when the luck is too short, UserError for an unknown engine or a day within a week or after
    the last.
    """
    if day % DAYS_PER_WEEK != 0.0 or not 0.0 < day < parameters.span.end:
        message = f"day {day:g}: a state is of the start of a week within the run, a multiple of 5 days"
        raise UserError(message)
    from revsim.states.kept import keep_compiled, keep_replayed  # noqa: PLC0415 - not on the way to --help

    if engine_of(engine) == "compiled":
        return keep_compiled(parameters, luck, day)
    from revsim.model.company import run  # noqa: PLC0415 - simpy is paid for only when something runs

    return keep_replayed(run, parameters, luck, day)
