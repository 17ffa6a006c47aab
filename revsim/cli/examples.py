"""A command line that works for each command: wrong use is answered with it, and docs/cli.md shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

OF_ALL = "revsim compare status-quo.yaml coordination.yaml design.yaml"
EXAMPLES = {
    "attribute": "revsim attribute status-quo.yaml design.yaml",
    "bench": "revsim bench --repeats 7",
    "check": "revsim check mine.yaml",
    "compare": OF_ALL,
    "diff": "revsim diff status-quo.yaml design.yaml",
    "frontier": "revsim frontier status-quo.yaml",
    "new": "revsim new mine --from status-quo.yaml",
    "parts": "revsim parts status-quo.yaml",
    "plausible": "revsim plausible status-quo.yaml",
    "run": "revsim run mine.yaml",
    "schema": "revsim schema",
    "screen": "revsim screen status-quo.yaml design.yaml",
    "show": "revsim show design.yaml --origins",
    "stress": "revsim stress status-quo.yaml design.yaml",
    "sweep": "revsim sweep severity.yaml",
    "trace": "revsim trace mine.yaml --out run.csv",
    "worlds": "revsim worlds status-quo.yaml coordination.yaml design.yaml",
}
WRONG_USE: type[Any] = typer.BadParameter.__mro__[1]  # UsageError of typer's own click, wherever this version keeps it


class CommandGroup(TyperGroup):
    """The commands; what typer finds wrong with a command line is told with an example of the command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - a context of typer's own click
        """Read the options before the command's name; no arguments at all ask for help."""
        if not args:
            return super().parse_args(ctx, args)
        with _with_example(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Read the rest and run the command."""
        with _with_example(ctx):
            return super().invoke(ctx)


@contextmanager
def _with_example(ctx: Any) -> Iterator[None]:  # noqa: ANN401 - as above
    """Add the example of the command that is read to what is wrong with it."""
    try:
        yield
    except WRONG_USE as error:
        example = EXAMPLES.get(ctx.invoked_subcommand or "", OF_ALL)
        message = f"{error.format_message().rstrip()}\n  write e.g. {example}"
        raise WRONG_USE(message, ctx=error.ctx) from error
