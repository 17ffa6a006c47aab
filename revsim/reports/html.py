"""The story as one page: self-contained, readable without scripts or network, printable."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from revsim.reports.story import Story

if TYPE_CHECKING:
    from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
CODE = re.compile(r"`([^`]+)`")
JOINT = re.compile(r"([._])")


def marked(text: str) -> Markup:
    """Text for the page, with what stands in backticks as code."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2: only when it is drawn

    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def broken(address: str) -> Markup:
    """An address that a narrow column may break after a dot or an underscore."""
    from markupsafe import Markup, escape  # noqa: PLC0415 - comes with jinja2: only when it is drawn

    return Markup(JOINT.sub(r"\1<wbr>", str(escape(address))))  # noqa: S704 - escaped just before


def render(story: Story) -> str:
    """The page's text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - heavy: only when it is drawn

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"marked": marked, "broken": broken}
    page: str = environment.get_template("report.html").render(story=story)
    return page
