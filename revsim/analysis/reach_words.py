"""How far an answer carries: how likely it is the best, what nobody could have known, what the same luck bought."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from revsim.analysis import ranking
from revsim.analysis.contest import Contestant
from revsim.analysis.cube import FEWEST, Cube
from revsim.analysis.estimates import Row
from revsim.analysis.interval import ALIKE
from revsim.analysis.phrases import Judged, spread_words
from revsim.analysis.ranking import CONTROL
from revsim.analysis.resample import DRAWS
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import chance, count_of, percent, short

FEW = 30  # with fewer replications an interval is wider than most effects worth having
ENOUGH = 100


def best_words(judged: Judged, own: int | None) -> str:
    """How likely a scenario has the lowest variance, and which may have it, all judged at once."""
    contest = contest_words(judged.contest)
    if own is None:
        return contest
    among, probability = len(ranking.candidates(judged.cube)), chance(judged.best_chance[own], DRAWS)
    first = f"{judged.name(own)} has the lowest variance of {among} scenarios with probability {probability}"
    if [one.scenario for one in judged.contest if one.may_be_best] == [judged.cube.scenarios[own]]:
        return f"{first} and is the only one that can be the best, at 95 % for all scenarios at once (best.csv)."
    return f"{first}. {contest}".rstrip()


def few_words(judged: Judged) -> str:
    """What too few replications cannot say, and the way out."""
    count = judged.replications
    if count >= FEW:
        return ""
    what = "to judge anything" if count < FEWEST else "to judge small effects"
    are = "is" if count == 1 else "are"
    return f"{count_of(count, 'replication')} {are} too few {what}; try --replications {ENOUGH}."


def chance_words(cube: Cube, base: int, rows: Sequence[Row]) -> str:
    """What of the baseline's variance nobody could have known, where continuations tell it; else empty."""
    level = {row.measure: row.level for row in rows if row.scenario == cube.scenarios[base]}
    whole, chance, structure = (level[f"{HEADLINE}{form}"] for form in ("", "_chance", "_structure"))
    if not np.isfinite([*chance, *structure]).all() or not whole.estimate > 0.0:
        return ""
    low, middle, high = (percent(part / whole.estimate) for part in (chance.low, chance.estimate, chance.high))
    text = (
        f"Of the forecast variance of “{cube.scenarios[base]}” at mid-quarter, {middle} ({low} to {high}) is chance, "
        f"which nobody could have known then; the system adds {structure.estimate:.2g} "
        f"({structure.low:.2g} to {structure.high:.2g}) of {whole.estimate:.2g}."
    )
    if CONTROL in cube.scenarios and cube.scenarios[base] != CONTROL:
        control = next(row.level for row in rows if row.scenario == CONTROL and row.measure == HEADLINE)
        text += f" Without friction all of it would be {control.estimate:.2g}."
    return text


def control_words(judged: Judged) -> str:
    """What a company without friction would not know; empty where continuations tell chance.

    The control's error is not chance alone: its forecasts are made from a funnel with noise of its own.
    """
    own = ranking.control_of(judged.cube, judged.base)
    if own is None or not np.isfinite(judged.row(own, HEADLINE).level.estimate):
        return ""
    if judged.row(judged.base, f"{HEADLINE}_chance").level.estimate >= 0.0:
        return ""
    return (
        f"Without any friction, as the control {judged.name(own)}, one standard deviation of the error would be "
        f"{spread_words(judged, own)}."
    )


def pairing_words(rows: Sequence[Row]) -> str:
    """What the same luck bought for the headline, in replications; each measure's share is in effects.csv."""
    saved = [row.variance_reduction for row in rows if row.effect is not None and row.measure == HEADLINE]
    if not (saved and np.isfinite(saved).all()):
        return ""
    least, each = min(saved), "at least " if len(saved) > 1 else ""
    if least <= 0.0:
        gain = "saves no replications for the headline's effect"
    elif 1.0 - least <= ALIKE:
        gain = "leaves no noise in the headline's effect"
    else:
        times = short(1.0 / (1.0 - least))
        gain = f"does for the headline's effect what {each}{times} times as many replications would"
    return f"The same luck for all {gain} (effects.csv, variance_reduction)."


def contest_words(contest: Sequence[Contestant]) -> str:
    """Which scenarios may have the lowest variance, all judged at once; empty where there is no contest."""
    able = [one for one in contest if one.may_be_best]
    if not able:
        return ""
    names = " or ".join(f"“{one.scenario}”" for one in able)
    if len(able) == len(contest):
        return "Of forecast variance at mid-quarter no scenario can be ruled out as the best (95 % for all at once)."
    verb = "is the only one that can be" if len(able) == 1 else "can be"
    return f"Of forecast variance at mid-quarter {names} {verb} the best, at 95 % for all scenarios at once (best.csv)."
