"""Where a study is kept without --out: each study has a folder of its own, and the note says why it is another one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from revsim.api import load, plan_of
from revsim.cli.kept_study import folder_for
from revsim.settings import Settings
from revsim.store.manifest import difference, read_manifest, write_manifest
from revsim.store.place import prepare

SCENARIOS = [load("status-quo.yaml")]
STUDIES = [Settings(seed=seed, continuations=more) for seed, more in product((1, 2), (4, 1, 0))]


def test_studies_that_differ_in_seed_or_continuations_each_have_a_folder_and_find_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    taken = []
    for study in STUDIES:
        folder = folder_for("a study", None, SCENARIOS, study)
        there, wanted = read_manifest(folder.manifest), plan_of(SCENARIOS, study).manifest()
        assert there is None or not difference(there, wanted)
        prepare(folder)
        write_manifest(wanted, folder.manifest)
        taken.append(folder.root)
    assert len(set(taken)) == len(STUDIES)
    assert [folder_for("a study", None, SCENARIOS, study).root for study in STUDIES] == taken
    notes = capsys.readouterr().err.splitlines()
    assert "it was run with --continuations 4, not 1" in notes[0]
    assert "it was run with --seed 1, not 2" in notes[2]
