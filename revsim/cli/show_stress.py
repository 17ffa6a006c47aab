"""What a stress study found: on disk, on stdout as text, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from revsim.cli.reading import print_json, print_table, print_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.analysis.stress import Blow, Pair
    from revsim.api import Scenario, Study
    from revsim.store.layout import Folder

SHOWN = (
    *("forecast_variance_week_7", "forecast_variance_week_12", "bookings", "revenue_at_risk"),
    *("leaked_expected_value", "heroics_hours", "reconciliation_hours"),
)


class Found(NamedTuple):
    """Rows, and what is said of them."""

    rows: list[Blow]
    scenarios: list[str]
    sentences: list[str]
    contrasts: list[str]
    notes: list[str]


def found_in(study: Study, pairs: Sequence[Pair]) -> Found:
    """All that follows from the rows of the study."""
    from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - not on the way to --help
    from revsim.analysis.stress import ASSUMED, blows  # noqa: PLC0415 - as above
    from revsim.analysis.stress_words import contrasts, sentence, table, tally  # noqa: PLC0415 - as above

    quarters, weeks, dropped = common_replications(study.quarters, study.weeks)
    cube = cube_of(quarters, weeks, study.plan.names)
    rows = blows(cube, pairs, study.plan.currency)
    by_key, names = table(rows), list(dict.fromkeys(pair.scenario for pair in pairs))
    stresses = list(dict.fromkeys(pair.stress for pair in pairs))
    said = [sentence(by_key, pair.scenario, pair.stress) for one in stresses for pair in pairs if pair.stress == one]
    notes = [tally(rows)] if len(names) > 1 else []
    if any(pair.assumed for pair in pairs):
        notes.append(f"Rows marked *: {ASSUMED}.")
    if dropped:
        notes.append(f"{dropped} replications failed in some scenario and are left out.")
    return Found(rows, names, said, [contrasts(by_key, name, names[0]) for name in names[1:]], notes)


def write_stress(found: Found, suite: Sequence[Scenario], folder: Folder) -> None:
    """stress.csv, the resolved scenarios, the figure."""
    from revsim.analysis.stress import frame  # noqa: PLC0415 - not on the way to --help
    from revsim.reports.figures.stress import stress_picture  # noqa: PLC0415 - as above
    from revsim.reports.publish import write_scenarios  # noqa: PLC0415 - as above
    from revsim.store.atomic import write_bytes  # noqa: PLC0415 - as above
    from revsim.store.tables import write_csv  # noqa: PLC0415 - as above

    write_scenarios({each.name: each.resolved for each in suite}, folder)
    write_csv(frame(found.rows), folder.root / "stress.csv")
    picture = stress_picture(found.rows, found.scenarios)
    if picture is not None:
        for ending, content in picture.files().items():
            write_bytes(folder.figure(picture.name, ending), content)


def print_stress(found: Found, study: Study, folder: Folder, *, as_json: bool, quiet: bool) -> None:
    """Results to stdout, notes to stderr."""
    if as_json:
        print_json(_as_data(found, study, folder))
        return
    from revsim.analysis import stress_words  # noqa: PLC0415 - not on the way to --help

    table = stress_words.table(found.rows)
    cells = [
        _cells(row)
        for row in found.rows
        if row.measure in SHOWN and row.window == stress_words.window_of(table, row.scenario, row.stress)
    ]
    print_table(("scenario", "stress", "quarters", "measure", "without", "effect", "word", "against reference"), cells)
    # the question that everybody asks in full; of the other stresses the table and --json tell
    asked = [said for said in found.sentences if said.startswith(stress_words.LEADS[stress_words.TOP_PERFORMER])]
    print_text("\n" + "\n".join([*(asked or found.sentences), *(["", *found.contrasts] if found.contrasts else [])]))
    print_text(
        f"\n{study.finished.manifest.replications} replications, seed {study.finished.manifest.seed}.  "
        f"Folder: {folder.root}"
    )
    if not quiet:
        for note in found.notes:
            typer.echo(f"note: {note}", err=True)


def _cells(row: Blow) -> tuple[str, ...]:
    from revsim.analysis.words import level, together  # noqa: PLC0415 - not on the way to --help

    is_share = row.unit in ("share", "share^2")
    part = row.relative if row.unit == "share^2" else row.effect
    low_high = together([100.0 * each for each in part] if is_share else part, money=not is_share)
    unit = " %" if row.unit == "share^2" else " points" if is_share else ""
    effect = f"{low_high[0]}{unit} [{low_high[1]}, {low_high[2]}]"
    stress = row.stress + (" *" if row.note else "")
    # a variance is a square; its root is what is read
    without = f"±{level(max(row.calm, 0.0) ** 0.5, 'share')}" if row.unit == "share^2" else level(row.calm, row.unit)
    return (row.scenario, stress, row.quarters, row.title, without, effect, row.word, row.difference_word)


def _as_data(found: Found, study: Study, folder: Folder) -> dict[str, Any]:
    """The rows of stress.csv as plain data; an empty cell is null."""
    from math import isfinite  # noqa: PLC0415 - kept with its use

    from revsim.analysis.stress import frame  # noqa: PLC0415 - not on the way to --help

    manifest = study.finished.manifest
    rows = [
        {str(key): value if isinstance(value, str) or isfinite(value) else None for key, value in row.items()}
        for row in frame(found.rows).to_dict("records")
    ]
    return {
        "schema": "revsim.stress/1",
        "reference": found.scenarios[0],
        "sentences": found.sentences,
        "contrasts": found.contrasts,
        "notes": found.notes,
        "replications": manifest.replications,
        "seed": manifest.seed,
        "complete": manifest.complete,
        "failed": len(manifest.failed),
        "currency": study.plan.currency,
        "folder": str(folder.root),
        "rows": rows,
    }
