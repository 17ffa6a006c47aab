"""A feedback loop's signal. See model/signal.py."""

from __future__ import annotations

from revsim.compiled._kernel import kernel
from revsim.compiled.views import signals


@kernel
def heard(firm, which, live):
    """The live value; if the loop is cut, from the first measured day on, its mean over the last warm-up year."""
    signal = signals(firm)[which]
    if signal.closed:
        return live
    if firm.measured:
        return signal.total / signal.count if signal.count > 0 else live
    if firm.last_warmup_year and not (signal.weekly and firm.week == signal.last):
        signal.count += 1
        signal.total += live
        signal.last = firm.week
    return live
