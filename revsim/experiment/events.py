"""The event log of one run as a frame; kinds by their names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from revsim.experiment.deck import Deck, trace_of
from revsim.experiment.task import Case, Task


def event_log(task: Task, case: Case, replication: int) -> pd.DataFrame:
    """time, kind, entity, actor, value of one scenario's run with the luck of a study's replication."""
    from revsim.contract.trace import Kind  # noqa: PLC0415 - heavy: only when it is used

    trace = trace_of(task, case, Deck(task, replication))
    names = {int(kind): kind.name.lower() for kind in Kind}
    return pd.DataFrame(
        {
            "time": np.asarray(trace.time),
            "kind": [names[int(kind)] for kind in trace.kind],
            "entity": np.asarray(trace.entity),
            "actor": np.asarray(trace.actor),
            "value": np.asarray(trace.value),
        }
    )
