"""What a whole command costs is told by a few short ones: start, runs and continuations apart."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from revsim.experiment.command_bench import Command, Cost, bench_commands, line_through
from revsim.settings import Settings
from revsim.store.tables import KEYS, table_of, write_groups

START, RUN, OF_A_QUARTER = 3.0, 2.5, 0.75  # SimPy's; a continuation costs by the quarters that are replayed
WARM_UP, QUARTERS = 6, 8
FAST_START, FAST = 4.0, 0.125


def simpy_seconds(replications: int, continuations: int) -> float:
    replayed = sum(WARM_UP + replication % QUARTERS + 1 for replication in range(replications))
    return START + replications * RUN + continuations * OF_A_QUARTER * replayed


def write(folder: Path, replications: int, off: float) -> None:
    """Tables of a study; the last value of the first replication is `off`."""
    folder.mkdir()
    for table, keys in KEYS.items():
        rows = {key: [*range(1, replications + 1)] if key != "replication" else [*range(replications)] for key in keys}
        frame = pd.DataFrame(
            rows | {"scenario": ["Status quo"] * replications, "value": [off, *[1.0] * (replications - 1)]}
        )
        write_groups([table_of(frame, keys, folder)], folder / f"{table}.parquet")


def machine(off: float = 0.0) -> Command:
    """A machine on which every command takes exactly what it should."""

    def run(engine: str, replications: int, continuations: int, folder: Path) -> float:
        write(folder, replications, off if engine == "simpy" else 0.0)
        if engine == "simpy":
            return simpy_seconds(replications, continuations)
        return FAST_START + replications * FAST * (1 + continuations)

    return run


def test_start_and_each_replication_are_told_apart() -> None:
    assert line_through(2, 7.0, 4, 11.0) == Cost(3.0, 2.0)


def test_both_engines_cost_is_that_of_a_whole_round_of_quarters() -> None:
    one = bench_commands(machine()).one
    assert one.simpy.start == pytest.approx(START)
    assert one.simpy.of(QUARTERS) == pytest.approx(simpy_seconds(QUARTERS, 1))
    assert one.compiled == pytest.approx(Cost(FAST_START, 2 * FAST))
    assert one.ratio(QUARTERS) == pytest.approx(simpy_seconds(QUARTERS, 1) / (FAST_START + QUARTERS * 2 * FAST))


def test_the_default_is_measured_on_the_compiled_engine_and_counted_on_the_other() -> None:
    usual, many = bench_commands(machine()).usual, Settings().continuations
    assert usual.continuations == many
    assert usual.compiled.each == pytest.approx((1 + many) * FAST)
    assert usual.simpy.of(QUARTERS) == pytest.approx(simpy_seconds(QUARTERS, many))


def test_rows_that_both_engines_have_are_compared_to_the_last_bit() -> None:
    same, other = bench_commands(machine()), bench_commands(machine(off=5e-324))
    assert (same.same_rows, same.rows) == (True, 8)
    assert not other.same_rows
