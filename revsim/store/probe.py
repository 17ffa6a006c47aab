"""What would stop a study at its end is found before it begins: whether the folder takes tables, and has room."""

from __future__ import annotations

import shutil

import pandas as pd

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.tables import QUARTER_KEYS, read_table, table_of, write_groups

ROW = pd.DataFrame({"scenario": ["probe"], "replication": [0], "quarter": [1], "bookings": [0.1]})


def check_takes_tables(folder: Folder) -> None:
    """Write a table there, read it and remove it, by the code that will write the study's. Raises UserError."""
    path = folder.probe
    write_groups([table_of(ROW, QUARTER_KEYS, path)], path)
    try:
        back = read_table(path, QUARTER_KEYS)
    finally:
        path.unlink(missing_ok=True)
    if not back.equals(ROW):
        raise UserError(
            f"{folder.root}: a table that is written there comes back changed.\n"
            "  The file system is not to be trusted with results: choose another --out."
        )


def check_room(folder: Folder, wanted: int) -> None:
    """Raise UserError where fewer bytes are free than are wanted; where nobody can say it, there is room."""
    try:
        total, _, free = shutil.disk_usage(folder.root)
    except OSError:
        return
    if total and free < wanted:
        raise UserError(
            f"{folder.root}: the study takes about {wanted / 1e6:,.0f} MB there, and {free / 1e6:,.0f} MB are free.\n"
            "  Free some space, choose another --out, or ask for fewer --replications."
        )
