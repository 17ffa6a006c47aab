"""`revsim bench` measures; no test says how fast."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Call

TINY = """extends: status-quo.yaml
name: Tiny
calendar: {warmup_quarters: 1, quarters: 2}
world: {demand: {inquiries_per_week: 40}, sales: {reps: 3}, customers: {installed_base: 60}}
"""


def test_bench_tells_both_engines_times_and_their_ratios(revsim: Call) -> None:
    Path("tiny.yaml").write_text(TINY, encoding="utf-8")
    answer = revsim("bench", "tiny.yaml", "--repeats", "2", "--json", "--quiet")
    found = json.loads(answer.out)
    assert answer.code == 0
    assert found["repeats"] == 2
    assert found["rows"] > 1000
    assert all(value > 0 for value in found.values())
    table = revsim("bench", "tiny.yaml", "--repeats", "1", "--quiet").out
    assert "ratio, engines alone" in table


def test_bench_of_no_repeats_is_refused_with_the_way_out(revsim: Call) -> None:
    answer = revsim("bench", "--repeats", "0")
    assert answer.code == 2
    assert "--repeats 0: must be a whole number, 1 to 1,000; write e.g. --repeats 7." in answer.err
