"""Which lever of a programme brings what: all subsets of levers on the same luck, shared out; of a design hand-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from revsim.api import Scenario, load
from revsim.errors import UserError
from revsim.scenario import levers
from revsim.settings import DEFAULT_CONTINUATIONS, DEFAULT_REPLICATIONS, Settings, check_fewest
from revsim.studies.answer import Answer, Question, answered
from revsim.studies.sharing import Shared, scenarios_of, sets_of, shared

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.attribution import Attribution
    from revsim.analysis.moments import Moments
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part
    from revsim.store.layout import Folder

HEADLINE = "forecast_variance_week_7"
TOLD_APART = ("_chance", "_structure")  # measures that only continuations tell
TAKES_LONGER = "{names}: each replication is continued with fresh luck, which takes about twice as long"
CHARGED = (
    "Money and hours of a lever that is left out are not charged; leaders' time that shields the build comes with any "
    "lever and is shared out like all else."
)
WORN = (
    "Hours of a lever that is left out are not charged; resets and agreements wear off by the programme's habituation."
)
UNFOUNDED = "Numbers without direct evidence drive the result; assumptions.csv lists those of the base."


@dataclass(frozen=True, eq=False)
class AttributionStudy(Answer):
    """A programme's effect on some measures, shared out among its levers. Raises UserError if one cannot be."""

    measures: tuple[str, ...] = (HEADLINE,)
    earlier: tuple[str, ...] = ()  # asked for before in the same folder: they stay on its page
    family: levers.Family = levers.DESIGN
    kind: ClassVar[str] = "attribute"

    def __post_init__(self) -> None:
        """Share out at once, so that what cannot be is told before anything is written."""
        _ = self.shared

    @cached_property
    def shared(self) -> Shared:
        """What belongs to which lever."""
        return shared(self.study, self.measures, self.family)

    @property
    def asked(self) -> list[Attribution]:
        """The shares of the measures that were asked for."""
        return [self.shared.attributions[name] for name in self.measures]

    @property
    def on_page(self) -> list[Attribution]:
        """The shares that the page tells: of what was asked for, then of what was before."""
        return [self.shared.attributions[name] for name in (*self.measures, *self.earlier)]

    @cached_property
    def moments(self) -> Moments | None:
        """A design's single hand-offs, ranked by the first measure that was asked for."""
        return self.shared.moments(self.measures[0]) if self.family is levers.DESIGN else None

    @property
    def design(self) -> Scenario:
        """The scenario with all levers."""
        return self.scenarios[sets_of(self.family) - 1]

    @property
    def title(self) -> str:
        """The base and the design."""
        return f"Which lever first: {self.design.name}, from {self.base.name}"

    @property
    def sentences(self) -> list[str]:
        """The shares of each measure, then the hand-offs."""
        from revsim.analysis.shares import sentences  # noqa: PLC0415 - heavy: only when it is used

        said = [sentence for one in self.asked for sentence in sentences(one, levers.TITLES)]
        return [*said, *self.moment_sentences]

    @property
    def moment_sentences(self) -> list[str]:
        """Each hand-off alone, and which is best to start with; of a design alone."""
        from revsim.analysis.shares import moment_sentences  # noqa: PLC0415 - heavy: only when it is used

        return moment_sentences(self.moments, self.asked[0].game.title) if self.moments else []

    @property
    def lead(self) -> list[str]:
        """The whole and the largest share of the first measure, and the hand-off to start with."""
        return [*self.sentences[:2], *self.moment_sentences[-1:]]

    @property
    def notes(self) -> list[str]:
        """What stays as it is, what is charged, what it rests on."""
        still = [levers.TITLES[one] for one in self.family.levers if one not in self._moved]
        found = [f"“{self.design.name}” leaves as it is: {', '.join(still)}; its share is zero."] if still else []
        return [*found, CHARGED if self.family is levers.DESIGN else WORN, UNFOUNDED]

    @property
    def _moved(self) -> Sequence[str]:
        return list(levers.moved(self.base.resolved, self.design.resolved, self.family))

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Attribution (all measures), of a design one_moment, assumptions."""
        import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

        from revsim.reports.facts import unfounded  # noqa: PLC0415 - as above

        sheet = unfounded(self.base.resolved)
        return {
            "attribution": pd.concat([one.frame() for one in self.shared.attributions.values()]),
            **({"one_moment": self.moments.frame()} if self.moments else {}),
            "assumptions": pd.DataFrame(sheet.rows, columns=sheet.columns),
        }

    @property
    def pictures(self) -> list[Picture]:
        """One a measure of the page."""
        from revsim.reports.figures.attribution import attribution_picture  # noqa: PLC0415 - heavy: only when it is used

        return [attribution_picture(one) for one in self.on_page]

    @property
    def parts(self) -> list[Part]:
        """A table a measure, and a design's hand-offs by the first of them and by what was asked for before."""
        from revsim.reports.parts.attribution import moment_part, share_part  # noqa: PLC0415 - heavy: as above

        title = {one.game.measure: one.game.title for one in self.on_page}
        ranked = [self.moments, *map(self.shared.moments, self.earlier)] if self.moments else []
        return [*map(share_part, self.on_page), *(moment_part(one, title[one.measure]) for one in ranked)]

    def write_findings(self, folder: Folder) -> None:
        """Tables, pictures and page; a measure whose picture is there already stays on the page, with today's rows."""
        from revsim.reports.figures.attribution import name_of  # noqa: PLC0415 - heavy: only when it is used

        drawn = [name for name in self.shared.attributions if folder.figure(name_of(name), "svg").exists()]
        earlier = tuple(name for name in drawn if name not in self.measures)
        Answer.write_findings(replace(self, earlier=earlier) if earlier else self, folder)


def question(
    base: Scenario, design: Scenario, measures: Sequence[str], settings: Settings
) -> Question[AttributionStudy]:
    """What is to be run. Raises UserError for an unknown measure, or if more than one programme differs."""
    from revsim.analysis.gains import VARIANCES, check_measure  # noqa: PLC0415 - heavy: only when it is used

    asked = tuple(dict.fromkeys(measures or [HEADLINE]))
    for name in asked:
        check_measure(name)
        if name in VARIANCES:
            check_fewest(settings.replications, 2, f"`{name}` is a variance over them")
    told_apart = [name for name in asked if name.endswith(TOLD_APART)]
    says = TAKES_LONGER.format(names=", ".join(f"`{name}`" for name in told_apart)) if told_apart else ""
    family = levers.family_of(base.resolved, design.resolved)
    name, scenarios = f"attribute-{design.name}", scenarios_of(base, design, family)
    return Question(scenarios, settings, name, lambda study: AttributionStudy(study, asked, family=family), says)


def continuations_for(measures: Sequence[str], given: int | None) -> int:
    """0 unless a measure of chance or structure is asked for. Raises UserError if one is, and `given` is 0."""
    wanting = next((name for name in measures if name.endswith(TOLD_APART)), None)
    if wanting and given == 0:
        raise UserError(
            f"--continuations 0: `{wanting}` is told by continuing each replication with fresh luck; write "
            f"--continuations {DEFAULT_CONTINUATIONS}, or leave it out."
        )
    return given if given is not None else DEFAULT_CONTINUATIONS if wanting else 0


def attribute(  # noqa: PLR0913 - each is a keyword of the interface
    base: Scenario | str | Path,
    design: Scenario | str | Path,
    *,
    measures: Sequence[str] = (HEADLINE,),
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
    continuations: int | None = None,
) -> AttributionStudy:
    """Share a programme's effect out among its levers, and say which single hand-off of a design to begin with.

    `design` differs from `base` in its design alone, or in its coordination alone. Keywords as of `compare`; each
    replication is continued with fresh luck only if a measure of chance or structure is asked for. Raises UserError.
    """
    first, second = (each if isinstance(each, Scenario) else load(each) for each in (base, design))
    many = continuations_for(measures, continuations)
    settings = Settings(replications, seed, engine, workers, continuations=many)
    return answered(question(first, second, measures, settings), out)
