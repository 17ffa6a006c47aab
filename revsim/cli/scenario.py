"""`revsim check, show, diff, schema, new`: what concerns scenario files alone; nothing here simulates."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from revsim.cli import options
from revsim.cli.reading import note_equal_levers, note_shipped, print_json, print_table, print_text, read_scenarios
from revsim.errors import UserError
from revsim.paths import display_path

if TYPE_CHECKING:
    from revsim.scenario.load import Loaded

Files = Annotated[
    list[str], typer.Argument(help="Scenario or sweep files, or names of shipped ones.", show_default=False)
]
File = Annotated[str, typer.Argument(help="A scenario file, or the name of a shipped one.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output on stdout.")]
PROBLEMS_FOUND = 1
MISSING = "E001"
LABELS = (
    "# Sources: R read in the work itself; R2 read second-hand; C computed from data; "
    "U general knowledge, not verified; P a modelling choice."
)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(check)
    app.command()(diff)
    app.command()(show)
    app.command()(schema)
    app.command()(new)


def check(scenarios: Files, sets: options.Sets = None, *, json: AsJson = False) -> None:
    """Validate scenario and sweep files: all problems with file, line, column, way out; a warning fails nothing."""
    from revsim.cli.checking import checked_files, checked_json, print_checked  # noqa: PLC0415 - not on the way to --help

    note_shipped(scenarios)
    found = checked_files(scenarios, sets or ())
    if len(found.loaded) == len(scenarios):
        note_equal_levers(scenarios, sets)
    if json:
        print_json(checked_json(found))
    else:
        print_checked(scenarios, found)
    if any(problem.code == MISSING for problem in found.problems):
        raise typer.Exit(2)
    if found.problems:
        raise typer.Exit(PROBLEMS_FOUND)


def show(
    scenario: Annotated[
        str | None, typer.Argument(help="A scenario file, or the name of a shipped one.", show_default=False)
    ] = None,
    *,
    origins: Annotated[
        bool, typer.Option("--origins", help="End each line with the file and line it is from.")
    ] = False,
    json: AsJson = False,
    sets: options.Sets = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List the shipped scenarios and sweeps with their reasons.")
    ] = False,
    measures: Annotated[
        bool, typer.Option("--measures", help="List the measures that --require takes, with unit and direction.")
    ] = False,
) -> None:
    """Print the resolved scenario: a complete file with `extends` applied and nothing left unsaid."""
    if listed or measures:
        from revsim.cli.lists import list_measures, list_scenarios  # noqa: PLC0415 - seldom wanted

        (list_scenarios if listed else list_measures)(as_json=json)
        return
    if scenario is None:
        raise UserError("show: needs a scenario; name a file or a shipped one (revsim show --list names them).")
    from revsim.scenario.text import as_data, as_yaml  # noqa: PLC0415 - not on the way to --help

    loaded = read_scenarios([scenario], sets or (), warn=False)[0]
    if json:
        print_json(_shown_json(loaded, as_data(loaded.scenario), origins=origins))
    else:
        text = as_yaml(loaded.scenario, loaded.nodes if origins else None)
        print_text(text + LABELS if ", source: " in text else text.rstrip("\n"))


def _shown_json(loaded: Loaded, data: dict[str, object], *, origins: bool) -> dict[str, object]:
    from revsim.scenario.address import walk  # noqa: PLC0415 - not on the way to --help
    from revsim.scenario.canonical import content_hash, world_hash  # noqa: PLC0415 - as above
    from revsim.scenario.difference import origin_of  # noqa: PLC0415 - as above

    answer: dict[str, object] = {"schema": "revsim.show/1", "file": loaded.file, "files": list(loaded.files)}
    answer |= {"hash": content_hash(loaded.scenario), "world_hash": world_hash(loaded.scenario), "scenario": data}
    if origins:
        places = {address: origin_of(loaded, address) for address, _ in walk(loaded.scenario)}
        answer["origins"] = {address: place.exact for address, place in places.items() if place is not None}
    return answer


def diff(first: File, second: File, sets: options.Sets = None, *, json: AsJson = False) -> None:
    """Print what really differs between two scenarios, after inheritance, with origins."""
    from revsim.scenario.difference import differences, worlds_differ  # noqa: PLC0415 - not on the way to --help

    one, other = read_scenarios([first, second], sets or (), warn=False)
    note_equal_levers([first, second], sets)
    rows, apart = differences(one, other), worlds_differ(one, other)
    if json:
        keys = ("address", "title", "unit", "first", "second", "first_origin", "second_origin")
        listed = [{key: getattr(row, key) for key in keys} for row in rows]
        answer = {"schema": "revsim.diff/1", "first": one.file, "second": other.file}
        print_json({**answer, "worlds_differ": apart, "differences": listed})
        return
    if rows:
        names = (one.file, other.file) if one.file != other.file else (f"{one.file} (first)", f"{other.file} (second)")
        head = ("address", "title", "unit", *names, *(f"origin in {name}" for name in names))
        print_table(head, [row.cells() for row in rows])
    else:
        print_text("no value differs")
    if apart:
        typer.echo(
            "note: the worlds differ, so the two do not share their past; effects are not of design alone", err=True
        )


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from revsim.scenario.schema_json import schema_text  # noqa: PLC0415 - not on the way to --help

    print_text(schema_text().rstrip("\n"))


def new(
    name: Annotated[str, typer.Argument(help="Name of the new file, with or without .yaml.", show_default=False)],
    base: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="What it extends.")] = "status-quo.yaml",
    *,
    company: Annotated[
        bool,
        typer.Option(
            "--company", help="A company of your own: its numbers to overwrite, with unit, benchmark and range."
        ),
    ] = False,
) -> None:
    """Write a new scenario file that extends another, with every lever as a comment to uncomment."""
    from revsim.cli.scaffold import file_of, scaffold  # noqa: PLC0415 - not on the way to --help
    from revsim.scenario import shipped  # noqa: PLC0415 - as above

    path = file_of(name)
    is_new = not shipped.is_there(path.parent)
    scaffold(path, base, company=company)
    file = display_path(path)
    print_text(f"wrote {file}" + (f", in the new folder {display_path(path.parent)}" if is_new else ""))
    first, second = shlex.join(["revsim", "check", file]), shlex.join(["revsim", "diff", base, file])
    edit = "overwrite its numbers" if company else "edit it"
    typer.echo(f"next: {edit}, then  {first}  and  {second}", err=True)
