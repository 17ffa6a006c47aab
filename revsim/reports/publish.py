"""Write a story into a results folder: the page and its pictures."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from revsim.reports.html import render
from revsim.reports.story import Story
from revsim.store.atomic import write_bytes, write_text
from revsim.store.layout import Folder

LIBRARIES = ("matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "jinja2")


def read_ahead() -> None:
    """Import what drawing takes; whoever waits for something else meanwhile need not wait for that later."""
    for name in LIBRARIES:
        import_module(name)


def write_report(story: Story, path: Path) -> Path:
    """The page alone."""
    write_text(path, render(story))
    return path


def publish(story: Story, folder: Folder) -> Path:
    """The page and each picture as SVG and PNG; says where the page is."""
    for picture in story.pictures:
        for ending, content in picture.files().items():
            write_bytes(folder.figure(picture.name, ending), content)
    return write_report(story, folder.report)
