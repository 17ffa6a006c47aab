"""Which luck a row was made with: equal numbers of replications are not equal luck.

    luck = mix(digest(seed, version of results) + replication)          63 bits, by SplitMix64

stands in each row of a study's frames. Rows that are set beside each other as one replication must have one luck; a
frame of another seed, of another version of the model, or with replications numbered anew is refused. Rows without the
column, such as those read from a folder's own tables, cannot be checked: there the manifest says the seed.

Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators (the mixing function).
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from revsim.errors import UnpairedError

LUCK = "luck"
STEP = np.uint64(0x9E3779B97F4A7C15)
STIRS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def identity(seed: int, code: str, replications: NDArray[np.int64]) -> NDArray[np.int64]:
    """The luck of each replication."""
    start = np.uint64(int.from_bytes(sha256(f"{seed} {code}".encode()).digest()[:8], "big"))
    found = start + STEP * (replications.astype(np.uint64) + np.uint64(1))
    for shift, factor in STIRS:
        found = (found ^ (found >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray((found ^ (found >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)


def marked(frame: pd.DataFrame, seed: int, code: str) -> pd.DataFrame:
    """The frame with its luck as the last column; nothing else is copied."""
    found = frame.copy(deep=False)
    found[LUCK] = identity(seed, code, frame["replication"].to_numpy())
    return found


def check_luck(frames: Sequence[pd.DataFrame], scenarios: Sequence[str]) -> None:
    """Raise UnpairedError unless each replication has one luck in all frames and scenarios, where rows say which."""
    keys = ["scenario", "replication", LUCK]
    told = [frame.loc[frame[LUCK].notna(), keys] for frame in frames if LUCK in frame.columns]
    if not told:
        return
    rows = pd.concat([each.drop_duplicates() for each in told], ignore_index=True)
    rows = rows[rows["scenario"].isin(scenarios)]
    first = rows.groupby("replication")[LUCK].transform("first")
    other = rows[rows[LUCK] != first]
    if len(other):
        name, number = other.iloc[0][["scenario", "replication"]]
        raise UnpairedError(
            f"Cannot compare: replication {number} of `{name}` has other luck than that of the other rows "
            f"(column `{LUCK}`).\n"
            "  They were run with another seed or version, or replications were numbered anew. Run all scenarios in "
            "one study, or with the same seed."
        )
