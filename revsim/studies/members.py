"""A plausible set: companies drawn from what is not known of one, which history matching does not rule out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import pandas as pd

from revsim.api import Scenario, load
from revsim.errors import UserError
from revsim.notices import silent
from revsim.scenario.address import get
from revsim.scenario.drawing import Values, sharing
from revsim.settings import Settings, check_fewest
from revsim.studies.answer import Answer, Question, answered
from revsim.studies.screening import FIRST, Effort, Screened, drawn_scenarios, judged, named_plainly, screened

if TYPE_CHECKING:
    from revsim.analysis.worlds.implausibility import Fit
    from revsim.analysis.worlds.medians import Middle
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part
    from revsim.store.layout import Folder

DEFAULT_JUDGED = 20  # replications by which a member is judged
FEWEST = 6  # that give a simulation error
ADVICE = "Ranges are assumptions themselves; the set says which of them known companies leave open."


class Member(NamedTuple):
    """A company that is not ruled out."""

    numbers: Values
    fits: list[Fit]


@dataclass(frozen=True, eq=False)
class MemberStudy(Answer):
    """Candidates that have been run, and those not ruled out; `company` is the one that they were drawn from."""

    company: Scenario
    screened: Screened
    effort: Effort
    kind: ClassVar[str] = "plausible"
    advice: ClassVar[str] = ADVICE

    @cached_property
    def asked(self) -> list[list[Fit]]:
        """Fits of each candidate; empty for one without rows."""
        return judged(self.study, self.company.name, len(self.screened.draws))

    @cached_property
    def members(self) -> list[Member]:
        """Those not ruled out, in the order of their draws, as many as were wanted. Raises UserError if none is."""
        from revsim.analysis.worlds.implausibility import is_kept  # noqa: PLC0415 - heavy: only when it is used

        found = [
            Member(numbers, fits)
            for numbers, fits in zip(self.screened.draws, self.asked, strict=True)
            if fits and is_kept(fits)
        ]
        if not found:
            raise UserError(f"Every company drawn is ruled out ({len(self.asked)} asked twice): raise --most.")
        return found[: self.effort.members]

    @property
    def passed(self) -> int:
        """Candidates that are not ruled out."""
        from revsim.analysis.worlds.implausibility import is_kept  # noqa: PLC0415 - heavy: only when it is used

        return sum(bool(fits) and is_kept(fits) for fits in self.asked)

    @property
    def passing(self) -> float:
        """Share of unchosen draws that pass: those that few replications leave, times the share that more do."""
        return self.screened.passing * self.passed / max(sum(map(bool, self.asked)), 1)

    @cached_property
    def values(self) -> pd.DataFrame:
        """A row a member, a column a number that was drawn."""
        return pd.DataFrame([member.numbers for member in self.members])

    @cached_property
    def middles(self) -> list[Middle]:
        """The median of each number over the set, and what the company's file should have by it."""
        return self.middles_by(each_alone=False)

    def middles_by(self, *, each_alone: bool) -> list[Middle]:
        """The same; with `each_alone` each number moves by its own test."""
        from revsim.analysis.worlds.medians import middles, summing_to_one  # noqa: PLC0415 - heavy: only when it is used

        whole = [spread.address for axis in self.screened.axes for spread in axis.spreads if spread.whole]
        now = {str(name): get(self.company.resolved, str(name)).value for name in self.values}
        return summing_to_one(middles(self.values, now, whole, each_alone=each_alone), sharing(self.company.resolved))

    @cached_property
    def ruling(self) -> pd.DataFrame:
        """What each pattern rules out of the draws that no emulator chose."""
        from revsim.analysis.worlds.implausibility import ruling_rows  # noqa: PLC0415 - heavy: only when it is used

        return ruling_rows(self.screened.first)

    @property
    def scenarios(self) -> list[Scenario]:
        """The company."""
        return [self.company]

    @property
    def title(self) -> str:
        """The company."""
        return f"Plausible companies like {self.company.name}"

    @property
    def sentences(self) -> list[str]:
        """How many pass, what rules out most, what is elsewhere in the middle of the set."""
        from revsim.analysis.worlds.member_words import sentences  # noqa: PLC0415 - heavy: only when it is used

        return sentences(len(self.members), self.passing, len(self.screened.first), self.ruling, self.middles)

    @property
    def notes(self) -> list[str]:
        """How it was judged, and what is lacking."""
        from revsim.analysis.worlds.member_words import notes  # noqa: PLC0415 - heavy: only when it is used

        waves = sum(batch.looked_at > batch.run for batch in self.screened.batches)
        asked = sum(map(bool, self.asked))
        return notes(asked, self.passed, self.effort.members, waves, self.study.finished.manifest.replications)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """members: values, patterns and implausibility; patterns; medians; batches."""
        from revsim.analysis.worlds.implausibility import largest, worst  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.worlds.medians import middle_rows  # noqa: PLC0415 - as above

        rows = [
            {"implausibility": largest(member.fits), "worst_pattern": worst(member.fits)}
            | {f"pattern: {fit.pattern.name}": fit.pattern.value for fit in member.fits}
            | member.numbers
            for member in self.members
        ]
        return {
            "members": pd.DataFrame(rows),
            "patterns": self.ruling,
            "medians": middle_rows(self.middles),
            "batches": pd.DataFrame(self.screened.batches),
        }

    @property
    def pictures(self) -> list[Picture]:
        """None: tables say it."""
        return []

    @property
    def parts(self) -> list[Part]:
        """Patterns, and numbers that are elsewhere in the middle of the set."""
        from revsim.reports.parts.members import parts  # noqa: PLC0415 - heavy: only when it is used

        return parts(self.ruling, self.middles)

    def write_findings(self, folder: Folder) -> None:
        """As of every answer, and the set as a file."""
        from revsim.store.members import IN_FOLDER, write_set  # noqa: PLC0415 - heavy: only when it is used
        from revsim.studies.shipped_set import kept_of  # noqa: PLC0415 - as above

        write_set(kept_of(self, self.company), folder.root / IN_FOLDER)
        super().write_findings(folder)


def question(
    company: Scenario, effort: Effort, settings: Settings, say: Callable[[str], None] = silent
) -> Question[MemberStudy]:
    """Draws are run by few replications here; those not ruled out are what is to be run. Raises UserError."""
    check_fewest(settings.replications, FEWEST, "each company is judged by its own")
    plain = replace(settings, continuations=0)
    found = screened(company, effort, plain, say)
    if not found.draws:
        raise UserError(
            f"Every company drawn is ruled out ({sum(batch.run for batch in found.batches)} run {FIRST} times each).\n"
            "  Raise --most, or give the company's file ranges in which known companies lie."
        )
    everywhere = drawn_scenarios(company, found.draws)
    says = f"{len(everywhere)} companies are judged by {settings.replications} replications each"
    return Question(
        everywhere,
        named_plainly(plain, company),
        f"plausible-{company.name}",
        lambda study: MemberStudy(study, company, found, effort),
        says,
    )


def plausible(  # noqa: PLR0913 - each is a keyword of the interface
    scenario: Scenario | str | Path,
    *,
    members: int = Effort().members,
    most: int = Effort().most,
    replications: int = DEFAULT_JUDGED,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
) -> MemberStudy:
    """Draw companies from what is not known of one, until so many are not ruled out by what is known of companies.

    At most `most` draws are run. `replications` are those by which a member is judged; other keywords as of `compare`.
    Raises UserError.
    """
    company = scenario if isinstance(scenario, Scenario) else load(scenario)
    settings = Settings(replications, seed, engine, workers)
    return answered(question(company, Effort(members, most), settings), out)
