"""A page as a reader sees it: its text without markup, and what it would fetch from elsewhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path


def text_of(page: str) -> str:
    """The words of a page, with single spaces."""
    body = page[page.index("<body>") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body.replace("<wbr>", ""))).split())


def read(path: Path) -> str:
    """The words of a page on disk."""
    return text_of(path.read_text(encoding="utf-8"))


def fetched(page: str) -> list[str]:
    """What the page would ask of the network."""
    return re.findall(r'(?:src|(?<!xlink:)href)="(?!data:|#)', page) + re.findall("<script|@import", page)


def plain(sentence: str) -> str:
    """A sentence as it stands in the text."""
    return " ".join(sentence.replace("`", "").split())
