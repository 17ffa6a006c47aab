"""The engine is compiled once, before workers start; signals are as a terminal leaves them."""

from __future__ import annotations

import signal
import sys

import pytest

from revsim.prepare import prepare


def pytest_configure(config: pytest.Config) -> None:
    """In the process that starts the workers, or the only one, and in each of them."""
    _hear_signals()
    if not hasattr(config, "workerinput"):
        prepare("auto", lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201 - before pytest can


def _hear_signals() -> None:
    """A shell that runs this in the background, or nohup, has them ignored, also by all that is started from here."""
    for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)
