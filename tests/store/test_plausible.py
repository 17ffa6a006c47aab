"""The kept result over plausible companies: told of scenarios of equal content and the same model, of nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from revsim.analysis.worlds.plausible import NOT_ASKED, Count, often
from revsim.errors import UserError
from revsim.store.manifest import ScenarioFacts
from revsim.store.plausible import SCHEMA, KeptContest, KeptWorlds, plausible_of, read_kept, write_kept

FACTS = [ScenarioFacts(name, f"hash of {name}", "", f"{name}.yaml") for name in ("A", "B", "C")]
CONTESTS = [
    KeptContest("B", "A", "variance", 100, 62, 41, 12),
    KeptContest("C", "A", "variance", 100, 50, 1, 2),
    KeptContest("C", "B", "variance", 100, 30, 5, 40),
]
KEPT = KeptWorlds(SCHEMA, "code", "draws", 1, 120, 30, 100, "A", FACTS, CONTESTS)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_kept(KEPT, tmp_path / "some" / "kept.json")
    assert read_kept(tmp_path / "some" / "kept.json") == KEPT


def test_nothing_kept_is_nothing_asked(tmp_path: Path) -> None:
    assert read_kept(tmp_path / "kept.json") is None
    assert plausible_of(None, FACTS, "code") == NOT_ASKED


@pytest.mark.parametrize(
    ("text", "why"),
    [("{", "EOF"), ("{}", "schema"), ("[]", "dictionary|object"), ('{"schema": 1}', "schema")],
)
def test_a_damaged_file_is_refused_with_its_field_and_the_way_out(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "kept.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=rf"(?s)({why}).*make kept"):
        read_kept(tmp_path / "kept.json")


def test_a_file_of_another_schema_is_refused(tmp_path: Path) -> None:
    write_kept(replace(KEPT, schema="revsim.plausible/9"), tmp_path / "kept.json")
    with pytest.raises(UserError, match="this version reads"):
        read_kept(tmp_path / "kept.json")


def test_scenarios_are_known_by_content_whatever_they_are_called() -> None:
    called = [replace(FACTS[1], name="Redesign"), replace(FACTS[0], name="Today")]
    found = plausible_of(KEPT, called, "code")
    assert dict(found.counts) == {("Redesign", "Today", "variance"): Count(100, 62, 41, 12)}
    assert (found.companies, found.replications, found.outdated) == (100, 30, False)


def test_of_other_content_nothing_is_told() -> None:
    changed = [FACTS[0], replace(FACTS[1], content_hash="another")]
    assert plausible_of(KEPT, changed, "code") == NOT_ASKED
    assert plausible_of(KEPT, FACTS[:1], "code") == NOT_ASKED


def test_of_another_model_it_is_told_that_it_is_outdated_and_no_count() -> None:
    found = plausible_of(KEPT, FACTS, "other code")
    assert found.outdated
    assert not found.counts
    assert not plausible_of(KEPT, FACTS[:1], "other code").outdated


def test_a_contest_seen_from_the_other_side_is_turned() -> None:
    found = plausible_of(KEPT, FACTS, "code")
    assert found.against("B", "A", "variance") == Count(100, 62, 41, 12)
    assert found.against("A", "B", "variance") == Count(100, 38, 12, 41)
    assert found.against("B", "A", "bookings") is None


def test_counts_are_told_as_companies_of_so_many() -> None:
    assert often(Count(100, 62, 41, 12)).startswith("62 of 100 plausible companies")
