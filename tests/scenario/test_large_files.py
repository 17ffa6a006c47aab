"""Files that no person wrote: answered at once, whatever is wrong with them, and how often.

What is at once is told by this machine: so many times what a plain loop takes here and now.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from revsim.errors import ScenarioError
from revsim.scenario.load import MOST_SETS, try_many
from revsim.scenario.problems import MOST_TOLD
from tests.cli.conftest import Call
from tests.cli.conftest import revsim as _revsim
from tests.scenario.conftest import Write

revsim = _revsim
HEAD = "extends: base.yaml\n"
ROUNDS, LOOPS = 3_000_000, 40  # the slowest answer takes 20 such loops; one that grows by the square takes thousands
SALES = "world:\n  sales:\n"
HUGE: dict[str, Callable[[], str]] = {
    "20,000 unknown keys": lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(20_000)),
    "9,000 keys each near a known one": lambda: HEAD + SALES + "".join(f"    reps_{n}: 1\n" for n in range(9_000)),
    "flow maps": lambda: f"{HEAD}x: [{'{a: {b: 1}}, ' * 60_000}]\n",
    "one wide flow map": lambda: HEAD + "x: {" + ", ".join(f"a{n}: 1" for n in range(60_000)) + "}\n",
    "one deep list": lambda: f"{HEAD}x: {'[' * 400_000}{']' * 400_000}\n",
    "stages without end": lambda: f"{HEAD}world: {{sales: {{stages: [{'{name: a}, ' * 9_000}]}}}}\n",
    "stages of text": lambda: f"{HEAD}world: {{sales: {{stages: [{'{effort_hours: {value: 6-7}}, ' * 4_500}]}}}}\n",
    "100,000 short lines": lambda: HEAD + "#\n" * 100_000,
    "a quoted text": lambda: f'{HEAD}why: "{"a " * 400_000}"\n',
    "a text of many lines": lambda: f"{HEAD}why: a\n{'  a' * 10}\n" + "  a\n" * 180_000,
    "a block of text": lambda: f"{HEAD}why: |\n" + "  a b c\n" * 110_000,
    "spaces": lambda: f"{HEAD}name:{' ' * 900_000}x\n",
    "tabs": lambda: f"{HEAD}name:{chr(9) * 900_000}x\n",
    "colons": lambda: f"{HEAD}name: {'a:' * 400_000}\n",
    "digits": lambda: f"{HEAD}world: {{sales: {{reps: {'1' * 900_000}}}}}\n",
    "digits and spaces": lambda: f"{HEAD}world: {{sales: {{reps: {'1 ' * 400_000}x}}}}\n",
    "one long key": lambda: f"{HEAD}{'k' * 900_000}: 1\n",
}


def at_once() -> float:
    """Seconds of one processor."""
    begin = time.process_time()
    assert sum(1 for _ in range(ROUNDS)) == ROUNDS
    return LOOPS * (time.process_time() - begin)


@pytest.mark.parametrize("case", HUGE)
def test_a_huge_file_is_answered_at_once(case: str, write: Write) -> None:
    name = write(HUGE[case]())
    begin = time.process_time()
    _, problems = try_many([name])
    told = "\n".join(map(str, problems))
    assert time.process_time() - begin < at_once()
    assert len(problems) <= 2 * MOST_TOLD
    assert len(told) < 100_000


def test_problems_of_one_kind_are_told_up_to_a_hundred_and_counted(write: Write) -> None:
    count = 3_000
    name = write(HEAD + SALES + "".join(f"    reps_{n}: 1\n" for n in range(count)))
    _, problems = try_many([name])
    assert len(problems) == MOST_TOLD + 1
    assert sum(problem.count for problem in problems) == count
    assert problems[-1].code == "E101"
    assert (problems[-1].place.line, problems[-1].count) == (4 + MOST_TOLD, count - MOST_TOLD)
    assert f"and {count - MOST_TOLD:,} more" in problems[-1].message


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_check_counts_them_all(form: tuple[str, ...], revsim: Call) -> None:
    Path("many.yaml").write_text(HEAD + "".join(f"k{n}: 1\n" for n in range(500)), encoding="utf-8")
    answer = revsim("check", "many.yaml", *form)
    assert answer.code == 1
    assert ('"count": 400' if form else "checked 1 scenario: 500 problems") in answer.out


def test_thousands_of_sets_are_answered_at_once(write: Write) -> None:
    sets = [f"world.sales.reps={n % 40 + 1}" for n in range(MOST_SETS)]
    name = write(HEAD)
    begin = time.process_time()
    loaded, problems = try_many([name], sets)
    assert time.process_time() - begin < at_once()
    assert problems == []
    assert loaded[0].scenario.world.sales.reps.value == (MOST_SETS - 1) % 40 + 1


@pytest.mark.parametrize("text", ["world.sales.rep{}=1", "x={{a: {}}}", "nothing{}"])
@pytest.mark.parametrize("count", [MOST_SETS, 20_000])
def test_as_many_wrong_sets_as_a_command_line_takes_are_told_at_once(text: str, count: int, revsim: Call) -> None:
    sets = [word for n in range(count) for word in ("--set", text.format(n))]
    begin = time.process_time()
    answer = revsim("check", "base.yaml", *sets)
    assert time.process_time() - begin < at_once()
    assert answer.code == 1
    assert len(answer.out) < 100_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are Unix's")
@pytest.mark.parametrize("kind", ["fifo", "endless", "folder", "missing"])
def test_what_is_no_regular_file_is_told_at_once(kind: str, revsim: Call, tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    name = "/dev/zero" if kind == "endless" else str(path)
    begin = time.monotonic()
    for command in (("check",), ("show",), ("run", "--replications", "1", "-q")):
        answer = revsim(*command, name)
        assert answer.code == 2
        assert "E001" in answer.out + answer.err
    assert time.monotonic() - begin < 5 * at_once()


def test_an_endless_file_below_is_told_at_once(write: Write) -> None:
    name = write("extends: /dev/zero\n")
    _, problems = try_many([name])
    assert problems[0].code == "E012"


def test_a_scenario_that_says_all_of_every_number_is_far_from_the_limit() -> None:
    from revsim.scenario.parse import MOST_NODES, parse
    from revsim.scenario.shipped import folder

    text = (folder() / "status-quo.yaml").read_text(encoding="utf-8")
    assert text.count("source:") > 150
    many = "\n".join(f"k{n}: [1, 2, 3, 4, 5, 6, 7, 8]" for n in range(MOST_NODES // 10 + 100))
    assert parse(text, "x") is not None
    with pytest.raises(ScenarioError):
        parse(many, "x")
