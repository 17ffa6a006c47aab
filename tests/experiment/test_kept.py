"""Rows of a finished study stay on disk until somebody looks at them, and are those that stood there when it ended."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from revsim.errors import UserError
from revsim.experiment import keeper
from revsim.experiment.run import run_study
from revsim.store import merging
from revsim.store.kept import Kept
from revsim.store.layout import TABLES, Folder
from tests.experiment.fake import Firm, plan

TWO = {"base": Firm(), "better": Firm(error=0.1)}
MANY = {f"S{k}": Firm(error=0.1 + 0.01 * k) for k in range(12)}


def test_a_study_whose_folder_grew_later_has_the_rows_that_it_ended_with(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    few = run_study(plan(TWO, 3), folder)
    run_study(plan(TWO, 5), folder)
    pd.testing.assert_frame_equal(few.rows.weeks, run_study(plan(TWO, 3)).rows.weeks, check_exact=True)


def test_rows_that_a_folder_has_lost_are_missed(tmp_path: Path) -> None:
    many = run_study(plan(TWO, 4), Folder(tmp_path / "many"))
    run_study(plan(TWO, 2), Folder(tmp_path / "few"))
    Folder(tmp_path / "few").weeks.replace(Folder(tmp_path / "many").weeks)
    with pytest.raises(UserError, match="no longer holds all rows"):
        _ = many.rows.weeks


def test_rows_read_once_are_not_read_again(tmp_path: Path) -> None:
    finished = run_study(plan(TWO, 3), Folder(tmp_path))
    assert finished.rows.weeks is finished.rows.weeks


@pytest.mark.parametrize("at_once", [1, 10, 1000])
def test_the_tables_do_not_depend_on_how_many_scenarios_are_merged_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    one_part, many_parts = Folder(tmp_path / "one"), Folder(tmp_path / "many")
    run_study(plan(MANY, 4), one_part)
    monkeypatch.setattr(keeper, "BATCH", 18)
    monkeypatch.setattr(merging, "RUNS_AT_ONCE", at_once)
    run_study(plan(MANY, 4), many_parts)
    assert len(many_parts.parts_of("weeks")) > 1
    for table in TABLES:
        assert one_part.whole(table).read_bytes() == many_parts.whole(table).read_bytes()


def test_replications_that_only_some_scenarios_have_are_counted(tmp_path: Path) -> None:
    """Of five replications one scenario lacks the second and the fourth, the other the fifth: two are everybody's."""
    breaks = [((1, "error"), (3, "error")), ((4, "error"),)]
    rows = run_study(
        plan({"a": Firm(breaks=breaks[0]), "b": Firm(breaks=breaks[1]), "c": Firm()}, 5), Folder(tmp_path)
    ).rows
    assert isinstance(rows, Kept)
    common, apart = rows.common(["a", "b", "c"])
    assert (common.tolist(), apart) == ([0, 2], 3)
    assert rows.common(["a"])[1] == 0
