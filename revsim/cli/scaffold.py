"""A new scenario file: what it extends, and each lever to uncomment, or a company's numbers to overwrite."""

from __future__ import annotations

import os
from pathlib import Path

from revsim.cli.company_file import company_lines
from revsim.errors import UserError
from revsim.paths import absolute
from revsim.scenario import shipped
from revsim.scenario.files import local
from revsim.scenario.load import load
from revsim.scenario.problems import quoted
from revsim.scenario.text import scalar
from revsim.store.atomic import make_folder, write_text

SCHEMA_FILE = "scenario.schema.json"
BENCHMARK = "status-quo.yaml"

EXAMPLES = """\
# Uncomment what changes; what is left out stays as in the file above.
# A number is plain, or {value: 0.9, low: 0.7, high: 1.0, source: "who says so"}.

# design:
#   start_week: 1                  # first measured week; 0: it stands already; or  when: {trust_below: 0.5}
#   shared_definitions: 0.8        # one number for all parts, or qualified and commit apart
#   owned_handoffs: 0.9            # or marketing_to_sales, sales_to_operations, sales_to_customer apart
#   shared_incentives: 0.7         # or marketing, sales, operations apart
#   one_view_of_data: 0.8
#   governance:
#     cadence_weeks: 4
#     evidence: 0.8
#     decision_rights: 0.8
#   sponsored: 1                   # leaders' hours shield the build from pressure

# coordination:
#   start_week: 1
#   meetings: 2                    # hours a week and person
#   resets: {every_weeks: 13, strength: 0.6}
#   agreement: {level: 0.8, renew_weeks: 26}

# heroics:
#   capacity: 0.3

# stress:
#   top_performer_leaves: {week: 20}
"""


def file_of(name: str) -> Path:
    """Where NAME.yaml is to be; UserError for what is no name of a file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    if last.startswith((".", "-")) or not last.strip() or not name.isprintable():
        msg = f"{quoted(name)} is no name for a scenario's file; write e.g. revsim new our-plan"
        raise UserError(msg)
    return absolute("NAME", name if name.endswith((".yaml", ".yml")) else f"{name}.yaml", example="our-plan")


def scaffold(path: Path, base: str, *, company: bool = False) -> None:
    """Write the file; UserError if it is there already or `base` is no valid scenario."""
    if local(path) is not None:
        msg = f"{path} exists and is left as it is; choose another name, or delete it first"
        raise UserError(msg)
    make_folder(path.parent, parents=True)
    below, extends = load(base), _extends(path, base)
    if company:
        body = company_lines(below, "benchmark" if extends == BENCHMARK else extends)
        write_text(path, _text(path, extends, "Whose numbers these are, from where and when.", "\n".join(body) + "\n"))
    else:
        write_text(path, _text(path, extends, "What this proposal changes, and why.", EXAMPLES))


def _extends(path: Path, base: str) -> str:
    """What the new file writes behind `extends`: a relative path where one leads there, or a shipped name."""
    there = local(base)
    if there is not None:
        return _relative(there, path.parent)
    found = shipped.find(base)
    extends = base if found is None else found.relative_to(shipped.folder()).as_posix()
    if path.parent / extends == path:
        msg = f"{path} would extend itself: it has the name of the shipped {extends}; choose another name"
        raise UserError(msg)
    return extends


def _relative(base: Path, folder: Path) -> str:
    """A file as seen from a folder; in full on another drive, and where links make `..` lead elsewhere."""
    if base.drive == folder.drive:
        relative = os.path.relpath(base, folder)
        if os.path.realpath(folder / relative) == os.path.realpath(base):
            return Path(relative).as_posix()
    return str(base)


def _text(path: Path, extends: str, why: str, body: str) -> str:
    title = path.stem.replace("-", " ").replace("_", " ").strip()[:80] or path.stem
    lines = [] if shipped.is_there(path.parent / SCHEMA_FILE) else [f"# Editors: run  revsim schema > {SCHEMA_FILE}"]
    lines = [f"# yaml-language-server: $schema={SCHEMA_FILE}", *lines]
    lines += [f"extends: {scalar(extends)}", f"name: {scalar(title[:1].upper() + title[1:])}"]
    lines += [f"why: {scalar(why)}", "", body]
    return "\n".join(lines)
