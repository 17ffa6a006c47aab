"""Some columns of a whole table: a study of many worlds has more rows than fit into memory with all their columns."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from revsim.errors import UserError
from revsim.store.layout import Folder
from revsim.store.tables import KEYS


def read_columns(folder: Folder, table: str, names: Sequence[str]) -> pd.DataFrame:
    """The keys of `table` (quarters or weeks) and the columns `names`. Raises UserError where they are not there."""
    path = folder.whole(table)
    try:
        frame: pd.DataFrame = pq.read_table(path, columns=[*KEYS[table], *names]).to_pandas()
    except (FileNotFoundError, pa.ArrowInvalid, OSError) as error:
        raise UserError(f"{path}: cannot be read ({error}).\n  Run the study again.") from None
    return frame
