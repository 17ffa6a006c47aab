"""Write what people read into a results folder: pages, pictures, resolved scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from revsim.analysis.words import count_of
from revsim.errors import IncompleteError
from revsim.reports.figures.picture import Drawn, Picture
from revsim.reports.html import render
from revsim.reports.page import Page
from revsim.reports.story import Story
from revsim.scenario.scenario import Scenario
from revsim.scenario.text import as_yaml
from revsim.store.atomic import make_folder, write_bytes, write_text
from revsim.store.layout import Folder
from revsim.store.place import file_at

Draw = Callable[[Sequence[Picture]], Sequence[Drawn]]
Told = TypeVar("Told", Story, Page)  # a comparison's page, or that of one question's answer


def write_report(story: Told, path: Path) -> Path:
    """The page alone. Raises IncompleteError, after it is written, if one of its pictures could not be drawn."""
    pictures = [picture.shown(picture.drawn_for_page()) for picture in story.pictures]
    _write_page(story, pictures, path)
    return path


def write_report_at(story: Told, path: Path) -> Path:
    """As `write_report`, with the folders above it made where there are none; a link is followed."""
    target = file_at("path =", path)
    make_folder(target.parent, parents=True)
    write_report(story, target)
    return path


def write_scenarios(scenarios: Mapping[str, Scenario], folder: Folder) -> list[Path]:
    """Each scenario, resolved, by the name it has in the study; the files."""
    make_folder(folder.scenarios)
    files = folder.scenario_files(list(scenarios))
    for name, scenario in scenarios.items():
        write_text(files[name], as_yaml(scenario))
    return list(files.values())


def publish(story: Told, folder: Folder, draw: Draw | None = None) -> Path:
    """The page and its pictures as SVG and PNG; says where the page is. `draw` draws all of them, if another is to.

    Raises IncompleteError if a picture could not be drawn, after all else is written; the page says so in its place.
    """
    drawn = draw(story.pictures) if draw else [picture.drawn() for picture in story.pictures]
    if drawn:
        make_folder(folder.figures)
    for picture, one in zip(story.pictures, drawn, strict=True):
        for ending, content in one.files.items():
            write_bytes(folder.figure(picture.name, ending), content)
    _write_page(story, [picture.shown(one) for picture, one in zip(story.pictures, drawn, strict=True)], folder.report)
    return folder.report


def _write_page(story: Told, pictures: list[Picture], path: Path) -> None:
    try:
        page = render(story._replace(pictures=pictures))
    except ImportError as error:
        raise IncompleteError(f"{path} could not be made ({error}).\n  All rows and tables are kept.") from error
    write_text(path, page)
    failed = [picture for picture in pictures if picture.failure]
    if failed:
        raise IncompleteError(
            f"{len(failed)} of {count_of(len(pictures), 'figure')} could not be drawn, the first `{failed[0].name}` "
            f"({failed[0].failure}).\n  All rows and tables are kept, and their numbers stand in {path}."
        )
