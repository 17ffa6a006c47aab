"""Whether an amount moved beyond what is behind it: with less business less leaks, with fewer people fewer leave.

    beyond = Y(hit) - Y(calm) B(hit) / B(calm)        B: inquiries, accepted leads, new business, each for itself

what an amount Y changed by beyond going along with B (indirect standardisation). An amount that falls clearly is
"better" only if it does so beyond each of the three as well; one that rises is "worse" likewise. One alone would not
do: a demand shock takes inquiries at once and new business a cycle later, and a new segment leaves inquiries as they
are and takes accepted leads. What falls (rises) clearly and not beyond all three is "less business" ("more business")
where one that it does not pass has clearly fallen (risen) itself, and else "not judged". Two cases need no such
comparison: where business stays as it is, `beyond` is the plain effect; and where new business clearly moves the other
way, the amount does not go along with it. How a scenario's effect differs from the reference's is judged alike: clear
by itself and beyond each of the three, or "not judged".

People who leave go with the people who are there, alike: B is then what people cost, which the model pays at a fixed
price for each head of a role, so that the number of heads is weighed by price. "fewer people" is said for "less".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from revsim.analysis import interval
from revsim.analysis.cube import Floats
from revsim.analysis.estimates import UNCLEAR, UNJUDGED, word_of
from revsim.analysis.interval import Interval
from revsim.analysis.jackknife import Jackknifed, mean_of, ratio_of
from revsim.analysis.measure import per_quarter
from revsim.analysis.view import View

AMOUNTS = ("leaked_expected_value", "heroics_hours", "reconciliation_hours")
BEHIND = {"inquiries": "inquiries", "accepted": "accepted leads", "bookings": "new business"}
PEOPLE = {"people_cost": "the people who are there"}
COLUMNS = (*BEHIND, *PEOPLE)
RULE = (
    "Leakage and hours are amounts that go with business. Where they clearly fall (rise) they are called better "
    f"(worse) only if they do so also beyond {', beyond '.join(BEHIND.values())}, or if new business clearly moves the "
    "other way; “less business” (“more business”) says that they go with one of these. People who leave are judged "
    "beyond the people who are there, alike."
)


class Basis(NamedTuple):
    """What an amount goes with, and what is said if it does; `decides` moving the other way needs no comparison."""

    behind: Mapping[str, str]
    decides: str
    less: str
    more: str


ON_BUSINESS = Basis(BEHIND, "bookings", "less business", "more business")
ON_PEOPLE = Basis(PEOPLE, "people_cost", "fewer people", "more people")
BASES = {**dict.fromkeys(AMOUNTS, ON_BUSINESS), "exits": ON_PEOPLE}


class Behind(NamedTuple):
    """One measure of business, or of people: its change, and what it is with the stress against what it is without."""

    change: Interval
    growth: Jackknifed


Business = Mapping[str, Behind]


def business_of(calm: View, hit: View, basis: Basis = ON_BUSINESS) -> Business:
    """What is behind amounts, without and with a stress."""
    return dict(_measured(calm, hit, basis))


def _measured(calm: View, hit: View, basis: Basis) -> Iterator[tuple[str, Behind]]:
    for name in basis.behind:
        before, after = (per_quarter(name)(view) for view in (calm, hit))
        yield name, Behind(interval.of_mean(after - before), ratio_of(mean_of(after), mean_of(before)))


def beyond(calm: Floats, hit: Floats, business: Business) -> dict[str, Jackknifed]:
    """What an amount, (replication,), changed by beyond each measure behind it."""
    before, after = mean_of(calm), mean_of(hit)
    return {
        name: Jackknifed(
            after.value - before.value * behind.growth.value, after.without - before.without * behind.growth.without
        )
        for name, behind in business.items()
    }


def word_beyond(
    better: str, effect: Interval, left: Mapping[str, Interval], business: Business, basis: Basis = ON_BUSINESS
) -> str:
    """The word for an amount's effect; `left` is what is left of it beyond each measure behind it."""
    word, rises = word_of(better, effect), effect.low > 0.0
    gone = [name for name, part in left.items() if word_of(better, part) != word]
    if word in (UNCLEAR, UNJUDGED) or not gone or _goes(business[basis.decides].change, up=not rises):
        return word
    if any(_goes(business[name].change, up=rises) for name in gone):
        return basis.more if rises else basis.less
    return UNJUDGED


def _goes(change: Interval, *, up: bool) -> bool:
    """Whether it clearly rises, or falls."""
    return change.low > 0.0 if up else change.high < 0.0


def difference_word(better: str, difference: Interval, left: Mapping[str, Interval]) -> str:
    """The word for how one effect differs from another; `left` as of word_beyond, of the two against each other."""
    word = word_of(better, difference)
    if word == UNCLEAR or all(word_of(better, part) == word for part in left.values()):
        return word
    return UNJUDGED
