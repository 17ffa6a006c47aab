"""Scenario discovery: in which box of assumptions something happens (Bryant and Lempert 2010), by a shallow CART.

A box is all worlds that meet a few conditions `axis <= x` or `axis > x`. Of n worlds with h hits, a box of b worlds
with k hits has

    density  = k / b        share of hits inside
    coverage = k / h        share of all hits that lie inside
    phi      = (k n - b h) / sqrt(b (n - b) h (n - h))      correlation of being inside with being a hit

A tree of at most DEPTH levels (scikit-learn, Gini, classes balanced) offers its nodes as boxes; the one of largest phi
is taken, and conditions are dropped while phi falls by no more than LOSS. A tree finds a box in noise too, so the same
search is done with hits dealt out at random: p is the share of shuffles with as large a phi. Shuffles stop early where
it is no better than chance (Besag and Clifford 1991).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from revsim.analysis.cube import Floats

Flags = NDArray[np.bool_]
DEPTH, LOSS = 3, 0.05
FEWEST_HITS = 8  # and as many misses: fewer make no rule
SMALLEST_BOX = 5
SHUFFLES, ENOUGH = 999, 20
FOLDS = 5


class Condition(NamedTuple):
    """`axis` is a column; at most `bound`, or above it."""

    axis: int
    above: bool
    bound: float


class Box(NamedTuple):
    """Conditions that all hold, and how many worlds and hits are inside, of how many in all."""

    conditions: tuple[Condition, ...]
    worlds: int
    hits: int
    of_worlds: int
    of_hits: int

    @property
    def phi(self) -> float:
        """Correlation of inside and hit; 0 where either does not vary."""
        b, k, n, h = self.worlds, self.hits, self.of_worlds, self.of_hits
        spread = b * (n - b) * h * (n - h)
        return (k * n - b * h) / float(np.sqrt(spread)) if spread else 0.0

    @property
    def density(self) -> float:
        """Share of hits among the worlds inside; NaN for an empty box."""
        return self.hits / self.worlds if self.worlds else float("nan")

    @property
    def coverage(self) -> float:
        """Share of all hits that lie inside."""
        return self.hits / self.of_hits


class Found(NamedTuple):
    """A box, how often as good a one is found where there is nothing, and what such boxes hold of other worlds."""

    box: Box
    p: float
    held_out: Box  # its counts alone; no conditions, as each fold has its own


def inside(conditions: tuple[Condition, ...], points: Floats) -> Flags:
    """(world,): which worlds meet all conditions; `points` is (world, axis)."""
    met = np.ones(len(points), np.bool_)
    for one in conditions:
        met &= (points[:, one.axis] > one.bound) == one.above
    return met


def box_of(conditions: tuple[Condition, ...], points: Floats, hits: Flags) -> Box:
    """The box of these conditions."""
    met = inside(conditions, points)
    return Box(conditions, int(met.sum()), int((met & hits).sum()), len(hits), int(hits.sum()))


def best_box(points: Floats, hits: Flags) -> Box | None:
    """The box of largest phi that a shallow tree offers; None if the tree does not split."""
    tree = _tree(points, hits)
    found = [box_of(conditions, points, hits) for conditions in _nodes(tree)]
    if not found:
        return None
    return _shorter(max(found, key=lambda box: box.phi), points, hits)


def discover(points: Floats, hits: Flags, seed: int = 1) -> Found | None:
    """The best box and its p; None with too few hits or misses, or where nothing splits.

    `points` is (world, axis), `hits` (world,).
    """
    if min(int(hits.sum()), int((~hits).sum())) < FEWEST_HITS:
        return None
    box = best_box(points, hits)
    if box is None or box.phi <= 0.0:
        return None
    rng = np.random.default_rng(seed)
    apart = held_out(points, hits, rng)
    as_good = 0
    for tried in range(1, SHUFFLES + 1):
        other = best_box(points, rng.permutation(hits))
        as_good += other is not None and other.phi >= box.phi
        if as_good == ENOUGH:
            return Found(box, as_good / tried, apart)
    return Found(box, (as_good + 1) / (SHUFFLES + 1), apart)


def held_out(points: Floats, hits: Flags, rng: np.random.Generator) -> Box:
    """Counts of worlds that lie in a box made without them: each of FOLDS parts against the box of the others.

    A box is chosen for its counts, so those flatter it; these do not.
    """
    fold = rng.permutation(np.arange(len(hits)) % FOLDS)
    met = np.zeros(len(hits), np.bool_)
    for part in range(FOLDS):
        box = best_box(points[fold != part], hits[fold != part])
        if box is not None:
            met |= (fold == part) & inside(box.conditions, points)
    return Box((), int(met.sum()), int((met & hits).sum()), len(hits), int(hits.sum()))


def is_there() -> bool:
    """Whether scikit-learn, an optional extra, is there to search with."""
    return find_spec("sklearn") is not None


def _tree(points: Floats, hits: Flags) -> object:
    from sklearn import config_context  # noqa: PLC0415 - an optional extra
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415 - as above

    smallest = max(SMALLEST_BOX, round(0.05 * len(hits)))
    # a search fits a thousand small trees: weights of one's own that balance, and no checks, halve its time
    balanced = len(hits) / (2.0 * np.where(hits, hits.sum(), (~hits).sum()))
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=smallest, random_state=0)
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return tree.fit(np.asarray(points, np.float32, order="C"), hits, sample_weight=balanced, check_input=False)


def _nodes(tree: object) -> Iterator[tuple[Condition, ...]]:
    """The conditions of each node but the root; of several on one axis and side the narrowest."""
    inner = tree.tree_  # type: ignore[attr-defined]  # scikit-learn has no types
    waiting: list[tuple[int, tuple[Condition, ...]]] = [(0, ())]
    while waiting:
        node, conditions = waiting.pop()
        if conditions:
            yield conditions
        if inner.children_left[node] == inner.children_right[node]:
            continue
        axis, bound = int(inner.feature[node]), float(inner.threshold[node])
        for child, above in ((inner.children_left[node], False), (inner.children_right[node], True)):
            kept = tuple(one for one in conditions if (one.axis, one.above) != (axis, above))
            waiting.append((int(child), (*kept, Condition(axis, above, bound))))


def _shorter(box: Box, points: Floats, hits: Flags) -> Box:
    """Without the conditions that it hardly needs."""
    while len(box.conditions) > 1:
        fewer = [
            box_of(box.conditions[:place] + box.conditions[place + 1 :], points, hits)
            for place in range(len(box.conditions))
        ]
        best = max(fewer, key=lambda one: one.phi)
        if best.phi < box.phi - LOSS:
            break
        box = best
    return box
