"""The library that draws: how it is imported and set, and whether it can draw here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from typing import Any

from revsim.errors import UserError
from revsim.refusals import is_shortage

LIBRARIES = ("matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "jinja2")
BACKEND = "MPLBACKEND"
# settings of the process, not of a figure; to look at the first can open a window
OF_THE_PROCESS = ("backend", "interactive", "toolbar", "webagg", "tk.", "timezone", "date.epoch", "docstring")
# settings, fonts and the environment are the process's: one figure at a time
_one_at_a_time = RLock()


def _free() -> None:
    global _one_at_a_time  # noqa: PLW0603 - in a copy of this process, whose other threads are not there to give it back
    _one_at_a_time = RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_free)


def read_ahead() -> None:
    """Import what drawing takes; whoever waits for something else meanwhile need not wait for that later."""
    with _one_at_a_time:
        _import_matplotlib()
        for name in LIBRARIES:
            import_module(name)


def _import_matplotlib() -> None:
    """Import it whatever MPLBACKEND says, which a notebook's shell inherits: where windows open is not our business.

    A backend that can be had is set for whoever plots in this process, as the import itself would.
    """
    if "matplotlib" in sys.modules:
        return
    backend = os.environ.pop(BACKEND, None)
    try:
        import matplotlib as mpl  # noqa: PLC0415 - heavy: only when it is drawn
    finally:
        if backend is not None:
            os.environ[BACKEND] = backend
    if backend:
        with suppress(ValueError):
            mpl.rcParams["backend"] = backend


def _check_installed() -> None:
    """Raise UserError if what drawing takes is not there, which costs nothing to find out."""
    for name in dict.fromkeys(name.partition(".")[0] for name in LIBRARIES):
        if sys.modules.get(name) is None and find_spec(name) is None:
            raise _cannot(f"{name} is not installed")


def check_drawing() -> None:
    """Raise UserError if pages or figures cannot be made on this machine."""
    _check_installed()
    try:
        with _one_at_a_time:
            read_ahead()
            from revsim.reports.letters import without_font  # noqa: PLC0415 - heavy: only when it is drawn

            without_font(["\u0416"])  # beyond those that are taken for granted, so that the font is read
    except Exception as error:  # whatever a broken library or file of settings raises
        if is_shortage(error):  # to install anything anew would not help
            raise
        raise _cannot(f"{type(error).__name__}: {error}") from error


def _cannot(why: str) -> UserError:
    return UserError(
        f"Pages and figures cannot be made here ({why}).\n"
        "  Install revsim and its libraries once more, or mend the file `matplotlibrc` that matplotlib reads."
    )


@contextmanager
def with_settings(settings: dict[Any, Any]) -> Iterator[None]:
    """The library's own defaults with these settings inside, one thread at a time; afterwards as they were before."""
    with _one_at_a_time:
        _import_matplotlib()
        import matplotlib as mpl  # noqa: PLC0415 - heavy: only when it is drawn

        # only what differs is set: a setting that is going away would warn
        defaults = {
            name: value
            for name, value in mpl.rcParamsDefault.items()
            if not name.startswith(OF_THE_PROCESS) and mpl.rcParams[name] != value
        }
        log = logging.getLogger("matplotlib.font_manager")
        log.addFilter(_is_error)  # it tells of each font without a bold one
        try:
            with mpl.rc_context(defaults | settings):
                yield
        finally:
            log.removeFilter(_is_error)


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR
