"""The story of a study, decided once: verdict, table, pictures, and what stands behind them."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

from revsim.analysis import balance_words, spans_words
from revsim.analysis.balance import Balance
from revsim.analysis.comparison import Comparison
from revsim.analysis.net_words import basis_words
from revsim.analysis.spans import STANDING, Spanned
from revsim.analysis.table import Line, lines
from revsim.analysis.time_to_effect import Timing
from revsim.analysis.words import count_of
from revsim.reports.facts import Sheet, differences, manifest_facts, unfounded
from revsim.reports.figures.bookings import bookings_picture
from revsim.reports.figures.effects import effects_picture
from revsim.reports.figures.error_by_week import error_picture
from revsim.reports.figures.picture import Picture
from revsim.reports.figures.time_to_effect import NAME as TIME
from revsim.reports.figures.time_to_effect import time_picture
from revsim.reports.look import Look, looks_of
from revsim.reports.repeat import again, unknown_words
from revsim.scenario.scenario import Scenario
from revsim.store.manifest import Manifest

CUSTOMERS = "world.customers."  # addresses of what renewals and expansion are made of


class Story(NamedTuple):
    """All that a page or a deck says."""

    title: str
    verdict: str
    notes: list[str]
    baseline: str
    others: list[str]
    table: list[Line]
    pictures: list[Picture]
    differences: Sheet
    without_evidence: Sheet
    facts: Sheet
    command: str
    replications: str
    looks: list[Look]  # the baseline's first, then those of `others`
    worth: tuple[str, ...] = ()
    balance: Sheet | None = None
    margin: float = nan  # share of the baseline's revenue that contributes
    spans: Sheet | None = None  # while it is built, all quarters, standing


def story_of(
    comparison: Comparison,
    scenarios: Sequence[Scenario],
    manifest: Manifest,
    timing: Sequence[Timing] = (),
    robust: str = "",
    spanned: Sequence[Spanned] = (),
) -> Story:
    """The story of a comparison; scenarios in the comparison's order; effects over time and by span if they are given.

    `robust`: how far the verdict carries over worlds, where that is known.
    """
    names = comparison.cube.scenarios
    found = [error_picture(comparison), effects_picture(comparison), bookings_picture(comparison)]
    found.insert(2, time_picture(timing, comparison))
    looks = looks_of(names, comparison.base)
    title = names[comparison.base]
    if comparison.others:
        title = f"{', '.join(names[own] for own in comparison.others)} against {title}"
    return Story(
        title,
        verdict_of(comparison, scenarios, manifest, robust, spanned),
        comparison.notes,
        names[comparison.base],
        [names[own] for own in comparison.others],
        lines(comparison),
        [picture for picture in found if picture is not None],
        differences(scenarios),
        unfounded(scenarios[comparison.base]),
        manifest_facts(manifest),
        again(scenarios, manifest),
        count_of(manifest.replications, "replication"),
        [looks[own] for own in (comparison.base, *comparison.others)],
        margin=scenarios[comparison.base].world.people.margin.value,
        spans=Sheet(spans_words.head(spanned), spans_words.lines(spanned)) if spanned else None,
    )


def verdict_of(
    comparison: Comparison,
    scenarios: Sequence[Scenario],
    manifest: Manifest,
    robust: str = "",
    spanned: Sequence[Spanned] = (),
) -> str:
    """The verdict, whose last paragraph also says what no direct evidence says and how far it carries over worlds."""
    count, steady = len(unfounded(scenarios[comparison.base]).rows), any(one.span == STANDING for one in spanned)
    said = spans_words.spans_words(spanned, comparison.money, steady=steady)
    reach = [unknown_words(count, manifest, comparison.plausible, robust=bool(robust)), robust]
    return comparison.paragraphs.with_spans(said).and_carries(reach).text


def with_balances(story: Story, balances: Sequence[Balance], money: str, standing: Sequence[Balance] = ()) -> Story:
    """The story with what each remedy costs and buys; in the table also what it does where it stands."""
    if not balances:
        return story
    against = f"{money} a quarter, against “{story.baseline}”"
    shown = [*balances, *standing]
    sheet = Sheet([against, *(one.scenario for one in shown)], balance_words.lines(shown))
    unmeasured = sum(row[0].startswith(CUSTOMERS) for row in story.without_evidence.rows)
    worth = [balance_words.sentence(one, money) for one in balances]
    if any(picture.name == TIME for picture in story.pictures):  # whose break-even goes by another clock
        worth.append(balance_words.CLOCK)
    worth.append(basis_words(story.margin, unmeasured))
    return story._replace(worth=tuple(worth), balance=sheet)
