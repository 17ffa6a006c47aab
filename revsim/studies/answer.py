"""Questions that take a study of many scenarios, and what every answer can do: words, tables, pictures, a page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from revsim.api import Scenario, Study, run_plan
from revsim.paths import absolute, as_written
from revsim.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Page, Part
    from revsim.store.layout import Folder


@dataclass(frozen=True, eq=False)
class Answer(ABC):
    """What a study that has run says to a question. Its parts are worked out when they are asked for."""

    study: Study
    kind: ClassVar[str]
    advice: ClassVar[str] = "Vary them before you rely on it."  # of the numbers without direct evidence

    @property
    @abstractmethod
    def title(self) -> str:
        """What the page is called."""

    @property
    @abstractmethod
    def sentences(self) -> list[str]:
        """What is found, in words: on the terminal, on the page and in files the same."""

    @property
    @abstractmethod
    def notes(self) -> list[str]:
        """What a reader must know beside it."""

    @property
    @abstractmethod
    def frames(self) -> dict[str, pd.DataFrame]:
        """Tables by name, without the ending of their files."""

    @property
    @abstractmethod
    def pictures(self) -> list[Picture]:
        """What can be drawn."""

    @property
    @abstractmethod
    def parts(self) -> list[Part]:
        """The page's tables, the main one first."""

    @property
    def lead(self) -> list[str]:
        """Those of the sentences that answer the question."""
        return self.sentences[:1]

    @property
    def base(self) -> Scenario:
        """The scenario that others are compared with."""
        return self.scenarios[0]

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """The scenarios that are kept as files."""
        return self.study.scenarios

    @cached_property
    def page(self) -> Page:
        """All of it, as one page."""
        from revsim.reports.page import page_of  # noqa: PLC0415 - heavy: only when it is used

        words = (self.title, self.lead, self.sentences, self.notes)
        return page_of(words, self.pictures, self.parts, self.base.resolved, self.study.finished.manifest)._replace(
            advice=self.advice
        )

    def report(self, path: str | Path) -> Path:
        """Write the page. Raises IncompleteError if a figure cannot be drawn; the page says so in its place."""
        from revsim.reports.publish import write_report_at  # noqa: PLC0415 - heavy: only when it is used

        return as_written(path, write_report_at(self.page, absolute("path =", path, example="report.html")))

    def write_findings(self, folder: Folder) -> None:
        """Tables, scenarios, pictures and page; the rows are there already. Raises IncompleteError as of `publish`."""
        from revsim.reports.publish import publish, write_scenarios  # noqa: PLC0415 - as above
        from revsim.store.findings import note_findings  # noqa: PLC0415 - as above
        from revsim.store.tables import write_csv  # noqa: PLC0415 - as above

        files = write_scenarios({each.name: each.resolved for each in self.scenarios}, folder)
        for name, frame in self.frames.items():
            write_csv(frame, folder.table(name))
        tables = [folder.table(name) for name in self.frames]
        note_findings(self.study.finished.manifest, folder, [*files, *tables])
        publish(self.page, folder)

    def save(self, folder: str | Path) -> Path:
        """Write the whole results folder, with the rows. Raises UserError if it holds another study."""
        from revsim.experiment.saving import save  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.place import folder_at  # noqa: PLC0415 - as above

        place, study = folder_at("folder =", folder), self.study
        # a folder that had more of the study is told of as a whole
        replace(self, study=Study(study.scenarios, study.plan, save(study.plan, study.finished, place))).write_findings(
            place
        )
        return as_written(folder, place.root)


Found = TypeVar("Found", bound=Answer)


@dataclass(frozen=True)
class Question(Generic[Found]):
    """What is run for an answer, and how the rows become one; `name` is that of its folder below results/."""

    scenarios: Sequence[Scenario]
    settings: Settings
    name: str
    answer: Callable[[Study], Found]
    says: str = ""  # to who waits


def answered(question: Question[Found], out: str | Path | None) -> Found:
    """Run what is missing, in a folder (and write what is found there) or in memory. Raises UserError.

    IncompleteError if a figure cannot be drawn; all else is written then.
    """
    from revsim.reports.drawing import check_drawing  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.place import folder_at  # noqa: PLC0415 - as above

    folder = None if out is None else folder_at("out =", out)
    if folder is not None:
        check_drawing()
    answer = question.answer(run_plan(question.scenarios, question.settings, folder))
    if folder is not None:
        answer.write_findings(folder)
    return answer
