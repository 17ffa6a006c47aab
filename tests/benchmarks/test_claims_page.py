"""docs/claims.md says what its kept table says, for every claim, on two screens, and can be made again."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
STUDY, PAGE = ROOT / "benchmarks" / "study", ROOT / "docs" / "claims.md"
FILES = ("claims.csv", "claims.manifest.json")


def test_the_page_is_what_its_table_says(claims: SimpleNamespace) -> None:
    assert PAGE.read_text(encoding="utf-8") == claims.page.page(STUDY)


def test_another_number_in_the_table_is_another_page(claims: SimpleNamespace, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((STUDY / name).read_bytes())
    rows = pd.read_csv(STUDY / FILES[0])
    rows.loc[rows["primary"], "estimate"] += 1.0
    rows.to_csv(tmp_path / FILES[0], index=False)
    assert claims.page.page(tmp_path) != claims.page.page(STUDY)


def test_every_claim_of_the_protocol_has_a_row_in_the_table_and_on_the_page(claims: SimpleNamespace) -> None:
    protocol = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    stated = {line.split("|")[1].strip() for line in protocol.splitlines() if line.startswith("| ")} - {"#"}
    told = {
        line.split("|")[1].strip() for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    }
    assert stated == told - {"#"} == {str(claim.number) for claim in claims.asked.chosen()}
    assert {str(number) for number in pd.read_csv(STUDY / FILES[0])["claim"]} == stated


def test_the_page_takes_at_most_two_screens() -> None:
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) <= 60


def test_the_table_says_how_it_was_made() -> None:
    facts = json.loads((STUDY / FILES[1]).read_text(encoding="utf-8"))
    assert {"command", "seed", "replications", "code"} <= set(facts)
    rows = pd.read_csv(STUDY / FILES[0])
    assert set(rows[rows["not_asked"].isna()]["replications"]) == {facts["replications"]}


@pytest.mark.parametrize(
    ("value", "text"), [(12.345, "12"), (-1.234, "\u22121.2"), (0.0123, "0.012"), (1234.0, "1,234"), (0.0, "0")]
)
def test_numbers_have_two_digits_and_a_real_minus(claims: SimpleNamespace, value: float, text: str) -> None:
    assert claims.page.short(value) == text
