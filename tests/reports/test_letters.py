"""Names in any script: a font that has the letters where there is one, else boxes in PNGs and the letters in SVGs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.image import imread

from revsim.reports import letters
from revsim.reports.figures.picture import Picture
from revsim.reports.theme import WIDTH

NAMES = ["中文公司", "日本語の会社", "شركة المبيعات", "हिन्दी कंपनी", "🚀👩\u200d👧 ❤\ufe0f", "Ελλ Кир"]
OURS = "Test Han Sans"


def picture(*names: str) -> Picture:
    def draw() -> Figure:
        figure = Figure(figsize=(WIDTH, 2.0), layout="constrained")
        axes = figure.subplots()
        axes.barh(range(len(names)), range(1, len(names) + 1))
        axes.set_yticks(range(len(names)), names)
        axes.set_xlabel(names[0])
        return figure

    return Picture("names", f"“{names[0]}” is first.", "What is drawn.", "Bars.", ["x"], [["1"]], draw)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    def clear() -> None:
        for cached in (letters._split, letters._others, letters._letters_of):
            cached.cache_clear()

    clear()
    yield
    clear()


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the font that comes with the library, as in a container."""
    mine = [entry for entry in font_manager.fontManager.ttflist if entry.name == letters.FAMILY]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", mine)


@pytest.fixture
def a_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that has one letter more, all of it black."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 800), (1000, 800), (1000, 0)):
        pen.lineTo(corner)
    pen.closePath()
    glyph = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "han"])
    font.setupCharacterMap({ord("中"): "han", ord("文"): "han"})
    font.setupGlyf({".notdef": glyph, "han": glyph})
    font.setupHorizontalMetrics({".notdef": (1000, 0), "han": (1000, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": OURS, "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(tmp_path / "han.ttf")
    entry = replace(font_manager.fontManager.ttflist[0], fname=str(tmp_path / "han.ttf"), name=OURS, weight=400)
    entry = replace(entry, style="normal", variant="normal", stretch="normal", size="scalable")
    mine = [each for each in font_manager.fontManager.ttflist if each.name == letters.FAMILY]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*mine, entry])
    font_manager.fontManager._findfont_cached.cache_clear()


@pytest.mark.usefixtures("no_fonts")
def test_names_without_a_font_are_text_in_the_svg_and_no_warning() -> None:  # warnings are errors here
    svg = picture(*NAMES).files()["svg"].decode()
    texts = re.findall(r">([^<>]+)</text>", svg)
    assert set(NAMES) <= set(texts)
    assert set(re.findall(r"font-family: ([^;\"]+)", svg)) == {"'DejaVu Sans', sans-serif"}


@pytest.mark.usefixtures("no_fonts")
def test_a_page_has_the_letters_too() -> None:
    assert "中文公司" in picture(*NAMES).inline()


@pytest.mark.usefixtures("no_fonts")
def test_what_no_font_has_is_a_box_in_the_png() -> None:
    han, boxes, others = (picture(name).files()["png"] for name in ("中文", "□□", "AB"))
    assert _ink(han) == _ink(boxes) != _ink(others)


def _ink(png: bytes) -> float:
    return float(np.asarray(imread(io.BytesIO(png)))[..., :3].sum())


@pytest.mark.usefixtures("no_fonts")
def test_letters_without_a_font_are_named_once_each() -> None:
    assert letters.without_font(["中文", "文", "plain", "Größe"]) == "中文"


@pytest.mark.usefixtures("a_font")
def test_a_font_that_has_the_letters_is_taken() -> None:
    assert letters.without_font(["中文", "日"]) == "日"
    assert letters.families(["中"]) == [letters.FAMILY, OURS, letters.GENERIC]
    drawn = picture("中文").files()
    assert f"'{OURS}'" in drawn["svg"].decode()
    assert _ink(drawn["png"]) < _ink(picture("□□").files()["png"])  # all of it black


def test_plain_names_ask_for_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_letters_of", None)
    assert letters.families(["Status quo"]) == [letters.FAMILY, letters.GENERIC]
    assert b">Status quo</text>" in picture("Status quo").files()["svg"]


def test_what_acts_is_a_code_in_the_picture() -> None:
    texts = re.findall(r">([^<>]+)</text>", picture("\x1b[31m\u202e").files()["svg"].decode())
    assert r"\x1b[31m\u202e" in texts


@pytest.mark.usefixtures("no_fonts")
def test_a_name_that_has_the_stand_ins_itself_keeps_them() -> None:
    name = "\u1401\u1402中"
    assert f">{name}</text>" in picture(name).files()["svg"].decode()
