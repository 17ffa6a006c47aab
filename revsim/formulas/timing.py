"""The quarter's end: buyers' clock, reps' attention, pulling forward, holding over.

    buyers' clock   runs at `speed` in the last `window` days of a quarter, else at 1
    attention       serve max(wait + weight (1 - shared) stage)           days
    push a week     strength (1 - shared) P, summed until the deal's own threshold: then a discount is agreed
    held over       attainment above `above`, or below `below` in the last three weeks

Source: Oyer (1998), Larkin (2014), Krogue (2017): timing at the quarter's end; sizes chosen, see status-quo.yaml.
"""

from __future__ import annotations

from revsim.formulas._formula import formula

NEVER_QUARTERS = 400  # no run is as long


@formula
def buyer_end(start: float, duration: float, quarter: float, speed: float, window: float) -> float:
    """The day on which a buyer's time of `duration` (days on the buyer's clock) that starts at `start` ends.

    What no run sees the end of is reckoned no further.
    """
    now = start
    left = duration
    for _ in range(NEVER_QUARTERS):
        index = now // quarter
        fast_from = (index + 1.0) * quarter - window
        if now < fast_from:
            if now + left <= fast_from:
                return now + left
            left = left - (fast_from - now)
            now = fast_from
        end = (index + 1.0) * quarter
        if now + left / speed <= end:
            return now + left / speed
        left = left - (end - now) * speed
        now = end
    return now + left


@formula
def buyer_elapsed(start: float, end: float, quarter: float, speed: float, window: float) -> float:
    """Days on the buyer's clock between two days; the inverse of `buyer_end`."""
    now = start
    passed = 0.0
    while now < end:
        index = now // quarter
        fast_from = (index + 1.0) * quarter - window
        if now < fast_from:
            until = fast_from if fast_from < end else end
            passed = passed + (until - now)
        else:
            until = (index + 1.0) * quarter
            until = until if until < end else end
            passed = passed + (until - now) * speed
        now = until
    return passed


@formula
def queue_score(wait: float, weight: float, rank: float) -> float:
    """Priority of a waiting piece of work; the largest is served first."""
    return wait + weight * rank


@formula
def pull_push(strength: float, shared: float, pressure: float) -> float:
    """A week's push to pull a deal forward."""
    return strength * (1.0 - shared) * pressure


@formula
def holds_over(attainment: float, above: float, below: float, weeks_left: float) -> float:
    """1 if it pays a rep to hold a closable deal over the quarter's end, else 0."""
    if attainment > above:
        return 1.0
    if attainment < below and weeks_left <= 3.0:
        return 1.0
    return 0.0
