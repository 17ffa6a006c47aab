"""`python -m revsim.calibration`: from a folder of published files to a table of numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from revsim.calibration.__main__ import main
from tests.calibration.test_companies import maven_rows, olist_rows


def table(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    return {row[0]: row[1:] for row in rows}


def test_the_direct_fits_of_a_folder_are_told_with_range_and_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leads, closed = olist_rows()
    leads.to_csv(tmp_path / "olist_marketing_qualified_leads_dataset.csv", index=False)
    closed.to_csv(tmp_path / "olist_closed_deals_dataset.csv", index=False)
    monkeypatch.setattr(sys, "argv", ["calibration", "olist", str(tmp_path), "--direct"])
    main()
    value, low, high, source = table(capsys)["world.demand.sources[2].share"]
    assert float(low) < float(value) < float(high)
    assert "Olist" in source


def test_a_fictitious_company_is_told_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    maven_rows().to_csv(tmp_path / "sales_pipeline.csv", index=False)
    monkeypatch.setattr(sys, "argv", ["calibration", "maven", str(tmp_path), "--direct"])
    main()
    assert all("FICTITIOUS" in row[-1] for row in table(capsys).values())


def test_a_folder_without_the_files_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["calibration", "maven", str(tmp_path)])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert "sales_pipeline.csv" in capsys.readouterr().err
