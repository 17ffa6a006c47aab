"""At equal cost: a smaller version of a remedy beside the remedy whose cost it has, on variance and on net value."""

from __future__ import annotations

import numpy as np

from revsim.analysis import ranking
from revsim.analysis.cube import Cube
from revsim.analysis.estimates import word_of
from revsim.analysis.net_words import net_of, sum_words
from revsim.analysis.phrases import Judged, change_words, given
from revsim.analysis.words import short

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


def variance_gap_words(judged: Judged) -> list[str]:
    """A sentence for each pair of equal cost: what its smaller version changes in variance against the cheaper one."""
    return [_variance(judged, own, rival) for own, rival in matched(judged.cube)]


def net_gap_words(judged: Judged) -> list[str]:
    """The same in net value; none without a margin and across companies."""
    if not (judged.one_company and np.isfinite(judged.margin)):
        return []
    return [_net(judged, own, rival) for own, rival in matched(judged.cube)]


def mix_words(judged: Judged) -> list[str]:
    """What each smaller version is, so that nobody takes it for the best that the money buys."""
    return [
        f"{judged.name(own)} is the same mix made smaller, not the best design for that money."
        for own, _ in matched(judged.cube)
    ]


def _variance(judged: Judged, own: int, rival: int) -> str:
    """One pair's variance with interval and word."""
    gap, cost = ranking.between(judged.cube, own, rival), judged.row(rival, "remedy_cost").effect
    much = f" of {short(cost.estimate)} {judged.money} a quarter" if cost is not None and judged.one_company else ""
    return (
        f"At equal cost{much}, {given(judged)}, {judged.name(own)} against {judged.name(rival)} changes "
        f"forecast variance at mid-quarter by {change_words(gap)}: {word_of('lower', gap)}."
    )


def _net(judged: Judged, own: int, rival: int) -> str:
    """One pair's net value with interval and word."""
    net = net_of(judged.cube, own, rival, judged.margin)
    first, whole = (
        f"{sum_words(part, judged.money)}: {word_of('higher', part)}" for part in (net.without_renewals, net.value)
    )
    return (
        f"At equal cost {judged.name(own)} against {judged.name(rival)} changes net value without renewals and "
        f"expansion by {first}; with them by {whole}."
    )
