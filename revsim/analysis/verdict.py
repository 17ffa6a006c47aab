"""The verdict: a few sentences with numbers, built from the same rows as the table."""

from __future__ import annotations

import numpy as np

from revsim.analysis import ranking
from revsim.analysis.cube import FEWEST
from revsim.analysis.equal_cost import equal_cost_words
from revsim.analysis.estimates import BETTER, WORSE
from revsim.analysis.phrases import (
    Judged,
    change_words,
    cost_words,
    few_words,
    forms_words,
    given,
    miss_words,
    price_words,
    root_words,
    spread_words,
    structure_words,
    volume_words,
    worth_words,
)
from revsim.analysis.resample import DRAWS
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import chance, count_of, percent, short, signed

DIFFERENT = "These are different companies: every effect mixes the company with the choice."


def _level(judged: Judged, own: int) -> float:
    """Forecast variance at mid-quarter."""
    return judged.row(own, HEADLINE).level.estimate


def _rival_words(judged: Judged, best: int, choices: list[int]) -> str:
    """How the best stands against the best of the other family of remedies."""
    kinds = {own: ranking.kind_of(judged.cube, own, judged.base) for own in choices}
    other = {"design": "coordination", "coordination": "design"}.get(kinds[best])
    rivals = [own for own, kind in kinds.items() if kind == other]
    if not rivals:
        return ""
    rival = min(rivals, key=lambda own: _level(judged, own))
    gap = ranking.between(judged.cube, best, rival)
    apart = f"{change_words(gap)} against {judged.name(rival)}"
    if not gap.high < 0.0:
        return f"Design and coordination are not clearly apart: {apart}."
    costs = f", for {cost_words(judged, best)} against {cost_words(judged, rival)}" if judged.one_company else ""
    return f"{kinds[best].capitalize()} has the lower variance here: {apart}{costs}."


def _alone(judged: Judged) -> list[str]:
    """The sentences for a single scenario."""
    plan, actual = judged.row(0, "plan_met").level.estimate, judged.row(0, "bookings").level.estimate
    business = f"{short(actual)} {judged.money} of new business a quarter"
    first = f"books {business} and meets its plan in {percent(plan)} of quarters"
    if not np.isfinite(_level(judged, 0)):
        return [f"{judged.name(0)} {first}."]
    return [miss_words(judged, 0), f"It {first}."]


def _unclear(judged: Judged, choices: list[int], opening: str) -> list[str]:
    """The sentences when nothing clearly lowers the headline."""
    against, count = judged.name(judged.base), count_of(judged.replications, "replication")
    if judged.replications < FEWEST:
        return [f"Nothing can be judged against {against} over {count}: there are no intervals.", few_words(judged)]
    nearest = min(choices, key=lambda own: _level(judged, own))
    worse = [own for own in choices if judged.row(own, HEADLINE).word == WORSE]
    moves = "lowers" if worse else "changes"
    text = f"{opening}, no scenario clearly {moves} forecast variance at mid-quarter against {against} over {count}"
    change = judged.row(nearest, HEADLINE).relative
    if np.isfinite(change.estimate):
        text += f": the nearest, {judged.name(nearest)}, changes it by {change_words(change)}"
    told = ", ".join(
        f"{judged.name(own)} {signed(percent(judged.row(own, HEADLINE).relative.estimate))}" for own in worse
    )
    return [
        f"{text}; {price_words(judged, nearest)}.",
        worth_words(judged, nearest),
        f"Clearly worse: {told}." if worse else "",
        *forms_words(judged, choices),
        few_words(judged),
    ]


def _clear(judged: Judged, better: list[int], choices: list[int], opening: str) -> list[str]:
    """The sentences for the scenario that lowers the headline most."""
    best = min(better, key=lambda own: _level(judged, own))
    volume, among = volume_words(judged, best), len(ranking.candidates(judged.cube))
    change = change_words(judged.row(best, HEADLINE).relative)
    moved = (
        f"{judged.name(best)} changes forecast variance at mid-quarter by {change} against {judged.name(judged.base)}"
    )
    probability = chance(judged.best_chance[best], DRAWS)
    return [
        volume,
        f"{opening}, {moved}.",
        # a gain of volume alone is nothing to be best in
        "" if volume else f"It has the lowest variance of {among} scenarios with probability {probability}.",
        f"It brings {price_words(judged, best)}.",
        worth_words(judged, best),
        root_words(judged, best),
        _rival_words(judged, best, choices),
        structure_words(judged, best),
        *forms_words(judged, [own for own in choices if own != best]),
    ]


def _control_words(judged: Judged) -> str:
    """What a company without friction would not know; empty where continuations tell chance, which a note does then.

    The control's error is not chance alone: its forecasts are made from a funnel with noise of its own.
    """
    own = ranking.control_of(judged.cube, judged.base)
    if own is None or not np.isfinite(_level(judged, own)):
        return ""
    if judged.row(judged.base, f"{HEADLINE}_chance").level.estimate >= 0.0:
        return ""
    return f"Without any friction, as the control {judged.name(own)}, it would be {spread_words(judged, own)}."


def verdict(judged: Judged) -> str:
    """The whole verdict: what is best and at what price, and warnings where they are due.

    What must be known to read it at all comes first, and what is compared at equal cost before what is not.
    """
    if len(judged.cube.scenarios) == 1:
        return " ".join(part for part in _alone(judged) if part)
    choices = [own for own in ranking.candidates(judged.cube) if own != judged.base]
    better = [own for own in choices if judged.row(own, HEADLINE).word == BETTER]
    equal = equal_cost_words(judged)
    opening = "Cost aside" if equal else given(judged).capitalize()
    found = _clear(judged, better, choices, opening) if better else _unclear(judged, choices, opening)
    caveat = "" if judged.one_company else DIFFERENT
    return " ".join(part for part in [caveat, *equal, *found, _control_words(judged)] if part)
