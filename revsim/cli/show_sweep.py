"""What a sweep found, on stdout as text or as JSON."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import typer

from revsim.cli.reading import print_json, print_table, print_text

if TYPE_CHECKING:
    import pandas as pd

    from revsim.api import Study
    from revsim.cli.sweep_findings import Findings, Severity
    from revsim.scenario.sweep import Sweep
    from revsim.store.layout import Folder

SHOWN = ("forecast_variance_week_7", "bookings", "leaked_expected_value", "heroics_hours", "remedy_cost")


def sentences(rows: Severity) -> list[str]:
    """What is said of a sweep of one factor."""
    from revsim.analysis.sweep_words import masking_words, onset_words, waiting_words, warning_words  # noqa: PLC0415 - not on the way to --help

    return [
        *onset_words(rows.onsets, rows.factor),
        *(warning_words(rows.warnings, name) for name in (rows.names[0], rows.names[-1])),
        *masking_words(rows.masked, rows.factor),
        *waiting_words(rows.waits),
    ]


def print_sweep(what: tuple[Sweep, Findings], study: Study, folder: Folder, *, as_json: bool, quiet: bool) -> None:
    """Results to stdout, notes to stderr."""
    said, found = what
    told = sentences(found.severity) if found.severity else []
    if as_json:
        print_json(_as_data(what, study, folder, told))
        return
    from revsim.analysis.table import effect_words, level_words  # noqa: PLC0415 - not on the way to --help

    comparison = study.comparison
    titles = [comparison.row(0, name).title for name in SHOWN]
    cells = []
    for own, name in enumerate(comparison.cube.scenarios):
        rows = [comparison.row(own, measure) for measure in SHOWN]
        cells.append((name, *(level_words(row) if own == 0 else f"{effect_words(row)} {row.word}" for row in rows)))
    print_text(f"{said.sweep}: the first point's levels, then effects against it [95 % interval]\n")
    print_table(("point", *titles), cells)
    if told:
        print_text("\n" + "\n".join(told))
    manifest = study.finished.manifest
    print_text(f"\n{manifest.replications} replications, seed {manifest.seed}.  Folder: {folder.root}")
    if not quiet:
        for note in found.notes:
            typer.echo(f"note: {note}", err=True)


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not isfinite(value) else value


def _records(frame: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(key): _plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def _as_data(what: tuple[Sweep, Findings], study: Study, folder: Folder, told: list[str]) -> dict[str, Any]:
    """Points, effects, levels and findings as plain data; an empty cell is null."""
    from revsim.analysis import early_warning, masking, onset, waiting  # noqa: PLC0415 - not on the way to --help

    said, found = what
    manifest, rows = study.finished.manifest, found.severity
    answer: dict[str, Any] = {
        "schema": "revsim.sweep/1",
        "sweep": said.sweep,
        "sentences": told,
        "notes": found.notes,
        "replications": manifest.replications,
        "seed": manifest.seed,
        "complete": manifest.complete,
        "failed": len(manifest.failed),
        "currency": study.plan.currency,
        "folder": str(folder.root),
        "points": _records(found.points),
        "summary": _records(study.summary()),
        "effects": _records(study.effects()),
    }
    if rows is None:
        return answer
    return answer | {
        "onset": _records(onset.frame(rows.onsets)),
        "early_warning": _records(early_warning.frame(rows.warnings)),
        "masking": _records(masking.frame(rows.masked)),
        "waiting": _records(waiting.frame(rows.waits)),
    }
