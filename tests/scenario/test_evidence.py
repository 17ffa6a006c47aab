"""What a source says of itself, and which numbers have no direct evidence: said in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from revsim.reports.facts import unfounded
from revsim.scenario.evidence import CHOICE, NO_EVIDENCE, evidence_of, without_evidence
from revsim.scenario.load import load

PACKAGE = Path(__file__).resolve().parents[2] / "revsim"


@pytest.mark.parametrize(
    ("source", "mark"),
    [
        ("no direct evidence: swept; drives the result", NO_EVIDENCE),
        ("size: No direct evidence", NO_EVIDENCE),
        (None, NO_EVIDENCE),
        ("P: a cost", CHOICE),
        ("P", CHOICE),
        ("Pipeline meetings of 53 minutes (R2)", ""),
        ("median contract (Bridge Group, R)", ""),
    ],
)
def test_a_source_says_whether_there_is_evidence(source: str | None, mark: str) -> None:
    assert evidence_of(source) == mark


def test_the_page_lists_the_same_numbers_as_the_tables_mark() -> None:
    company = load("status-quo.yaml")
    assert [row[0] for row in unfounded(company).rows] == list(without_evidence(company))


def test_only_numbers_below_the_beginnings_are_told() -> None:
    company = load("status-quo.yaml")
    some = without_evidence(company, ("world.people", "world.definitions"))
    assert some
    assert list(some) == [each for each in without_evidence(company) if each.startswith(("world.people", "world.def"))]


def test_one_file_knows_by_which_words_a_source_says_so() -> None:
    knowing = [
        path.name for path in PACKAGE.rglob("*.py") if '"no direct evidence"' in path.read_text(encoding="utf-8")
    ]
    assert knowing == ["evidence.py"]
