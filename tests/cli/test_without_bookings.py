"""Companies in which hardly anything happens: tables with empty cells, no warning (warnings are errors here)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Call
from tests.tiny import SMALL

NOBODY = SMALL | {"world.demand.inquiries_per_week": 1e-9, "world.customers.installed_base": 0}
FEW = SMALL | {"world.demand.inquiries_per_week": 1, "world.sales.reps": 1}


def sets(values: dict[str, float]) -> list[str]:
    return [part for address, value in values.items() for part in ("--set", f"{address}={value}")]


@pytest.mark.parametrize("company", [NOBODY, FEW], ids=["nobody", "few"])
@pytest.mark.parametrize(
    "words",
    [
        ["compare", "status-quo", "design", "coordination"],
        ["worlds", "status-quo", "design", "--worlds", "2"],
    ],
    ids=["compare", "worlds"],
)
def test_a_study_of_it_ends_well_and_silently(revsim: Call, words: list[str], company: dict[str, float]) -> None:
    answer = revsim(*words, *sets(company), "-n", "3", "--workers", "1", "--quiet", "--out", "r")
    assert (answer.code, answer.err) == (0, "")
    assert Path("r/report.html").exists()


def test_of_nothing_no_share_is_told(revsim: Call) -> None:
    answer = revsim("run", "status-quo", *sets(NOBODY), "-n", "3", "--workers", "1", "--quiet", "--out", "r")
    assert (answer.code, answer.err) == (0, "")
    table = pd.read_csv("r/summary.csv").set_index("measure")
    assert table.loc["bookings", "estimate"] == 0.0
    assert table["estimate"].isna()["forecast_variance_week_7"]
