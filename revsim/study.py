"""What a user of Python holds: scenarios from files, and studies that have run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from revsim.errors import IncompleteError, UnpairedError
from revsim.paths import absolute, as_written
from revsim.scenario import address
from revsim.scenario.scenario import Scenario as Resolved
from revsim.scenario.standing import standing

if TYPE_CHECKING:
    import pandas as pd

    from revsim.analysis.balance import Balance
    from revsim.analysis.comparison import Comparison
    from revsim.analysis.cube import Cube
    from revsim.analysis.spans import Spanned
    from revsim.analysis.standing import Standing
    from revsim.analysis.table import Line
    from revsim.analysis.time_to_effect import Timing
    from revsim.analysis.worlds.plausible import Plausible
    from revsim.experiment.plan import Plan
    from revsim.experiment.session import Finished
    from revsim.reports.publish import Draw
    from revsim.reports.story import Story
    from revsim.store.layout import Folder


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario and the file it came from."""

    resolved: Resolved
    file: str = ""

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.resolved.name

    def replace(self, changes: Mapping[str, Any], name: str | None = None) -> Scenario:
        """The scenario with values changed by address; a dial sets all its parts. Raises ScenarioError."""
        return Scenario(address.replace(self.resolved, changes, name), self.file)

    def standing(self) -> Scenario | None:
        """The scenario with its programmes in force from the first day; None where it has none, or they stand."""
        twin = standing(self.resolved)
        return None if twin is None else Scenario(twin, self.file)


def twins_of(scenarios: Sequence[Scenario]) -> dict[str, Scenario]:
    """The standing twins of those scenarios that have one, by the names of the scenarios."""
    twins = {each.name: each.standing() for each in scenarios}
    return {name: twin for name, twin in twins.items() if twin is not None}


class Study:
    """A study that has run: its rows, and what follows from them."""

    def __init__(self, scenarios: Sequence[Scenario], plan: Plan, finished: Finished) -> None:
        """Keep what was run; effects are worked out when asked for."""
        self.scenarios, self.plan, self.finished = tuple(scenarios), plan, finished
        self.reached = True  # the precision that was asked for, if one was
        self.robust = ""  # how far the verdict carries over worlds, where a folder of them was named
        self.longer: Study | None = None  # the same scenarios over more quarters, for net value, where they were run

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """One row per scenario, replication, quarter; `luck` says which luck it was made with."""
        return self._marked(self.finished.rows.quarters)

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """One row per scenario, replication, quarter, week; `luck` as of quarters."""
        return self._marked(self.finished.rows.weeks)

    def _marked(self, frame: pd.DataFrame) -> pd.DataFrame:
        from revsim.analysis.same_luck import marked  # noqa: PLC0415 - heavy: only when it is used

        return marked(frame, self.plan.task.seed, self.finished.manifest.code)

    @cached_property
    def paired(self) -> tuple[Cube, int]:
        """What the analysis reads of the replications that all scenarios finished, and how many others there are.

        Raises IncompleteError where runs failed so that no replication is finished in all.
        """
        return self.paired_of(self.plan.names)

    def paired_of(self, names: Sequence[str]) -> tuple[Cube, int]:
        """The same of some scenarios, standing twins among them, in this order."""
        from revsim.experiment.reading import nothing_paired, paired_of  # noqa: PLC0415 - heavy: only when it is used

        try:
            return paired_of(self.finished.rows, names)
        except UnpairedError as error:
            if not self.finished.failed:
                raise
            raise IncompleteError(nothing_paired(self.finished.failed, names)) from error

    @cached_property
    def comparison(self) -> Comparison:
        """Levels, effects, verdict and notes."""
        from revsim.analysis.comparison import Provenance, compare_cube  # noqa: PLC0415 - heavy: only when it is used

        plan, (cube, dropped) = self.plan, self.paired
        worlds = [facts.world_hash for facts in plan.scenarios]
        longer = None if self.longer is None else self.longer.paired[0]
        origin = Provenance(worlds, self.margin, self.plausible, longer)
        return compare_cube(cube, plan.baseline, plan.currency, dropped, origin)

    @cached_property
    def plausible(self) -> Plausible:
        """How these scenarios end in plausible companies: the result that is kept of them, if one is.

        Raises UserError if that file is damaged.
        """
        from revsim.store.plausible import kept_path, plausible_of, read_kept  # noqa: PLC0415 - only when it is used

        return plausible_of(read_kept(kept_path()), self.plan.scenarios, self.finished.manifest.code)

    @cached_property
    def standing(self) -> Standing | None:
        """What the programmes do once they stand, where that was run; with a baseline that stands likewise."""
        from revsim.analysis.standing import standing_of  # noqa: PLC0415 - heavy: only when it is used

        if not self.plan.twins:
            return None
        baseline = next((twin for twin, of in self.plan.twins if of == self.plan.baseline), self.plan.baseline)
        names = list(dict.fromkeys([baseline, *(twin for twin, _ in self.plan.twins)]))
        longer = None if self.longer is None else self.longer.paired_of(names)[0]
        cube = self.paired_of(names)[0]._replace(margin=self.margin)
        return standing_of(cube, baseline, self.plan.currency, dict(self.plan.twins), longer)

    @cached_property
    def spans(self) -> list[Spanned]:
        """Both headlines, new business and net value: while it is built, over all quarters, and standing."""
        from revsim.reports.states import spans_of  # noqa: PLC0415 - heavy: only when it is used

        scenarios, standing = [each.resolved for each in self.scenarios], self.standing
        return spans_of(self.comparison, scenarios, None if standing is None else standing.twins)

    def effects(self) -> pd.DataFrame:
        """Paired effects against the baseline, one row per scenario and measure; last what nobody has measured.

        `state` says which programmes are built in the measured time, and which stand.
        """
        from revsim.analysis.resting import marked_effects  # noqa: PLC0415 - heavy: only when it is used
        from revsim.reports.states import stated  # noqa: PLC0415 - as above

        found = [self.comparison.effects(), *([] if self.standing is None else [self.standing.effects()])]
        return marked_effects(stated(found, self.everything), self.unknown, self.plan.baseline)

    @property
    def everything(self) -> dict[str, Resolved]:
        """The scenarios, then the standing twins that were run, by name."""
        twins = twins_of(self.scenarios).values() if self.plan.twins else ()
        return {each.name: each.resolved for each in (*self.scenarios, *twins)}

    @cached_property
    def unknown(self) -> dict[str, list[str]]:
        """By scenario the addresses of its numbers without direct evidence."""
        from revsim.scenario.evidence import without_evidence  # noqa: PLC0415 - only when it is used

        return {name: list(without_evidence(each)) for name, each in self.everything.items()}

    def summary(self) -> pd.DataFrame:
        """Levels, one row per scenario and measure; `state` as of effects."""
        from revsim.reports.states import stated  # noqa: PLC0415 - heavy: only when it is used

        found = [self.comparison.summary(), *([] if self.standing is None else [self.standing.summary()])]
        return stated(found, self.everything)

    def table(self) -> list[Line]:
        """The executive table."""
        from revsim.analysis.table import lines  # noqa: PLC0415 - heavy: only when it is used

        return lines(self.comparison)

    @cached_property
    def timing(self) -> list[Timing]:
        """Paired effects by quarter since each remedy began, relief and fade, worse before better."""
        from revsim.reports.timing import timing_of  # noqa: PLC0415 - heavy: only when it is used

        return timing_of(self.comparison, [each.resolved for each in self.scenarios])

    @cached_property
    def balances(self) -> list[Balance]:
        """What each remedy costs in full, what it buys, and when it has paid for itself; margin as the baseline's."""
        from revsim.analysis.balance import balances  # noqa: PLC0415 - heavy: only when it is used

        longer = None if self.longer is None else self.longer.paired[0]
        return balances(self.comparison.cube, self.comparison.base, self.margin, longer)

    @property
    def margin(self) -> float:
        """The share of revenue that contributes, as the baseline has it."""
        base = next(each for each in self.scenarios if each.name == self.plan.baseline)
        return base.resolved.world.people.margin.value

    @property
    def verdict(self) -> str:
        """The answer, the money, and how far it carries: a blank line between them."""
        from revsim.reports.story import verdict_of  # noqa: PLC0415 - heavy: only when it is used

        scenarios = [each.resolved for each in self.scenarios]
        return verdict_of(self.comparison, scenarios, self.finished.manifest, self.robust, self.spans)

    def over_worlds(self, folder: str | Path) -> None:
        """Let the verdict say how far it carries over the worlds of a folder of `revsim worlds`.

        Said of the scenario that is most likely best. Raises UserError for a folder of other scenarios or of no worlds.
        """
        from revsim.experiment.robust import opened  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

        contents = {facts.name: facts.content_hash for facts in self.plan.scenarios}
        self.robust = opened(folder_at("worlds =", folder), contents).words(self.comparison)

    @property
    def story(self) -> Story:
        """What reports say."""
        from revsim.reports.story import story_of, with_balances  # noqa: PLC0415 - heavy: only when it is used

        scenarios = [each.resolved for each in self.scenarios]
        story = story_of(self.comparison, scenarios, self.finished.manifest, self.timing, self.robust, self.spans)
        stands = [] if self.standing is None else self.standing.balances
        return with_balances(story, self.balances, self.comparison.money, stands)

    def report(self, path: str | Path) -> Path:
        """Write the page. Raises IncompleteError if a figure cannot be drawn; the page says so in its place."""
        from revsim.reports.publish import write_report_at  # noqa: PLC0415 - heavy: only when it is used

        return as_written(path, write_report_at(self.story, absolute("path =", path, example="report.html")))

    def save(self, folder: str | Path) -> Path:
        """Write the whole results folder; what it had of this study stays. Raises UserError if it holds another."""
        from revsim.experiment.saving import save  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.place import folder_at  # noqa: PLC0415 - heavy: only when it is used

        place = folder_at("folder =", folder)
        # a folder that had more of the study is told of as a whole
        whole = Study(self.scenarios, self.plan, save(self.plan, self.finished, place))
        if self.longer is not None:
            more = self.longer
            whole.longer = Study(more.scenarios, more.plan, save(more.plan, more.finished, place.longer))
        whole.write_findings(place)
        return as_written(folder, place.root)

    def write_findings(self, folder: Folder, draw: Draw | None = None) -> None:
        """Scenarios, tables for people, figures and page; the rows are there already. `draw` as of publish.

        Raises IncompleteError if a figure cannot be drawn; all else is written then.
        """
        from revsim.analysis.balance import as_frame  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.resting import marked_balance  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.spans import frame as spans_frame  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.time_to_effect import frames  # noqa: PLC0415 - heavy: only when it is used
        from revsim.reports.publish import publish, write_scenarios  # noqa: PLC0415 - heavy: only when it is used
        from revsim.reports.states import stated  # noqa: PLC0415 - heavy: only when it is used
        from revsim.store.tables import write_csv  # noqa: PLC0415 - heavy: only when it is used

        write_scenarios(self.everything, folder)
        write_csv(self.effects(), folder.effects)
        write_csv(self.summary(), folder.summary)
        if self.comparison.contest:
            write_csv(self.comparison.best(), folder.best)
        for name, frame in frames(self.timing, self.comparison.money).items():
            write_csv(frame, folder.table(name))
        if self.spans:
            write_csv(spans_frame(self.spans), folder.table("spans"))
        if self.balances:
            stands = [] if self.standing is None else self.standing.balances
            worth = stated([as_frame([*self.balances, *stands], self.comparison.money)], self.everything)
            write_csv(marked_balance(worth, self.unknown, self.plan.baseline), folder.root / "balance.csv")
        publish(self.story, folder, draw)
