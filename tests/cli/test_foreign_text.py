"""Names and currencies of others: nothing of them acts on a terminal, in a page, in a picture, in any file."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from revsim.printable import ACTING
from revsim.reports import letters
from tests.cli.conftest import Answer, Call
from tests.tiny import SMALL

NAME = 'A\u200f31m\u202e]]> <script>alert(1)</script> & "q" \'z\' id="x url(#a)'
OTHER = "=B\u2066 $x_1^2$ 100 % `c`"
CURRENCY = "\u200e[31m\u2067\u202e"
RUN = ["--workers", "1"]
SETS = [part for address, value in SMALL.items() for part in ("--set", f"{address}={value}")]
TEXTS = {".svg", ".html", ".csv", ".json", ".yaml", ".txt"}


@pytest.fixture
def strange(revsim: Call) -> Call:
    head = f"extends: status-quo.yaml\nname: {json.dumps(NAME)}\nwhy: {json.dumps(NAME)}\n"
    Path("a.yaml").write_text(f"{head}world: {{currency: {json.dumps(CURRENCY)}}}\n", encoding="utf-8")
    Path("b.yaml").write_text(
        f"extends: a.yaml\nname: {json.dumps(OTHER)}\ndesign: {{owned_handoffs: 1}}\n", encoding="utf-8"
    )
    return revsim


def check(answer: Answer, folder: Path) -> None:
    assert answer.code == 0
    assert not ACTING.search(answer.out + answer.err)
    files = [path for path in folder.rglob("*") if path.suffix in TEXTS]
    assert {path.suffix for path in files} >= {".html", ".csv", ".json", ".yaml"}
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not ACTING.search(text), path
        if path.suffix == ".svg":
            ET.fromstring(text)  # noqa: S314 - our own
    check_page((folder / "report.html").read_text(encoding="utf-8"))


def check_page(page: str) -> None:
    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, _attrs: object) -> None:
            assert tag != "script"

    Tags().feed(page)
    pictures = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    for picture in pictures:
        ET.fromstring(picture)  # noqa: S314 - our own


def test_a_comparison_shows_codes_everywhere_and_is_told_in_full(strange: Call) -> None:
    answer = strange("compare", "a.yaml", "b.yaml", *RUN, *SETS, "-n", "4", "--out", "r")
    check(answer, Path("r"))
    assert list(Path("r").glob("figures/*.svg"))
    assert r"A\u200f31m\u202e]]> <script>" in answer.out
    assert r"k \u200e[31m\u2067\u202e" in answer.out
    assert sorted(path.name for path in Path("r/scenarios").iterdir()) == [
        "a-31m-script-alert-1-script-q-z-id-x-url-a.yaml",
        "b-x-1-2-100-c.yaml",
    ]
    manifest = json.loads(Path("r/manifest.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in manifest["scenarios"]] == [NAME, OTHER]
    assert manifest["currency"] == CURRENCY


def test_worlds_show_codes_everywhere(strange: Call) -> None:
    few = ["--worlds", "2", "-n", "3", "--out", "w"]
    check(strange("worlds", "a.yaml", "b.yaml", *RUN, *SETS, *few), Path("w"))


def test_json_has_the_names_and_nothing_that_acts(strange: Call) -> None:
    answer = strange("compare", "a.yaml", "b.yaml", *RUN, *SETS, "-n", "2", "--out", "r", "--json")
    assert not ACTING.search(answer.out)
    told = json.loads(answer.out)
    assert (told["baseline"], told["currency"]) == (NAME, CURRENCY)


@pytest.mark.parametrize(
    "words",
    [
        ["{}"],
        ["compare", "{}", "{}"],
        ["run", "--no{}", "x"],
        ["run", "base.yaml", "--engine", "{}"],
        ["run", "base.yaml", "--set", "{}=1"],
        ["new", "{}"],
        ["trace", "base.yaml", "--out", "{}"],
    ],
    ids=" ".join,
)
def test_what_was_typed_is_told_without_acting(revsim: Call, words: list[str]) -> None:
    answer = revsim(*(word.replace("{}", "\x1b]0;x\x07\u202e\udcff") for word in words))
    assert answer.code == 2
    assert re.search(r"\\u202e\\(udcff|xff)", answer.err)
    assert not ACTING.search(answer.out + answer.err)


def test_a_fault_of_ours_is_told_without_acting(revsim: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(CURRENCY)

    monkeypatch.setattr("revsim.cli.app.build", fail)
    answer = revsim("run")
    assert answer.code == 101
    assert r"\u200e[31m\u2067\u202e" in answer.err
    assert not ACTING.search(answer.err)


def test_letters_that_no_font_has_are_noted_once_and_not_to_the_quiet(
    revsim: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("revsim.reports.letters._others", lambda: ())
    letters._split.cache_clear()
    Path("han.yaml").write_text("extends: status-quo.yaml\nname: 中文\n", encoding="utf-8")
    words = ["run", "han.yaml", *RUN, *SETS, "-n", "2", "--out", "r"]
    noted = [line for line in revsim(*words).err.splitlines() if "中文" in line and "font" in line]
    assert len(noted) == 1
    assert revsim(*words, "--quiet").err == ""
    letters._split.cache_clear()
