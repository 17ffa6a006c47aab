"""An answer on stdout, as text or as JSON, its notes on stderr; and a question from run to exit code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import typer

from revsim.analysis.words import count_of
from revsim.cli.kept_study import carry_out, end, folder_for, named_by, note_letters, stoppable, written
from revsim.cli.reading import print_json, print_text
from revsim.paths import display_path

if TYPE_CHECKING:
    import pandas as pd

    from revsim.store.layout import Folder
    from revsim.studies.answer import Answer, Question

    Found = TypeVar("Found", bound=Answer)


class Wish(NamedTuple):
    """Where to, and how to tell; what `--set` changes, and what was noted of it before anything ran."""

    out: str | None
    quiet: bool
    json: bool
    sets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Shown(NamedTuple):
    """How a command tells of its answer: what it prints, and what its JSON has beside what all have."""

    text: Callable[[Any], None]
    data: Callable[[Any], dict[str, Any]]


def conduct(question: Question[Found], wish: Wish, shown: Shown) -> None:
    """Run what is missing, write, print. Exits with 3 if replications failed, or a figure."""
    folder = folder_for(named_by(question.name, wish.sets), wish.out, question.scenarios, question.settings)
    if question.says and not wish.quiet:
        typer.echo(question.says, err=True)
    study = carry_out(question.scenarios, question.settings, folder, quiet=wish.quiet)
    with stoppable(folder):
        answer = question.answer(study)
    lacking = written(lambda: answer.write_findings(folder), folder)
    _print(answer, folder, wish, shown)
    if not wish.quiet and lacking is None:
        note_letters(study)
    end(study, folder, lacking)


def _print(answer: Answer, folder: Folder, wish: Wish, shown: Shown) -> None:
    """Results to stdout, notes to stderr."""
    if wish.json:
        print_json(_head(answer, folder, wish.notes) | shown.data(answer))
        return
    shown.text(answer)
    manifest = answer.study.finished.manifest
    print_text(
        f"\n{count_of(manifest.replications, 'replication')}, seed {manifest.seed}.  "
        f"Folder: {display_path(folder.root)}  Report: {display_path(folder.report)}"
    )
    if not wish.quiet:
        for note in answer.notes:
            typer.echo(f"note: {note}", err=True)


def _head(answer: Answer, folder: Folder, notes: Sequence[str]) -> dict[str, Any]:
    """What the JSON of every answer has."""
    manifest = answer.study.finished.manifest
    return {
        "schema": f"revsim.{answer.kind}/1",
        "sentences": answer.sentences,
        "notes": [*notes, *answer.notes],
        "replications": manifest.replications,
        "seed": manifest.seed,
        "complete": manifest.complete,
        "failed": len(manifest.failed),
        "currency": answer.study.plan.currency,
        "folder": display_path(folder.root),
        "report": display_path(folder.report),
    }


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data; what is not a finite number is null."""
    plain = frame.astype(object)
    return [
        {str(key): None if isinstance(value, float) and not isfinite(value) else value for key, value in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]
