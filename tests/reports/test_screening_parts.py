"""The ranking of a screening on the page: those that are ranked, with the answer that each moves most."""

from __future__ import annotations

from revsim.reports.figures.screening import screening_picture
from revsim.reports.parts.screening import parts
from tests.analysis.test_screening_table import found_of


def test_the_page_has_a_row_for_each_ranked_number_and_a_part_for_each_answer() -> None:
    found = found_of()
    ranking, *each = parts(found)
    assert len(ranking.sheet.rows) == 2
    assert all(len(row) == len(ranking.sheet.columns) for row in ranking.sheet.rows)
    assert "Better" in ranking.sheet.rows[0][2]
    assert len(each) == len(found.answers)


def test_the_picture_has_the_dummy_last() -> None:
    assert screening_picture(found_of()).rows[-1][-1] == "not told apart"
