"""The page of one question's answer: the sentence first, each thing said once, self-contained as every page."""

from __future__ import annotations

import pytest

from revsim.reports.facts import Sheet
from revsim.reports.figures.picture import Picture
from revsim.reports.html import render, worded
from revsim.reports.page import Page, Part, page_of
from revsim.scenario.load import load
from revsim.store.manifest import Manifest, ScenarioFacts
from tests.pages import fetched, text_of

SENTENCES = ["A wins by 3.1 %.", "It claims so.", "B is told beside the table.", "C stands alone."]


def drawn() -> object:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3, 2), layout="constrained")
    figure.subplots().plot([0, 1], [0, 3.1])
    return figure


PICTURE = Picture("p", "It claims so. Twice.", "What is drawn.", "A line.", ["x", "y"], [["0", "3.1"]], drawn)  # type: ignore[arg-type]
SHEET = Sheet(["Measure", "A"], [["A group"], ["Sold", "-3 [-4, -2]\nworse"], ["Kept", "n/a\nno clear difference"]])
PART = Part("A table", "What it holds.", SHEET, ("B is told beside the table.",), ("In a sentence.",))


def manifest(scenarios: int = 2) -> Manifest:
    facts = [ScenarioFacts(f"S{k}", "ab" * 20, "w") for k in range(scenarios)]
    return Manifest(["revsim", "stress", "a b.yaml"], 1, "simpy", facts, "S0", "code", "EUR", replications=7)


@pytest.fixture(scope="module")
def page() -> Page:
    words = ("A question", SENTENCES[:1], SENTENCES, ["A note."])
    return page_of(words, [PICTURE], [PART], load("status-quo.yaml"), manifest())


def test_the_answer_stands_before_all_else_and_what_it_rests_on_behind(page: Page) -> None:
    text = text_of(render(page))
    order = ["A question", SENTENCES[0], "A note.", "What is drawn.", "A table", "Assumptions without", "How to repeat"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_each_sentence_is_said_once(page: Page) -> None:
    text = text_of(render(page))
    assert [text.count(sentence) for sentence in SENTENCES] == [1, 1, 1, 1]
    assert page.lines == ["C stands alone."]


def test_the_page_asks_nothing_of_the_network_and_runs_no_script(page: Page) -> None:
    assert fetched(render(page)) == []


def test_each_cell_names_its_column_and_a_row_of_one_cell_heads_a_group(page: Page) -> None:
    html = render(page)
    assert html.count("<td") == html.count('data-of="')
    assert '<th scope="rowgroup" role="rowheader" colspan="2">A group</th>' in html


def test_the_command_is_one_that_a_shell_takes(page: Page) -> None:
    assert "Run revsim stress 'a b.yaml' with the versions below" in text_of(render(page))


def test_the_numbers_without_evidence_are_those_of_the_base(page: Page) -> None:
    assert f"These {len(page.without_evidence.rows)} numbers of “Status quo”" in text_of(render(page))
    assert "world.definitions.commit_learning" in text_of(render(page))


def test_of_hundreds_of_scenarios_the_facts_name_some_and_say_where_the_others_are() -> None:
    words = ("A question", SENTENCES[:1], SENTENCES, [])
    facts = page_of(words, [], [], load("status-quo.yaml"), manifest(240)).facts
    assert ["Further scenarios", "200, all in manifest.json"] in facts.rows
    assert len(facts.rows) < 60


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        ("-3 [-4, -2]\nworse", '-3 [-4,\u00a0-2] <span class="word worse">worse</span>'),
        ("1\nno clear difference", '1 <span class="word">no clear difference</span>'),
        ("<b>\n<i>", '&lt;b&gt; <span class="word">&lt;i&gt;</span>'),
        ("plain, as it is", "plain, as it is"),
    ],
)
def test_the_word_of_a_cell_stands_apart_and_is_coloured_only_where_it_judges(cell: str, html: str) -> None:
    assert str(worded(cell)) == html
