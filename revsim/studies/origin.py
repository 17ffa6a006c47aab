"""Where the worlds of a study come from: members of a plausible set, or ranges, and why not the set."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from revsim.analysis.words import count_of
from revsim.errors import UserError
from revsim.scenario.canonical import world_hash
from revsim.scenario.drawing import Values
from revsim.scenario.scenario import Scenario
from revsim.scenario.todays import fits_scenarios


class Why(Enum):
    """Why ranges were drawn from."""

    NO_SET = "no plausible set is kept for this company"
    OUTDATED = "the plausible set of this company was made with another model"
    FIXED = "with --fix no company is one of its plausible set"
    OTHER_WORLDS = "the scenarios are not of one company, so no plausible set is theirs"
    NONE_FITS = "these scenarios fit none of the company's plausible set"


class Origin(NamedTuple):
    """Members of the set that the scenarios fit, and that they do not fit; or why there are none."""

    fitting: int = 0
    contradicting: int = 0
    why: Why | None = None

    @property
    def is_set(self) -> bool:
        """Whether worlds are members of a plausible set."""
        return self.why is None

    def words(self, worlds: int, asked: int) -> str:
        """Where so many worlds come from, of as many as were asked for."""
        if self.why is not None:
            return f"Worlds are drawn from ranges: {self.why.value}."
        said = f"Worlds are {count_of(worlds, 'member')} of this company's plausible set of "
        said += f"{self.fitting + self.contradicting}, which known companies' patterns do not rule out"
        if self.contradicting:
            said += f"; {self.contradicting} are left out, as some scenario would change today's levers the other way"
        return f"{said}. {asked} were asked for: all there are were taken." if asked > worlds else f"{said}."


FROM_RANGES = Origin(why=Why.NO_SET)


def members_for(
    scenarios: Sequence[Scenario], fixed: Sequence[str], folder: str | Path | None = None
) -> tuple[list[Values], Origin]:
    """Members of the plausible set that the scenarios fit, the baseline first among these; none where it is not used.

    The set is the shipped one of their world, or that of a folder of `revsim plausible`. Raises UserError for a damaged
    file, and where such a folder's set cannot be used.
    """
    from revsim.store.manifest import code_hash  # noqa: PLC0415 - heavy: only when it is used
    from revsim.store.members import set_in, set_of  # noqa: PLC0415 - as above

    worlds = {world_hash(each) for each in scenarios}
    if len(worlds) > 1:
        return _refused(Why.OTHER_WORLDS, folder)
    looked = set_of(worlds.pop(), code_hash()) if folder is None else set_in(folder, worlds.pop(), code_hash())
    if looked.found is None:
        return _refused(Why.OUTDATED if looked.outdated else Why.NO_SET, folder)
    if fixed:
        return _refused(Why.FIXED, folder)
    companies = looked.found.companies
    fitting = [each for each in companies if fits_scenarios(each, scenarios)]
    if not fitting:
        return _refused(Why.NONE_FITS, folder)
    return fitting, Origin(len(fitting), len(companies) - len(fitting))


def _refused(why: Why, folder: str | Path | None) -> tuple[list[Values], Origin]:
    """Ranges instead of a set, unless its folder was named. Raises UserError then."""
    if folder is not None:
        raise UserError(
            f"--members {folder}: {why.value}.\n  `revsim plausible SCENARIO --out FOLDER` makes one for the baseline; "
            "leave --members and --fix out to draw from ranges."
        )
    return [], Origin(why=why)
