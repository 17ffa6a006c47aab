"""What structure is made of: definitions, data, judgement and incentives switched off one by one and together.

    python benchmarks/parts_of_structure.py [REPLICATIONS] [CSV]

All 16 subsets of four frictions on the same luck, from the shipped status quo (16) to none of the four left. Shapley
shares of V at week 7, of its structure (V less chance, by continuations) and of chance add up to the whole change; the
interactions are the cross terms. Intervals are jackknife over replications.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import revsim
from revsim.analysis import interval
from revsim.analysis.cube import Floats, cube_of
from revsim.analysis.jackknife import Jackknifed
from revsim.analysis.shapley import interactions, pairs_of, shapley
from revsim.analysis.variance import forecast_variance
from revsim.analysis.view import View
from revsim.api import Study, run_plan
from revsim.settings import Settings

REPLICATIONS = 200
FORMS = {"": "V at week 7", "_structure": "structure", "_chance": "chance"}
PARTS: dict[str, dict[str, float]] = {
    "definitions": {
        "world.definitions.drift_sd": 0,
        "world.definitions.marketing_push": 0,
        "world.definitions.sales_push": 0,
        "world.definitions.operations_push": 0,
        "world.definitions.commit_push": 0,
        "world.definitions.owner_error": 0,
    },
    "data": {"world.sales.record_lag": 0, "world.sales.record_lag_pay": 0, "world.desk.rework": 0},
    "judgement": {
        "world.forecasting.optimism": 0,
        "world.forecasting.optimism_sd": 0,
        "world.forecasting.deal_noise": 0,
        "world.forecasting.mood_sd": 0,
        "world.forecasting.meeting_sd": 0,
        "world.forecasting.plan_pull": 0,
    },
    "incentives": {
        "world.marketing.bought_push": 0,
        "world.sales.own_pay_effort": 0,
        "world.sales.end_pay_effort": 0,
        "world.sales.attention": 0,
        "world.sales.pull_strength": 0,
        "world.sales.sandbag_share": 0,
        "world.desk.value_priority": 0,
    },
}


def without(base: revsim.Scenario, which: int) -> revsim.Scenario:
    """The company without a set of frictions: bit k stands for the k-th part."""
    gone = [name for k, name in enumerate(PARTS) if which >> k & 1]
    changes = {address: value for name in gone for address, value in PARTS[name].items()}
    return base.replace(changes, f"Without {', '.join(gone)}") if gone else base


def games(study: Study) -> dict[str, tuple[Floats, Floats]]:
    """By form: the game's values, (sets,), and their leave-one-out values, (sets, replication)."""
    cube = cube_of(study.quarters, study.weeks, study.plan.names)
    found = {}
    for form in FORMS:
        parts = [forecast_variance(View(cube, own, 0), 7, form) for own in range(len(cube.scenarios))]
        found[form] = (np.asarray([one.value for one in parts]), np.stack([one.without for one in parts]))
    return found


def rows_of(form: str, whole: Floats, away: Floats) -> list[tuple[str, str, str, float, float, float]]:
    """Shares, cross terms and the sum, with intervals."""
    names = list(PARTS)
    told = [("share", name, k) for k, name in enumerate(names)]
    shares, shares_away = shapley(whole), shapley(away)
    rows = [
        (FORMS[form], kind, name, *interval.of_jackknife(Jackknifed(float(shares[k]), shares_away[k])))
        for kind, name, k in told
    ]
    cross, cross_away = interactions(whole), interactions(away)
    for k, (one, other) in enumerate(pairs_of(len(names))):
        part = interval.of_jackknife(Jackknifed(float(cross[k]), cross_away[k]))
        rows.append((FORMS[form], "cross term", f"{names[one]} x {names[other]}", *part))
    change = interval.of_jackknife(Jackknifed(float(whole[-1] - whole[0]), away[-1] - away[0]))
    level = interval.of_jackknife(Jackknifed(float(whole[0]), away[0]))
    rows += [(FORMS[form], "all four", "change", *change), (FORMS[form], "status quo", "level", *level)]
    return rows


def main() -> None:
    """Run, print, and write the table."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    base = revsim.load(Path(__file__).parents[1] / "scenarios/status-quo.yaml")
    study = run_plan(
        [without(base, which) for which in range(2 ** len(PARTS))],
        Settings(replications, workers=os.cpu_count()),
    )
    rows = [row for form, (whole, away) in games(study).items() for row in rows_of(form, whole, away)]
    table = pd.DataFrame(rows, columns=["of", "kind", "part", "estimate", "low", "high"])
    print(table.to_string(index=False, float_format=lambda value: f"{value:+.5f}"))
    if len(sys.argv) > 2:  # noqa: PLR2004 - the second argument
        table.to_csv(sys.argv[2], index=False)


if __name__ == "__main__":
    main()
