"""docs/claims.md: the claims in one table, every number read from claims.csv."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from revsim.analysis.measure import HANDOFFS
from revsim.store.csv_text import read_frame

HEAD = """# The articles' claims against the model

<!-- Written by `python benchmarks/claims`; do not edit. -->

Each claim has one contrast that was written down before it was run ([protocol.md](protocol.md)). Here are
{replications:,} replications (seed {seed}), paired on the same random events. Ranges are 95 %: more runs shrink them,
and they do not say what is unknown about a company. The verdict is by Holm at 5 % over the {count} claims that have a
contrast; where the claim alone would get another word, it stands behind. *Could have shown*: the smallest effect that
four such runs in five would find. *Built in*: an equation of the model says so, and no run can support it. All of this
is one made-up company. What else was looked at is in `benchmarks/study/claims.csv`.

| # | claim | what was run | what came out | verdict | could have shown | built in |
|---|---|---|---|---|---|---|
"""
READ = "\nHow the protocol was read where it can be read in two ways:\n\n"
WORDS = {
    "bookings_volatility_common": "volatility of new business",
    "forecast_variance_week_7_common": "forecast variance at mid-quarter",
    "late_change_share": "change in the last four weeks",
    "spend_per_booking": "spend per new business",
    "leaked_per_accepted": "lost at hand-offs",
    **{f"leaked_{name}_per_accepted": f"lost from {words}" for name, words in HANDOFFS.items()},
    "cycle_days at equal rep_load": "cycle at equal load",
    "third_month_share": "third month's share",
    "bookings": "new business",
    "decision_latency_days": "time to a decision",
    "reconciliation_hours": "hours of reconciling",
}
MINUS = "\u2212"
EUR = "EUR"


def page(folder: Path) -> str:
    """The page of a table that is kept in a folder."""
    rows = read_frame(folder / "claims.csv")
    facts = json.loads((folder / "claims.manifest.json").read_text(encoding="utf-8"))
    count = int(rows[rows["primary"].astype(bool)]["claim"].nunique())
    text = HEAD.format(replications=facts["replications"], seed=facts["seed"], count=count)
    groups = [group for _, group in rows.groupby("claim", sort=True)]
    readings = [(group["claim"].iloc[0], said(group, "reading")) for group in groups]
    listed = "".join(f"- {number}: {words}.\n" for number, words in readings if words)
    return text + "".join(line(group) for group in groups) + (READ + listed if listed else "")


def said(group: pd.DataFrame, column: str) -> str:
    """What a claim's rows say in a column that all of them share; empty where nothing is said."""
    value = group[column].iloc[0]
    return value if isinstance(value, str) else ""


def line(group: pd.DataFrame) -> str:
    """A claim's row."""
    start = f"| {group['claim'].iloc[0]} | {said(group, 'words')} |"
    if said(group, "not_asked"):
        return f"{start} - | {said(group, 'not_asked')} | {said(group, 'verdict')} | - | - |\n"
    primary = group[group["primary"].astype(bool)]
    came, shown = (primary.apply(each, axis=1).tolist() for each in (came_out, could_have_shown))
    word, alone = (str(primary[name].iloc[0]) for name in ("verdict", "verdict_alone"))
    told = f"**{word}**" if word == alone else f"**{word}** (alone: {alone})"
    built = said(group, "built_in") or "-"
    return f"{start} {said(group, 'run')} | {'; '.join(came)} | {told} | {'; '.join(shown)} | {built} |\n"


def came_out(row: pd.Series) -> str:
    """A measure's change with its range."""
    scale, unit = scale_of(row)
    numbers = [short(float(row[name]) * scale) for name in ("estimate", "low", "high")]
    if not np.isfinite(row["low"]):
        return f"`{row['measure']}` {numbers[0]}{unit}"
    return f"{plain(row)} {sign(row['estimate'])}{numbers[0]}{unit} ({numbers[1]} to {numbers[2]})"


def could_have_shown(row: pd.Series) -> str:
    """The smallest effect, in the measure's unit."""
    scale, unit = scale_of(row)
    return f"{short(float(row['smallest_effect']) * scale)}{unit}" if np.isfinite(row["smallest_effect"]) else "-"


def plain(row: pd.Series) -> str:
    """A measure's name as words."""
    return WORDS.get(row["measure"], str(row["measure"]).replace("_", " "))


def scale_of(row: pd.Series) -> tuple[float, str]:
    """Shares as per cent, money in thousands."""
    unit = str(row["unit"])
    if unit == "share":
        return 100.0, " %" if is_ratio(row) else " points"
    if unit.startswith(f"{EUR} a"):
        return 1e-3, "k EUR a quarter"
    return 1.0, f" {unit}"


def is_ratio(row: pd.Series) -> bool:
    """Whether a share tells a change in per cent rather than in points."""
    return bool(row["relative"])


def sign(value: float) -> str:
    """A plus before what rises."""
    return "+" if value > 0.0 else ""


def short(value: float) -> str:
    """Two digits, with a real minus sign."""
    if not np.isfinite(value):
        return "-"
    digits = max(0, 1 - int(np.floor(np.log10(abs(value))))) if value else 0
    text = f"{round(value, digits):,.{digits}f}" if abs(value) < 100 else f"{value:,.0f}"  # noqa: PLR2004 - digits
    return text.replace("-", MINUS)
