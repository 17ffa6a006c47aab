"""The same scenarios over more quarters: renewals begin a year after signing, so that net value is told over both.

Luck does not hang on how long a run is, and a run is the first part of a longer one (tests/model/test_longer.py): both
studies are of the same companies. It costs most of what a study costs and tells net value alone, so that it takes one
of LONGER_SHARE replications, the first, and no continuations; its interval says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed
from math import ceil
from typing import TYPE_CHECKING

from revsim.errors import UserError
from revsim.scenario.scenario import MOST_QUARTERS
from revsim.settings import HORIZON, LONGER, LONGER_SHARE, Settings

if TYPE_CHECKING:
    from revsim.study import Scenario


def quarters_asked(scenarios: Sequence[Scenario], asked: int | None) -> int:
    """Over how many quarters net value is told once more: twice the measured ones unless said, 0 for none.

    Raises UserError for a number that is not above the measured quarters.
    """
    measured = int(scenarios[0].resolved.calendar.quarters.value)
    if asked is None:
        return LONGER * measured if LONGER * measured <= MOST_QUARTERS else 0
    if 0 < asked <= measured:
        raise UserError(
            f"--horizon {asked}: {measured} quarters are measured, and net value is told over these anyway; "
            f"name more, e.g. --horizon {min(LONGER * measured, MOST_QUARTERS)}, or 0 for none."
        )
    return HORIZON.checked("--horizon", asked, "--horizon ")


def lengthened(scenarios: Sequence[Scenario], quarters: int) -> list[Scenario]:
    """The scenarios with more measured quarters, by the same names."""
    return [each.replace({"calendar.quarters": quarters}) for each in scenarios]


def settings_for(settings: Settings, replications: int) -> Settings:
    """How the longer study is run beside one of so many replications."""
    count = max(ceil(replications / LONGER_SHARE), 1)
    return changed(settings, replications=count, continuations=0, command=())
