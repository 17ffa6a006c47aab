"""From scenarios and stress files to the scenarios of one study and the pairs that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revsim.analysis.stress import Pair
    from revsim.api import Scenario


def hit_by(loaded: Sequence[Scenario], stresses: Sequence[str] | None) -> tuple[list[Scenario], list[Pair]]:
    """Each scenario, and itself under each stress that can happen to it. Raises UserError if none can."""
    from revsim.analysis.stress import Pair  # noqa: PLC0415 - not on the way to --help
    from revsim.api import Scenario  # noqa: PLC0415 - as above
    from revsim.scenario.stressed import cases, events, shipped_stresses  # noqa: PLC0415 - as above

    found = events(stresses or shipped_stresses())
    _check_names([event.name for event in found])
    files = {each.name: each.file for each in loaded}
    suite = cases([each.resolved for each in loaded], found)
    places = {case.scenario.name: place for place, case in enumerate(suite)}
    pairs = [
        Pair(case.calm, case.event.name, places[case.calm], place, case.event.week, case.event.assumed)
        for place, case in enumerate(suite)
        if case.event is not None
    ]
    if not any(pair.scenario == loaded[0].name for pair in pairs):
        raise UserError(
            f"No stress can happen to “{loaded[0].name}”: it has each of them already, or builds nothing that could "
            "stall.\n  Put another scenario first, or name a stress by --stress."
        )
    return [Scenario(case.scenario, files[case.calm]) for case in suite], pairs


def _check_names(names: list[str]) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(f"--stress: two files are called “{doubled[0]}”; give one another `name:`, or name it once.")
