"""What the system refuses: memory, a file, a process, a thread. It is no fault of revsim's, and no damage of a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

NO_THREAD = "can't start new thread"  # as Python says it
NO_MEMORY = (os.strerror(errno.ENOMEM), "failed to map segment")  # the latter as the loader of libraries says it
LACKS_MEMORY = "there is not enough memory for this{what}. Fewer --workers or fewer --replications need less."
DEEPEST = 20  # errors one behind the other that are looked at


def lacks_memory(error: BaseException) -> bool:
    """Whether it is for want of memory, also where an error on the way out hides that, or a library's own words."""
    return any(
        isinstance(each, MemoryError) or any(words in str(each) for words in NO_MEMORY) for each in _chain(error)
    )


def is_refused(error: BaseException) -> bool:
    """Whether the system has refused something."""
    words = str(error)  # libraries say some of it in exceptions of their own
    return isinstance(error, OSError) or is_shortage(error) or NO_THREAD in words


def is_shortage(error: BaseException) -> bool:
    """Whether it is memory, threads or open files that ran short, which says nothing of the file that was read."""
    short = {errno.EMFILE, errno.ENFILE}
    return (
        lacks_memory(error)
        or os.strerror(errno.EAGAIN) in str(error)
        or (isinstance(error, OSError) and error.errno in short)
    )


def reason(error: BaseException) -> str:
    """What the system refused, in words."""
    if lacks_memory(error):
        what = f" ({error})" if type(error) is MemoryError and str(error) else ""
        return LACKS_MEMORY.format(what=what)
    what = getattr(error, "strerror", None) or str(error) or type(error).__name__
    name = getattr(error, "filename", None)
    return f"{name}: {what}" if name else f"the system refused something: {what}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those that it came of."""
    each: BaseException | None = error
    for _ in range(DEEPEST):
        if each is None:
            return
        yield each
        each = each.__cause__ or each.__context__
