"""What a stress does: each scenario with and without each stress, on the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from revsim.api import Scenario, loaded
from revsim.errors import UserError
from revsim.settings import DEFAULT_REPLICATIONS, QUARTER, Settings
from revsim.studies.answer import Answer, Question, answered

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.stalled import Places, Stalled
    from revsim.analysis.stress import Blow, Pair
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part


class Struck(NamedTuple):
    """All rows, how many replications are left out of them, and what stalled builds are worth."""

    rows: list[Blow]
    dropped: int
    stalled: list[Stalled]


@dataclass(frozen=True, eq=False)
class StressStudy(Answer):
    """Scenarios that were hit; `pairs` says which is which without the stress."""

    pairs: tuple[Pair, ...] = ()
    kind: ClassVar[str] = "stress"

    @cached_property
    def struck(self) -> Struck:
        """What the stresses do."""
        from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.stalled import stalls  # noqa: PLC0415 - as above
        from revsim.analysis.stress import blows  # noqa: PLC0415 - as above

        quarters, weeks, dropped = common_replications(self.study.quarters, self.study.weeks)
        cube = cube_of(quarters, weeks, self.study.plan.names)
        stuck = self._stuck
        margin = self.scenarios[_base_of(stuck[0])].resolved.world.people.margin.value if stuck else 0.0
        return Struck(blows(cube, self.pairs, self.study.plan.currency), dropped, stalls(cube, stuck, margin))

    @property
    def _stuck(self) -> list[Places]:
        """Builds that stall, beside the finished ones and the first scenario that builds nothing."""
        from revsim.analysis.stalled import Places  # noqa: PLC0415 - heavy: only when it is used
        from revsim.scenario.stressed import is_built, stalls_in  # noqa: PLC0415 - as above

        hit, own = {pair.hit for pair in self.pairs}, [each.resolved for each in self.scenarios]
        nothing = next((k for k, each in enumerate(own) if k not in hit and not is_built(each)), None)
        stuck = [pair for pair in self.pairs if stalls_in(own[pair.hit]) and not stalls_in(own[pair.calm])]
        return [Places(pair.calm, pair.hit, nothing) for pair in stuck]

    @property
    def stalled(self) -> list[str]:
        """What a build that stalls is worth, in sentences."""
        from revsim.analysis.stalled import sentences  # noqa: PLC0415 - heavy: only when it is used

        return sentences(self.struck.stalled, self.study.plan.currency)

    @property
    def rows(self) -> list[Blow]:
        """A row a scenario, stress, window and measure."""
        return self.struck.rows

    @property
    def names(self) -> list[str]:
        """The scenarios that were hit, the reference first."""
        return list(dict.fromkeys(pair.scenario for pair in self.pairs))

    @property
    def title(self) -> str:
        """The scenarios."""
        return f"Under stress: {', '.join(self.names)}"

    @property
    def every(self) -> list[str]:
        """What each stress does to each scenario, in a sentence."""
        from revsim.analysis.stress_words import sentence, table  # noqa: PLC0415 - heavy: only when it is used

        found, pairs = table(self.rows), self.pairs
        stresses = dict.fromkeys(pair.stress for pair in pairs)
        return [sentence(found, pair.scenario, pair.stress) for one in stresses for pair in pairs if pair.stress == one]

    @property
    def lead(self) -> list[str]:
        """What becomes of the reference if a top performer left tomorrow, the question that everybody asks."""
        return self.told[:1]

    @property
    def told(self) -> list[str]:
        """The question that everybody asks in full; where it was not asked, every sentence."""
        from revsim.analysis.stress_words import LEADS, TOP_PERFORMER  # noqa: PLC0415 - heavy: only when it is used

        return [said for said in self.every if said.startswith(LEADS[TOP_PERFORMER])] or self.every

    @property
    def contrasts(self) -> list[str]:
        """How each other scenario differs from the reference."""
        from revsim.analysis.stress_words import contrasts, table  # noqa: PLC0415 - heavy: only when it is used

        found, (reference, *others) = table(self.rows), self.names
        return [contrasts(found, name, reference) for name in others]

    @property
    def sentences(self) -> list[str]:
        """What is asked first, and how scenarios differ; of the other stresses tell the table and `every`."""
        return [*self.told, *self.contrasts, *self.stalled]

    @property
    def notes(self) -> list[str]:
        """How many rows look clear by chance, what is assumed, what is left out."""
        from revsim.analysis.business import RULE  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.stalled import NO_NOTHING  # noqa: PLC0415 - as above
        from revsim.analysis.stress import ASSUMED  # noqa: PLC0415 - as above
        from revsim.analysis.stress_words import tally  # noqa: PLC0415 - as above

        notes = [*([tally(self.rows)] if len(self.names) > 1 else []), RULE]
        if any(pair.assumed for pair in self.pairs):
            notes.append(f"Rows marked *: {ASSUMED}.")
        if any(places.nothing is None for places in self._stuck):
            notes.append(NO_NOTHING)
        if self.struck.dropped:
            notes.append(f"{self.struck.dropped} replications failed in some scenario and are left out.")
        return notes

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """stress: every row; stalled: the balance of builds that stall, if any does."""
        from revsim.analysis import stalled  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.resting import marked_balance  # noqa: PLC0415 - as above
        from revsim.analysis.stress import frame  # noqa: PLC0415 - as above

        rows = {"stress": frame(self.rows)}
        if not self.struck.stalled:
            return rows
        worth = stalled.frame(self.struck.stalled, self.study.plan.currency)
        return rows | {"stalled": marked_balance(worth, self.study.unknown)}

    @property
    def pictures(self) -> list[Picture]:
        """A forest plot; none without intervals."""
        from revsim.reports.figures.stress import stress_picture  # noqa: PLC0415 - heavy: only when it is used

        picture = stress_picture(self.rows, self.names)
        return [] if picture is None else [picture]

    @property
    def parts(self) -> list[Part]:
        """What each stress does to each scenario, as a table and in words; what a stalled build is worth."""
        from revsim.reports.parts.stress import stalled_part, stress_part  # noqa: PLC0415 - heavy: only when it is used

        said = [sentence for sentence in self.every if sentence not in self.told]
        found, money = self.struck.stalled, self.study.plan.currency
        return [stress_part(self.rows, self.names, said), *([stalled_part(found, money)] if found else [])]


def question(
    scenarios: Sequence[Scenario], stresses: Sequence[str], settings: Settings, quarter: int | None = None
) -> Question[StressStudy]:
    """Each scenario, and itself under each stress that can happen to it. Raises UserError if none can to the first."""
    from revsim.analysis.stress import Pair  # noqa: PLC0415 - heavy: only when it is used
    from revsim.scenario.stressed import at_quarter, cases, events, shipped_stresses  # noqa: PLC0415 - as above

    found = events(stresses or shipped_stresses())
    found = found if quarter is None else [at_quarter(event, quarter) for event in found]
    _check_names([event.name for event in found])
    files = {each.name: each.file for each in scenarios}
    suite = cases([each.resolved for each in scenarios], found)
    places = {case.scenario.name: place for place, case in enumerate(suite)}
    pairs = tuple(
        Pair(case.calm, case.event.name, places[case.calm], place, case.event.week, case.event.assumed)
        for place, case in enumerate(suite)
        if case.event is not None
    )
    first = scenarios[0].name
    if not any(pair.scenario == first for pair in pairs):
        raise UserError(
            f"No stress can happen to “{first}”: it has each of them already, or builds nothing that could stall.\n"
            "  Put another scenario first, or name a stress by --stress."
        )
    struck = [Scenario(case.scenario, files[case.calm]) for case in suite]
    return Question(struck, settings, f"stress-{first}", lambda study: StressStudy(study, pairs))


def _base_of(places: Places) -> int:
    """Whose margin counts."""
    return places.finished if places.nothing is None else places.nothing


def _check_names(names: list[str]) -> None:
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(f"--stress: two files are called “{doubled[0]}”; give one another `name:`, or name it once.")


def stress(  # noqa: PLR0913 - each is a keyword of the interface
    scenarios: Sequence[Scenario | str | Path],
    *,
    stresses: Sequence[str | Path] = (),
    quarter: int | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
) -> StressStudy:
    """Hit each scenario with each stress (files with a `stress` block; all shipped ones unless said).

    With `quarter` they begin in that measured quarter instead of the week that their files say. The first scenario is
    the reference. Keywords as of `compare`. Raises UserError.
    """
    settings = Settings(replications, seed, engine, workers, continuations=0)
    begins = None if quarter is None else QUARTER.checked("quarter =", quarter, "quarter=")
    return answered(question(loaded(scenarios), [str(each) for each in stresses], settings, begins), out)
