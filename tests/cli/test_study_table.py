"""The table on the terminal is as wide as that is, and says the same at any width."""

from __future__ import annotations

import io
import re
import sys

import pytest

import revsim
from revsim.cli.study_table import ENDLESS, table_text, width, wrapped
from tests.tiny import small_base


@pytest.fixture(scope="module")
def studied() -> revsim.Study:
    base = revsim.Scenario(small_base())
    others = [base.replace({"design.owned_handoffs": dial}, f"Owned {dial}") for dial in (0.5, 0.9)]
    return revsim.compare([base, *others], replications=4, workers=1)


@pytest.mark.parametrize("columns", [110, 140])
def test_no_line_is_wider_than_the_terminal(studied: revsim.Study, columns: int) -> None:
    assert max(len(line) for line in table_text(studied, columns).splitlines()) <= columns


def test_scenarios_stand_side_by_side_where_they_fit_and_else_in_turn(studied: revsim.Study) -> None:
    assert "Owned 0.5: effect" in table_text(studied, 300).splitlines()[0]
    narrow = table_text(studied, 100)
    assert [line for line in narrow.splitlines() if line.startswith("“")] == [
        "“Owned 0.5” against “Tiny”",
        "“Owned 0.9” against “Tiny”",
    ]


def test_every_effect_is_told_at_any_width(studied: revsim.Study) -> None:
    brackets = [sorted(re.findall(r"\[[-+][^]]*\]", table_text(studied, columns))) for columns in (80, 100, 300)]
    assert brackets[0] == brackets[1] == brackets[2] != []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_as_wide_as_it_is_and_a_pipe_as_wide_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "73")
    assert width() == ENDLESS
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert width() == 73


def test_no_percent_sign_begins_a_line() -> None:
    assert wrapped("Half of it is 50 % here", 16).splitlines() == ["Half of it is", "50 % here"]


def test_paragraphs_are_wrapped_to_the_terminal_and_a_command_stays_in_one_piece() -> None:
    command = "`revsim worlds status-quo.yaml coordination.yaml`"
    lines = wrapped(f"An answer in a few words of its own.\n\n57 numbers; {command} shows who wins.", 50).splitlines()
    assert lines == ["An answer in a few words of its own.", "", "57 numbers;", command, "shows who wins."]
