"""What a sweep of one factor shows: where harm begins, what announces it, what hides it, what waiting costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.cube import Cube
    from revsim.analysis.early_warning import Warned
    from revsim.analysis.masking import Masked
    from revsim.analysis.onset import Onset
    from revsim.analysis.waiting import Wait
    from revsim.api import Study
    from revsim.scenario.grid import Point
    from revsim.scenario.scenario import Scenario

ONSET_RESTS_ON = ("world.definitions", "world.forecasting")
MASKING_RESTS_ON = ("world.leadership", "world.people")
WAITING_RESTS_ON = ("world.remedies", "world.customers", "world.definitions", "world.forecasting")


class Severity(NamedTuple):
    """All that one factor shows."""

    factor: str
    levels: list[float]
    ids: dict[str, str]  # by what people call the points
    onsets: list[Onset]
    warnings: list[Warned]
    masked: list[Masked]
    waits: list[Wait]


def severity_of(study: Study, points: Sequence[Point], levels: list[float]) -> Severity:
    """What follows from the rows; `levels` are those of the points that do not wait, in order."""
    from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - heavy: only when it is used
    from revsim.analysis.early_warning import early_warnings  # noqa: PLC0415 - as above
    from revsim.analysis.masking import maskings  # noqa: PLC0415 - as above
    from revsim.analysis.onset import onsets  # noqa: PLC0415 - as above
    from revsim.analysis.waiting import waits  # noqa: PLC0415 - as above

    quarters, weeks, _ = common_replications(study.quarters, study.weeks)
    whole: Cube = cube_of(quarters, weeks, study.plan.names)  # all columns: signals are read off more than measures
    whole = whole._replace(scenarios=tuple(point.title for point in points))
    grid = first(whole, len(levels))
    later = [(place, point.waits) for place, point in enumerate(points) if point.waits]
    money = study.plan.currency
    return Severity(
        next(iter(points[0].levels)),
        levels,
        {point.title: point.id for point in points if not point.waits},
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


def severity_words(rows: Severity) -> list[str]:
    """What is said of it."""
    from revsim.analysis.sweep_words import masking_words, onset_words, waiting_words, warning_words  # noqa: PLC0415 - heavy: only when it is used

    names = list(rows.ids)
    return [
        *onset_words(rows.onsets, rows.factor),
        *(warning_words(rows.warnings, name) for name in (names[0], names[-1])),
        *masking_words(rows.masked, rows.factor),
        *waiting_words(rows.waits),
    ]


def severity_frames(rows: Severity, company: Scenario) -> dict[str, pd.DataFrame]:
    """onset, early_warning, masking, and waiting if some points wait; each row with what it rests on."""
    from revsim.analysis import early_warning, masking, onset, waiting  # noqa: PLC0415 - heavy: only when it is used
    from revsim.analysis.resting import named  # noqa: PLC0415 - as above
    from revsim.analysis.signals import RESTS_ON  # noqa: PLC0415 - as above
    from revsim.scenario.evidence import without_evidence  # noqa: PLC0415 - as above

    unknown = list(without_evidence(company))

    def resting(beginnings: Sequence[str]) -> str:
        return named(unknown, tuple(beginnings))

    warned = early_warning.frame(rows.warnings)
    warned["scenario"] = warned["scenario"].map(rows.ids)
    signals = {signal: resting(where) for signal, where in RESTS_ON.items()}
    found = {
        "onset": onset.frame(rows.onsets).assign(rests_on_no_evidence=resting(ONSET_RESTS_ON)),
        "early_warning": warned.assign(rests_on_no_evidence=warned["signal"].map(signals)),
        "masking": masking.frame(rows.masked).assign(rests_on_no_evidence=resting(MASKING_RESTS_ON)),
    }
    if rows.waits:
        found["waiting"] = waiting.frame(rows.waits).assign(rests_on_no_evidence=resting(WAITING_RESTS_ON))
    return found
