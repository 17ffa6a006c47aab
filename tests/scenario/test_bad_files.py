"""Every way a scenario file can be wrong: the code, the place, and words of the way out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from revsim.errors import ScenarioError
from revsim.scenario.load import load, load_many
from revsim.scenario.problems import Problem
from tests.scenario.conftest import Write

HEAD = "extends: base.yaml\n"

# text of the file, code, line, column, words of the hint or message
FILE_CASES = {
    "latin-1 text": (b"name: caf\xe9\n", "E002", 1, 10, "UTF-8"),
    "too large": (b"#" * 1_000_001, "E003", 1, 1, "files of their own"),
    "a tab": ("a:\n\t- 1\n", "E004", 2, 1, "spaces, not tabs"),
    "two colons": ("name: a: b\n", "E004", 1, 8, "quotes"),
    "an open bracket": ("name: [1,\n", "E004", 2, 1, "brackets"),
    "a control character": (b"name: a\nwhy: \x01\n", "E004", 2, 6, "double quotes"),
    "half a character": ('name: "\\ud800"\n', "E004", 1, 7, "surrogate"),
    "two documents": ("name: a\n---\nname: b\n", "E005", 2, 1, "one file"),
    "an anchor": ("name: &n a\n", "E006", 1, 7, "write the value out"),
    "an alias": ("name: a\nwhy: *n\n", "E006", 2, 6, "write the value out"),
    "a tag": ("name: !!python/object:os.system x\n", "E007", 1, 7, "delete the tag"),
    "deep nesting": ("a: " + "[" * 30 + "]" * 30 + "\n", "E008", 1, 23, "brackets"),
    "a key that is a list": ("? [1]\n: 2\n", "E009", 1, 3, "name: value"),
    "a key twice": ("name: a\nname: b\n", "E010", 2, 1, "line 1"),
    "a merge key": (HEAD + "<<: {name: x}\n", "E101", 2, 1, "known here"),
    "extends a number": ("extends: 3\n", "E012", 1, 10, "status-quo.yaml"),
    "extends nothing near": ("extends: bse.yaml\n", "E012", 1, 10, "did you mean `base.yaml`"),
    "extends itself": ("extends: case.yaml\n", "E013", 1, 10, "case.yaml -> case.yaml"),
    "nothing in it": ("# only a comment\n", "E014", 1, 1, "extends: status-quo.yaml"),
    "a list": ("- a\n- b\n", "E014", 1, 1, "name: value"),
}
SCHEMA_CASES = {
    "unknown key": (HEAD + "world:\n  sales:\n    rep: 3\n", "E101", 4, 5, "did you mean `reps`"),
    "unknown block": (HEAD + "wrld: {}\n", "E101", 2, 1, "did you mean `world`"),
    "unknown part of a number": (HEAD + "world: {sales: {reps: {value: 3, lo: 2}}}\n", "E101", 2, 34, "`low`"),
    "nothing like it": (HEAD + "zzz: 1\n", "E101", 2, 1, "known here: name, why, calendar"),
    "no world": ("name: x\ncalendar: {warmup_quarters: 1, quarters: 2}\n", "E102", 1, 1, "extends: status-quo.yaml"),
    "a stage without name": (HEAD + "world: {sales: {stages: [{norm_days: 1}]}}\n", "E102", 2, 26, "add it to"),
    "text for a number": (HEAD + "world: {sales: {reps: many}}\n", "E103", 2, 23, "plain number"),
    "quoted number": (HEAD + 'world: {sales: {reps: "24"}}\n', "E103", 2, 23, "plain number"),
    "quoted number within": (HEAD + 'world: {sales: {reps: {value: "24"}}}\n', "E103", 2, 31, "plain number"),
    "true within": (HEAD + "world: {sales: {reps: {value: 3, high: true}}}\n", "E103", 2, 40, "plain number"),
    "underscores": (HEAD + "world: {sales: {reps: 1_0}}\n", "E103", 2, 23, "plain number"),
    "true for a number": (HEAD + "world: {sales: {reps: true}}\n", "E103", 2, 23, "plain number"),
    "nothing for a number": (HEAD + "world:\n  sales:\n    reps:\n", "E103", 4, 5, "plain number"),
    "a list for a number": (HEAD + "world: {sales: {reps: [1]}}\n", "E103", 2, 23, "plain number"),
    "a scalar for governance": (HEAD + "design: {governance: 0.5}\n", "E103", 2, 22, "cadence_weeks, evidence"),
    "a number for a name": (HEAD + "name: 12\n", "E103", 2, 7, "quotes"),
    "a mapping for a list": (HEAD + "world: {sales: {stages: {}}}\n", "E103", 2, 25, "`- `"),
    "an unknown word": (HEAD + "world: {loops: {trust: close}}\n", "E104", 2, 24, "did you mean `closed`"),
    "yes is no word": (HEAD + "world: {loops: {trust: yes}}\n", "E104", 2, 24, "closed, cut"),
    "too low": (HEAD + "world: {sales: {reps: 0}}\n", "E105", 2, 23, "at least 1"),
    "too high": (HEAD + "design: {sponsored: 1.5}\n", "E105", 2, 21, "allowed: 0 to 1"),
    "above nothing": (HEAD + "world: {sales: {selling_hours: 0}}\n", "E105", 2, 32, "above 0"),
    "no whole number": (HEAD + "world: {sales: {reps: 2.5}}\n", "E105", 2, 23, "whole"),
    "low out of bounds": (HEAD + "design: {sponsored: {value: 0, low: -1}}\n", "E105", 2, 37, "at least 0"),
    "infinite": (HEAD + "world: {sales: {reps: .inf}}\n", "E105", 2, 23, "finite"),
    "a dial's part out of bounds": (HEAD + "design: {owned_handoffs: 7}\n", "E105", 2, 26, "at most 1"),
    "no name at all": (HEAD + 'name: ""\n', "E105", 2, 7, "at least 1 character"),
    "outside its range": (HEAD + "design: {sponsored: {value: 0.5, low: 0.6}}\n", "E106", 2, 29, "widen the range"),
    "the wrong unit": (HEAD + "world: {sales: {reps: {value: 3, unit: deals}}}\n", "E107", 2, 40, "write `people`"),
}
MEANING_CASES = {
    "two starts": (HEAD + "design: {start_week: 2, when: {trust_below: 0.5}}\n", "E201", 2, 10, "keep one"),
    "today with a start": (HEAD + "world: {today: {design: {start_week: 2}}}\n", "E202", 2, 26, "always been"),
    "shares": (
        HEAD + "world:\n  demand:\n    sources:\n      - {name: a, share: 0.5, fit: 0}\n",
        "E203",
        5,
        7,
        "+0.5 in all",
    ),
    "reconciliation": (HEAD + "world: {reconciliation: {managers_share: 0.6}}\n", "E204", 2, 42, "0.5 is left"),
    "sources of one name": (
        HEAD + "world: {demand: {sources: [{name: a, share: 0.5, fit: 0}, {name: a, share: 0.5, fit: 0}]}}\n",
        "E205",
        2,
        66,
        "rename",
    ),
    "a start after the end": (HEAD + "design: {start_week: 105}\n", "E207", 2, 22, "at most 104"),
    "a stress after the end": (HEAD + "stress: {top_performer_leaves: {week: 200}}\n", "E207", 2, 39, "at most 104"),
    "sandbagging": (HEAD + "world: {sales: {sandbag_below: 3}}\n", "E208", 2, 32, "below `sandbag_above`, 2"),
}
CASES = {**FILE_CASES, **SCHEMA_CASES, **MEANING_CASES}


def problems_of(*names: str, sets: tuple[str, ...] = ()) -> list[Problem]:
    with pytest.raises(ScenarioError) as caught:
        load_many(names, sets)
    return [problem for problem in caught.value.problems if isinstance(problem, Problem)]


@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_told_with_code_place_and_way_out(case: str, write: Write) -> None:
    text, code, line, column, words = CASES[case]
    found = problems_of(write(text))
    assert [(p.code, p.place.file, p.place.line, p.place.column) for p in found] == [(code, "case.yaml", line, column)]
    assert words in f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize("case", CASES)
def test_the_first_line_of_a_problem_is_for_machines(case: str, write: Write) -> None:
    text, code, line, column, _ = CASES[case]
    first = str(problems_of(write(text))[0]).splitlines()[0]
    assert first.startswith(f"case.yaml:{line}:{column}: error[{code}]: ")


def told(write: Write, text: str) -> str:
    return str(problems_of(write(HEAD + text))[0])


def test_a_list_for_a_dial_with_parts_is_told_both_ways_to_say_it(write: Write) -> None:
    found = told(write, "design: {owned_handoffs: [0.1, 0.2]}\n")
    assert "must be one number from 0 to 1 for all parts, or a mapping with a number for each" in found
    assert "write 0.3, or name the parts: marketing_to_sales, " in found


@pytest.mark.parametrize(
    ("text", "rule", "example"),
    [
        ("design: {sponsored: x}\n", "must be a number, 0 to 1 (a dial), or", "e.g. 0.5"),
        ("design: {sponsored: {value: x}}\n", "must be a number, 0 to 1 (a dial)", "e.g. 0.5"),
        ("design: {sponsored: .nan}\n", "must be a finite number, 0 to 1 (a dial)", "e.g. 0.5"),
        ("world: {sales: {reps: x}}\n", "must be a number, 1 to 500, whole (people), or", "e.g. 2"),
        ("design: {governance: {cadence_weeks: x}}\n", "must be a number, 1 to 52 (weeks), or", "e.g. 2"),
    ],
)
def test_what_is_no_number_is_told_the_range_and_an_example_within_it(
    text: str, rule: str, example: str, write: Write
) -> None:
    found = told(write, text)
    assert rule in found
    assert found.endswith(f"write a plain number, {example}")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("60,000", "60000"),
        ("1,250,000", "1250000"),
        ("60 000", "60000"),
        ("60'000", "60000"),
        ("1_0", "10"),
        ("12,5", "12.5"),
        ('"24"', "24"),
        ("60k", "60000"),
        ("1.2M", "1200000"),
        ("€60,000.50", "60000.5"),
        ("60000 EUR", "60000"),
    ],
)
def test_what_was_meant_as_a_number_is_told_as_yaml_takes_it(said: str, meant: str, write: Write) -> None:
    assert f"write {meant}: a plain number" in told(write, f"world:\n  buyers:\n    value_median: {said}\n")
    assert f"write {meant}: a plain number" in told(
        write, f"world:\n  buyers:\n    value_median:\n      value: {said}\n"
    )


STAGE = "      - {name: a, effort_hours: 1, buyer_days: 1, advance: 70%, norm_days: 1}\n"


def test_percent_where_log_odds_belong_is_told_as_log_odds(write: Write) -> None:
    assert "write 0.847: 70% of those" in told(write, f"world:\n  sales:\n    stages:\n{STAGE}")
    assert "write a plain number" in told(write, "world:\n  customers:\n    renew: 185%\n")


def test_percent_is_a_share_and_what_the_rule_forbids_is_not_offered(write: Write) -> None:
    assert "write 0.9: a plain number" in told(write, "design:\n  sponsored: 90%\n")
    assert "write a plain number, e.g. 0.5" in told(write, "design:\n  sponsored: 900%\n")
    assert "write a plain number, e.g. 2; `2,5` is 2.5" in told(write, "world:\n  sales:\n    reps: 2,5\n")
    assert "write {value: 3, low: 2, high: 5}: one" in told(write, "world:\n  sales:\n    reps: 2-5\n")


def test_a_comma_within_braces_is_told_as_what_it_is(write: Write) -> None:
    found = told(write, "world: {buyers: {value_median: 60,000}}\n")
    assert "write 60000, not 60,000" in found


@pytest.mark.parametrize("case", CASES)
def test_a_hint_does_not_say_the_message_again(case: str, write: Write) -> None:
    problem = problems_of(write(CASES[case][0]))[0]
    assert problem.hint not in problem.message
    assert not set(problem.message.split("; ")) & set(problem.hint.split("; "))
    assert not {"widen", "leave the unit"} & set(re.split(r"\W+", problem.message))


def test_a_line_with_a_tab_is_shown_with_the_caret_below_the_tab(write: Write) -> None:
    text = str(problems_of(write("design:\n  \tsponsored: 1\n"))[0])
    assert text.splitlines()[3:] == ["2 |   →sponsored: 1", "  |   ^ indent with spaces, not tabs"]


def test_the_end_of_a_path_in_the_wrong_place_is_told_its_whole_path(write: Write) -> None:
    assert "did you mean `world.sales.reps`?" in told(write, "reps: 3\n")


def test_stage_norms_must_increase(write: Write) -> None:
    name = write("extends: base.yaml\n")
    found = problems_of(name, sets=("world.sales.stages[1].norm_days=5",))
    assert [(p.code, str(p.place)) for p in found] == [("E206", "<--set 1>:1:33")]
    assert "above 10" in found[0].hint


def test_the_caret_stands_below_the_key(write: Write) -> None:
    text = str(problems_of(write("extends: base.yaml\nwrld: {}\n"))[0])
    assert text == (
        "case.yaml:2:1: error[E101]: unknown key `wrld`\n"
        "  --> case.yaml:2:1\n"
        "  |\n"
        "2 | wrld: {}\n"
        "  | ^^^^ did you mean `world`?"
    )


def test_all_problems_of_all_files_come_at_once_sorted_and_none_twice(write: Write) -> None:
    write("extends: base.yaml\nzzz: 1\nyyy: 1\n", "b.yaml")
    write("extends: base.yaml\ndesign: {owned_handoffs: 7, sponsored: x}\n", "a.yaml")
    write("name: [\n", "c.yaml")
    found = problems_of("b.yaml", "c.yaml", "a.yaml", "a.yaml")
    assert [str(p.place) for p in found] == ["a.yaml:2:26", "a.yaml:2:40", "b.yaml:2:1", "b.yaml:3:1", "c.yaml:2:1"]


def test_a_problem_is_placed_in_the_file_that_said_it(write: Write) -> None:
    write("extends: base.yaml\nworld: {sales: {reps: 0}}\n", "middle.yaml")
    found = problems_of(write("extends: middle.yaml\nname: Top\n"))
    assert [str(p.place) for p in found] == ["middle.yaml:2:23"]


def test_a_missing_key_names_the_file_that_would_need_it(folder: Path, write: Write) -> None:
    base = (folder / "base.yaml").read_text(encoding="utf-8")
    write(re.sub(r"\n    reps: .*", "", base), "lacking.yaml")
    found = problems_of(write("extends: lacking.yaml\n"))
    assert [(p.code, p.address, p.hint) for p in found] == [("E102", "world.sales.reps", "add it to lacking.yaml")]
    assert found[0].place.file == "lacking.yaml"
    assert found[0].place.text.strip() == "sales:"


def test_what_today_misses_is_told_once(folder: Path, write: Write) -> None:
    base = (folder / "base.yaml").read_text(encoding="utf-8")
    found = problems_of(write(re.sub(r"\n *sponsored: .*", "", base)))
    assert [p.address for p in found] == ["world.today.design.sponsored"]


def test_a_cycle_prints_the_chain(write: Write) -> None:
    write("extends: b.yaml\n", "a.yaml")
    write("extends: a.yaml\n", "b.yaml")
    assert "a.yaml -> b.yaml -> a.yaml" in problems_of("a.yaml")[0].message


def test_a_missing_file_names_near_ones(folder: Path) -> None:
    assert folder.is_dir()
    found = problems_of("bsae.yaml")
    assert found[0].code == "E001"
    assert found[0].hint.startswith("did you mean `base.yaml`")


def test_a_folder_is_no_scenario(folder: Path) -> None:
    (folder / "sub").mkdir()
    assert problems_of("sub")[0].code == "E001"


def test_a_line_that_is_too_long_is_left_out(write: Write) -> None:
    text = str(problems_of(write("zzz" * 100 + ": 1\nextends: base.yaml\n"))[0])
    assert max(map(len, text.splitlines())) < 300


def test_a_good_file_raises_nothing(write: Write) -> None:
    assert load(write("extends: base.yaml\n")).name == "case"
