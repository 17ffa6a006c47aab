"""How far a study's verdict carries over the worlds of another study, which `revsim worlds` left in its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from revsim.analysis.comparison import Comparison
from revsim.analysis.worlds.robust import robust_words
from revsim.errors import UserError
from revsim.paths import display_path
from revsim.scenario import canonical
from revsim.scenario.load import load
from revsim.store.layout import Folder

FEWEST = 2  # a contest
WAY_OUT = "  Run `revsim worlds` with the same files, or leave --worlds out."


class Worlds(NamedTuple):
    """The tables of worlds of the same scenarios, and where they are from."""

    folder: Folder
    shares: pd.DataFrame
    conditions: pd.DataFrame
    known: frozenset[str]  # which of the study's scenarios are among them

    def words(self, comparison: Comparison) -> str:
        """The sentence for the scenario that is most likely best of those known, with its manifest."""
        names = comparison.cube.scenarios
        others = [own for own in comparison.others if names[own] in self.known]
        if not others or names[comparison.base] not in self.known:
            return ""
        own = max(others, key=lambda place: (comparison.best_chance[place], -place))
        said = robust_words(names[own], names[comparison.base], self.shares, self.conditions)
        return said and f"{said} ({display_path(self.folder.manifest)})"


def opened(folder: Folder, contents: Mapping[str, str]) -> Worlds:
    """The worlds of a folder; `contents` are the content hashes of the study's scenarios by name.

    A control, which nobody can choose, need not be among them. Raises UserError if the folder holds no worlds, worlds
    of other scenarios, or of fewer than two of these.
    """
    shares, conditions = (_table(folder, name) for name in ("shares", "conditions"))
    there = _contents(folder, list(contents))
    for name, content in there.items():
        if content != contents[name]:
            raise UserError(f"{folder.root}: holds worlds of another “{name}” than is compared here.\n{WAY_OUT}")
    if len(there) < FEWEST:
        raise UserError(f"{folder.root}: holds worlds of other scenarios than are compared here.\n{WAY_OUT}")
    return Worlds(folder, shares, conditions, frozenset(there))


def _contents(folder: Folder, names: Sequence[str]) -> dict[str, str]:
    """Content hashes of those scenarios of the folder that are called as these."""
    resolved = [load(path) for path in folder.scenario_files(names).values() if path.exists()]
    return {each.name: canonical.content_hash(each) for each in resolved}


def _table(folder: Folder, name: str) -> pd.DataFrame:
    path = folder.table(name)
    if not path.exists():
        raise UserError(f"{path}: there is no such table.\n  --worlds takes the folder of a finished `revsim worlds`.")
    with path.open(encoding="utf-8", newline="") as file:
        return pd.read_csv(file)
