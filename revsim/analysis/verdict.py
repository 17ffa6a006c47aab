"""The verdict in paragraphs: the answer, the money, built or standing, how far it carries; as the tables have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from revsim.analysis import ranking
from revsim.analysis.cube import FEWEST
from revsim.analysis.enough_words import enough_words, next_best, worth_gaps
from revsim.analysis.estimates import BETTER, WORSE
from revsim.analysis.phrases import (
    Judged,
    carries_words,
    change_words,
    cost_words,
    forms_words,
    given,
    miss_words,
    price_words,
    root_words,
    structure_words,
    volatility_words,
    volume_words,
    worth_words,
)
from revsim.analysis.reach_words import best_words, control_words, few_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.words import count_of, percent, short, signed
from revsim.analysis.worlds.contests import VARIANCE

DIFFERENT = "These are different companies: every effect mixes the company with the choice."
BETWEEN = "\n\n"  # of paragraphs


class Verdict(NamedTuple):
    """Its paragraphs; one that has nothing to say is empty."""

    answer: str
    money: str = ""
    reach: str = ""
    spans: str = ""  # while a programme is built, and once it stands

    def with_spans(self, sentences: Iterable[str]) -> Verdict:
        """The verdict with what programmes do while they are built, and once they stand."""
        return self._replace(spans=_joined(sentences))

    def and_carries(self, sentences: Iterable[str]) -> Verdict:
        """The verdict with more on how far it carries."""
        return self._replace(reach=_joined([self.reach, *sentences]))

    @property
    def text(self) -> str:
        """The paragraphs, a blank line between them."""
        return BETWEEN.join(part for part in (self.answer, self.money, self.spans, self.reach) if part)


def _joined(sentences: Iterable[str]) -> str:
    """A paragraph of the sentences that are there."""
    return " ".join(sentence for sentence in sentences if sentence)


def _level(judged: Judged, own: int) -> float:
    """Forecast variance at mid-quarter."""
    return judged.row(own, HEADLINE).level.estimate


def _rival(judged: Judged, best: int, choices: Sequence[int]) -> int | None:
    """The best of the other family of remedies."""
    kinds = {own: ranking.kind_of(judged.cube, own, judged.base) for own in choices}
    other = {"design": "coordination", "coordination": "design"}.get(kinds[best])
    return min((own for own, kind in kinds.items() if kind == other), key=lambda own: _level(judged, own), default=None)


def _rival_words(judged: Judged, best: int, rival: int) -> str:
    """How the best stands against the best of the other family."""
    gap, carries = ranking.between(judged.cube, best, rival), carries_words(judged, best, VARIANCE, "lower", rival)
    if not gap.high < 0.0:
        return f"{judged.name(best)} and {judged.name(rival)} are not clearly apart: {change_words(gap)}{carries}."
    words = f"{judged.name(best)} has a clearly lower variance than {judged.name(rival)}: {change_words(gap)}{carries}"
    common = ranking.between_common(judged.cube, best, rival, judged.base)
    if not common.high < 0.0:
        words += f"; against the baseline's bookings not clearly: {change_words(common)}"
    return f"{words}."


def _money(judged: Judged, own: int, choices: Sequence[int], rival: int | None = None) -> list[str]:
    """New business and cost of a scenario, the cost of its rival beside it, and net value against the others'."""
    beside = ""
    if rival is not None and judged.one_company:
        beside = f" ({judged.name(rival)}: {cost_words(judged, rival)})"
    return [
        f"{judged.name(own)} brings {price_words(judged, own)}{beside}.",
        worth_words(judged, own),
        *worth_gaps(judged, own, [rival, next_best(judged, own, choices)], choices),
    ]


def _alone(judged: Judged) -> Verdict:
    """The verdict on a single scenario."""
    plan, actual = judged.row(0, "plan_met").level.estimate, judged.row(0, "bookings").level.estimate
    business = f"{short(actual)} {judged.money} of new business a quarter"
    money = f"{judged.name(0)} books {business} and meets its plan in {percent(plan)} of quarters."
    answer = miss_words(judged, 0) if np.isfinite(_level(judged, 0)) else ""
    return Verdict(answer, money, _joined(judged.behind))


def _unclear(judged: Judged, choices: Sequence[int], opening: str) -> Verdict:
    """The verdict when nothing clearly lowers the headline."""
    against, count = judged.name(judged.base), count_of(judged.replications, "replication")
    if judged.replications < FEWEST:
        first = f"Nothing can be judged against {against} over {count}: there are no intervals."
        return Verdict(first, "", few_words(judged))
    nearest = min(choices, key=lambda own: _level(judged, own))
    worse = [own for own in choices if judged.row(own, HEADLINE).word == WORSE]
    moves = "lowers" if worse else "changes"
    text = f"{opening}, no scenario clearly {moves} forecast variance at mid-quarter against {against} over {count}"
    change = judged.row(nearest, HEADLINE).relative
    if np.isfinite(change.estimate):
        text += f": the nearest, {judged.name(nearest)}, changes it by {change_words(change)}"
        text += carries_words(judged, nearest, VARIANCE, "lower")
    told = ", ".join(
        f"{judged.name(own)} {signed(percent(judged.row(own, HEADLINE).relative.estimate))}" for own in worse
    )
    answer = [f"{text}.", f"Clearly worse: {told}." if worse else ""]
    reach = [few_words(judged), best_words(judged, None), *forms_words(judged, choices)]
    return Verdict(_joined(answer), _joined(_money(judged, nearest, choices)), _joined(reach))


def _clear(judged: Judged, better: Sequence[int], choices: Sequence[int], opening: str) -> Verdict:
    """The verdict for the scenario that lowers the headline most."""
    best = min(better, key=lambda own: _level(judged, own))
    rival, volume = _rival(judged, best, choices), volume_words(judged, best)
    change = change_words(judged.row(best, HEADLINE).relative)
    moved = (
        f"{judged.name(best)} changes forecast variance at mid-quarter by {change} against {judged.name(judged.base)}"
        f"{carries_words(judged, best, VARIANCE, 'lower')}"
    )
    answer = [
        volume,
        f"{opening}, {moved}.",
        root_words(judged, best),
        volatility_words(judged, best),
        enough_words(judged, best, choices),
        "" if rival is None else _rival_words(judged, best, rival),
        structure_words(judged, best),
    ]
    reach = [
        few_words(judged),
        best_words(judged, None if volume else best),  # a gain of volume alone is nothing to be best in
        *forms_words(judged, [own for own in choices if own != best]),
    ]
    return Verdict(_joined(answer), _joined(_money(judged, best, choices, rival)), _joined(reach))


def verdict(judged: Judged) -> Verdict:
    """The whole verdict: what is best, at what price, and how far that carries.

    What must be known to read it at all comes first.
    """
    if len(judged.cube.scenarios) == 1:
        return _alone(judged)
    choices = [own for own in ranking.candidates(judged.cube) if own != judged.base]
    better = [own for own in choices if judged.row(own, HEADLINE).word == BETTER]
    opening = given(judged).capitalize()
    found = _clear(judged, better, choices, opening) if better else _unclear(judged, choices, opening)
    if not judged.one_company:
        found = found._replace(answer=_joined([DIFFERENT, found.answer]))
    return found.and_carries([control_words(judged), *judged.behind])
