"""A page that answers one question: the sentence first, then pictures, tables, and what stands behind them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import NamedTuple

from revsim.analysis.words import count_of
from revsim.reports.facts import Sheet, manifest_facts, unfounded
from revsim.reports.figures.picture import Picture
from revsim.scenario.scenario import Scenario
from revsim.store.manifest import Manifest

Words = tuple[str, Sequence[str], Sequence[str], Sequence[str]]  # title, lead, sentences, notes


class Part(NamedTuple):
    """A table under its heading; `lines` stand before it, `more` behind it, folded until it is asked for."""

    heading: str
    caption: str
    sheet: Sheet
    lines: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


class Page(NamedTuple):
    """All that the page says; names as of Story where both have them."""

    title: str
    verdict: str
    lines: list[str]
    notes: list[str]
    pictures: list[Picture]
    parts: list[Part]
    baseline: str
    without_evidence: Sheet
    facts: Sheet
    command: str
    replications: str
    advice: str = ""


def page_of(
    words: Words, pictures: Sequence[Picture], parts: Sequence[Part], base: Scenario, manifest: Manifest
) -> Page:
    """A page with what the manifest and the base say; `lead` are those of the sentences that answer the question.

    A sentence that stands with a table, or as the claim of a picture, is not said once more.
    """
    title, lead, sentences, notes = words
    claims = " ".join(picture.claim for picture in pictures)
    elsewhere = {*lead, *(line for part in parts for line in (*part.lines, *part.more))}
    return Page(
        title,
        " ".join(lead),
        [sentence for sentence in sentences if sentence not in elsewhere and sentence not in claims],
        list(notes),
        list(pictures),
        list(parts),
        base.name,
        unfounded(base),
        manifest_facts(manifest),
        shlex.join(manifest.command),
        count_of(manifest.replications, "replication"),
    )
