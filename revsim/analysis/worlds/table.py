"""All worlds: one row a world, and one row a world and contest; each number from that world's own replications."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.cube import FEWEST, common_replications, cube_of
from revsim.analysis.patterns import Pattern, own_patterns
from revsim.analysis.worlds.contests import Contest, Level, contests, levels

# what is read of the rows: criteria and patterns need no more
QUARTERS = (
    *("bookings", "remedy_cost_design", "remedy_cost_coordination", "won", "lost", "forecast_day_one", "cycle_days"),
    *("top_fifth_share", "bookings_third_month", "accepted", "qualified", "selling_share", "churned_value"),
    *("installed_value", "rep_load", "desk_load"),
    *("renewed_value", "expansion_value", "marketing_spend", "people_cost", "spend"),
)
WEEKS = ("forecast", "pressure")


class Seen(NamedTuple):
    """One world: its number, replications that all scenarios finished, levels, contests, the baseline's patterns."""

    world: int
    replications: int
    levels: list[Level]
    contests: list[Contest]
    patterns: list[Pattern]


class Names(NamedTuple):
    """The scenarios' names in their files and in a world."""

    scenarios: tuple[str, ...]
    baseline: str
    in_world: Callable[[str, int], str]
    margin: Callable[[int], float] = lambda _world: np.nan  # the share of the baseline's revenue that contributes


def look(quarters: pd.DataFrame, weeks: pd.DataFrame, worlds: int, names: Names) -> list[Seen]:
    """Judge each world 1..n by its rows; one that no replication finished in all scenarios has nothing but its number.

    `quarters` and `weeks` hold the columns QUARTERS and WEEKS behind their keys, for the names of all worlds.
    """
    by_name = (_by_scenario(quarters), _by_scenario(weeks))
    return [_seen(world, by_name, names) for world in range(1, worlds + 1)]


def _by_scenario(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): rows for name, rows in frame.groupby("scenario")}


def _seen(world: int, by_name: tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]], names: Names) -> Seen:
    called = {names.in_world(name, world): name for name in names.scenarios}
    if not all(name in rows for rows in by_name for name in called):
        return Seen(world, 0, [], [], [])
    both = (
        pd.concat([rows[name].assign(scenario=plain) for name, plain in called.items()], ignore_index=True)
        for rows in by_name
    )
    quarters, weeks, _ = common_replications(*both)
    if quarters["replication"].nunique() < FEWEST:
        return Seen(world, int(quarters["replication"].nunique()), [], [], [])
    cube = cube_of(quarters, weeks, names.scenarios)._replace(margin=names.margin(world))
    base = names.scenarios.index(names.baseline)
    mine = [frame[frame["scenario"] == names.baseline] for frame in (quarters, weeks)]
    return Seen(
        world, len(cube.replications), levels(cube, base), list(contests(cube, base)), own_patterns(mine[0], mine[1])
    )


def contest_rows(seen: Sequence[Seen]) -> pd.DataFrame:
    """world, scenario, against, criterion, estimate, low, high, word; by contest, then world."""
    rows = [(one.world, *contest[:3], *contest.effect, contest.word) for one in seen for contest in one.contests]
    columns = ["world", "scenario", "against", "criterion", "estimate", "low", "high", "word"]
    return pd.DataFrame(rows, columns=columns)


def level_rows(seen: Sequence[Seen]) -> pd.DataFrame:
    """world, scenario, its levels, and its regret: the loss against the best scenario of that world.

    Regret in spread is the root of V (+- share of bookings) less the lowest; in bookings the highest less its own.
    """
    rows = []
    for one in seen:
        spreads = [np.sqrt(max(level.variance, 0.0)) for level in one.levels]
        sold = [level.bookings for level in one.levels]
        rows += [
            (one.world, *level, spread - min(spreads), max(sold) - level.bookings)
            for level, spread in zip(one.levels, spreads, strict=True)
        ]
    return pd.DataFrame(rows, columns=["world", *Level._fields, "regret_spread", "regret_bookings"])


def world_rows(seen: Sequence[Seen], draws: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """One row a world: its draws by address, patterns, and each scenario's levels, effects on the baseline and words.

    `draws` is indexed by world. Columns of a scenario are called `Design: variance` and so on.
    """
    found = pd.DataFrame([dict(_cells(one, baseline)) for one in seen]).set_index("world")
    return draws.join(found, how="right").reset_index(names="world")


def _cells(one: Seen, baseline: str) -> Iterator[tuple[str, object]]:
    yield "world", one.world
    yield "replications", one.replications
    for pattern in one.patterns:
        yield f"pattern: {pattern.name}", pattern.value
    for row in level_rows([one]).itertuples(index=False):
        name = row.scenario
        for field in (*Level._fields[1:], "regret_spread", "regret_bookings"):
            yield f"{name}: {field}", getattr(row, field)
    for contest in one.contests:
        if contest.rival == baseline:
            for part, value in contest.effect._asdict().items():
                yield f"{contest.own}: {contest.criterion} effect {part}", value
            yield f"{contest.own}: {contest.criterion} word", contest.word
        else:
            yield f"{contest.own} against {contest.rival}: {contest.criterion} word", contest.word
