"""What is left where telling of an error has failed too: an exit code, and words that are there already."""

from __future__ import annotations

import os

from revsim.cli import kept_rows, stopping
from revsim.refusals import is_refused

USER_ERROR, INCOMPLETE, OUR_FAULT = 2, 3, 101
REFUSED = b"error: there is not enough memory to say what happened, or the system refused something else.\n"
AT_FAULT = b"internal error: to tell of another one has failed. This is a fault of revsim's, not of yours.\n"


def last_resort(error: BaseException) -> int:
    """The exit code for an error, told in a few words; it imports nothing, takes hardly any memory, never raises."""
    code, words = OUR_FAULT, AT_FAULT
    try:
        if isinstance(error, KeyboardInterrupt):
            code, words = stopping.code_of(error), stopping.words_of(error).encode() + b"\n"
        elif is_refused(error):
            code, words = INCOMPLETE if kept_rows.is_after_first_row() else USER_ERROR, REFUSED
        os.write(2, words)
    except BaseException:  # noqa: BLE001 - nobody hears it
        return code
    return code
