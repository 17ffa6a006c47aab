"""The command line: one app, its commands, and what becomes of errors.

Exit codes: 0 done; 1 a check that the user asked for failed; 2 wrong use or invalid input; 3 incomplete;
101 a fault of ours; 130 interrupted; 141 whoever read the output went away.
REVSIM_DEBUG=1 shows the traceback of a fault.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module, util
from typing import Annotated

import typer

from revsim.errors import IncompleteError, UserError
from revsim.paths import readable, shortened

COMMANDS = (
    *("run", "compare", "sweep", "worlds", "attribute", "parts", "stress", "trace", "calibrate", "assess", "report"),
    *("scenario", "bench", "explore"),
)

USER_ERROR = 2
INCOMPLETE = 3
OUR_FAULT = 101
INTERRUPTED = 130
NOBODY_READS = 141  # as a shell tells SIGPIPE
# Linear algebra by one thread: its sums would depend on how many there are, and matrices here are small. Replications
# run side by side as it is. Whoever has set one of these keeps it.
THREADS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
SELDOM = 50_000  # new objects between searches for cycles; what is imported stays, and is many times as much as 700


def _version(*, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow, seldom needed

        try:
            typer.echo(f"revsim {version('revsim')}")
        except PackageNotFoundError:
            typer.echo("revsim (source tree, not installed)")
        raise typer.Exit


def _about(
    version: Annotated[
        bool, typer.Option("--version", callback=lambda wanted: _version(wanted=wanted), is_eager=True, help="Version.")
    ] = False,
) -> None:
    """Simulate a company's revenue system; see what design changes, set against coordination."""


def build() -> typer.Typer:
    """The app with every command whose module is there; the modules import what is heavy inside."""
    app = typer.Typer(
        name="revsim",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_about)
    for name in COMMANDS:
        if util.find_spec(f"revsim.cli.{name}") is not None:
            import_module(f"revsim.cli.{name}").register(app)
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code; a user's mistake never shows a traceback."""
    gc.set_threshold(SELDOM)
    if not any(name in os.environ for name in THREADS):
        os.environ.update(dict.fromkeys(THREADS, "1"))  # read when numpy is imported
    code = exit_code(arguments)
    gc.freeze()  # all of it goes: to look for cycles among it first would take a third of a second after a study
    sys.exit(code)


def exit_code(arguments: list[str] | None = None) -> int:
    """Run one command; print what went wrong on stderr; return the exit code."""
    code = _code_of(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # what is left would be tried once more, and told of, when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    return code


def _code_of(arguments: list[str] | None) -> int:
    try:
        build()(args=arguments, prog_name="revsim")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # click makes a 1 of it, which is a failed check
            return NOBODY_READS
        if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):  # which nobody has told yet
            typer.echo("interrupted", err=True)
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except UserError as error:
        typer.echo(_as_message(error), err=True)
        return USER_ERROR
    except IncompleteError as error:
        typer.echo(_as_message(error), err=True)
        return INCOMPLETE
    except KeyboardInterrupt:
        typer.echo("interrupted", err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: whatever is left is our fault
        return _our_fault(error)
    return 0


def _as_message(error: Exception) -> str:
    text = readable(str(error))
    return text if "error[" in text else f"error: {shortened(text)}"


def _our_fault(error: Exception) -> int:
    if os.environ.get("REVSIM_DEBUG"):
        import traceback  # noqa: PLC0415 - only for those who look

        traceback.print_exception(error)
    typer.echo(f"internal error: {type(error).__name__}: {error}", err=True)
    typer.echo("This is a fault of revsim's, not of yours. REVSIM_DEBUG=1 shows where it happened.", err=True)
    return OUR_FAULT
