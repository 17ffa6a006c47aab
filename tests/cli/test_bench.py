"""`revsim bench` measures; no test says how fast."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from revsim.experiment import command_bench
from revsim.experiment.command_bench import Commands, Cost, Pair
from tests.cli.conftest import Call

TINY = """extends: status-quo.yaml
name: Tiny
calendar: {warmup_quarters: 1, quarters: 2}
world: {demand: {inquiries_per_week: 40}, sales: {reps: 3}, customers: {installed_base: 60}}
"""


def test_bench_tells_both_engines_times_and_their_ratios(revsim: Call) -> None:
    Path("tiny.yaml").write_text(TINY, encoding="utf-8")
    answer = revsim("bench", "tiny.yaml", "--repeats", "2", "--json", "--quiet", "--engines")
    found = json.loads(answer.out)
    assert answer.code == 0
    assert found["repeats"] == 2
    assert found["rows"] > 1000
    del found["luck_compiled"]  # a difference of two times, of which a busy machine may make anything
    assert all(value > 0 for value in found.values())
    table = revsim("bench", "tiny.yaml", "--repeats", "1", "--quiet", "--engines").out
    assert "ratio, engines alone" in table


@pytest.mark.parametrize(("same", "code"), [(True, 0), (False, 1)])
def test_whole_commands_stand_before_the_engines_and_rows_that_differ_are_a_check_that_failed(
    *, same: bool, code: int, revsim: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, usual = (Pair(many, Cost(2.0, 0.5 * many), Cost(3.0, 50.0 * many)) for many in (1, 4))
    monkeypatch.setattr(command_bench, "bench_commands", lambda **_: Commands(one, usual, same, 96))
    Path("tiny.yaml").write_text(TINY, encoding="utf-8")
    answer = revsim("bench", "tiny.yaml", "--repeats", "1", "--quiet")
    assert answer.code == code
    lines = [line.split() for line in answer.out.splitlines()]
    assert [line[-3:] for line in lines if line[:2] == ["100", "replications"]] == [
        ["52.000", "5003.00", "96.2"],
        ["202.000", "20003.00", "99.0"],
    ]
    assert json.loads(revsim("bench", "tiny.yaml", "--repeats", "1", "--quiet", "--json").out)["compare"] == {
        "same_rows": same, "rows": 96, "one": one.facts(), "usual": usual.facts(),
    }  # fmt: skip


def test_bench_of_no_repeats_is_refused_with_the_way_out(revsim: Call) -> None:
    answer = revsim("bench", "--repeats", "0")
    assert answer.code == 2
    assert "--repeats 0: must be a whole number, 1 to 1,000; write e.g. --repeats 7." in answer.err
