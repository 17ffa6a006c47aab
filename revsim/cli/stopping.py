"""What ends a command from outside: Ctrl-C, SIGTERM, SIGHUP. All of them end it as Ctrl-C does, and keep what is done.

Only the command line listens to signals; a Python caller's handlers stay as they are.
"""

from __future__ import annotations

import atexit
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

TYPE_CHECKING = False  # as type checkers read it; `typing` would be imported before signals are heard
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

GRACE = 10.0  # seconds in which a second signal changes nothing: what is done is being kept
AGAIN = 0.05  # seconds until a signal comes again that arrived where Python cannot raise
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # not all of them on every system
DEFAULTS = (signal.SIG_DFL, signal.default_int_handler)


class Stopped(KeyboardInterrupt):
    """A signal has come."""

    def __init__(self, number: int) -> None:
        """`number` is the signal's."""
        self.number = number
        super().__init__(number)


def code_of(stop: KeyboardInterrupt) -> int:
    """The exit code, as a shell tells a signal."""
    return 128 + getattr(stop, "number", signal.SIGINT)


def words_of(stop: KeyboardInterrupt) -> str:
    """What has happened, in words."""
    number = getattr(stop, "number", signal.SIGINT)
    return "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"


class _Listener:
    """Raises once for signals that come in quick succession, and never where a command is at its end."""

    def __init__(self) -> None:
        self._last = -GRACE

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if time.monotonic() - self._last >= GRACE:
            self._last = time.monotonic()
            raise Stopped(number)

    def close(self) -> None:
        """From now on signals change nothing: all that is left is to say how it ended."""
        self._last = float("inf")

    def come_again(self, number: int) -> None:
        """A signal came where Python can only ignore what is raised; it comes once more."""
        self._last = -GRACE
        timer = threading.Timer(AGAIN, _raise_in_main_thread, (number,))
        timer.daemon = True
        timer.start()


def _raise_in_main_thread(number: int) -> None:
    if hasattr(signal, "pthread_kill"):  # so that whatever it waits for is left
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


_listening: list[_Listener] = []


def is_at_its_end() -> None:
    """The command only says how it ended; a second signal would change nothing but that."""
    for listener in _listening:
        listener.close()


@contextmanager
def heard() -> Iterator[None]:
    """Within, signals raise Stopped. Those that are ignored (nohup) or that somebody listens to stay so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    listener, hook = _Listener(), sys.unraisablehook
    before: dict[int, Any] = {}

    def unraisable(about: sys.UnraisableHookArgs) -> None:
        if isinstance(about.exc_value, Stopped):
            listener.come_again(about.exc_value.number)
        else:
            hook(about)

    for name in NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in DEFAULTS:
            before[number] = signal.signal(number, listener)
    _listening.append(listener)
    sys.unraisablehook = unraisable
    try:
        yield
    finally:
        listener.close()
        _listening.remove(listener)
        sys.unraisablehook = hook
        for number, handler in before.items():
            signal.signal(number, handler)


def deaf_at_exit() -> None:
    """While Python ends, a signal would only show a traceback."""

    def ignore() -> None:
        for name in NAMES:
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)

    atexit.register(ignore)
