"""What a company's forecast variance is made of: frictions switched off one by one and together, on the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from revsim.api import Scenario, load
from revsim.scenario import frictions
from revsim.settings import DEFAULT_REPLICATIONS, Settings
from revsim.studies.answer import Answer, Question, answered

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.parts import Told
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part

WEEK = 7  # the one that is asked for first
STAYS = (
    "Switched off are "
    + "; ".join(f"{name}: {meant}" for name, meant in frictions.MEANT.items())
    + ". Queues, buyers, hand-offs and slow decisions stay as they are."
)
WIDENED = (
    "Above zero a friction adds to the variance and makes the forecast worse. Intervals of what is added are widened "
    "for the number of their kind in parts.csv (Bonferroni: `wide_low`, `wide_high`); words are said of these. `low` "
    "and `high` are each for itself, as those of levels are."
)
UNFOUNDED = "How strong a friction is has no direct evidence for most of its numbers; assumptions.csv lists them."
UNTOLD = "Chance and structure are not told apart in some set of frictions with these replications; the whole is told."


@dataclass(frozen=True, eq=False)
class PartsStudy(Answer):
    """A company with every set of frictions switched off."""

    kind: ClassVar[str] = "parts"

    @cached_property
    def rows(self) -> list[Told]:
        """Shares and cross terms by week, of all variance, structure and chance."""
        from revsim.analysis.parts import games, parts  # noqa: PLC0415 - heavy: only when it is used

        return parts(games(self.study.paired[0]), list(frictions.PARTS))

    @property
    def title(self) -> str:
        """The scenario."""
        return f"What forecast variance is made of: {self.base.name}"

    @property
    def of(self) -> str:
        """Structure where it can be told apart, else all of the variance."""
        return "structure" if any(row.of == "structure" for row in self.rows) else "whole"

    @property
    def sentences(self) -> list[str]:
        """Shares and clear cross terms at mid-quarter, then on day one and two weeks before the end."""
        from revsim.analysis.forecasting import DATES  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.parts_words import sentences  # noqa: PLC0415 - as above

        weeks = sorted(DATES, key=lambda week: (week != WEEK, week))
        return [said for week in weeks for said in sentences(self.rows, week, self.of)]

    @property
    def lead(self) -> list[str]:
        """The whole, its shares and its cross terms at mid-quarter."""
        return self.sentences[:3]

    @property
    def notes(self) -> list[str]:
        """What is switched off, how it is judged, what it rests on, what is left out."""
        dropped = self.study.paired[1]
        gone = [f"{dropped} replications failed in some scenario and are left out."] if dropped else []
        return [STAYS, WIDENED, UNFOUNDED, *([UNTOLD] if self.of == "whole" else []), *gone]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """parts: all rows; assumptions: the base's numbers without direct evidence."""
        import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

        from revsim.analysis.parts import frame  # noqa: PLC0415 - as above
        from revsim.reports.facts import unfounded  # noqa: PLC0415 - as above

        sheet = unfounded(self.base.resolved)
        return {"parts": frame(self.rows), "assumptions": pd.DataFrame(sheet.rows, columns=sheet.columns)}

    @property
    def pictures(self) -> list[Picture]:
        """Parts stacked by week, with their intervals; none without intervals."""
        from revsim.reports.figures.parts import parts_picture  # noqa: PLC0415 - heavy: only when it is used

        picture = parts_picture(self.rows, self.of)
        return [] if picture is None else [picture]

    @property
    def parts(self) -> list[Part]:
        """Shares, and cross terms, by week."""
        from revsim.reports.parts.frictions import cross_part, level_part, share_part  # noqa: PLC0415 - heavy: as above

        return [share_part(self.rows, self.of), cross_part(self.rows, self.of), level_part(self.rows)]


def scenarios_of(base: Scenario) -> list[Scenario]:
    """The company with every set of frictions switched off; the first is as it is, the last without any."""
    sets = frictions.subsets(base.resolved)
    return [Scenario(each, "" if place else base.file) for place, each in enumerate(sets)]


def question(base: Scenario, settings: Settings) -> Question[PartsStudy]:
    """What is to be run."""
    return Question(scenarios_of(base), settings, f"parts-{base.name}", PartsStudy)


def parts(
    scenario: Scenario | str | Path,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
) -> PartsStudy:
    """Share a company's forecast variance out among definitions, data, judgement and incentives.

    All 16 sets are switched off on the same luck, with continuations that tell chance from structure. Keywords as of
    `compare`. Raises UserError.
    """
    base = scenario if isinstance(scenario, Scenario) else load(scenario)
    return answered(question(base, Settings(replications, seed, engine, workers)), out)
