"""Both sides' best shot: what a budget buys with coordination, with design and with both; on fresh luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from revsim.api import Scenario, load, plan_of
from revsim.errors import UserError
from revsim.notices import silent
from revsim.scenario import sides
from revsim.scenario.address import get
from revsim.settings import Settings, check_fewest
from revsim.studies.answer import Answer, Question, answered
from revsim.studies.search import RACES, USUAL, Effort, Search, Searched, Tried

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.frontier_rows import Asked, Shown
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part
    from revsim.store.layout import Folder

BUDGETS = (25_000.0, 60_000.0, 120_000.0)
QUARTERS = 16  # four years: a design pays late, and renewals begin a year after signing
DEFAULT_FRESH = 200  # replications on luck that the search has not seen
FEWEST = 3
WHY = (
    "Of the mixes found that cost at most {budget:,.0f} a quarter the one with the highest net value without renewals "
    "over {quarters} quarters; open were the levers of: {side}."
)
RANGES = (
    "A programme adds to what is there: dials go from today's level to 1, rhythms up to one each four weeks; meetings "
    "may also become fewer. Decay stays as the base has it; habituation and the half-life of agreements are the "
    "generous ones of coordination.yaml. Cost is that of the programme, money and hours, on average of all quarters."
)


@dataclass(frozen=True, eq=False)
class FrontierStudy(Answer):
    """The best mixes beside their base, on fresh luck; `searches` say how they were found."""

    searches: tuple[Searched, ...] = ()
    kind: ClassVar[str] = "frontier"

    @cached_property
    def rows(self) -> list[Shown]:
        """A row a side and budget."""
        from revsim.analysis.frontier_rows import shown  # noqa: PLC0415 - heavy: only when it is used

        return shown(self.study.comparison, _asked(self.searches), self.study.margin)

    @property
    def title(self) -> str:
        """The base."""
        return f"What a budget buys: {self.base.name}"

    @property
    def sentences(self) -> list[str]:
        """The best side by budget, forecast variance, and how far the search was too hopeful."""
        from revsim.analysis.frontier_rows import budget_words, optimism_words, variance_words  # noqa: PLC0415 - heavy: only when it is used

        money = self.study.plan.currency
        return [*budget_words(self.rows, money), *variance_words(self.rows), optimism_words(self.rows, money)]

    @property
    def lead(self) -> list[str]:
        """The best side by budget."""
        from revsim.analysis.frontier_rows import budget_words  # noqa: PLC0415 - heavy: only when it is used

        return budget_words(self.rows, self.study.plan.currency)

    @property
    def notes(self) -> list[str]:
        """What was open, and how much was tried."""
        tried = ", ".join(
            f"{one.side}: {sum(each.stage not in RACES for each in one.tried)} mixes, of whose differences the surface "
            f"foretells {max(one.explained, 0.0):.0%}"
            for one in self.searches
        )
        quarters = int(self.base.resolved.calendar.quarters.value)
        return [RANGES, f"Searched for was the highest net value without renewals over {quarters} quarters ({tried})."]

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """frontier: the best mixes with their levers; search: all that was tried, on the search's luck."""
        import pandas as pd  # noqa: PLC0415 - heavy: only when it is used

        best = [self._levers(one, each) for one in self.searches for each in one.best.values()]
        kept = [{**row.cells(), **levers} for row, levers in zip(self.rows, best, strict=True)]
        tried = [
            {"side": one.side, "stage": each.stage, "replications": each.replications}
            | each.worth._asdict()
            | self._levers(one, each)
            for one in self.searches
            for each in one.tried
        ]
        return {"frontier": pd.DataFrame(kept), "search": pd.DataFrame(tried)}

    def _levers(self, one: Searched, tried: Tried) -> dict[str, float]:
        """Every lever of every side, those that are not this side's as the base has them."""
        mine = {lever.address: value for lever, value in zip(one.levers, tried.values, strict=True)}
        return {address: mine.get(address, get(self.base.resolved, address).value) for address in sides.SIDES["both"]}

    @property
    def pictures(self) -> list[Picture]:
        """Net value and forecast variance against cost; none without intervals."""
        from revsim.reports.figures.frontier import frontier_picture  # noqa: PLC0415 - heavy: only when it is used

        picture = frontier_picture(self.rows, self.study.plan.currency)
        return [] if picture is None else [picture]

    @property
    def parts(self) -> list[Part]:
        """What the mixes bring, and what they are."""
        from revsim.reports.parts.frontier import mix_part, worth_part  # noqa: PLC0415 - heavy: only when it is used

        levers = self.frames["frontier"]
        today = {address: get(self.base.resolved, address).value for address in sides.SIDES["both"]}
        return [worth_part(self.rows, self.study.plan.currency), mix_part(levers, today)]


def _asked(searches: Sequence[Searched]) -> list[Asked]:
    """The chosen mixes, in the order of sides and budgets."""
    from revsim.analysis.frontier_rows import Asked  # noqa: PLC0415 - heavy: only when it is used

    return [
        Asked(one.side, budget, name_of(one.side, budget), best.worth.net_without_renewals)
        for one in searches
        for budget, best in one.best.items()
    ]


def name_of(side: str, budget: float) -> str:
    """The scenario's name."""
    from revsim.analysis.frontier_rows import TITLES, amount  # noqa: PLC0415 - heavy: only when it is used

    return f"{TITLES[side]} at {amount(budget)}"


def checked_budgets(name: str, given: Sequence[float]) -> tuple[float, ...]:
    """Budgets in order, each once. Raises UserError for none, or for one that buys nothing."""
    if not given or not all(0.0 < one < float("inf") for one in given):
        raise UserError(f"{name} {','.join(f'{one:g}' for one in given)}: must be numbers above 0, e.g. 25000,60000.")
    return tuple(sorted(set(given)))


class Wanted(NamedTuple):
    """What is searched for: sides (all if none is named), budgets, the horizon, and how much is tried."""

    sides: Sequence[str] = ()
    budgets: Sequence[float] = BUDGETS
    quarters: int = QUARTERS
    effort: Effort = USUAL

    @property
    def named(self) -> list[str]:
        """The sides, each once."""
        return list(dict.fromkeys(self.sides or sides.SIDES))


def fresh_of(settings: Settings) -> Settings:
    """The same on luck that a search with these settings does not see."""
    return replace(settings, seed=settings.seed + 1, continuations=0)


def check_folder(folder: Folder, base: Scenario, wanted: Wanted, settings: Settings) -> None:
    """Raise UserError, before minutes of search, if a folder holds another study than this can become."""
    from revsim.store.manifest import ScenarioFacts, check_same_study, read_manifest  # noqa: PLC0415 - heavy: when used

    there = read_manifest(folder.manifest)
    if there is None:
        return
    mine = plan_of([base.replace({"calendar.quarters": wanted.quarters})], fresh_of(settings)).manifest()
    names = [name_of(side, budget) for side in wanted.named for budget in checked_budgets("--cost", wanted.budgets)]
    kept = {facts.name: facts for facts in there.scenarios}  # what the search will find is not known yet
    mine.scenarios += [kept.get(name, ScenarioFacts(name, "", "")) for name in names]
    check_same_study(there, mine, folder.root)


def question(
    base: Scenario, wanted: Wanted, settings: Settings, tell: Callable[[str], None] = silent
) -> Question[FrontierStudy]:
    """Search, then ask what the best mixes are worth on fresh luck, that of the next seed. Raises UserError."""
    check_fewest(settings.replications, FEWEST, "intervals take as many")
    quarters, costs = wanted.quarters, checked_budgets("--cost", wanted.budgets)
    company, fresh = base.replace({"calendar.quarters": quarters}), fresh_of(settings)
    work = [Search(company, side, costs, settings, wanted.effort, tell) for side in wanted.named]
    searches = tuple(one.run() for one in work)
    mixes = [
        one.mix(budget, name_of(one.side, budget), WHY.format(side=one.side, budget=budget, quarters=quarters))
        for one in searches
        for budget in one.best
    ]
    return Question([company, *mixes], fresh, f"frontier-{base.name}", lambda study: FrontierStudy(study, searches))


def frontier(  # noqa: PLR0913 - each is a keyword of the interface
    base: Scenario | str | Path,
    *,
    sides: Sequence[str] = (),
    budgets: Sequence[float] = BUDGETS,
    quarters: int = QUARTERS,
    effort: Effort = USUAL,
    replications: int = DEFAULT_FRESH,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    out: str | Path | None = None,
) -> FrontierStudy:
    """The mix of levers with the highest net value without renewals for each budget, by side.

    A budget is money a quarter, hours at cost in it, on average of so many `quarters`. Sides are coordination, design
    and both (the levers of the two); all unless said. The search runs on the luck of `seed`; what it found is run
    `replications` times on that of the next seed. Other keywords as of `compare`. Raises UserError.
    """
    company = base if isinstance(base, Scenario) else load(base)
    settings = Settings(replications, seed, engine, workers, continuations=0)
    wanted = Wanted(sides, budgets, quarters, effort)
    if out is not None:
        from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

        check_folder(folder_at("out =", out), company, wanted, settings)
    return answered(question(company, wanted, settings), out)
