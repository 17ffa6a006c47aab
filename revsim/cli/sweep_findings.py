"""What follows from the rows of a sweep, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from revsim.analysis.cube import Cube
    from revsim.analysis.early_warning import Warned
    from revsim.analysis.masking import Masked
    from revsim.analysis.onset import Onset
    from revsim.analysis.waiting import Wait
    from revsim.api import Study
    from revsim.scenario.grid import Point
    from revsim.store.layout import Folder

NOT_ORDERED = "The factor's levels neither rise nor fall throughout, so it is not asked where effects begin."


class Severity(NamedTuple):
    """What a sweep of one factor in one scenario shows."""

    factor: str
    levels: list[float]
    names: list[str]
    onsets: list[Onset]
    warnings: list[Warned]
    masked: list[Masked]
    waits: list[Wait]


class Findings(NamedTuple):
    """Points as a frame, and for a sweep of one factor the rest."""

    points: pd.DataFrame
    severity: Severity | None
    notes: list[str]


def found_in(study: Study, points: Sequence[Point]) -> Findings:
    """All that follows."""
    frame, notes = _points(study, points), list(study.comparison.notes)
    grid = [point for point in points if not point.waits]
    one_factor = len({point.base for point in grid}) == 1 and len(grid[0].levels) == 1
    levels = [next(iter(point.levels.values())) for point in grid]
    is_ordered = levels in (sorted(levels), sorted(levels, reverse=True))
    if one_factor and not is_ordered:
        notes.append(NOT_ORDERED)
    severity = _severity(study, points, levels) if one_factor and is_ordered else None
    return Findings(frame, severity, notes)


def _severity(study: Study, points: Sequence[Point], levels: list[float]) -> Severity:
    from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - not on the way to --help
    from revsim.analysis.early_warning import early_warnings  # noqa: PLC0415 - as above
    from revsim.analysis.masking import maskings  # noqa: PLC0415 - as above
    from revsim.analysis.onset import onsets  # noqa: PLC0415 - as above
    from revsim.analysis.waiting import waits  # noqa: PLC0415 - as above

    quarters, weeks, _ = common_replications(study.quarters, study.weeks)
    whole: Cube = cube_of(quarters, weeks, study.plan.names)  # all columns: signals are read off more than measures
    grid = first(whole, len(levels))
    later = [(place, point.waits) for place, point in enumerate(points) if point.waits]
    money = study.plan.currency
    return Severity(
        next(iter(points[0].levels)),
        levels,
        list(grid.scenarios),
        onsets(grid, levels),
        early_warnings(grid),
        maskings(grid, levels, money),
        waits(whole, 0, later, money) if later else [],
    )


def first(cube: Cube, count: int) -> Cube:
    """The cube of the first scenarios."""
    return cube._replace(
        scenarios=cube.scenarios[:count],
        quarterly={name: values[:count] for name, values in cube.quarterly.items()},
        weekly={name: values[:count] for name, values in cube.weekly.items()},
    )


def _points(study: Study, points: Sequence[Point]) -> pd.DataFrame:
    """One row a point: its name as in the other tables, its scenario, its levels, what it waits, its content."""
    import pandas as pd  # noqa: PLC0415 - not on the way to --help

    contents = {facts.name: facts.content_hash for facts in study.plan.scenarios}
    return pd.DataFrame(
        [
            {
                "scenario": point.name,
                "base": point.base,
                **point.levels,
                "waits_quarters": point.waits,
                "content_hash": contents[point.name],
            }
            for point in points
        ]
    )


def write_sweep(found: Findings, study: Study, points: Sequence[Point], folder: Folder) -> None:
    """points.csv, effects.csv, summary.csv, the resolved scenarios; of one factor its four tables and figures."""
    from revsim.analysis import early_warning, masking, onset, waiting  # noqa: PLC0415 - not on the way to --help
    from revsim.analysis.signals import RESTS_ON  # noqa: PLC0415 - as above
    from revsim.reports.figures.severity import pictures  # noqa: PLC0415 - as above
    from revsim.reports.publish import write_scenarios  # noqa: PLC0415 - as above
    from revsim.scenario.evidence import without_evidence  # noqa: PLC0415 - as above
    from revsim.store.atomic import write_bytes  # noqa: PLC0415 - as above
    from revsim.store.tables import write_csv  # noqa: PLC0415 - as above

    write_scenarios({each.name: each.resolved for each in study.scenarios}, folder)
    write_csv(found.points, folder.root / "points.csv")
    write_csv(study.effects(), folder.effects)
    write_csv(study.summary(), folder.summary)
    rows = found.severity
    if rows is None:
        return
    company = points[0].scenario

    def marked(frame: pd.DataFrame, beginnings: Sequence[str]) -> pd.DataFrame:
        return frame.assign(rests_on_no_evidence="; ".join(without_evidence(company, beginnings)))

    signals = {
        signal: "; ".join(without_evidence(company, where)) if where else "" for signal, where in RESTS_ON.items()
    }
    warned = early_warning.frame(rows.warnings)
    write_csv(warned.assign(rests_on_no_evidence=warned["signal"].map(signals)), folder.root / "early_warning.csv")
    write_csv(marked(onset.frame(rows.onsets), ONSET_RESTS_ON), folder.root / "onset.csv")
    write_csv(marked(masking.frame(rows.masked), MASKING_RESTS_ON), folder.root / "masking.csv")
    if rows.waits:
        write_csv(marked(waiting.frame(rows.waits), WAITING_RESTS_ON), folder.root / "waiting.csv")
    for picture in pictures(rows.onsets, rows.warnings, rows.factor):
        for ending, content in picture.files().items():
            write_bytes(folder.figure(picture.name, ending), content)


ONSET_RESTS_ON = ("world.definitions", "world.forecasting")
MASKING_RESTS_ON = ("world.leadership", "world.people")
WAITING_RESTS_ON = ("world.remedies", "world.customers", "world.definitions", "world.forecasting")
