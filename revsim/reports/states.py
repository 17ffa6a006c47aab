"""Built or standing, with what scenario files say: a column for the tables, and effects by span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from revsim.analysis.spans import Spanned, Twins, spans
from revsim.scenario.remedy_start import schedule
from revsim.scenario.scenario import Scenario
from revsim.scenario.standing import state_of

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.comparison import Comparison


def stated(frames: Sequence[pd.DataFrame], scenarios: Mapping[str, Scenario]) -> pd.DataFrame:
    """Tables below each other with a column `state`: `built`, `standing`, or `today` where there is no programme."""
    import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

    states = {name: state_of(each) for name, each in scenarios.items()}
    found = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return found.assign(state=found["scenario"].map(states))


def spans_of(comparison: Comparison, scenarios: Sequence[Scenario], twins: Twins | None) -> list[Spanned]:
    """Effects while it is built, over all quarters and standing; scenarios in the comparison's order."""
    base = scenarios[comparison.base]
    begins = {each.name: schedule(base, each).quarter for each in scenarios if state_of(each) == "built"}
    return spans(comparison.cube, comparison.base, comparison.money, begins, twins)
