"""All that is found over worlds, from rows to frames and sentences."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from revsim.analysis.words import count_of, percent, rounded
from revsim.analysis.worlds import discovery
from revsim.analysis.worlds.break_evens import FOUND, Search, break_even_rows, break_evens, words
from revsim.analysis.worlds.contests import COMMON, LOSES, NETS, VARIANCE, WINS
from revsim.analysis.worlds.flips import Flip, flip_rows, flips, sentence
from revsim.analysis.worlds.history import history_rows, pattern_rows
from revsim.analysis.worlds.phrasing import MARK, Assumed, contest_words
from revsim.analysis.worlds.shares import ALL, PLAUSIBLE, best, shares
from revsim.analysis.worlds.strength import FEWEST_WORLDS, strengths
from revsim.analysis.worlds.table import Names, Seen, contest_rows, level_rows, world_rows

NO_SEARCH = "Where it flips was not looked for: that takes scikit-learn: pip install '.[worlds]' in revsim's folder."
WITHOUT = "axes_without_evidence"  # of those drawn: how many ranges of what was drawn are assumptions themselves
CONTEST = ["scenario", "against", "criterion"]
FEW_PLAUSIBLE = 10
NO_RULE = "Of {searched} searched no rule of at most three conditions tells winners from losers better than chance."
NOTHING_SEARCHED = "Where it flips was not searched: no outcome is frequent enough; raise --worlds or --replications."
STARRED = f"{MARK.strip()} no direct evidence, or a modelling choice: the range itself is an assumption."


class Findings(NamedTuple):
    """Frames as they are written, and what is drawn and said."""

    worlds: pd.DataFrame
    contests: pd.DataFrame
    shares: pd.DataFrame  # with a column `among`
    best: pd.DataFrame  # with a column `among`
    patterns: pd.DataFrame
    strengths: pd.DataFrame
    conditions: pd.DataFrame
    break_evens: pd.DataFrame
    flips: list[Flip]
    search: Search
    main: tuple[str, str]
    plausible: int
    judged: int
    sentences: list[str]
    notes: list[str]


class Asked(NamedTuple):
    """What was drawn and by which rules it is judged: `draws` is indexed by world, a column an axis."""

    draws: pd.DataFrame  # one column an axis: its first number
    values: pd.DataFrame  # one column a number
    axes: list[Assumed]
    names: Names
    slack: float | None  # None: all were found plausible before
    seed: int


def findings(seen: Sequence[Seen], asked: Asked) -> Findings:
    """Everything that follows from the judged worlds."""
    unknown = sum(bool(axis.evidence) for axis in asked.axes)
    contests, levels = contest_rows(seen), level_rows(seen)
    history = history_rows(seen, asked.slack)
    some = set(history.loc[history["plausible"], "world"])
    among = {ALL: set(history["world"]), PLAUSIBLE: some}
    counted = _by_set(contests, among, shares)
    ranked = _by_set(levels, among, best)
    main = main_contest(ranked, asked.names)
    found = flips(contests, asked.draws, asked.seed) if discovery.is_there() else []
    wide = world_rows(seen, asked.values, asked.names.baseline).merge(history, on="world", how="left")
    marked = {WITHOUT: unknown}
    search = break_evens(contests, asked.draws, asked.axes, asked.names.baseline)
    return Findings(
        wide, contests.assign(**marked), counted.assign(**marked), ranked.assign(**marked),
        pattern_rows(seen, asked.slack), _strengths(contests, asked),
        flip_rows(found, asked.axes), break_even_rows(search), found, search, main, len(some), len(history),
        [*_sentences(counted, ranked, found, main, asked), *words(search)],
        [*_notes(seen, len(some), asked, contests), *search_words(search)],
    )  # fmt: skip


def main_contest(ranked: pd.DataFrame, names: Names) -> tuple[str, str]:
    """(own, rival) that matter most: the two choices most often best on variance, the later in the list first."""
    rows = ranked[(ranked["among"] == ALL) & (ranked["scenario"] != names.baseline)]
    leading = list(rows.sort_values("best_variance", ascending=False, kind="stable")["scenario"][:2])
    order = sorted(leading, key=names.scenarios.index, reverse=True)
    return (order[0], order[1]) if len(order) > 1 else (order[0], names.baseline)


def _by_set(
    rows: pd.DataFrame, among: dict[str, set[int]], summary: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    parts = []
    for name, worlds in among.items():
        part = summary(rows[rows["world"].isin(worlds)])
        part.insert(0, "among", name)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _strengths(contests: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """scenario, against, criterion, axis, title, unit, evidence, rho, p, q."""
    told = {axis.name: axis for axis in asked.axes}
    parts = []
    for key, group in contests.groupby(CONTEST, sort=False):
        part = strengths(asked.draws.loc[group["world"]], group["estimate"].to_numpy())
        for place, (column, value) in enumerate(zip(CONTEST, key, strict=True)):
            part.insert(place, column, str(value))
        for place, field in enumerate(("title", "unit", "evidence"), start=4):
            part.insert(place, field, [getattr(told[name], field) for name in part["axis"]])
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def no_rule_words(found: list[Flip]) -> str:
    """What is said where no rule is: of how many outcomes, or why none was searched."""
    if not discovery.is_there():
        return NO_SEARCH
    return NO_RULE.format(searched=count_of(len(found), "outcome")) if found else NOTHING_SEARCHED


def _sentences(
    counted: pd.DataFrame, ranked: pd.DataFrame, found: list[Flip], main: tuple[str, str], asked: Asked
) -> list[str]:
    everywhere = counted[counted["among"] == ALL]
    is_main = (everywhere["scenario"] == main[0]) & (everywhere["against"] == main[1])
    ordered = pd.concat([everywhere[is_main], everywhere[~is_main]])
    lines = [contest_words(row) for row in ordered.to_dict("records")]
    lines += [best_words(row) for row in ranked[ranked["among"] == ALL].to_dict("records")]
    real = [flip for flip in found if flip.is_real]
    lines += [sentence(flip, asked.axes) for flip in real]
    if discovery.is_there() and not real:
        lines.append(no_rule_words(found))
    return lines


def lead(found: Findings, asked: Asked) -> list[str]:
    """How the main contest ends on forecast variance and on net value, where it flips, and the surest break-even."""
    own, rival = found.main
    rows = found.shares[(found.shares["among"] == ALL) & found.shares["criterion"].isin([VARIANCE, COMMON, *NETS])]
    mine = rows[(rows["scenario"] == own) & (rows["against"] == rival)].to_dict("records")
    flipped = [flip for flip in found.flips if {flip.winner, flip.loser} == set(found.main)]
    real = [sentence(flip, asked.axes) for flip in flipped if flip.is_real]
    told = [contest_words(row) for row in mine] + (real[:1] or [no_rule_words(flipped)])
    return told + words(found.search)[:1]


def search_words(search: Search) -> list[str]:
    """How many break-evens were looked for, and at which rate of false alarms one is told."""
    if not search.asked:
        return []
    rate = f"told at a false discovery rate of {FOUND:.0%}"
    return [f"Break-evens: {search.asked:,} looked for, {rate}; numbers that are but a switch were not asked."]


def best_words(row: Mapping[Hashable, Any]) -> str:
    """How often a scenario is best, and what it costs to have chosen it where another was."""
    mean, largest = (rounded(100.0 * row[f"{which}_regret_spread"], 2) for which in ("mean", "largest"))
    often = percent(row["best_variance_share"], 2)
    return (
        f"“{row['scenario']}” has the lowest variance in {often} of worlds; its regret, by which "
        f"its spread is above the best's, is {mean} points of bookings on average and {largest} at most."
    )


def too_few_words(contests: pd.DataFrame) -> str:
    """Which outcomes on the headline happen too seldom, or fail to happen too seldom, to look for a rule."""
    told = []
    for (own, rival), group in contests[contests["criterion"] == VARIANCE].groupby(["scenario", "against"], sort=False):
        for word, winner, loser in ((WINS, own, rival), (LOSES, rival, own)):
            count = int((group["word"] == word).sum())
            if min(count, len(group) - count) < discovery.FEWEST_HITS:
                told.append(f"“{winner}” over “{loser}” ({count} of {len(group)})")
    if not told:
        return "On forecast variance every outcome was searched for a rule."
    return (
        f"On forecast variance no rule was looked for where fewer than {discovery.FEWEST_HITS} worlds, or all but as "
        f"few, end so: {', '.join(told)}."
    )


def _notes(seen: Sequence[Seen], plausible: int, asked: Asked, contests: pd.DataFrame) -> list[str]:
    judged = [one for one in seen if one.levels]
    notes = []
    if asked.slack is not None:
        passing = f"pass the patterns of known companies within a slack of {asked.slack:g} of each range's width"
        notes.append(f"{plausible} of {count_of(len(judged), 'world')} {passing}.")
    if plausible < FEW_PLAUSIBLE:
        few = count_of(plausible, "world")
        notes.append(f"Shares over {few} say little; raise --worlds, or --slack with a reason.")
    if len(judged) < len(seen):
        notes.append(f"{count_of(len(seen) - len(judged), 'world')} could not be judged: replications are missing.")
    unknown = sum(bool(axis.evidence) for axis in asked.axes)
    notes.append(f"{STARRED} So it is for {unknown} of the {len(asked.axes)} axes that were drawn.")
    if len(judged) < FEWEST_WORLDS:
        notes.append(f"No map and no strengths of assumptions: they take {FEWEST_WORLDS} worlds that can be judged.")
    notes.append(too_few_words(contests) if discovery.is_there() else NO_SEARCH)
    return notes
