"""An attribution on stdout: a table and sentences, or the same numbers as JSON."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import typer

from revsim.analysis.shares import moment_sentences, sentences, table
from revsim.analysis.words import count_of
from revsim.cli.reading import print_json, print_text
from revsim.scenario.levers import TITLES, moved

if TYPE_CHECKING:
    import pandas as pd

    from revsim.api import Study
    from revsim.cli.attribution import Asked, Found
    from revsim.store.layout import Folder


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    cells = (("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip() for row in rows)
    return "\n".join(cells)


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data; what is not a finite number is null."""
    return [
        {str(key): None if isinstance(value, float) and not isfinite(value) else value for key, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def notes(study: Study) -> list[str]:
    """What a reader must know beside the numbers."""
    base, design = study.scenarios[0].resolved, study.scenarios[31].resolved
    still = [TITLES[lever] for lever in TITLES if lever not in moved(base, design)]
    found = [f"“{design.name}” leaves as it is: {', '.join(still)}; its share is zero."] if still else []
    found.append(
        "Money and hours of a lever that is left out are not charged; leaders' time that shields the build comes with "
        "any lever and is shared out like all else."
    )
    found.append("Numbers without direct evidence drive the result; assumptions.csv lists those of the base.")
    return found


def print_findings(study: Study, found: Found, folder: Folder, asked: Asked) -> None:
    """Results to stdout, notes to stderr."""
    manifest = study.finished.manifest
    if asked.json:
        print_json(
            {
                "schema": "revsim.attribute/1",
                "base": study.scenarios[0].name,
                "design": study.scenarios[31].name,
                "replications": manifest.replications,
                "seed": manifest.seed,
                "complete": manifest.complete,
                "folder": str(folder.root),
                "rows": [row for name in asked.measures for row in _plain(found.attributions[name].frame())],
                "moments": _plain(found.moments.frame()),
                "notes": notes(study),
            }
        )
        return
    for name in asked.measures:
        print_text(_aligned(table(found.attributions[name], TITLES)))
        print_text("\n" + "\n".join(sentences(found.attributions[name], TITLES)) + "\n")
    title = found.attributions[asked.measures[0]].game.title
    print_text("One hand-off first, with its definition and its review:")
    print_text("\n".join(f"  {line}" for line in moment_sentences(found.moments, title)))
    print_text(
        f"\n{count_of(manifest.replications, 'replication')}, seed {manifest.seed}.  Folder: {folder.root}  "
        f"All measures: {folder.table('attribution')}"
    )
    if not asked.quiet:
        for note in notes(study):
            typer.echo(f"note: {note}", err=True)
