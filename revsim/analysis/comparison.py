"""A comparison: everything that is said about a study, worked out from its two frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from revsim.analysis.contest import Contestant, contestants
from revsim.analysis.cube import FEWEST, Cube, common_replications, cube_of
from revsim.analysis.estimates import NO_ORACLE, Row, doubtful, estimates
from revsim.analysis.phrases import Judged
from revsim.analysis.precision import half_width
from revsim.analysis.ranking import CONTROL, chance_of_best, of_candidates
from revsim.analysis.reach_words import chance_words, pairing_words
from revsim.analysis.tail import FEWEST_IN_TAIL
from revsim.analysis.variance import HEADLINE
from revsim.analysis.verdict import Verdict, verdict
from revsim.analysis.words import count_of, percent
from revsim.analysis.worlds.plausible import CRITERIA, NOT_ASKED, Count, Plausible
from revsim.errors import UnpairedError

DIFFERENT_COMPANIES = (
    "The scenarios' worlds differ: they are different companies. They do not share a past, their replications are "
    "not the same buyers throughout, and effects mix the company with the choice."
)
WEEKLY = (
    *("forecast", "closed_to_date", "oracle", "oracle_n", "disagreement", "coverage"),
    *("hero_energy", "trust", "tolerance", "pressure"),
)  # of the table of weeks, most of a study's numbers, only these are read; a test holds the list to the measures
CHANCE = (
    "Part of every error nobody could have known; --continuations 4 tells how much, and adding "
    "controls/frictionless.yaml to the comparison shows about how much."
)


class Provenance(NamedTuple):
    """Whose numbers are compared, which rows do not hold.

    `worlds` says of each scenario which company it is, none that all are one; `margin` is the share of revenue that
    contributes, without which there is no net value; `plausible` how it ends in other companies this one might be;
    `longer` has the same scenarios over more quarters, for net value.
    """

    worlds: Sequence[str] = ()
    margin: float = np.nan
    plausible: Plausible = NOT_ASKED
    longer: Cube | None = None


ONE_COMPANY = Provenance()


class Comparison(NamedTuple):
    """Rows of all measures, the verdict, and what a reader must know beside them."""

    cube: Cube
    base: int
    money: str
    rows: dict[tuple[str, str], Row]
    best_chance: list[float]
    contest: list[Contestant]
    paragraphs: Verdict
    notes: list[str]
    behind: list[str]  # what the verdict's last paragraph says of chance and of the same luck
    plausible: Plausible = NOT_ASKED

    @property
    def verdict(self) -> str:
        """The answer, the money, and how far it carries; a blank line between them."""
        return self.paragraphs.text

    @property
    def others(self) -> list[int]:
        """Positions of the scenarios that are not the baseline."""
        return [own for own in range(len(self.cube.scenarios)) if own != self.base]

    def row(self, own: int, measure: str) -> Row:
        """The row of a scenario (by position) and measure."""
        return self.rows[self.cube.scenarios[own], measure]

    def carried(self, own: int, measure: str) -> Count | None:
        """In how many plausible companies a scenario is better than the baseline; None where that was not asked."""
        if measure not in CRITERIA:
            return None
        return self.plausible.against(self.cube.scenarios[own], self.cube.scenarios[self.base], CRITERIA[measure])

    def summary(self) -> pd.DataFrame:
        """The rows of summary.csv."""
        return summary_frame(self.rows.values())

    def best(self) -> pd.DataFrame:
        """The rows of best.csv: each scenario's headline against the best of the others; empty below three."""
        return best_frame(self.contest, self.best_chance)

    def effects(self) -> pd.DataFrame:
        """The rows of effects.csv: scenario - baseline; `relative...` is the change as a share of the baseline."""
        return effects_frame(self.rows.values())


def summary_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Levels as the rows of summary.csv."""
    return pd.DataFrame(
        [(row.scenario, row.measure, *row.level, row.unit, row.title, row.group, row.note) for row in rows],
        columns=["scenario", "measure", "estimate", "low", "high", "unit", "title", "group", "note"],
    )


def best_frame(contest: Sequence[Contestant], best_chance: Sequence[float]) -> pd.DataFrame:
    """A contest as the rows of best.csv."""
    return pd.DataFrame(
        [(one.scenario, HEADLINE, *one.against_best, one.may_be_best, best_chance[one.place]) for one in contest],
        columns=["scenario", "measure", "against_best", "low", "high", "may_be_best", "chance_of_best"],
    )


def effects_frame(rows: Iterable[Row]) -> pd.DataFrame:
    """Effects as the rows of effects.csv; rows without one are left out."""
    return pd.DataFrame(
        [
            (
                row.scenario,
                row.measure,
                *row.effect,
                row.unit,
                row.word,
                *row.relative,
                row.title,
                row.group,
                row.note,
                row.variance_reduction,
            )
            for row in rows
            if row.effect is not None
        ],
        columns=[
            *("scenario", "measure", "estimate", "low", "high", "unit", "better"),
            *("relative", "relative_low", "relative_high", "title", "group", "note"),
            "variance_reduction",
        ],
    )


def _notes(cube: Cube, rows: list[Row], dropped: int, *, same_world: bool) -> list[str]:
    """Plain sentences; nothing that is missing stays unsaid."""
    meant = " The control is meant to." if CONTROL in cube.scenarios else ""
    notes = [] if same_world else [DIFFERENT_COMPANIES + meant]
    if dropped:
        notes.append(f"{count_of(dropped, 'replication')} failed in some scenario, left out of the comparison.")
    if len(cube.replications) < FEWEST:
        notes.append(
            f"Over {count_of(len(cube.replications), 'replication')} there are no intervals; "
            "run at least 3, better 100."
        )
    elif len(cube.replications) < FEWEST_IN_TAIL:
        notes.append(f"Revenue at risk is not judged: it has intervals from {FEWEST_IN_TAIL} replications on.")
    empty = {name: int((cube.quarterly["bookings"][own] <= 0.0).sum()) for own, name in enumerate(cube.scenarios)}
    notes += [
        f"{count_of(count, 'quarter')} of “{name}” without bookings: "
        "shares of bookings leave out what cannot be divided."
        for name, count in empty.items()
        if count
    ]
    if CONTROL not in cube.scenarios and any(row.note == NO_ORACLE for row in rows):
        notes.append(CHANCE)
    notes += [
        f"Chance and structure of “{row.scenario}” are in doubt: {row.title[0].lower()}{row.title[1:]} should be zero, "
        f"and is {percent(row.level.estimate)} ({percent(row.level.low)} to {percent(row.level.high)})."
        for row in rows
        if row.group == "check" and doubtful(row.level)
    ]
    partly = sorted({row.title for row in rows if "left out" in row.note})
    if partly:
        notes.append("Some replications have no number for: " + "; ".join(partly) + ".")
    return notes


def compare_frames(
    quarters: pd.DataFrame,
    weeks: pd.DataFrame,
    scenarios: Sequence[str],
    baseline: str,
    money: str,
    origin: Provenance = ONE_COMPANY,
) -> Comparison:
    """Compare the scenarios with the baseline on the replications that all of them finished. Raises UnpairedError."""
    cube, dropped = paired(quarters, weeks, scenarios)
    return compare_cube(cube, baseline, money, dropped, origin)


def paired(quarters: pd.DataFrame, weeks: pd.DataFrame, scenarios: Sequence[str]) -> tuple[Cube, int]:
    """What is read of the replications that all scenarios finished, and how many others there are.

    Raises UnpairedError.
    """
    quarters, weeks, dropped = common_replications(quarters, weeks)
    if quarters.empty:
        raise UnpairedError(
            "Nothing to compare: no replication finished in all scenarios.\n"
            "  See `failed` in manifest.json for what went wrong, or leave the failing scenario out."
        )
    return cube_of(quarters, weeks, scenarios, WEEKLY), dropped


def compare_cube(
    cube: Cube, baseline: str, money: str, dropped: int = 0, origin: Provenance = ONE_COMPANY
) -> Comparison:
    """Compare the scenarios of a cube with the baseline."""
    base, cube = cube.scenarios.index(baseline), cube._replace(margin=origin.margin)
    rows = estimates(cube, base, money)
    by_name = {(row.scenario, row.measure): row for row in rows}
    draws = of_candidates(cube)
    best, contest = [float(share) for share in chance_of_best(cube, draws)], contestants(cube, draws)
    chosen = {world for name, world in zip(cube.scenarios, origin.worlds, strict=False) if name != CONTROL}
    behind = [words for words in (chance_words(cube, base, rows), pairing_words(rows)) if words]
    judged = Judged(
        cube,
        base,
        money,
        by_name,
        best,
        origin.margin,
        len(chosen) <= 1,
        contest,
        origin.longer,
        behind,
        origin.plausible,
    )
    said = verdict(judged)
    notes = _notes(cube, rows, dropped, same_world=len(set(origin.worlds)) <= 1)
    return Comparison(cube, base, money, by_name, best, contest, said, notes, behind, origin.plausible)


def headline_half_width(comparison: Comparison) -> float:
    """The widest relative half-width of the headline: of effects, or of the level of a scenario alone; NaN if empty."""
    return half_width(comparison.cube, comparison.base)
