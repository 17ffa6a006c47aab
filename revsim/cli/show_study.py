"""A study on stdout: the verdict, the executive table, where everything is; or the same numbers as JSON."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import typer

from revsim.analysis.words import count_of
from revsim.cli.reading import print_json, print_text
from revsim.cli.study_table import table_text, width, wrapped
from revsim.paths import display_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.analysis.estimates import Row
    from revsim.analysis.interval import Interval
    from revsim.analysis.worlds.plausible import Plausible
    from revsim.api import Study
    from revsim.store.layout import Folder


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def _interval(part: Interval | None) -> dict[str, float | None] | None:
    return None if part is None else {name: _number(value) for name, value in part._asdict().items()}


def _plausible(found: Plausible) -> dict[str, Any]:
    """How it ends in plausible companies; no contests where that was not asked."""
    contests = [
        {"scenario": own, "against": rival, "criterion": criterion, **count._asdict()}
        for (own, rival, criterion), count in found.counts.items()
    ]
    facts = {name: getattr(found, name) for name in ("companies", "replications", "outdated")}
    return facts | {"contests": contests}


def as_data(study: Study, folder: Folder, command: str, notes: Sequence[str]) -> dict[str, Any]:
    """Every number of summary.csv and effects.csv, the verdict and the manifest's facts, as plain data."""
    comparison, manifest, standing = study.comparison, study.finished.manifest, study.standing
    names = comparison.cube.scenarios
    return {
        "schema": f"revsim.{command}/1",
        "verdict": study.verdict,
        "notes": [*notes, *comparison.notes],
        "baseline": names[comparison.base],
        "scenarios": [
            {
                "name": facts.name,
                "content_hash": facts.content_hash,
                "world_hash": facts.world_hash,
                "best": _number(best),
            }
            for facts, best in zip(manifest.scenarios[: len(names)], comparison.best_chance, strict=True)
        ],
        "against_best": [
            {"scenario": one.scenario, **(_interval(one.against_best) or {}), "may_be_best": one.may_be_best}
            for one in comparison.contest
        ],
        "plausible": _plausible(comparison.plausible),
        "replications": manifest.replications,
        "seed": manifest.seed,
        "complete": manifest.complete,
        "failed": len(manifest.failed),
        "currency": comparison.money,
        "folder": display_path(folder.root),
        "report": display_path(folder.report),
        "rows": [_row(row) for row in comparison.rows.values()],
        "standing": [_row(row) for row in (standing.rows if standing else ()) if row.effect is not None],
        "spans": [
            {
                "span": one.span,
                "first_quarter": one.first,
                "last_quarter": one.last,
                "baseline": one.baseline,
                **_row(one.row),
                "scenario": one.scenario,
            }
            for one in study.spans
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    """Level and effect of one scenario and measure."""
    return {
        "scenario": row.scenario,
        "measure": row.measure,
        "title": row.title,
        "unit": row.unit,
        "level": _interval(row.level),
        "effect": _interval(row.effect),
        "relative": None if row.effect is None else _interval(row.relative),
        "better": row.word or None,
        "variance_reduction": None if row.effect is None else _number(row.variance_reduction),
    }


def print_study(
    study: Study, folder: Folder, command: str, notes: Sequence[str], *, as_json: bool, quiet: bool
) -> None:
    """Results to stdout, notes to stderr; `notes` were said there before the study ran."""
    if as_json:
        print_json(as_data(study, folder, command, notes))
        return
    comparison = study.comparison
    print_text(wrapped(study.verdict, width()))
    print_text("")
    print_text(table_text(study, width()))
    print_text("")
    manifest = study.finished.manifest
    print_text(
        f"{count_of(manifest.replications, 'replication')}, seed {manifest.seed}.  "
        f"Folder: {display_path(folder.root)}  Report: {display_path(folder.report)}"
    )
    if not quiet:
        for note in comparison.notes:
            typer.echo(f"note: {note}", err=True)
