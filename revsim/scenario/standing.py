"""The standing twin of a scenario: its programmes in force from the first day of the run, warm-up included.

What is built costs money and hours that what stands no longer costs, and acts in full only when it is done. The twin
tells what a programme is worth once it stands; running costs are counted, no build is.
"""

from __future__ import annotations

from revsim.scenario import canonical
from revsim.scenario.address import CHOICES, replace
from revsim.scenario.scenario import Scenario

NAME = "{}, standing"
LONGEST = 80  # letters of a name


def programmes(scenario: Scenario) -> list[str]:
    """Which of design, coordination and heroics are otherwise than the company's today."""
    said = canonical.content(scenario)
    today = said["world"]["today"]
    return [name for name in CHOICES if _levels(said[name]) != _levels(today[name])]


def _levels(block: dict[str, object]) -> dict[str, object]:
    """What a block of choices says, but for when it begins."""
    return {name: value for name, value in block.items() if name not in ("start_week", "when")}


def stands(scenario: Scenario) -> bool:
    """Whether every programme of a scenario stands already; not of one without any."""
    starts = [getattr(scenario, name).start_week for name in programmes(scenario)]
    return bool(starts) and all(start is not None and start.value == 0.0 for start in starts)


def state_of(scenario: Scenario) -> str:
    """`today` without a programme, `standing` where all stand, else `built`: begun in the measured time."""
    if not programmes(scenario):
        return "today"
    return "standing" if stands(scenario) else "built"


def standing(scenario: Scenario) -> Scenario | None:
    """The same scenario with its programmes standing; None where it has none, or they stand already."""
    found = programmes(scenario)
    if not found or stands(scenario):
        return None
    name = NAME.format(scenario.name)
    room = LONGEST - len(NAME.format(""))
    if len(name) > LONGEST:
        name = NAME.format(scenario.name[: room - 1] + "…")
    return replace(scenario, {f"{block}.start_week": 0 for block in found}, name)
