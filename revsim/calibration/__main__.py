"""Repeat the fits of the shipped companies: `python -m revsim.calibration olist|maven FOLDER [--direct]`.

FOLDER holds the published CSV files. Without `--direct` the simulated moments are searched too (minutes). The answer is
a table on stdout: address, value, low, high, source; then each moment, measured and simulated.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd

from revsim.calibration import maven, olist
from revsim.calibration.companies import Fitted, Search, by_address, matched
from revsim.calibration.match import Target
from revsim.errors import UserError
from revsim.paths import absolute

REPLICATIONS = 3
OLIST_FILES = ("olist_marketing_qualified_leads_dataset.csv", "olist_closed_deals_dataset.csv")


def main() -> None:
    """Read the export, fit, tell."""
    words = argparse.ArgumentParser(prog="python -m revsim.calibration", description=__doc__)
    words.add_argument("company", choices=("olist", "maven"))
    words.add_argument("folder", type=_folder)
    words.add_argument("--direct", action="store_true", help="only what a column tells by itself")
    given = words.parse_args()
    try:
        direct, targets, search = of_olist(given.folder) if given.company == "olist" else of_maven(given.folder)
    except FileNotFoundError as error:
        words.error(f"{error.filename}: no such file; name the folder that holds the published CSV files")
    tell(direct)
    if not given.direct:
        found = matched(search, targets, REPLICATIONS)
        tell(by_address(search, found, f"matched by simulation: {given.company}"))
        for name, target in targets.items():
            row = (name, target.value, target.error, found.moments[name])
            sys.stdout.write("{}\t{:.4g}\t+-{:.2g}\t{:.4g}\n".format(*row))


def of_olist(folder: Path) -> tuple[dict[str, Fitted], dict[str, Target], Search]:
    """What Olist's files tell, and what is to be searched."""
    frame = olist.frame_of(*(_table(folder / name) for name in OLIST_FILES))
    return olist.direct(frame), olist.targets(frame), olist.search()


def of_maven(folder: Path) -> tuple[dict[str, Fitted], dict[str, Target], Search]:
    """What Maven's file tells, and what is to be searched."""
    frame = maven.frame_of(_table(folder / "sales_pipeline.csv"))
    return maven.direct(frame), maven.targets(frame), maven.search()


def _folder(given: str) -> Path:
    """The folder that was typed; argparse tells what is wrong with it."""
    try:
        return absolute("FOLDER", given)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _table(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="") as file:
        return pd.read_csv(file)


def tell(found: dict[str, Fitted]) -> None:
    """One row a number."""
    for address, one in found.items():
        sys.stdout.write(f"{address}\t{one.value:.4g}\t{one.low:.4g}\t{one.high:.4g}\t{one.source}\n")


if __name__ == "__main__":
    main()
