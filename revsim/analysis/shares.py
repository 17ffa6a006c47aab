"""An attribution in words: its table, and sentences with numbers."""

from __future__ import annotations

import numpy as np

from revsim.analysis.attribution import Attribution
from revsim.analysis.estimates import BETTER, UNCLEAR, UNJUDGED
from revsim.analysis.gains import LOGS
from revsim.analysis.interval import Interval
from revsim.analysis.moments import TITLES, Moment, Moments
from revsim.analysis.words import EMPTY, percent, together, unit_words

HEAD = ("Lever", "Shapley share", "", "of the whole", "alone", "last in")
HALF = 0.5


def span(part: Interval, unit: str) -> str:
    """`estimate unit [low, high]`; log ratios in log points (hundredths), which add up, unlike percent."""
    is_share = unit in (LOGS, "share")
    estimate, low, high = together([(100.0 if is_share else 1.0) * value for value in part], money=not is_share)
    words = {LOGS: " log points", "share": " points"}.get(unit) or f" {unit_words(unit)}".rstrip()
    return f"{estimate}{words}" if EMPTY in (low, high) else f"{estimate}{words} [{low}, {high}]"


def percent_span(part: Interval) -> str:
    """A log ratio as percent."""
    estimate, low, high = together([100.0 * float(np.expm1(value)) for value in part], money=False)
    return f"{estimate} %" if EMPTY in (low, high) else f"{estimate} % [{low}, {high}]"


def told(part: Interval, unit: str) -> str:
    """A log ratio in percent, all else in its own unit."""
    return percent_span(part) if unit == LOGS else span(part, unit)


def table(found: Attribution, titles: dict[str, str]) -> list[tuple[str, ...]]:
    """One row a lever, largest share first, then the sum, which is the whole effect."""
    unit = found.game.unit
    rows: list[tuple[str, ...]] = [HEAD]
    for k in found.order:
        own = found.shares[k]
        rows.append(
            (
                titles[own.lever],
                span(own.effect, unit),
                own.word,
                percent(own.share.estimate),
                span(found.alone[k].effect, unit),
                span(found.last_in[k].effect, unit),
            )
        )
    whole = found.whole
    rows.append(("All together", span(whole.effect, unit), whole.word, percent(whole.share.estimate), "", ""))
    return rows


def sentences(found: Attribution, titles: dict[str, str]) -> list[str]:
    """The whole, the largest share and the strongest interaction."""
    game, whole = found.game, found.whole
    text = f"{game.title}: all levers together change it by {told(whole.effect, game.unit)}, {whole.word}."
    if not whole.effect.clear:
        return [text, "The whole is not clear of zero, so that shares of it are not told.", _pair(found, titles)]
    return [text, _largest(found, titles), _pair(found, titles)]


def _largest(found: Attribution, titles: dict[str, str]) -> str:
    """What most is due to; only the largest estimate where it is not clear, or not clearly ahead of the second."""
    top, second = (found.shares[k] for k in found.order[:2])
    name = titles[top.lever].lower()
    much = f"{span(top.effect, found.game.unit)}, {percent(top.share.estimate)} of the whole"
    if not found.leads:
        return f"Largest by its estimate: {name} ({much}), not clearly ahead of {titles[second.lever].lower()}."
    start = "Most" if top.share.estimate > HALF else "The largest part"
    return f"{start} is due to {name}: {much}."


def _pair(found: Attribution, titles: dict[str, str]) -> str:
    """The strongest interaction and what it means."""
    part = found.strongest
    one, other = (titles[name].lower() for name in part.lever.split(" x "))
    words = {
        UNCLEAR: "no pair clearly does more or less together than apart",
        UNJUDGED: "not judged",
        BETTER: "together they bring more than apart",
    }.get(part.word, "together they bring less than apart")
    return f"Strongest interaction: {one} with {other}, {span(part.effect, found.game.unit)}: {words}."


def moment_sentences(found: Moments, title: str) -> list[str]:
    """Each hand-off alone, and which is best."""
    lines = [_moment(each, found.unit, title) for each in found.found]
    best, gap = found.found[0], found.gap
    if best.word != BETTER or gap is None:
        return [*lines, f"No single hand-off clearly improves: {title.lower()}."]
    second = found.found[1].name.removeprefix("One moment: ")
    apart = "clearly" if gap.clear else "not clearly"
    name = best.name.removeprefix("One moment: ")
    return [*lines, f"Best to start with: {name}; {apart} better than {second}, by {told(gap, found.unit)}."]


def _moment(each: Moment, unit: str, title: str) -> str:
    """One hand-off's effect, and when its running sums are clear."""
    parts = []
    for one in each.running:
        when = "not clear by the end" if one.quarter is None else f"{one.word} and clear from quarter {one.quarter} on"
        parts.append(f"running {TITLES[one.measure].lower().replace('|f - a|', '|F - A|')} {when}")
    parts += [f"{other.title.lower()} {told(other.effect, other.unit)}" for other in each.beside]
    return f"{each.name}: {title.lower()} {told(each.effect, unit)}, {each.word}; {'; '.join(parts)}."
