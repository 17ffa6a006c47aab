"""What studies cost here against another clone of this project, e.g. an older commit; and what futures cost here.

    python benchmarks/against.py CLONE [--python PYTHON] [--rounds 3] [--share 1] [--only NAME ...]

Each study is a whole command with machine code at hand and as many workers as it takes, here and there in turn, round
after round; what is told is the median of the rounds' ratios of processor time, all processes counted, and of peak
memory (of the largest process). `--share` is of the replications below. Start-up and reports are in it, so that few
replications bring every ratio nearer to 1. Below stand the studies' bars; a bar without a clone (`--continuations 8`
against `0`, nine scenarios against nine runs) is measured here alone. Two hours for three rounds on two cores.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from clones import Clone, Used, clones
from nine import AT_ONCE, STAGED, nine_against_alone

THREE = ("status-quo.yaml", "coordination.yaml", "design.yaml")
FUTURES, FUTURES_REPLICATIONS, FUTURES_WANTED = ("8", "0"), 60, 2.9
NINE_REPLICATIONS, NINE_WANTED = 10, 0.65
MEMORY_WANTED = 1.1
FEWEST = 4  # replications that every study takes


class Study(NamedTuple):
    """A command, how many replications of it are timed, and what its time may be against the other clone's."""

    name: str
    words: tuple[str, ...]
    replications: int
    wanted: float | None = None
    instead: tuple[str, ...] | None = None  # the other clone's words, where they differ


def compare(continuations: int, replications: int, wanted: float | None = None) -> Study:
    """`compare` of the three shipped scenarios."""
    words = ("compare", *THREE, "--continuations", str(continuations))
    return Study(f"compare, {continuations} continuations", words, replications, wanted)


STUDIES = (
    compare(0, 200),
    compare(1, 200, 0.40),
    Study("compare, as unless told", ("compare", *THREE), 200, 0.65),
    compare(4, 48),
    compare(8, 24),
    Study("attribute", ("attribute", THREE[0], THREE[2]), 24),
    Study("attribute, 1 continuation", ("attribute", THREE[0], THREE[2], "--continuations", "1"), 16),
    Study("worlds", ("worlds", *THREE, "--worlds", "6"), 40),
    Study("stress", ("stress", *THREE), 40),
    Study("stress, at quarter 6", ("stress", *THREE, "--at-quarter", "6"), 40),
    Study("sweep of severity", ("sweep", "severity.yaml"), 40),
    Study("parts", ("parts", THREE[0]), 16),
)


class Ratio(NamedTuple):
    """Medians over rounds: this against that, and this in seconds."""

    time: float
    memory: float
    seconds: float
    least: float
    most: float


def in_turn(first: Callable[[], Used], second: Callable[[], Used], rounds: int) -> Ratio:
    """The first against the second, whichever begins a round."""
    pairs = []
    for turn in range(rounds):
        if turn % 2:
            other, mine = second(), first()
        else:
            mine, other = first(), second()
        pairs.append((mine, other))
    times = [mine.seconds / other.seconds for mine, other in pairs]
    memory = statistics.median(mine.peak / other.peak for mine, other in pairs)
    seconds = statistics.median(mine.seconds for mine, _ in pairs)
    return Ratio(statistics.median(times), memory, seconds, min(times), max(times))


def told(name: str, ratio: Ratio, wanted: float | None) -> None:
    """One line of the table."""
    bar = "" if wanted is None else f"   wanted: {wanted}"
    print(
        f"{name:34} {ratio.time:6.3f}  ({ratio.least:.3f} to {ratio.most:.3f})  memory {ratio.memory:5.2f}"
        f" {ratio.seconds:8.1f} s{bar}",
        flush=True,
    )


def studies(here: Clone, there: Clone, asked: argparse.Namespace) -> None:
    """Every study, here against there."""
    memory = []
    for study in STUDIES:
        if asked.only and study.name not in asked.only:
            continue
        count = max(FEWEST, round(asked.share * study.replications))

        def mine(study: Study = study, count: int = count) -> Used:
            return here.command(study.words, count)

        def theirs(study: Study = study, count: int = count) -> Used:
            return there.command(study.instead or study.words, count)

        ratio = in_turn(mine, theirs, asked.rounds)
        memory.append(ratio.memory)
        told(f"{study.name} ({count})", ratio, study.wanted)
    if memory:
        print(f"peak memory, most of these         {max(memory):6.3f}   wanted: {MEMORY_WANTED}")


def futures(here: Clone, asked: argparse.Namespace) -> None:
    """Eight continuations against none, both here."""
    count = max(FEWEST, round(asked.share * FUTURES_REPLICATIONS))
    many, none = (
        lambda number=number: here.command(("compare", *THREE, "--continuations", number), count) for number in FUTURES
    )
    told(f"8 continuations against 0 ({count})", in_turn(many, none, asked.rounds), FUTURES_WANTED)


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description="Studies here against another clone.")
    parser.add_argument("clone")
    parser.add_argument("--python", help="the other clone's Python; its own .venv or this one unless said")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--share", type=float, default=1.0, help="of the replications")
    parser.add_argument("--only", nargs="*", help="names of studies; `futures` and `nine` are names, too")
    return parser.parse_args(given)


def main() -> None:
    """Print the table."""
    asked = arguments()
    here, there = clones(asked.clone, asked.python)
    studies(here, there, asked)
    if not asked.only or "futures" in asked.only:
        futures(here, asked)
    if not asked.only or "nine" in asked.only:
        for name, starts in (("at once", AT_ONCE), ("staged", STAGED)):
            ratio = nine_against_alone(starts, max(2, round(asked.share * NINE_REPLICATIONS)), asked.rounds)
            print(f"nine scenarios {name:8} against alone {ratio:6.3f}   wanted: {NINE_WANTED}", flush=True)


if __name__ == "__main__":
    main()
