"""At equal cost: a smaller version of a remedy beside the remedy whose cost it has, on variance and on net value."""

from __future__ import annotations

import numpy as np

from revsim.analysis import ranking
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import word_of
from revsim.analysis.net_words import net_of, sum_words
from revsim.analysis.phrases import Judged, change_words, given
from revsim.analysis.words import short

MIX = "the same mix made smaller, not the best design for that money"
JOINT = " at the cost of "  # in the name of a smaller version; rows hold no other trace of it


def name_at_cost(dearer: str, cheapest: str) -> str:
    """The name of a smaller version of a remedy."""
    return f"{dearer}{JOINT}{cheapest}"


def matched(cube: Cube) -> list[tuple[int, int]]:
    """(smaller version, remedy whose cost it has), by position."""
    places = {name: place for place, name in enumerate(cube.scenarios)}
    found = []
    for name, place in places.items():
        dearer, joint, cheapest = name.partition(JOINT)
        if joint and dearer in places and cheapest in places:
            found.append((place, places[cheapest]))
    return found


def equal_cost_words(judged: Judged) -> list[str]:
    """A sentence for each pair of equal cost: what its smaller version changes against the cheaper remedy."""
    return [_pair_words(judged, own, rival) for own, rival in matched(judged.cube)]


def _pair_words(judged: Judged, own: int, rival: int) -> str:
    """Variance and net value of one pair, each with its interval and word."""
    gap, cost = ranking.between(judged.cube, own, rival), judged.row(rival, "remedy_cost").effect
    much = f" of {short(cost.estimate)} {judged.money} a quarter" if cost is not None and judged.one_company else ""
    text = (
        f"At equal cost{much}, {given(judged)}, {judged.name(own)} ({MIX}) against {judged.name(rival)} changes "
        f"forecast variance at mid-quarter by {change_words(gap)}: {word_of('lower', gap)}."
    )
    if not (judged.one_company and np.isfinite(judged.margin)):
        return text
    net = net_of(judged.cube, own, rival, judged.margin).value
    return f"{text} It changes net value by {sum_words(net, judged.money)}: {word_of('higher', net)}."
