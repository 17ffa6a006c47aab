"""The engine is compiled once, before workers start."""

from __future__ import annotations

import sys

import pytest

from revsim.prepare import prepare


def pytest_configure(config: pytest.Config) -> None:
    """In the process that starts the workers, or the only one."""
    if not hasattr(config, "workerinput"):
        prepare("auto", lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201 - before pytest can
