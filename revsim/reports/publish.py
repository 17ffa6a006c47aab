"""Write what people read into a results folder: pages, pictures, resolved scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from revsim.reports.figures.picture import Drawn, Picture
from revsim.reports.html import render
from revsim.reports.page import Page
from revsim.reports.story import Story
from revsim.scenario.scenario import Scenario
from revsim.scenario.text import as_yaml
from revsim.store.atomic import make_folder, write_bytes, write_text
from revsim.store.layout import Folder

Draw = Callable[[Sequence[Picture]], Sequence[Drawn]]
LIBRARIES = ("matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "jinja2")


def read_ahead() -> None:
    """Import what drawing takes; whoever waits for something else meanwhile need not wait for that later."""
    for name in LIBRARIES:
        import_module(name)


def write_report(story: Story | Page, path: Path) -> Path:
    """The page alone: a comparison's, or that of one question's answer."""
    write_text(path, render(story))
    return path


def write_report_at(story: Story | Page, path: Path) -> Path:
    """As `write_report`, with the folders above it made where there are none."""
    make_folder(path.parent, parents=True)
    return write_report(story, path)


def write_pictures(pictures: Iterable[Picture], folder: Folder) -> None:
    """Each picture as SVG and PNG."""
    for picture in pictures:
        _write_files(picture.name, picture.files(), folder)


def _write_files(name: str, files: Mapping[str, bytes], folder: Folder) -> None:
    make_folder(folder.figures)
    for ending, content in files.items():
        write_bytes(folder.figure(name, ending), content)


def write_scenarios(scenarios: Mapping[str, Scenario], folder: Folder) -> list[Path]:
    """Each scenario, resolved, by the name it has in the study; the files."""
    make_folder(folder.scenarios)
    files = folder.scenario_files(list(scenarios))
    for name, scenario in scenarios.items():
        write_text(files[name], as_yaml(scenario))
    return list(files.values())


def publish(story: Story, folder: Folder, draw: Draw | None = None) -> Path:
    """The page and its pictures; says where the page is. `draw` draws all of them, if another is to."""
    if draw is None:
        write_pictures(story.pictures, folder)
        return write_report(story, folder.report)
    drawn = draw(story.pictures)
    for picture, one in zip(story.pictures, drawn, strict=True):
        _write_files(picture.name, one.files, folder)
    pictures = [picture._replace(inlined=one.inline) for picture, one in zip(story.pictures, drawn, strict=True)]
    return write_report(story._replace(pictures=pictures), folder.report)
