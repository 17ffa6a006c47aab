"""Half of the pictures are drawn by a copy of this process, which has all that it takes already.

At the end of a study nothing else has use for another core. Only for a process of our own, whose threads we know: a
copy has none of them. Where there can be no copy, or it is lost, all is drawn here.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pickle import UnpicklingError

from revsim.cores import usable_cores
from revsim.reports.drawing import read_ahead
from revsim.reports.figures.picture import Drawn, Picture

FEWEST = 2
PATIENCE = 10.0  # the copy's half may take so many times as long as our own
LEAST = 5.0  # seconds that it may take in any case


def drawn(pictures: Sequence[Picture]) -> list[Drawn]:
    """All of them, in order."""
    if sys.platform != "linux" or usable_cores() < FEWEST or len(pictures) < FEWEST:
        return [picture.drawn() for picture in pictures]
    read_ahead()  # a copy would wait for ever for what another thread is about to import
    with _by_a_copy(pictures[1::2]) as copy:
        start = time.monotonic()
        own = [picture.drawn() for picture in pictures[::2]]
        others = copy and _taken(copy, max(LEAST, PATIENCE * (time.monotonic() - start)))
    if not others:
        others = [picture.drawn() for picture in pictures[1::2]]
    return [(others if place % 2 else own)[place // 2] for place in range(len(pictures))]


@contextlib.contextmanager
def _by_a_copy(pictures: Sequence[Picture]) -> Iterator[Connection | None]:
    """The end at which what the copy draws will arrive; it is ended on leaving. None where there can be no copy."""
    if multiprocessing.current_process().daemon:  # which may have no children
        yield None
        return
    context = multiprocessing.get_context("fork")
    try:
        here, there = context.Pipe(duplex=False)
    except OSError:  # too many files are open
        yield None
        return
    copy = context.Process(target=_draw, args=(pictures, here, there), daemon=True)
    try:
        is_there = _is_started(copy)
        there.close()  # the copy's own is the only one then, and its end is seen
        yield here if is_there else None
    finally:
        here.close()
        if copy.pid is not None:
            copy.kill()
            copy.join()


def _is_started(copy: BaseProcess) -> bool:
    try:
        with warnings.catch_warnings():
            # Python warns of threads, which may hold what the copy waits for; those of libraries are idle, see PATIENCE
            warnings.simplefilter("ignore", DeprecationWarning)
            copy.start()
    except OSError:  # the system allows no more processes
        return False
    return True


def _draw(pictures: Sequence[Picture], here: Connection, there: Connection) -> None:
    """In the copy, which ends with the other; what goes wrong goes wrong once more in the other, which tells of it."""
    with contextlib.suppress(BaseException):
        here.close()  # a pipe that is still open would never be known to have no reader
        threading.Thread(target=_end_with_parent, daemon=True).start()
        there.send([picture.drawn() for picture in pictures])


def _end_with_parent() -> None:
    """In the copy: wait until the process that it is a copy of has gone, killed perhaps; then nobody wants pictures."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _taken(copy: Connection, seconds: float) -> list[Drawn] | None:
    """What was drawn; None if it does not come."""
    try:
        found: list[Drawn] | None = copy.recv() if copy.poll(seconds) else None
    except (EOFError, OSError, UnpicklingError):  # it may have been killed in the middle
        return None
    return found
