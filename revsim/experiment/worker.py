"""What runs in a worker process: it takes requests from its parent and sends back what comes of them.

Requests arrive on stdin, answers leave by what was stdout; whatever a library prints goes to stderr instead.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from queue import SimpleQueue
from typing import Any, BinaryIO

# the parent's paths come first: without them this file may not be there
BOOT = (
    "import sys, pickle; sys.path[:] = pickle.load(sys.stdin.buffer); from revsim.experiment.worker import work; work()"
)
READY = b"a worker of revsim's is ready\n"  # whatever stands before it was printed by others
ENDED = 1


def work() -> None:
    """Answer requests until the parent has gone or ends this process."""
    try:
        _answer_all()
    except BaseException:  # noqa: BLE001 - the parent sees that this worker has ended, and says what there is to say
        os._exit(ENDED)


def _answer_all() -> None:
    answers = _answers()
    # numba would look there for linear algebra, which no kernel asks for and which takes a sixth of a second to read
    sys.modules.setdefault("scipy", None)  # type: ignore[arg-type] # so that an import of it fails at once
    gc.disable()  # what is imported for the first request stays
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, requests), daemon=True).start()
    answers.write(READY)
    answers.flush()
    while True:
        _send(answers, _answer(requests.get()))


def _answers() -> BinaryIO:
    """The way to the parent, which nobody else writes to."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _read(stream: BinaryIO, requests: SimpleQueue[bytes]) -> None:
    """Queue requests as they come; when the parent has gone, killed perhaps, nobody wants what is under way."""
    try:
        while True:
            requests.put(pickle.load(stream))  # noqa: S301 - of our own parent
    except BaseException:  # noqa: BLE001 - whatever it is, nothing more comes
        os._exit(ENDED)


def _answer(request: bytes) -> tuple[bool, Any]:
    """Whether it went well, and the result or what went wrong."""
    try:
        function, arguments = pickle.loads(request)  # noqa: S301 - of our own parent
        return True, function(*arguments)
    except Exception as error:  # noqa: BLE001 - the parent decides
        return False, f"{type(error).__name__}: {error}"


def _send(answers: BinaryIO, answer: tuple[bool, Any]) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def collect_garbage_again() -> None:
    """After the first work: cycles are looked for in what comes from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
