"""What acts instead of being read is shown as a code; letters of every script stay."""

from __future__ import annotations

import io
import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revsim.printable import (
    ACTING,
    VisibleStream,
    beneath,
    columns_of,
    padded,
    visible,
    visible_json,
    visible_line,
    visible_streams,
)

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LETTERS = [
    "Größe",
    "中文",
    "日本語",
    "شركة",
    "हिन्दी",
    "👩\u200d👩\u200d👧",
    "❤\ufe0f",
    "\u0645\u06cc\u200c\u062e",
    "e\u0301",
    "\u00a0",
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("a\rb\x00\x7f\x9b", r"a\rb\x00\x7f\x9b".replace(r"\r", r"\x0d")),
        ("\u202eabc", r"\u202eabc"),
        ("\u2028\u2029\ufeff", r"\u2028\u2029\ufeff"),
        ("\ud800\ufdd0\uffff\U0001fffe", r"\ud800\ufdd0\uffff\U0001fffe"),
        ("two\n\tlines", "two\n\tlines"),
    ],
)
def test_what_acts_is_shown_as_python_would_write_it(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_control_and_every_change_of_direction_is_shown() -> None:
    ours = {"\t", "\n"}
    controls = [chr(n) for n in (*range(0x20), *range(0x7F, 0xA0))]
    assert all(visible(one).isascii() and len(visible(one)) > 1 for one in (*controls, *BIDI) if one not in ours)
    assert [visible_line(one) for one in sorted(ours)] == [r"\x09", r"\x0a"]


@pytest.mark.parametrize("text", LETTERS)
def test_letters_of_any_script_stay(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters()))
def test_json_says_the_same_when_nothing_in_it_acts(text: str) -> None:
    shown = visible_json(json.dumps({"name": text}, ensure_ascii=False))
    assert not ACTING.search(shown)
    assert json.loads(shown) == {"name": text}


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("中文", 4), ("e\u0301", 1), ("", 0)])
def test_a_column_is_as_wide_as_what_is_seen(text: str, columns: int) -> None:
    assert columns_of(text) == columns
    assert columns_of(padded(text, 9)) == 9


def test_streams_show_codes_inside_and_are_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout, sys.stderr
    with visible_streams():
        print("\x1b[31m")  # noqa: T201 - what is tested
        sys.stderr.writelines(["\u202e", "é\n"])
        assert beneath(sys.stdout) is before[0]
        assert not hasattr(sys.stdout, "buffer")
    assert (sys.stdout, sys.stderr) == before
    said = capsys.readouterr()
    assert (said.out, said.err) == ("\\x1b[31m\n", "\\u202eé\n")


def test_what_an_encoding_cannot_hold_is_shown_as_a_code() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    assert VisibleStream(stream).write("né") == 2
    stream.flush()
    assert raw.getvalue() == b"n\\xe9"


def test_a_stream_that_is_closed_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with visible_streams():
        assert sys.stderr is None
