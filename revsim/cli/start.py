"""Where the command begins: signals are heard, and what the system refuses is told, before all else is imported."""

from __future__ import annotations

import sys

from revsim.cli import stopping
from revsim.cli.last_resort import last_resort


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code; a user's mistake never shows a traceback."""
    stopping.deaf_at_exit()
    with stopping.heard():
        try:
            from revsim.cli.app import run_alone  # noqa: PLC0415 - where it is told if that cannot be done

            code = run_alone(arguments)
        except BaseException as error:  # noqa: BLE001 - a signal between two steps, or an import that failed
            code = last_resort(error)
    sys.exit(code)
