"""A worker process as its parent sees it: started apart from the caller's script, asked over a pipe, ended.

It is no `multiprocessing` process: those import the caller's script again, may not be started by a daemonic process
(as in a `multiprocessing.Pool`), and want semaphores, which not every container has.
"""

from __future__ import annotations

import contextlib
import multiprocessing.spawn
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

from revsim.experiment.worker import BOOT, READY
from revsim.machine.cache import handed_on

LONGEST_PRELUDE = 1000  # lines that others may print before the worker is ready
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")  # workers run side by side as it is


class WorkerLostError(Exception):
    """A worker process has ended without being asked to: killed, or out of memory."""


class NoWorkersError(Exception):
    """No worker process can be started, or none gets as far as to take work; the text says why."""


class WorkerProcess:
    """One process. Its answers come in the order of the requests."""

    def __init__(self) -> None:
        """Start it. Raises NoWorkersError where that cannot be done."""
        try:
            with _ctrl_c_held_back():
                self._process = subprocess.Popen(  # noqa: S603 - our own Python
                    [_executable(), *_flags(), "-c", BOOT],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=None if _is_open(2) else subprocess.DEVNULL,
                    env=_environment(),
                    creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                )
        except (OSError, ValueError, RuntimeError) as error:
            raise NoWorkersError(getattr(error, "strerror", None) or str(error)) from error
        self._is_ready = False
        with contextlib.suppress(WorkerLostError):  # whoever waits for its answer meets it again
            self._send([path or os.getcwd() for path in sys.path])  # noqa: PTH109 - as the interpreter means it

    def request(self, function: Callable[..., object], *arguments: object) -> None:
        """Ask for some work. Raises WorkerLostError."""
        self._send(pickle.dumps((function, arguments)))

    def answer(self) -> Any:  # noqa: ANN401 - whatever the function gives
        """What comes of the oldest unanswered request. Raises WorkerLostError, or RuntimeError if it failed."""
        stream = self._pipe(self._process.stdout)
        try:
            if not self._is_ready:
                self._wait_until_ready(stream)
            went_well, result = pickle.load(stream)  # noqa: S301 - of our own worker
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            raise WorkerLostError(str(error)) from error
        if not went_well:
            raise RuntimeError(result)
        return result

    def _wait_until_ready(self, stream: IO[bytes]) -> None:
        for _ in range(LONGEST_PRELUDE):
            line = stream.readline()
            if line.endswith(READY):
                self._is_ready = True
                return
            if not line:
                break
        raise EOFError

    def _send(self, message: object) -> None:
        try:
            stream = self._pipe(self._process.stdin)
            pickle.dump(message, stream)
            stream.flush()
        except (OSError, ValueError) as error:
            raise WorkerLostError(str(error)) from error

    def kill(self) -> None:
        """End it at once; whoever waits for its answer learns that it is lost."""
        self._process.kill()

    def close(self) -> None:
        """Wait for its end and let go of it."""
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what could not be sent to it is of no use to anybody
                self._pipe(stream).close()
        self._process.wait()

    @staticmethod
    def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None, "it was asked for"
        return stream


def _executable() -> str:
    """The Python that runs here. Raises NoWorkersError where a program has it built in and it cannot run alone."""
    if getattr(sys, "frozen", False):
        raise NoWorkersError("Python is built into this program")
    executable = sys.executable and multiprocessing.spawn.get_executable()  # as whoever embeds Python has set it
    if not executable:
        raise NoWorkersError("it is not known where Python is (sys.executable is empty)")
    return os.fsdecode(executable)


def _flags() -> list[str]:
    """-O, -W, -X and so on, as they were given here; and that the working folder, a stranger's perhaps, has no modules.

    With `-c` Python would look there first, before the paths of this process have arrived.
    """
    return ["-P", *subprocess._args_from_interpreter_flags()]  # type: ignore[attr-defined] # noqa: SLF001 - as multiprocessing does


def _environment() -> dict[str, str]:
    """Our own, one thread of linear algebra, and where machine code is."""
    own = dict(os.environ)
    if not any(name in own for name in ONE_THREAD):
        own |= dict.fromkeys(ONE_THREAD, "1")
    return own | handed_on()


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """A process that is started inside does not hear Ctrl-C, ever: that is its parent's business.

    The mask is this thread's own, and is as before on leaving.
    """
    if sys.platform == "win32":  # there a process group of its own does it
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
