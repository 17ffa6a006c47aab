"""How far a study's verdict carries over the worlds of another study, which `revsim worlds` left in its folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from revsim.analysis.comparison import Comparison
from revsim.analysis.worlds.robust import robust_words
from revsim.errors import UserError
from revsim.paths import display_path
from revsim.scenario import canonical
from revsim.scenario.problems import quoted
from revsim.scenario.resolved import resolved_of
from revsim.store.entries import check_entries
from revsim.store.findings import read_finding, table_of
from revsim.store.layout import Folder
from revsim.store.manifest import Manifest, code_hash, read_manifest

FEWEST = 2  # a contest
MOST_SCENARIOS = 100  # in worlds
RESOLVED = re.compile(r"scenarios/[^/\\\\]+\.yaml")
SHARES, CONDITIONS = "shares", "conditions"
COLUMNS = {
    SHARES: dict.fromkeys(("among", "scenario", "against", "criterion"), "text")
    | dict.fromkeys(("worlds", "wins", "loses"), "count")
    | {"ahead": "share"}
    | {f"{word}_{part}": "share" for word in ("wins", "loses") for part in ("share", "low", "high")},
    CONDITIONS: dict.fromkeys(("winner", "loser", "criterion", "rule"), "text") | {"found": "flag"},
}
TAKES = "--worlds takes the folder of a finished `revsim worlds`"
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
    check_entries(folder)
    manifest = read_manifest(folder.manifest)
    if manifest is None:
        raise UserError(
            f"{folder.manifest}: there is none.\n  --worlds takes the folder of a finished `revsim worlds`."
        )
    if manifest.code != code_hash():
        raise UserError(
            f"{folder.root}: its worlds were made by another version of the model ({quoted(manifest.code[:8])}, now "
            f"{code_hash()[:8]}).\n  Run `revsim worlds` again, or leave --worlds out."
        )
    shares, conditions = (_table(manifest, folder, name) for name in (SHARES, CONDITIONS))
    there = _contents(manifest, folder, contents)
    for name, content in there.items():
        if content != contents[name]:
            raise UserError(f"{folder.root}: holds worlds of another “{name}” than is compared here.\n{WAY_OUT}")
    is_met = (shares["scenario"].isin(there) & shares["against"].isin(there)).any()
    if len(there) < FEWEST or not is_met:
        raise UserError(f"{folder.root}: holds worlds of other scenarios than are compared here.\n{WAY_OUT}")
    return Worlds(folder, shares, conditions, frozenset(there))


def _contents(manifest: Manifest, folder: Folder, names: Collection[str]) -> dict[str, str]:
    """Content hashes of those scenarios of the folder that are called as these."""
    files = [folder.root / name for name in manifest.findings if RESOLVED.fullmatch(name)]
    if len(files) > MOST_SCENARIOS:
        raise UserError(
            f"{folder.manifest}: lists {len(files):,} scenarios, and at most {MOST_SCENARIOS} are read.\n{WAY_OUT}"
        )
    resolved = [resolved_of(read_finding(manifest, folder, path), str(path)) for path in files]
    doubled = [name for name, many in Counter(each.name for each in resolved).items() if many > 1]
    if doubled:
        raise UserError(f"{folder.scenarios}: two files are of a scenario called {quoted(doubled[0])}.\n{WAY_OUT}")
    return {each.name: canonical.content_hash(each) for each in resolved if each.name in names}


def _name(folder: Folder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()


def _table(manifest: Manifest, folder: Folder, name: str) -> pd.DataFrame:
    path = folder.table(name)
    if _name(folder, path) not in manifest.findings:
        raise UserError(f"{folder.manifest}: knows of no {path.name}.\n  {TAKES}.")
    return table_of(path, read_finding(manifest, folder, path), COLUMNS[name])
