"""docs/cli.md from the app itself: `python -m revsim.cli.page > docs/cli.md`; a test holds the page to it."""

from __future__ import annotations

import sys
from typing import Any

import typer

from revsim.cli.commands import build
from revsim.cli.examples import EXAMPLES

HEAD = """# Commands

Made by `python -m revsim.cli.page`. Every command answers to `--help`, and `python -m revsim` is the same command.

Exit codes: 0 done; 1 a check that was asked for failed (`check` found problems, `--precision` not reached, `--require`
not met); 2 wrong use, invalid input, or a system that refuses something before anything is run (an output that is
closed or full, a folder that cannot be written); 3 incomplete: some replications or figures failed, or the system
refused something later, what is done is kept; 101 a fault of revsim's; 129, 130 and 143 ended by SIGHUP, Ctrl-C or
SIGTERM, what is done is kept and the same command goes on; 141 whoever read the output went away.

Paths mean the same in every option and file. `~` and `~/x` are in the home folder, as in a shell, also where the shell
has left them alone (`--out='~/x'`, `extends: ~/base.yaml`); `./~` is a folder of that name. A scenario file that is
linked into two folders extends what stands beside each link. Names that look alike are the same name, in whichever
Unicode form they are typed.
"""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _row(parameter: Any) -> str:  # noqa: ANN401 - a parameter of typer's own click
    """One parameter: names, default, help."""
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    if parameter.param_type_name == "argument":
        names = f"`{parameter.metavar or parameter.name.upper()}`"
    default = parameter.default
    shown = "" if default is None or callable(default) or default is False or default == () else f"`{default}`"
    return f"| {names} | {shown} | {_cell(parameter.help or '')} |"


def _command(name: str, command: Any) -> str:  # noqa: ANN401 - as above
    """A command's section."""
    shown = [each for each in command.params if each.name != "help" and not getattr(each, "hidden", False)]
    head = f"## revsim {name}\n\n{command.help}\n\n    {EXAMPLES[name]}\n"
    if not shown:
        return head
    rows = [_row(each) for each in shown]
    return "\n".join([head, "| | unless said | |", "|---|---|---|", *rows]) + "\n"


def page() -> str:
    """The whole page as Markdown."""
    app = typer.main.get_command(build())
    commands: dict[str, Any] = app.commands  # type: ignore[attr-defined]  # typer's click, wherever this version keeps it
    return "\n".join([HEAD, *(_command(name, commands[name]) for name in sorted(commands))])


if __name__ == "__main__":
    sys.stdout.write(page())
