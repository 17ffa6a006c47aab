"""What is found does not depend on how much of a study is read at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import revsim
from revsim.analysis import cube
from revsim.experiment import reading
from revsim.experiment.run import run_study
from revsim.store.grid import Grid
from revsim.store.layout import Folder
from tests.experiment.fake import Firm, plan
from tests.tiny import small_base

TWO = {"base": Firm(), "better": Firm(error=0.1)}


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> tuple[revsim.Study, revsim.Study]:
    """The same study, read at once and column by column; of pictures those of the second are enough."""
    base = revsim.Scenario(small_base())
    scenarios = [base, base.replace({"design.owned_handoffs": 0.9}, "Owned")]
    found = []
    for name in ("at-once", "by-column"):
        with pytest.MonkeyPatch.context() as patch:
            if name == "at-once":
                patch.setattr("revsim.reports.publish.publish", lambda *_: None)
            else:
                patch.setattr(reading, "AT_ONCE", 0)
                patch.setattr(cube, "BLOCK", 7)
            study = revsim.compare(scenarios, replications=30, out=tmp_path_factory.mktemp(name), workers=1)
        found.append(study)
    return found[0], found[1]


def test_a_large_study_is_read_by_column(studied: tuple[revsim.Study, revsim.Study]) -> None:
    assert [isinstance(study.paired[0].weekly, Grid) for study in studied] == [False, True]


def test_all_that_is_found_is_the_same_to_the_last_digit(studied: tuple[revsim.Study, revsim.Study]) -> None:
    once, columns = studied
    pd.testing.assert_frame_equal(once.effects(), columns.effects(), check_exact=True)
    pd.testing.assert_frame_equal(once.summary(), columns.summary(), check_exact=True)
    assert once.timing == columns.timing
    assert once.verdict == columns.verdict


def test_replications_that_failed_somewhere_are_left_out_of_columns_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    firms = {"base": Firm(), "other": Firm(breaks=((2, "error"),))}
    finished = run_study(plan(firms, 5), Folder(tmp_path), 1)
    once, dropped = reading.paired_of(finished.rows, list(firms))
    monkeypatch.setattr(reading, "AT_ONCE", 0)
    columns, also = reading.paired_of(finished.rows, list(firms))
    assert dropped == also == 1
    assert columns.replications.tolist() == once.replications.tolist() == [0, 1, 3, 4]
    for name in once.quarterly:
        for own in range(2):
            np.testing.assert_array_equal(columns.quarterly[name][own], once.quarterly[name][own])


def test_a_folder_that_grew_since_is_read_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = run_study(plan(TWO, 3), Folder(tmp_path))
    run_study(plan(TWO, 5), Folder(tmp_path))
    monkeypatch.setattr(reading, "AT_ONCE", 0)
    found, _ = reading.paired_of(few.rows, list(TWO))
    assert found.weekly["forecast"][1].shape[0] == 3
