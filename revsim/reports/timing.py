"""How fast remedies show, with what their scenario files say of when they begin and how often they are renewed."""

from __future__ import annotations

from collections.abc import Sequence

from revsim.analysis.comparison import Comparison
from revsim.analysis.time_to_effect import Timing, timings
from revsim.scenario.remedy_start import schedule
from revsim.scenario.scenario import Scenario


def timing_of(comparison: Comparison, scenarios: Sequence[Scenario]) -> list[Timing]:
    """Paired effects by quarter since each remedy began; scenarios in the comparison's order."""
    base = scenarios[comparison.base]
    return timings(comparison.cube, comparison.base, {each.name: schedule(base, each) for each in scenarios})
