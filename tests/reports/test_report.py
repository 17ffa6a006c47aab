"""The page and its pictures: complete, self-contained, the same every time, claims true to their data."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from revsim.analysis import balance_words
from revsim.analysis.balance import balances
from revsim.analysis.comparison import Comparison, compare_frames
from revsim.analysis.table import lines
from revsim.reports.facts import Sheet, differences, manifest_facts
from revsim.reports.figures.bookings import bookings_picture
from revsim.reports.figures.effects import effects_picture
from revsim.reports.figures.error_by_week import error_picture
from revsim.reports.figures.picture import Picture
from revsim.reports.html import broken, marked, render
from revsim.reports.look import looks_of
from revsim.reports.publish import publish
from revsim.reports.story import Story, story_of, with_balances
from revsim.reports.timing import timing_of
from revsim.scenario.load import load
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, ScenarioFacts
from tests.analysis.synthetic import study

NAMES = ["Status quo", "Meetings & <resets> for $5 or $6", "Design"]
FACTS = [ScenarioFacts(name, "ab" * 20, "w") for name in NAMES]
MANIFEST = Manifest(["revsim", "compare"], 1, "simpy", FACTS, NAMES[0], "code", "USD", 30)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare_frames(
        *study(dict(zip(NAMES, (0.2, 0.18, 0.1), strict=True)), 30, common=False), NAMES, NAMES[0], "USD"
    )


@pytest.fixture(scope="module")
def pictures(comparison: Comparison) -> list[Picture]:
    found = [error_picture(comparison), effects_picture(comparison), bookings_picture(comparison)]
    pictures = [picture for picture in found if picture is not None]
    assert len(pictures) == len(found)
    return pictures


@pytest.fixture(scope="module")
def story(comparison: Comparison, pictures: list[Picture]) -> Story:
    evidence = Sheet(["Address", "Meaning"], [["world.a", "A guess"]])
    changes = Sheet(["Address", "Status quo"], [["design.x", "0.2"]])
    facts = manifest_facts(MANIFEST)
    return Story(
        "A study",
        comparison.verdict,
        comparison.notes,
        NAMES[0],
        NAMES[1:],
        lines(comparison),
        pictures,
        changes,
        evidence,
        facts,
        "revsim compare a.yaml b.yaml",
        "30 replications",
        looks_of(NAMES, 0),
    )


def test_each_number_of_a_claim_stands_in_its_data_table(pictures: list[Picture]) -> None:
    for picture in pictures:
        told = set(re.findall(r"\d+\.\d+", re.sub(r"“[^”]*”", "", picture.claim)))
        assert told
        assert told <= set(re.findall(r"\d+\.\d+", " ".join(cell for row in picture.rows for cell in row)))


def test_pictures_repeat_to_the_byte_and_hold_no_date(pictures: list[Picture]) -> None:
    for picture in pictures:
        files = picture.files()
        assert files == picture.files()
        assert set(files) == {"svg", "png"}
        assert b"<dc:date>" not in files["svg"]


def test_dollars_are_dollars_and_no_mathematics(pictures: list[Picture]) -> None:
    assert b"for $5 or $6" in pictures[1].files()["svg"]


def test_inline_pictures_share_no_id_and_have_a_name(pictures: list[Picture]) -> None:
    text = "".join(picture.inline() for picture in pictures)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
    assert set(re.findall(r'xlink:href="#([^"]+)"', text)) <= set(ids)
    assert text.count('role="img"') == len(pictures)


def test_the_page_asks_nothing_of_the_network_and_runs_no_script(story: Story) -> None:
    page = render(story)
    assert "<script" not in page
    assert not re.findall(r'(?:src|(?<!xlink:)href)="(?!data:|#)', page)
    assert "@import" not in page


def test_the_page_is_well_formed_and_names_its_parts(story: Story) -> None:
    page = render(story)
    assert page.lstrip().startswith("<!doctype html>")
    for part in ('<html lang="en">', "<title>revsim:", "<main>", "<h1>", "<figcaption>", "<details>"):
        assert part in page
    assert page.count("<h1>") == 1
    assert "Meetings &amp; &lt;resets&gt; for $5 or $6" in page
    assert "<resets>" not in page
    opened: list[str] = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
            if tag not in ("meta", "link", "br", "wbr"):
                opened.append(tag)

        def handle_startendtag(self, tag: str, attrs: object) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Balance().feed(page)
    assert opened == []


def test_the_page_says_what_one_must_know(story: Story) -> None:
    page = render(story).replace("<wbr>", "")
    for words in (
        "Assumptions without direct evidence",
        "A guess",
        "design.x",
        "revsim compare a.yaml b.yaml",
        "How to repeat this",
    ):
        assert words in page
    assert all(line.title.replace("'", "&#39;") in page for line in story.table)
    assert all(line.meaning.replace("'", "&#39;") in page for line in story.table)


def test_what_stands_in_backticks_is_code_and_nothing_else_is_markup() -> None:
    assert marked("drift in `qualified` <b>") == "drift in <code>qualified</code> &lt;b&gt;"


def test_addresses_may_break_at_their_joints_and_stay_whole_when_copied() -> None:
    assert broken("design.one_view") == "design.<wbr>one_<wbr>view"


def test_on_a_narrow_screen_no_picture_is_wider_and_each_cell_names_its_column(story: Story) -> None:
    page = render(story)
    assert re.search(r"\[[^\]]*,\u00a0[^\]]*\]", page)
    assert "min-width: 3" not in page
    assert page.count("<td") == page.count('data-of="')


def test_the_balance_states_its_margin_its_clock_and_what_of_it_has_no_evidence() -> None:
    names = ["Status quo", "Design"]
    frames = study({"Status quo": 0.2, "Design": 0.1}, 30)
    frames[0].loc[frames[0]["scenario"] == "Design", "renewed_value"] += 100.0
    found = compare_frames(*frames, names, names[0], "USD")
    scenarios = [load("status-quo.yaml"), load("design.yaml")]
    told = with_balances(story_of(found, scenarios, MANIFEST), balances(found.cube, 0, 0.7), "USD")
    assert "+70.0 USD a quarter with them" in told.worth[0]
    assert "from measured quarter 1 on" in told.worth[0]
    assert told.worth[-1].startswith("A margin of 70.0 % on all revenue is taken. 5 numbers behind renewals")
    assert told.balance is not None
    assert [
        "Paid back on average from measured quarter",
        "1 (certainty that the mean pays back >99.9 %)",
    ] in told.balance.rows
    assert balance_words.CLOCK not in told.worth  # there is no other clock in this report
    assert re.search(
        r"63 numbers of this company .* not been asked, and `revsim worlds", told.verdict.split("\n\n")[-1]
    )


def test_where_two_clocks_of_payback_stand_in_one_report_each_is_told_from_the_other() -> None:
    names = ["Status quo", "Design"]
    found = compare_frames(*study({"Status quo": 0.2, "Design": 0.1}, 30, common=False), names, names[0], "USD")
    scenarios = [load("status-quo.yaml"), load("design.yaml")]
    story = story_of(found, scenarios, MANIFEST, timing_of(found, scenarios))
    assert balance_words.CLOCK in with_balances(story, balances(found.cube, 0, 0.7), "USD").worth


def test_each_paragraph_of_the_verdict_is_one_of_the_page(story: Story) -> None:
    told = story._replace(verdict="The answer.\n\nThe money.\n\nRun `revsim worlds` to see <more>.")
    body = re.sub(r">\s+<", "><", render(told))
    assert (
        '<div class="verdict"><p>The answer.</p><p>The money.</p>'
        "<p>Run <code>revsim worlds</code> to see &lt;more&gt;.</p></div>"
    ) in body


def test_the_page_of_a_scenario_alone_speaks_of_no_comparison() -> None:
    alone = compare_frames(*study({"Mine": 0.2}, 30), ["Mine"], "Mine", "USD")
    manifest = replace(MANIFEST, scenarios=FACTS[:1], baseline="Mine")
    page = render(story_of(alone, [load("status-quo.yaml")], manifest))
    body = page[page.index("<body>") :]
    assert not [word for word in ("What changes", "What differs", "paired", "he baseline") if word in body]
    assert "Baseline" not in body
    assert '<th scope="col" role="columnheader" style="width: 70%">Measure</th>' in body  # its one column is narrow


def test_values_that_are_not_there_are_called_so() -> None:
    calm, shock = load("status-quo.yaml"), load("stress/demand-shock.yaml")
    cells = [cell for row in differences([calm, shock]).rows for cell in row]
    assert "not set" in cells
    assert "-" not in cells


def test_publishing_writes_the_page_and_two_files_a_picture(story: Story, tmp_path: Path) -> None:
    publish(story, Folder(tmp_path))
    names = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert names == sorted(f"{picture.name}.{kind}" for picture in story.pictures for kind in ("svg", "png"))
    assert (tmp_path / "report.html").stat().st_size < 300_000


def test_a_scenario_alone_has_pictures_of_levels_only() -> None:
    alone = compare_frames(*study({"a": 0.2}, 5), ["a"], "a", "USD")
    assert effects_picture(alone) is None
    error = error_picture(alone)
    assert error is not None
    assert error.claim.endswith("(one standard deviation).")
