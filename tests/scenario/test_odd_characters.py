"""Pasted characters that look like YAML's own: told where an editor shows them, with what to write instead."""

from __future__ import annotations

import re

import pytest

from revsim.errors import ScenarioError
from revsim.scenario.load import load, load_many
from revsim.scenario.problems import Problem
from tests.scenario.conftest import Write

HEAD = "extends: base.yaml\n"
SALES = "world:\n  sales:\n"
NBSP, WIDE_COLON, WIDE_SPACE = "\N{NO-BREAK SPACE}", "\N{FULLWIDTH COLON}", "\N{IDEOGRAPHIC SPACE}"
LEFT, RIGHT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"
# text after the first line, line, column, words of message and hint
CASES = {
    "tabs as indentation": ("world:\n\tsales:\n", 3, 1, "a tab (U+0009)", "spaces, not tabs"),
    "spaces and a tab": (f"{SALES}  \treps: 3\n", 4, 3, "a tab (U+0009)", "spaces, not tabs"),
    "a tab after the colon": (f"{SALES}    reps:\t3\n", 4, 10, "a tab (U+0009)", "plain space after the colon"),
    "a tab before a comment": (f"{SALES}    reps: 3\t# x\n", 4, 12, "a tab (U+0009)", "no tabs"),
    "no-break spaces as indentation": (f"{SALES}{NBSP * 4}reps: 3\n", 4, 1, "U+00A0", "indent with plain spaces"),
    "a no-break space within": (f"world:\n {NBSP}sales:\n    reps: 3\n", 3, None, "U+00A0", "indent with plain spaces"),
    "wide spaces": (f"{SALES}{WIDE_SPACE * 2}reps: 3\n", 4, 1, "U+3000", "indent with plain spaces"),
    "a no-break space after the colon": (
        f"{SALES}    reps:{NBSP}3\n    open_deals: 5\n",
        4,
        10,
        "U+00A0",
        "plain space",
    ),
    "and nothing behind it": (f"{SALES}    reps:{NBSP}3\n", 4, None, "U+00A0", "plain space after the colon"),
    "a line of no-break spaces": (f"{SALES}    reps: 3\n{NBSP}\ndesign: {{sponsored: 1}}\n", 5, 1, "U+00A0", "plain"),
    "a wide colon": (f"{SALES}    reps{WIDE_COLON}3\n    open_deals: 5\n", 4, 9, "U+FF1A", "write `: `"),
    "a wide colon of a block": (f"world{WIDE_COLON}\n  sales:\n    reps: 3\n", 2, 6, "U+FF1A", "write `: `"),
    "a wide colon alone": (f"{SALES}    reps{WIDE_COLON} 3\n", 4, None, "U+FF1A", "write `: `"),
    "no space after the colon": (f"{SALES}    reps:3\n    open_deals: 5\n", 4, 9, "without a space", "a space after"),
    "an equals sign": (f"{SALES}    reps=3\n", 4, None, "equals sign", "write `: `"),
    "curly quotes": (f"name: {LEFT}a: b{RIGHT}\n", 2, 7, "U+201C", "straight quotes"),
    "curly quotes in braces": (
        f"world: {{sales: {{reps: {{value: 3, source: {LEFT}CRM, 2025{RIGHT}}}}}}}\n",
        2,
        None,
        "unknown key",
        "straight quotes",
    ),
    "a byte order mark within": ("\ufeffworld:\n  sales:\n    reps: 3\n", 2, 1, "U+FEFF", "indent with plain spaces"),
    "a form feed": (f"{SALES}\f    reps: 3\n", 4, 1, "a form feed (U+000C)", "delete it"),
    "a next-line character": (f"# a\x85b\n{SALES}    reps: 3\n", 2, 4, "next-line character (U+0085)", "delete it"),
    "a line separator": (f"why: a\u2028 b\n{SALES}    reps: 3\n", 2, 7, "line separator (U+2028)", "delete it"),
    "a paragraph separator": ("why: a\u2029 b\n", 2, 7, "paragraph separator (U+2029)", "delete it"),
    "an open quote": (f'name: "a\n{SALES}    reps: 3\n', 2, 7, "a quote begins here", "close it"),
}


def only_problem(name: str) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        load_many([name])
    found = [problem for problem in caught.value.problems if isinstance(problem, Problem)]
    assert len(found) == 1 or "curly" in str(found[0].hint) or "straight" in found[0].hint
    return found[0]


@pytest.mark.parametrize("case", CASES)
def test_an_odd_character_is_told_by_name_where_an_editor_shows_it(case: str, write: Write) -> None:
    text, line, column, message, hint = CASES[case]
    problem = only_problem(write(HEAD + text))
    assert problem.place.line == line
    assert column is None or problem.place.column == column
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end: str, write: Write) -> None:
    text = f"{HEAD}{SALES}    rep: 3\n".replace("\n", end)
    place = only_problem(write(text.encode())).place
    assert (place.line, place.column, place.text) == (4, 5, "    rep: 3")


@pytest.mark.parametrize("tail", ["\t", " \t", "\t \t"])
def test_a_tab_with_nothing_behind_it_says_nothing(tail: str, write: Write) -> None:
    text = f"world:{tail}\n  sales:\n    reps: 3{tail}\n{tail}\n    open_deals: 5\n"
    assert load(write(HEAD + text)).world.sales.reps.value == 3.0


@pytest.mark.parametrize(
    "text", [f"{LEFT}Ours{RIGHT}", f"a{WIDE_COLON}b", f"a{NBSP}b", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"]
)
def test_within_text_they_may_all_stand(text: str, write: Write) -> None:
    assert load(write(f"{HEAD}name: {text}\nwhy: {text}\n")).name == text


@pytest.mark.parametrize("key", ["\uff52\uff45\uff50\uff53", "re\u200bps", f"reps{NBSP}"])
def test_a_key_in_other_letters_is_told_the_plain_one(key: str, write: Write) -> None:
    assert only_problem(write(f"{HEAD}{SALES}    {key}: 3\n")).hint == "did you mean `reps`?"


@pytest.mark.parametrize("value", ["2\u200b4", "24,", "24;", f"{NBSP}24", f"24{NBSP}"])
def test_what_is_invisible_or_stands_behind_a_number_is_left_out_of_the_hint(value: str, write: Write) -> None:
    assert re.match(r"write 24: ", only_problem(write(f"{HEAD}{SALES}    reps: {value}\n")).hint)
