"""Ask the claims of docs/protocol.md, and write the table and the page.

    python benchmarks/claims [--replications 2000] [--seed 1] [--only 3,7] [--workers 2] [--out FOLDER] [--keep]
    python benchmarks/claims --page

Writes claims.csv, claims.manifest.json and claims.md into FOLDER (results/study/claims). With --keep the table and its
manifest are kept in benchmarks/study, and docs/claims.md is written; --page writes that page anew from what is kept.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from claims.asked import chosen
from claims.claim import Asking
from claims.page import page
from claims.run import Asked, ask
from claims.tables import write

ROOT = Path(__file__).resolve().parents[2]
STUDY, PAGE = ROOT / "benchmarks" / "study", ROOT / "docs" / "claims.md"
FILES = ("claims.csv", "claims.manifest.json")


def main(given: Sequence[str] | None = None) -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python benchmarks/claims", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--replications", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--only", type=numbers, help="numbers of claims, such as 3,7; Holm is then over these alone")
    parser.add_argument("--out", type=Path, default=Path("results/study/claims"))
    parser.add_argument("--keep", action="store_true", help="keep the table, and write docs/claims.md")
    parser.add_argument("--page", action="store_true", help="write docs/claims.md from the kept table; runs nothing")
    asked = parser.parse_args(given)
    if asked.keep and asked.only:
        parser.error("--keep with --only: the page tells all claims; leave one of them out.")
    if asked.page:
        PAGE.write_text(page(STUDY), encoding="utf-8")
        return
    try:
        claims = chosen(asked.only)
    except ValueError as error:
        parser.error(str(error))
    command = ["python", "benchmarks/claims", *(sys.argv[1:] if given is None else given)]
    asking = Asking(asked.replications, asked.seed, asked.workers)
    found: list[Asked] = []
    for claim in claims:
        print(f"{claim.number}: {claim.words}", flush=True)
        found.append(ask(claim, asking))
        write(found, asking, command, asked.out)  # each time: a run that ends early leaves what it has found
    (asked.out / "claims.md").write_text(page(asked.out), encoding="utf-8")
    if asked.keep:
        for name in FILES:
            shutil.copyfile(asked.out / name, STUDY / name)
        PAGE.write_text(page(STUDY), encoding="utf-8")
    print(f"wrote {asked.out / FILES[0]}")


def numbers(text: str) -> set[int]:
    """`3,7` as numbers. Raises ValueError for anything else."""
    return {int(each) for each in text.split(",")}
