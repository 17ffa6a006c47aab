"""The record: how late and in whose words it follows the truth.

    mean lag       = lag (1 + pay (1 - shared)) (1 - view) factor               days
    recorded stage = floor(true stage + u - D_sales), clamped to the stages     D is a reading's drift
    read stage     = floor(true stage + u - D_sales + D_operations)

A loose `commit` (D < 0) records deals further than they are; who is as loose reads them for what they are. So a common
definition misleads nobody about the record, and bringing two together changes what new records mean against old ones.

Source: Kishore, Rao, Narasimhan and John (2013): unpaid tasks are neglected; form chosen.
"""

from __future__ import annotations

from math import floor

from revsim.formulas._formula import formula


@formula
def record_lag(lag: float, pay: float, shared: float, view: float, factor: float) -> float:
    """Mean days by which the record follows the truth."""
    return lag * (1.0 + pay * (1.0 - shared)) * (1.0 - view) * factor


@formula
def recorded_progress(stage: float, u: float, drift: float) -> float:
    """What is written down when a deal enters a stage, before rounding."""
    return stage + u - drift


@formula
def read_by(progress: float, drift: float) -> float:
    """Recorded progress as a reader with a drifted `commit` takes it; who agrees with the writer reads the truth."""
    return progress + drift


@formula
def read_stage(progress: float, last: float) -> float:
    """The stage that somebody reads from recorded progress."""
    stage = floor(progress)
    if stage < 0.0:
        return 0.0
    return last if stage > last else float(stage)
