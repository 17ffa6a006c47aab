"""Plausible companies: draws are run, some are ruled out, those kept are valid; waves come where few pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import revsim
from revsim.analysis.worlds import implausibility
from revsim.analysis.worlds.implausibility import is_kept, largest
from revsim.api import Scenario
from revsim.errors import UserError
from revsim.notices import silent
from revsim.scenario.canonical import world_hash
from revsim.scenario.ranges import axes
from revsim.scenario.todays import fits_scenarios
from revsim.settings import Settings
from revsim.store.manifest import code_hash
from revsim.store.members import read_set
from revsim.studies import screening
from revsim.studies.members import MemberStudy, plausible
from revsim.studies.screening import Effort, screened
from revsim.studies.shipped_set import kept_of, why_stale
from tests import pages

SHORT = {"calendar.warmup_quarters": 3, "calendar.quarters": 2}
WIDE = 6.0  # the cut of these tests: some of few draws are to be kept, whatever the shipped company's patterns are


@pytest.fixture(scope="module", autouse=True)
def wide_cut() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(implausibility, "CUT", WIDE)
        yield


@pytest.fixture(scope="module")
def company() -> Scenario:
    return revsim.load("status-quo.yaml").replace(SHORT, "Short")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("members") / "r"


@pytest.fixture(scope="module")
def found(company: Scenario, folder: Path) -> Iterator[MemberStudy]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening, "BATCH", 30)
        yield plausible(company, members=3, most=90, replications=6, workers=1, out=folder)


def test_members_are_those_not_ruled_out_as_many_as_are_wanted(found: MemberStudy) -> None:
    kept = [bool(fits) and is_kept(fits) for fits in found.asked]
    assert len(found.members) == min(3, sum(kept))
    assert found.passed == sum(kept)
    assert all(largest(member.fits) <= WIDE for member in found.members)
    assert [member.fits for member in found.members] == [
        fits for fits, good in zip(found.asked, kept, strict=True) if good
    ][:3]


def test_each_member_is_a_company_of_the_ranges(found: MemberStudy, company: Scenario) -> None:
    addresses = {spread.address for axis in axes([company.resolved]) for spread in axis.spreads}
    for member in found.members:
        assert set(member.numbers) == addresses
        assert fits_scenarios(member.numbers, [company.resolved])


def test_the_share_that_passes_is_of_draws_that_nothing_chose(found: MemberStudy) -> None:
    first = found.screened.first
    assert len(first) == sum(batch.run for batch in found.screened.batches if batch.run == batch.looked_at)
    assert found.screened.passing == sum(map(is_kept, first)) / len(first)
    assert 0.0 < found.screened.passing < 1.0
    assert found.ruling["ruled_out"].max() > 0.0


def test_the_folder_holds_tables_page_and_the_set(found: MemberStudy, folder: Path, company: Scenario) -> None:
    assert {"members.csv", "patterns.csv", "medians.csv", "batches.csv", "members.json", "report.html"} <= {
        path.name for path in folder.iterdir()
    }
    kept = read_set(folder / "members.json")
    assert kept == kept_of(found, company)
    assert kept.companies == [member.numbers for member in found.members]
    page = pages.text_of((folder / "report.html").read_text(encoding="utf-8"))
    assert [said for said in found.sentences if pages.plain(said) not in page] == []


def test_a_set_is_stale_for_another_company_and_another_model(found: MemberStudy, company: Scenario) -> None:
    kept = kept_of(found, company)
    assert why_stale(kept, company) == ""
    assert "world" in why_stale(kept, company.replace({"world.sales.reps": 28}))
    assert "model" in why_stale(replace(kept, code="another"), company)
    moved = company.replace({"world.sales.reps": 28})
    of_moved = kept_of(found, moved)
    assert (of_moved.world_hash, of_moved.drawn_from) == (world_hash(moved.resolved), kept.world_hash)
    assert of_moved.code == code_hash()


def test_equal_seeds_give_equal_draws_and_others_others(company: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "BATCH", 12)
    one, again, other = (
        screened(company, Effort(1, 12), Settings(6, seed, "auto", 1, None, (), 0), silent) for seed in (1, 1, 2)
    )
    assert (one.draws, one.first) == (again.draws, again.first)
    assert one.first != other.first


def test_where_few_pass_an_emulator_chooses_what_is_run(company: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BATCH", 20), ("BEFORE", 40), ("RARE", 1.0), ("LOOKED_AT", 200), ("LOOKS", 2)):
        monkeypatch.setattr(screening, name, value)
    said: list[str] = []
    found = screened(company, Effort(1000, 60), Settings(6, 3, "auto", 1, None, (), 0), said.append)
    assert [batch.looked_at > batch.run for batch in found.batches] == [False, False, True]
    assert len(found.first) == 40
    assert "chosen of" in said[-1]
    assert "chosen of" not in said[0]
    assert len(found.draws) == sum(batch.kept for batch in found.batches)


def test_where_enough_pass_no_emulator_is_asked(company: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BATCH", 12), ("BEFORE", 12), ("RARE", 0.0)):
        monkeypatch.setattr(screening, name, value)
    found = screened(company, Effort(1000, 36), Settings(6, 3, "auto", 1, None, (), 0), silent)
    assert all(batch.looked_at == batch.run for batch in found.batches)


def test_where_all_are_ruled_out_it_is_said_with_a_way_out(company: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "BATCH", 3)
    giant = company.replace({"world.buyers.value_median": 5_000_000, "world.sales.reps": 1})
    with pytest.raises(UserError, match="--most"):
        plausible(giant, members=2, most=3, replications=6, workers=1)


def test_too_few_replications_are_refused(company: Scenario) -> None:
    with pytest.raises(UserError, match="must be 6 or more"):
        plausible(company, members=2, replications=5)
