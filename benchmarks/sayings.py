"""What docs/findings.md says again and again: one number of a kept table, with its interval, as text."""

from __future__ import annotations

from collections.abc import Callable
from math import expm1
from typing import Any

import pandas as pd

from revsim.analysis.words import chance, percent, rounded, short, signed, together

ENDS = ("estimate", "low", "high")
RELATIVE = ("relative", "relative_low", "relative_high")
Row = dict[str, Any]
Find = Callable[..., Row]
HEADLINE = "forecast_variance_week_7"
CHANCE, SOLD = f"{HEADLINE}_chance", "bookings"
HYPERCUBES = ("worlds", "worlds2", "worlds3")
VARIANCES = ("variance", "variance_common")
MID, STRUCTURE = 7, "structure"


def change(row: Row, ends: tuple[str, ...] = RELATIVE) -> str:
    """`-28.2 % (-32.4 to -23.8)`: shares of one as percent with their interval."""
    middle, low, high = together([100.0 * row[end] for end in ends], money=False)
    return f"{middle} % ({low} to {high})"


def amount(row: Row, ends: tuple[str, ...] = ENDS) -> str:
    """`+312k (+266k to +359k)`."""
    middle, low, high = together([row[end] for end in ends])
    return f"{middle} ({low} to {high})"


def bare(row: Row, ends: tuple[str, ...] = ENDS) -> str:
    """The same without plus signs."""
    return amount(row, ends).replace("+", "")


def share(row: Row, ends: tuple[str, ...] = ENDS) -> str:
    """`35 % (24 to 48)`: a share with its interval."""
    middle, low, high = (f"{100.0 * row[end]:.0f}" for end in ends)
    return f"{middle} % ({low} to {high})"


class Sayings:
    """Sentences' parts by study; `row` finds one row of a kept table, `table` gives all of one."""

    def __init__(self, row: Find, table: Callable[[str], pd.DataFrame]) -> None:
        """Nothing is read yet."""
        self._row, self._table = row, table

    def parts(self, part: str, kind: str = "share") -> str:
        """What of structure at mid-quarter a friction accounts for, widened for all that are told at once."""
        found = self._row("parts-parts", week=MID, of=STRUCTURE, kind=kind, part=part)
        return amount(found, ("estimate", "wide_low", "wide_high"))

    def crossed(self) -> str:
        """Which cross terms of structure at mid-quarter are clear once widened."""
        rows = self._table("parts-parts")
        mine = rows[(rows["week"] == MID) & (rows["of"] == STRUCTURE) & (rows["kind"] == "cross term")]
        clear = mine[(mine["wide_low"] > 0.0) | (mine["wide_high"] < 0.0)]
        if clear.empty:
            return "No cross term is clear."
        told = (
            f"{one['part']} {amount(one, ('estimate', 'wide_low', 'wide_high'))}" for one in clear.to_dict("records")
        )
        return f"Clear cross terms: {', '.join(told)}."

    def points(self, lever: str, role: str = "shapley") -> str:
        """A lever's share in log points."""
        found = self._row("attribute-attribution", measure=HEADLINE, role=role, lever=lever)
        middle, low, high = together([100.0 * found[end] for end in ENDS], money=False)
        return f"{middle} ({low} to {high})"

    def moment(self, scenario: str, measure: str = HEADLINE) -> str:
        """The effect of one hand-off alone: log ratios as percent."""
        found = self._row("attribute-one_moment", scenario=scenario, measure=measure, quarter=0)
        if measure != HEADLINE:
            return amount(found)
        return change({end: expm1(found[end]) for end in ENDS}, ENDS)

    def clear_from(self, scenario: str) -> str:
        """The quarter from which a hand-off's running error is clear."""
        found = self._row("attribute-one_moment", scenario=scenario, measure="running_absolute_error_week_7", quarter=1)
        return f"{found['clear_from']:.0f}"

    def gone(self, scenario: str) -> str:
        """How a scenario's relief on forecast variance goes."""
        found = self._row("compare-time_to_effect_findings", scenario=scenario, measure=HEADLINE)["fade"]
        return FADES[found]

    def blow(self, scenario: str, stress: str, measure: str) -> str:
        """What a stress does in the quarters of its event, in its unit."""
        found = self._row("stress-stress", scenario=scenario, stress=stress, window="event", measure=measure)
        return amount(found, ("effect_estimate", "effect_low", "effect_high"))

    def blow_share(self, scenario: str, stress: str, measure: str) -> str:
        """The same as a share of what it was without the stress."""
        found = self._row("stress-stress", scenario=scenario, stress=stress, window="event", measure=measure)
        return change(found, ("relative_estimate", "relative_low", "relative_high"))

    def stalled(self, against: str, scenario: str) -> str:
        """Net value of a build against doing nothing, or against the finished one."""
        return amount(self._row("stress-stalled", against=against, scenario=scenario, item="net"))

    def onset(self, measure: str) -> Row:
        """The lowest severity at which a measure has left zero for good."""
        rows = self._table("sweep-onset")
        mine = rows[(rows["measure"] == measure) & (rows["quarter"] == 0) & rows["stays_clear"]]
        return dict(mine.sort_values("level").iloc[0])

    def onset_quarter(self, measure: str) -> str:
        """The quarter from which it is clear at full misalignment."""
        rows = self._table("sweep-onset")
        mine = rows[(rows["measure"] == measure) & (rows["level"] == 1.0) & (rows["quarter"] > 0) & rows["stays_clear"]]
        return f"{mine['quarter'].min():.0f}"

    def point(self, level: float) -> str:
        """The id of the sweep's point at a level of misalignment."""
        return str(self._row("sweep-points", misalignment=level, waits_quarters=0)["scenario"])

    def missed(self, level: float) -> str:
        """The share of quarters that miss their plan by a tenth, at a level of misalignment."""
        rows = self._table("sweep-early_warning")
        one = rows[rows["scenario"] == self.point(level)].iloc[0]
        return percent(one["missed"] / one["quarters"])

    def auc(self, signal: str, weeks: int) -> str:
        """How well a signal tells missed quarters so many weeks ahead, at full misalignment."""
        found = self._row("sweep-early_warning", scenario=self.point(1.0), signal=signal, weeks_ahead=weeks)
        return f"{found['auc']:.2f}"

    def wait(self, quarters: int, measure: str) -> str:
        """What waiting costs over the measured time."""
        return short(-self._row("sweep-waiting", quarters=quarters, measure=measure)["estimate"])

    def apart(self, scenario: str, stress: str, measure: str) -> str:
        """By what share more it is left with than the status quo is."""
        found = self._row("stress-stress", scenario=scenario, stress=stress, window="event", measure=measure)
        return change(found, tuple(f"relative_difference_{end}" for end in ENDS))

    def retention(self, lever: str) -> float:
        """A lever's share in the change of renewed and expanded business."""
        found = self._row("attribute-attribution", measure="renewals_and_expansion", role="shapley", lever=lever)
        return float(found["share"])

    def chance_common(self, scenario: str) -> float:
        """The part of chance of a scenario's forecast variance, against the status quo's bookings."""
        level = {
            name: {
                what: self._row("compare-summary", scenario=name, measure=what)["estimate"] for what in (CHANCE, SOLD)
            }
            for name in (scenario, "Status quo")
        }
        return float(level[scenario][CHANCE] * (level[scenario][SOLD] / level["Status quo"][SOLD]) ** 2)

    def clear_levels(self, measure: str) -> str:
        """The levels of severity at which a measure is clear of zero by the strict interval."""
        rows = self._table("sweep-onset")
        mine = rows[(rows["measure"] == measure) & (rows["quarter"] == 0)]
        clear = mine[(mine["strict_low"] > 0.0) | (mine["strict_high"] < 0.0)]["level"]
        return f"{clear.min():g} to {clear.max():g}"

    def excess(self, quarter: int) -> str:
        """What full misalignment adds to a quarter's debt."""
        found = self._row("sweep-masking", level=1.0, quarter=quarter, measure="debt")
        return amount(found, ("effect", "effect_low", "effect_high"))

    def worlds(self, word: str, own: str, rival: str, criterion: str) -> str:
        """`35, 41 and 38 %`: how often in each hypercube."""
        found = [self._contest(study, own, rival, criterion)[f"{word}_share"] for study in HYPERCUBES]
        *some, last = (f"{100.0 * one:.0f}" for one in found)
        return f"{', '.join(some)} and {last} %"

    def cell(self, own: str, rival: str, criterion: str) -> str:
        """Wins, losses and ahead of each hypercube."""
        rows = [self._contest(study, own, rival, criterion) for study in HYPERCUBES]
        return "; ".join(
            f"{100.0 * row['wins_share']:.0f}/{100.0 * row['loses_share']:.0f}, {100.0 * row['ahead']:.0f}"
            for row in rows
        )

    def compared(self) -> str:
        """In how many worlds cost per point can be compared."""
        rows = [self._contest(study, "Design", "Coordination", "cost_per_point") for study in HYPERCUBES]
        return " and ".join(f"{row['worlds']:.0f}" for row in rows) + " of 100"

    def fails(self, own: str, rival: str) -> str:
        """Where a rule says that the rival wins, over all hypercubes."""
        found = []
        for study in HYPERCUBES:
            rows = self._table(f"{study}-conditions")
            mine = rows[(rows["winner"] == rival) & (rows["loser"] == own) & rows["criterion"].isin(VARIANCES)]
            found += list(mine[mine["found"].astype(bool)]["sentence"])
        return " ".join(found) or "No hypercube has a rule for that."

    def _contest(self, study: str, own: str, rival: str, criterion: str) -> Row:
        names = {"among": "all worlds", "scenario": own, "against": rival}
        return self._row(f"{study}-shares", criterion=criterion, **names)

    def plausible(self) -> str:
        """How many worlds look like known companies, and who wins there."""
        some = "worlds that pass the patterns"
        told = []
        for own in ("Design", "Coordination"):
            names = {"among": some, "scenario": own, "against": "Status quo"}
            both = [self._row("worlds-shares", criterion=name, **names) for name in ("variance", "variance_common")]
            parts = [f"{percent(one['wins_share'], 2)} / {percent(one['loses_share'], 2)}" for one in both]
            told.append(f"{own.lower()} against the status quo is {parts[0]}, on the same bookings {parts[1]}")
        worlds = self._table("worlds-shares").groupby("among")["worlds"].max()
        count = f"{worlds[some]} of {worlds['all worlds']} worlds"
        return f"{count} pass the patterns of known companies; there {'; '.join(told)}."

    def rules(self) -> str:
        """The rules that were found, or that none was."""
        said, searched = [], 0
        for number, study in enumerate(HYPERCUBES, start=1):
            rows = self._table(f"{study}-conditions")
            searched += len(rows)
            said += [f"In hypercube {number}: {one}" for one in rows[rows["found"].astype(bool)]["sentence"]]
        return f"Of {searched} outcomes that were searched {len(said)} have a rule. {' '.join(said)}".rstrip()


FADES = {  # as revsim/analysis/fade.py calls them
    "under a quarter, not resolved": "gone within a quarter, how fast is not resolved",
    "gone by the next": "gone by the next",
    "fades": "fades",
    "does not fade": "does not fade",
    "fading is not clear": "whether it fades is not clear",
    "largest at the end of the window": "does not fade within the window",
}
WORDS = {"change": change, "amount": amount, "bare": bare, "share": share}
PLAIN = {"chance": chance, "percent": percent, "rounded": rounded, "short": short, "signed": signed}
