"""A verdict carries over worlds of the same scenarios, and only of those."""

from __future__ import annotations

from pathlib import Path

import pytest

import revsim
from revsim.errors import UserError
from revsim.scenario.text import as_yaml
from revsim.store.findings import note_findings
from revsim.store.layout import Folder
from tests.analysis.test_worlds_robust import RULES, shares
from tests.tiny import small_base


@pytest.fixture(scope="module")
def studied() -> revsim.Study:
    base = revsim.Scenario(small_base()).replace({}, "A")
    return revsim.compare([base, base.replace({"design.owned_handoffs": 0.9}, "B")], replications=5, workers=1)


def worlds(study: revsim.Study, root: Path) -> Path:
    """A folder as `revsim worlds` leaves it, of the study's scenarios."""
    folder = Folder(root)
    shares().to_csv(folder.table("shares"), index=False)
    RULES.to_csv(folder.table("conditions"), index=False)
    for name, path in folder.scenario_files([each.name for each in study.scenarios]).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_yaml(next(each.resolved for each in study.scenarios if each.name == name)), encoding="utf-8")
    signed(folder, study)
    return root


def signed(folder: Folder, study: revsim.Study) -> None:
    """Let the folder's manifest vouch for what lies there."""
    files = [path for path in folder.root.rglob("*") if path.suffix in {".csv", ".yaml"}]
    note_findings(study.plan.manifest(), folder, files)


def test_the_verdict_the_story_and_the_page_say_how_far_it_carries_and_where_that_is_from(
    studied: revsim.Study, tmp_path: Path
) -> None:
    before = studied.verdict
    *answered, reach = before.split("\n\n")
    start, evidence, _ = reach.partition("63 numbers of this company have no direct evidence; ")
    assert evidence
    studied.over_worlds(worlds(studied, tmp_path))
    *same, carried = studied.verdict.split("\n\n")
    assert same == answered
    assert carried.startswith(f"{start}63 numbers of this company have no direct evidence; the report lists them. Over")
    assert "Over 100 worlds drawn from what is not known" in carried
    assert studied.verdict.endswith("manifest.json)")
    assert studied.story.verdict == studied.verdict


def test_worlds_of_another_scenario_of_that_name_are_refused(studied: revsim.Study, tmp_path: Path) -> None:
    folder = Folder(worlds(studied, tmp_path))
    other = studied.scenarios[1].replace({"design.owned_handoffs": 0.8}, "B")
    folder.scenario_files(["A", "B"])["B"].write_text(as_yaml(other.resolved), encoding="utf-8")
    signed(folder, studied)
    with pytest.raises(UserError, match="worlds of another “B” than is compared here"):
        studied.over_worlds(tmp_path)


def test_a_folder_without_worlds_is_refused(studied: revsim.Study, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="takes the folder of a finished"):
        studied.over_worlds(tmp_path)


def test_a_scenario_that_met_no_worlds_does_not_hinder_the_others(studied: revsim.Study, tmp_path: Path) -> None:
    third = studied.scenarios[0].replace({"design.owned_handoffs": 0.5}, "C")
    more = revsim.compare([*studied.scenarios, third], replications=5, workers=1)
    more.over_worlds(worlds(studied, tmp_path))
    assert "“B” clearly beats “A”" in more.verdict


def test_worlds_of_one_of_the_scenarios_alone_are_refused(studied: revsim.Study, tmp_path: Path) -> None:
    folder = Folder(worlds(studied, tmp_path))
    folder.scenario_files(["A", "B"])["A"].unlink()
    signed(folder, studied)
    with pytest.raises(UserError, match="worlds of other scenarios"):
        studied.over_worlds(tmp_path)
