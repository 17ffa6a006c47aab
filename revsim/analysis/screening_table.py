"""A screening's tables: one row an answer and number, and the numbers by how much they matter over all answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from revsim.analysis.cube import FEWEST, Floats, common_replications, cube_of
from revsim.analysis.screening import Ranked, Screened, effects, luck_steps, ranked, screened
from revsim.analysis.screening_answers import MEASURES, QUARTERS, WEEKS, answers
from revsim.analysis.screening_design import Design
from revsim.analysis.worlds.phrasing import Assumed
from revsim.errors import UserError

DUMMY = "dummy"


class Rows(Protocol):
    """The tables of a study, of which some columns are read."""

    def of_quarters(self, columns: Sequence[str]) -> pd.DataFrame:
        """One row per scenario, replication, quarter."""
        ...

    def of_weeks(self, columns: Sequence[str]) -> pd.DataFrame:
        """One row per scenario, replication, quarter, week."""
        ...


class Names(NamedTuple):
    """The baseline, the scenarios whose effects are asked for, and what each is called in a company."""

    baseline: str
    others: tuple[str, ...]
    in_company: Callable[[str, int], str]


class Run(NamedTuple):
    """Rows of some companies, and the margin of each scenario in them by its name there."""

    rows: Rows
    companies: Sequence[int]
    margins: Mapping[str, float]


class Screening(NamedTuple):
    """What is found. `answers` are (scenario, measure) in order; `rows` and `drivers` are the tables."""

    numbers: list[Assumed]
    answers: list[tuple[str, str]]
    screened: list[Screened]
    ranked: Ranked
    rows: pd.DataFrame
    drivers: pd.DataFrame


def look(run: Run, names: Names) -> Floats:
    """(company, scenario, measure): effects in each company; NaN where too few replications came to their end."""
    quarters, weeks = (
        {str(name): rows for name, rows in frame.groupby("scenario", observed=True)}
        for frame in (run.rows.of_quarters(QUARTERS), run.rows.of_weeks(WEEKS))
    )
    found = np.full((len(run.companies), len(names.others), len(MEASURES)), np.nan)
    for place, company in enumerate(run.companies):
        called = [names.in_company(name, company) for name in (names.baseline, *names.others)]
        if not all(name in quarters and name in weeks for name in called):
            continue
        own = [pd.concat([table[name] for name in called], ignore_index=True) for table in (quarters, weeks)]
        mine, by_week, _ = common_replications(own[0], own[1])
        if mine["replication"].nunique() < FEWEST:
            continue
        cube = cube_of(mine, by_week, called)._replace(margin=run.margins[called[0]])
        for other in range(len(names.others)):
            found[place, other] = answers(cube, other + 1, 0)
    return found


def screening(own: Floats, others: Floats, design: Design, names: Names, numbers: list[Assumed]) -> Screening:
    """Tables from the effects at all points and, on each (seed) other luck, at each path's first. Raises UserError."""
    paths, length, _ = design.points.shape
    at = own.reshape(paths, length, len(names.others), len(MEASURES))
    found: dict[tuple[str, str], Screened] = {}
    for k, scenario in enumerate(names.others):
        for m, measure in enumerate(MEASURES):
            values = at[:, :, k, m]
            step = np.abs(design.points[:, 1] - design.points[:, 0]).max(axis=1)
            luck = luck_steps(np.vstack([values[:, 0], others[:, :, k, m]]), step)
            steps = effects(values, design.points, radial=design.radial)
            one = screened(steps, luck, values[:, 0])
            if np.isfinite(one.mu_star).all():
                found[scenario, measure.name] = one
    if not found:
        raise UserError(
            "Nothing can be screened: there is no answer that can be told for all numbers.\n"
            "  Take more trajectories; the manifest says what failed."
        )
    order = ranked(list(found.values()))
    return Screening(
        numbers, list(found), list(found.values()), order, _rows(found, numbers),
        _drivers(order, numbers, list(found)),
    )  # fmt: skip


def _rows(found: Mapping[tuple[str, str], Screened], numbers: Sequence[Assumed]) -> pd.DataFrame:
    """One row an answer and number, the dummy last."""
    units = {measure.name: measure.unit for measure in MEASURES}
    called = [(one.name, one.title) for one in numbers] + [(DUMMY, "Nothing but the luck")]
    tables = [
        pd.DataFrame(
            {
                "scenario": scenario,
                "measure": measure,
                "number": [name for name, _ in called],
                "title": [title for _, title in called],
                "mu": one.mu,
                "mu_star": one.mu_star,
                "low": one.low,
                "high": one.high,
                "sigma": one.sigma,
                "over_dummy": one.mu_star / one.mu_star[-1] if one.mu_star[-1] > 0.0 else np.nan,
                "above_dummy": one.above,
                "unit": units[measure],
            }
        )
        for (scenario, measure), one in found.items()
    ]
    return pd.concat(tables, ignore_index=True)


def _drivers(order: Ranked, numbers: Sequence[Assumed], answers: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """One row a number, the one that matters most first; those that are not ranked last, without figures."""
    most = [answers[place] if place >= 0 else ("", "") for place in order.answer]
    frame = pd.DataFrame(
        {
            "number": [one.name for one in numbers],
            "title": [one.title for one in numbers],
            "evidence": [one.evidence for one in numbers],
            **{name: values for name, values in order._asdict().items() if name != "answer"},
            "scenario": [scenario for scenario, _ in most],
            "measure": [measure for _, measure in most],
        }
    )
    return frame.sort_values(["rank", "number"], kind="stable", ignore_index=True)
