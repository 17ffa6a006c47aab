"""The story as one page: self-contained, readable without scripts or network, printable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from revsim.printable import visible
from revsim.reports.page import Page
from revsim.reports.story import Story

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
CODE = re.compile(r"`([^`]+)`")
JUDGED = ("better", "worse")
JOINT = re.compile(r"([._])")


def marked(text: str) -> Markup:
    """Text for the page, with what stands in backticks as code."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2: only when it is drawn

    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def broken(address: str) -> Markup:
    """An address that a narrow column may break after a dot or an underscore."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2: only when it is drawn

    return Markup(JOINT.sub(r"\1<wbr>", str(escape(address))))  # noqa: S704 - escaped just before


def worded(cell: str) -> Markup:
    """A cell with a line of its own for its word, coloured where it judges."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2: only when it is drawn

    value, _, word = cell.partition("\n")
    if not word:
        return marked(value)
    kept_together = marked(value.replace(", ", ",\u00a0"))
    kind = f" {word}" if word in JUDGED else ""
    return kept_together + Markup(f' <span class="word{kind}">') + word + Markup("</span>")  # noqa: S704 - no text of others


def render(story: Story | Page) -> str:
    """The page's text: a comparison's, or that of one question's answer."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - heavy: only when it is drawn

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"marked": marked, "broken": broken, "worded": worded}
    name = "answer.html" if isinstance(story, Page) else "report.html"
    page: str = environment.get_template(name).render(story=story)
    return visible(page)
