"""`@mechanism` marks a weekly rule that both engines share, as the very same function.

The reference calls it as plain Python with its `Firm`; the compiled engine hands it to numba, which sees the firm's
record. So a rule keeps to what both have: numbers, fields of the same names, and what `port.py` asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])
MECHANISMS: list[Callable[..., Any]] = []


def mechanism(function: Function) -> Function:
    """Register a rule; it stays the plain function that it is."""
    MECHANISMS.append(function)
    return function
