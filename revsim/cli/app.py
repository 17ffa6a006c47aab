"""The command line: one app, its commands, and what becomes of errors.

Exit codes: 0 done; 1 a check that the user asked for failed; 2 wrong use or invalid input; 3 incomplete;
101 a fault of ours; 129, 130, 143 ended by SIGHUP, Ctrl-C, SIGTERM; 141 whoever read the output went away.
REVSIM_DEBUG=1 shows the traceback of a fault.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from typing import TYPE_CHECKING

from revsim.cli import kept_rows, stopping, streams
from revsim.cli.last_resort import INCOMPLETE, OUR_FAULT, USER_ERROR, last_resort
from revsim.cli.start import main
from revsim.errors import IncompleteError, UserError
from revsim.paths import shortened
from revsim.printable import visible, visible_streams
from revsim.refusals import is_refused, reason

if TYPE_CHECKING:
    import typer

__all__ = ["build", "exit_code", "main", "run_alone"]

INTERRUPTED = 130  # by Ctrl-C
NOBODY_READS = 141  # as a shell tells SIGPIPE
# Linear algebra by one thread: its sums would depend on how many there are, and matrices here are small. Replications
# run side by side as it is. Whoever has set one of these keeps it.
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
SELDOM = 50_000  # new objects between searches for cycles; what is imported stays, and is many times as much as 700


def build() -> typer.Typer:
    """The app. It is imported here, where signals are heard and what the system refuses is told."""
    from revsim.cli.commands import build as app_of_all_commands  # noqa: PLC0415 - as above

    return app_of_all_commands()


def run_alone(arguments: list[str] | None = None) -> int:
    """Run one command in a process of its own; return the exit code."""
    streams.occupy_closed()
    gc.set_threshold(SELDOM)
    if not any(name in os.environ for name in THREADS):
        os.environ.update(dict.fromkeys(THREADS, "1"))  # read when numpy is imported
    _quiet_libraries()
    code = exit_code(arguments)
    gc.freeze()  # all of it goes: to look for cycles among it first would take a third of a second after a study
    return code


def _quiet_libraries() -> None:
    """Warnings of libraries are for who develops, who sees them with REVSIM_DEBUG=1; also in workers.

    The process is ours. How somebody likes his own plots is no business of our figures.
    """
    os.environ["MATPLOTLIBRC"] = os.devnull
    if not os.environ.get("REVSIM_DEBUG"):
        warnings.simplefilter("ignore")
        sys.warnoptions[:] = ["ignore"]  # what workers are started with
        import logging  # noqa: PLC0415 - where signals are heard already

        logging.getLogger("matplotlib").setLevel(logging.ERROR)


def exit_code(arguments: list[str] | None = None) -> int:
    """Run one command; print what went wrong on stderr; return the exit code, whatever happens on the way."""
    try:
        return _exit_code(arguments)
    except BaseException as error:  # noqa: BLE001 - to tell of an error may fail as well
        return last_resort(error)


def _exit_code(arguments: list[str] | None) -> int:
    kept_rows.forget_study()
    before = sys.stdout, sys.stderr  # click puts others in their place where a reader went away
    try:
        with visible_streams():
            code = _code_of(arguments)
    except BrokenPipeError:  # where it was to be told what went wrong
        code = NOBODY_READS
    finally:
        sys.stdout, sys.stderr = before
    refused = streams.flush()
    if isinstance(refused, BrokenPipeError):
        return NOBODY_READS
    return _refused(refused) if refused is not None and code == 0 else code


def _code_of(arguments: list[str] | None) -> int:
    try:
        streams.check_stdout()
        build()(args=arguments, prog_name="revsim")
    except SystemExit as end:
        return _code_at(end)
    except BrokenPipeError:
        return NOBODY_READS
    except KeyboardInterrupt as stop:
        return _stopped(stop)
    except (UserError, IncompleteError) as error:
        streams.tell(_as_message(str(error)))
        return USER_ERROR if isinstance(error, UserError) else INCOMPLETE
    except Exception as error:  # noqa: BLE001 - the last door: whatever the system has not refused is our fault
        return _refused(error) if is_refused(error) else _our_fault(error)
    return 0


def _code_at(end: SystemExit) -> int:
    """The code with which click ends."""
    if isinstance(end.__context__, BrokenPipeError):  # click makes a 1 of it, which is a failed check
        return NOBODY_READS
    stop = getattr(end.__context__, "__cause__", None)
    if isinstance(stop, KeyboardInterrupt):  # which nobody has told yet
        return _stopped(stop)
    return end.code if isinstance(end.code, int) else 0 if end.code is None else 1


def _stopped(stop: KeyboardInterrupt) -> int:
    stopping.is_at_its_end()
    streams.tell(stopping.words_of(stop))
    return stopping.code_of(stop)


def _refused(error: Exception) -> int:
    """The system refused something that nobody could have known before: no fault of ours."""
    kept = kept_rows.kept_words()
    why = streams.at_fault() or reason(error)
    streams.tell(_as_message(f"{why}\n  {kept}" if kept else why))
    return INCOMPLETE if kept else USER_ERROR


def _as_message(text: str) -> str:
    text = visible(text)
    return text if "error[" in text else f"error: {shortened(text)}"


def _our_fault(error: Exception) -> int:
    if os.environ.get("REVSIM_DEBUG"):
        import traceback  # noqa: PLC0415 - only for those who look

        traceback.print_exception(error)
    streams.tell(
        f"internal error: {type(error).__name__}: {visible(str(error))}\n"
        "This is a fault of revsim's, not of yours. REVSIM_DEBUG=1 shows where it happened."
    )
    return OUR_FAULT
