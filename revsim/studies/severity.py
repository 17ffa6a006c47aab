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

BUILT, STANDING = "built", "standing"
ENDINGS = {BUILT: "", STANDING: "-standing"}  # of the names of figures
STATES = {BUILT: "As a transition: ", STANDING: "Standing from the first day: "}  # with what its sentences begin
ONSET_RESTS_ON = ("world.definitions", "world.forecasting")
MASKING_RESTS_ON = ("world.leadership", "world.people")
WAITING_RESTS_ON = ("world.remedies", "world.customers", "world.definitions", "world.forecasting")


class Severity(NamedTuple):
    """All that one factor shows: as it sets in on the first measured day (`built`), or once it stands (`standing`)."""

    state: str
    factor: str
    levels: list[float]
    ids: dict[str, str]  # by what people call the points
    onsets: list[Onset]
    warnings: list[Warned]
    masked: list[Masked]
    waits: list[Wait]


def severity_of(study: Study, points: Sequence[Point], levels: list[float]) -> list[Severity]:
    """What follows from the rows, built and where there are such points standing; `levels` are those of the grid."""
    from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - heavy: only when it is used

    quarters, weeks, _ = common_replications(study.quarters, study.weeks)
    whole: Cube = cube_of(quarters, weeks, study.plan.names)  # all columns: signals are read off more than measures
    whole = whole._replace(scenarios=tuple(point.title for point in points))
    places = {
        state: [k for k, point in enumerate(points) if not point.waits and point.stands == (state == STANDING)]
        for state in STATES
    }
    money = study.plan.currency
    found = [_shown(whole, state, points, own, (levels, money)) for state, own in places.items() if own]
    later = [(place, point.waits) for place, point in enumerate(points) if point.waits]
    if later:
        from revsim.analysis.waiting import waits  # noqa: PLC0415 - heavy: only when it is used

        found[0] = found[0]._replace(waits=waits(whole, 0, later, money))
    return found


def _shown(
    whole: Cube, state: str, points: Sequence[Point], own: Sequence[int], of: tuple[list[float], str]
) -> Severity:
    """What the points at some places show; `of` are their levels and the currency."""
    from revsim.analysis.early_warning import early_warnings  # noqa: PLC0415 - heavy: only when it is used
    from revsim.analysis.masking import maskings  # noqa: PLC0415 - as above
    from revsim.analysis.onset import onsets  # noqa: PLC0415 - as above

    (levels, money), grid = of, some(whole, own)
    return Severity(
        state,
        next(iter(points[0].levels)),
        levels,
        {points[place].title: points[place].id for place in own},
        onsets(grid, levels),
        early_warnings(grid),
        maskings(grid, levels, money),
        [],
    )


def some(cube: Cube, places: Sequence[int]) -> Cube:
    """The cube of scenarios at these places, which follow each other; nothing is copied."""
    own = slice(places[0], places[-1] + 1)
    return cube._replace(
        scenarios=cube.scenarios[own],
        quarterly={name: values[own] for name, values in cube.quarterly.items()},
        weekly={name: values[own] for name, values in cube.weekly.items()},
    )


def severity_words(found: Sequence[Severity]) -> list[str]:
    """What is said of it, of what sets in first; each sentence on where effects begin says which is meant."""
    from revsim.analysis.sweep_words import masking_words, onset_words, waiting_words, warning_words  # noqa: PLC0415 - heavy: only when it is used

    said: list[str] = []
    for rows in found:
        names, start = list(rows.ids), STATES[rows.state] if len(found) > 1 else ""
        own = [
            *onset_words(rows.onsets, rows.factor),
            *(warning_words(rows.warnings, name) for name in (names[0], names[-1])),
            *masking_words(rows.masked, rows.factor),
        ]
        said += [f"{start}{sentence}" for sentence in own]
        said += waiting_words(rows.waits)
    return said


def severity_frames(found: Sequence[Severity], company: Scenario) -> dict[str, pd.DataFrame]:
    """onset, early_warning, masking, and waiting if some points wait; `state` says what is built and what stands.

    Each row with what it rests on.
    """
    import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

    both = [_frames(rows, company) for rows in found]
    return {
        name: pd.concat([frames[name] for frames in both if name in frames], ignore_index=True)
        for name in dict.fromkeys(name for frames in both for name in frames)
    }


def _frames(rows: Severity, company: Scenario) -> dict[str, pd.DataFrame]:
    """The tables of one state."""
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
    for frame in found.values():
        frame.insert(0, "state", rows.state)
    return found
