"""The story as one page: self-contained, readable without scripts or network, printable."""

from __future__ import annotations

from pathlib import Path

from revsim.reports.story import Story

TEMPLATES = Path(__file__).with_name("templates")


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
    page: str = environment.get_template("report.html").render(story=story)
    return page
