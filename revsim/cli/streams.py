"""Where a command speaks: whether anybody can hear it, and what is said where only one of two streams is left."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import stat
import sys
from collections.abc import Iterator
from typing import TextIO

from revsim.errors import UserError

STANDARD = (0, 1, 2)


def occupy_closed() -> None:
    """Open nothing at all in the place of a closed stream: else the next file would be written to in its stead."""
    for descriptor in STANDARD:
        try:
            os.fstat(descriptor)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != descriptor:
                os.dup2(opened, descriptor)
                os.close(opened)


def refusal(stream: TextIO | None) -> OSError | None:
    """Why nothing can be written to a stream; None as far as can be told without writing."""
    if stream is None:
        return OSError(errno.EBADF, "it is closed")
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError, AttributeError):  # no file, but somebody's object
        return None
    try:
        os.write(descriptor, b"")
        if _has_no_reader(descriptor):
            return BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
        if _is_on_full_disk(descriptor):
            return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError as error:
        return error
    return None


def _has_no_reader(descriptor: int) -> bool:
    if not hasattr(select, "poll") or not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        return False
    poll = select.poll()
    poll.register(descriptor, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _is_on_full_disk(descriptor: int) -> bool:
    if not hasattr(os, "fstatvfs") or not stat.S_ISREG(os.fstat(descriptor).st_mode):
        return False
    disk = os.fstatvfs(descriptor)
    free = disk.f_bfree if os.geteuid() == 0 else disk.f_bavail
    return disk.f_blocks > 0 and free == 0


def check_stdout() -> None:
    """Raise UserError, or BrokenPipeError, unless an answer can be written."""
    _check(sys.stdout, "standard output", "the answer would be lost", "> answer.txt")


def check_stderr() -> None:
    """Raise UserError, or BrokenPipeError, unless notes and errors can be written."""
    _check(sys.stderr, "standard error", "notes and errors would be lost", f"2> {os.devnull}")


def _check(stream: TextIO | None, name: str, loss: str, example: str) -> None:
    error = refusal(stream)
    if isinstance(error, BrokenPipeError):
        raise error
    if error is not None:
        raise UserError(
            f"{name} cannot be written ({error.strerror}): {loss}.\n"
            f"  Nothing has been run. Send it somewhere that can be written, e.g. {example}."
        )


def at_fault() -> str:
    """Which of the two streams cannot be written, and why, in words; empty if both can."""
    for stream, name in ((sys.stdout, "standard output"), (sys.stderr, "standard error")):
        error = refusal(stream)
        if error is not None:
            return f"{name} cannot be written ({error.strerror})"
    return ""


def tell(text: str) -> None:
    """A line on stderr; on stdout where that is closed or full; nowhere if both are. Raises BrokenPipeError."""
    for stream in (sys.stderr, sys.stdout):
        if stream is None:
            continue
        try:
            print(text, file=stream, flush=True)
        except BrokenPipeError:
            raise
        except (OSError, ValueError):  # full, closed, or it cannot hold a letter
            continue
        return


def flush() -> OSError | None:
    """Write what is left; why that cannot be done, if it cannot. Nothing is left then for when Python ends."""
    found = None
    for stream in (sys.stderr, sys.stdout):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError as error:
            found = error
            discard(stream)
    return found


def discard(stream: TextIO) -> None:
    """What is left of a stream, and all that follows, goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def libraries_on_stderr() -> Iterator[None]:
    """Within, what libraries print (numba, where it is asked to) goes to stderr: stdout has the answer alone."""
    with contextlib.redirect_stdout(sys.stderr):  # where that is closed, nowhere
        yield
