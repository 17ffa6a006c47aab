"""The app of all commands: each module registers its own, and imports what is heavy only when its command runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module, util
from typing import Annotated, Any

import typer

from revsim.cli import streams
from revsim.cli.examples import CommandGroup
from revsim.cli.limits import check_limits_of_process
from revsim.docstrings import docstring_of

SIMULATING = (
    *("run", "compare", "sweep", "worlds", "attribute", "parts", "plausible", "stress", "frontier", "trace"),
    *("screen", "calibrate", "assess", "bench", "explore"),
)
MODULES = (*SIMULATING, "report", "scenario")


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
    """The app with every command whose module is there."""
    app = typer.Typer(
        name="revsim",
        cls=CommandGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=docstring_of(_about))(_about)
    for name in MODULES:
        if util.find_spec(f"revsim.cli.{name}") is not None:
            import_module(f"revsim.cli.{name}").register(app)
    for command in app.registered_commands:
        if command.callback is None:
            continue
        if command.help is None:
            command.help = docstring_of(command.callback)
        if command.name in SIMULATING:
            command.callback = _checked(command.callback)
    return app


def _checked(callback: Callable[..., Any]) -> Callable[..., Any]:
    """The command, refused before it reads anything where its notes would be lost, or a limit lets no study end."""

    @wraps(callback)
    def checked(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the command has them
        streams.check_stderr()
        check_limits_of_process()
        return callback(*arguments, **options)

    return checked
