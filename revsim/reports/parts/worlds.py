"""What worlds show, as tables on the page: who wins, who is best, where it flips, which assumptions move it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import numpy as np

from revsim.analysis.words import percent, rounded, short, signed
from revsim.analysis.worlds.break_evens import words
from revsim.analysis.worlds.contests import LOSES, UNDECIDED, VARIANCE, WINS
from revsim.analysis.worlds.findings import Findings, best_words, no_rule_words
from revsim.analysis.worlds.flips import FOUND, sentence
from revsim.analysis.worlds.phrasing import MARK, ON, Assumed, beats, contest_words
from revsim.analysis.worlds.shares import AHEAD, ALL
from revsim.reports.facts import Sheet
from revsim.reports.page import Part

STRONGEST, DASH = 10, "-"
SHARES = (
    "Share of worlds with Wilson's 95 % interval. Wins and loses: the paired interval of that world's replications is "
    "clear of zero. Ahead: the estimate is on the better side, clear or not; noise draws that towards a half. "
    "A share of worlds is a share of these ranges, never the odds that a design works."
)
REGRET = (
    "Regret: by how much a choice falls short of the best one of the same world, on average and at most. Spread is the "
    "root of forecast variance, in points of bookings."
)
RULES = (
    "Boxes of at most three assumptions. q: the share of false alarms among all rules at least as good; "
    f"a rule counts as found at q of {FOUND:g} or less. Held out: by rules made without the worlds that are counted."
)
TURNS = (
    "Net value a quarter at both ends of a number's range and the value at which its sign turns, by a line over worlds "
    "with all else averaged out; q as of the rules. A scenario against the baseline is worth more than it costs."
)
STRONG = "Rank correlation over worlds of an assumption with the effect on forecast variance; q as of the rules."
Row = Mapping[Hashable, Any]


def parts(found: Findings, axes: list[Assumed]) -> list[Part]:
    """The tables, who wins first."""
    return [*_contests(found), _best(found), *_turning(found), *_rules(found, axes), *_strong(found)]


def _contests(found: Findings) -> Iterator[Part]:
    """All worlds, then those that pass the patterns, if any do."""
    columns = ["Contest", "On", "wins (95 % interval)", "loses", "undecided", "ahead", "worlds"]
    for among, group in found.shares.groupby("among", sort=False):
        if among != ALL and found.plausible == found.judged:
            continue  # the same once more
        rows = group.to_dict("records")
        told = tuple(contest_words(row) for row in rows) if among == ALL else ()
        yield Part(f"Who wins, in {among}", SHARES, Sheet(columns, [_contest(row) for row in rows]), more=told)


def _contest(row: Row) -> list[str]:
    estimate, low, high = (row[f"{WINS}_{part}"] for part in ("share", "low", "high"))
    often = _share(estimate, low, high)
    others = [percent(row[f"{word}_share"], 2) for word in (LOSES, UNDECIDED)]
    who = f"“{row['scenario']}” against “{row['against']}”"
    if not row["worlds"]:
        often, others = "judged in none", ["", ""]
    return [who, ON[row["criterion"]], often, *others, _share(*(row[name] for name in AHEAD)), str(row["worlds"])]


def _share(estimate: float, low: float, high: float) -> str:
    """A share with its interval; a dash where there is none."""
    if not np.isfinite(estimate):
        return DASH
    span = f" ({100.0 * low:.0f} to {100.0 * high:.0f})" if np.isfinite([low, high]).all() else ""
    return f"{percent(estimate, 2)}{span}"


def _q(value: float) -> str:
    return f"{value:.2g}" if np.isfinite(value) else DASH


def _best(found: Findings) -> Part:
    regrets = [f"regret in {what}, {which}" for what in ("spread", "new business") for which in ("mean", "at most")]
    columns = ["Scenario", "Worlds", "lowest variance in", "most new business in", *regrets]
    rows = found.best[found.best["among"] == ALL].to_dict("records")
    heading = "Who is best, and what it costs to have chosen another"
    said = tuple(best_words(row) for row in rows)
    return Part(heading, REGRET, Sheet(columns, [_chosen(row) for row in rows]), more=said)


def _chosen(row: Row) -> list[str]:
    often = [percent(row[f"best_{what}_share"], 2) for what in ("variance", "bookings")]
    spread = [f"{rounded(100.0 * row[f'{which}_regret_spread'], 2)} points" for which in ("mean", "largest")]
    sold = [short(row[f"{which}_regret_bookings"]) for which in ("mean", "largest")]
    return [str(row["scenario"]), str(row["worlds"]), *often, *spread, *sold]


def _turning(found: Findings) -> list[Part]:
    """The numbers that turn a net value's sign or rank; nothing where none does."""
    columns = [
        "Worth more",
        "than",
        "On",
        "while",
        "is",
        "value (95 % interval)",
        "at the lowest",
        "at the highest",
        "q",
    ]
    rows = [_turn(row) for row in found.break_evens.to_dict("records")]
    return [Part("What turns the answer", TURNS, Sheet(columns, rows), tuple(words(found.search)))] if rows else []


def _turn(row: Row) -> list[str]:
    at, low, high = (rounded(row[name]) for name in ("at", "low", "high"))
    ends = [signed(short(row[f"effect_at_{end}"], 2)) for end in ("lowest", "highest")]
    title = f"{row['title']}{MARK if row['evidence'] else ''}"
    value = f"{at} ({low} to {high}) {row['unit']}".rstrip()
    return [row["scenario"], row["against"], ON[row["criterion"]], title, row["side"], value, *ends, _q(row["q"])]


def _rules(found: Findings, axes: list[Assumed]) -> list[Part]:
    """Rules that were searched for; nothing where no outcome happened often enough."""
    columns = ["Outcome", "Where", "there", "elsewhere", "held out", "q", "found"]
    rows = [_rule(row) for row in found.conditions.to_dict("records")]
    lines = tuple(sentence(flip, axes) for flip in found.flips if flip.is_real) or (no_rule_words(found.flips),)
    return [Part("Where it flips", RULES, Sheet(columns, rows), lines)] if rows else []


def _rule(row: Row) -> list[str]:
    outside, left = row["worlds"] - row["box_worlds"], row["wins"] - row["box_wins"]
    return [
        beats(row["winner"], row["loser"], row["criterion"]),
        row["rule"],
        f"{row['box_wins']} of {row['box_worlds']}",
        f"{left} of {outside}",
        f"{row['held_out_wins']} of {row['held_out_worlds']}",
        _q(row["q"]),
        "yes" if row["found"] else "no",
    ]


def _strong(found: Findings) -> list[Part]:
    own, rival = found.main
    rows = found.strengths
    mine = rows[(rows["scenario"] == own) & (rows["against"] == rival) & (rows["criterion"] == VARIANCE)]
    shown = mine.dropna(subset=["rho"])[:STRONGEST]
    cells = [_moves(row) for row in shown.to_dict("records")]
    heading = f"What moves “{own}” against “{rival}” on {ON[VARIANCE]}"
    return [Part(heading, STRONG, Sheet(["Assumption", "rank correlation", "q"], cells))] if cells else []


def _moves(row: Row) -> list[str]:
    return [f"{row['title']}{MARK if row['evidence'] else ''}", rounded(row["rho"], 2), _q(row["q"])]
