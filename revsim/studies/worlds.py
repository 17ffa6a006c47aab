"""Worlds: the same comparison repeated over plausible companies, from scenarios to findings.

All scenarios of a world get the same draw of what is not known, all worlds the same luck. It is one study in one
folder: replications that are done stay done, so the same command goes on after a kill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from revsim.api import Scenario, loaded
from revsim.errors import UserError
from revsim.printable import visible
from revsim.scenario.drawing import name_in_world
from revsim.settings import DEFAULT_IN_WORLD, DEFAULT_SLACK, DEFAULT_WORLDS, Settings, check_fewest
from revsim.studies.answer import Answer, Question, answered
from revsim.studies.drawn import Drawn, Rules, assumed, axis_rows, draw_worlds

if TYPE_CHECKING:
    from revsim.analysis.worlds.findings import Asked, Findings
    from revsim.reports.figures.picture import Picture
    from revsim.reports.page import Part
    from revsim.store.layout import Folder

FEWEST = 3  # replications by which a world can be judged
MARGIN = "world.people.margin"
TABLES = ("worlds", "contests", "shares", "best", "patterns", "strengths", "conditions", "break_evens")


@dataclass(frozen=True, eq=False)
class WorldStudy(Answer):
    """Worlds that have been run, and what follows from them."""

    drawn: Drawn
    rules: Rules
    kind: ClassVar[str] = "worlds"
    advice: ClassVar[str] = "Worlds are drawn from the ranges below, which are assumptions themselves."

    @property
    def seed(self) -> int:
        """Of luck and of the draws."""
        return self.study.finished.manifest.seed

    @property
    def asked(self) -> Asked:
        """Draws and rules as the analysis takes them."""
        from revsim.analysis.worlds.findings import Asked  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.worlds.table import Names  # noqa: PLC0415 - as above

        here = self.drawn
        values = pd.DataFrame(here.values, index=pd.RangeIndex(1, len(here.values) + 1, name="world"))
        return Asked(
            values[[axis.name for axis in here.axes]],
            values,
            [assumed(axis) for axis in here.axes],
            Names(tuple(each.name for each in here.scenarios), here.baseline, name_in_world, self.margin),
            None if here.origin.is_set else self.rules.slack,
            self.seed,
        )

    def margin(self, world: int) -> float:
        """The share of the baseline's revenue that contributes, in a world."""
        drawn = self.drawn.values  # noqa: PD011 - no frame
        return drawn[world - 1].get(MARGIN, self.base.resolved.world.people.margin.value)

    @cached_property
    def found(self) -> Findings:
        """Who wins where. Raises UserError if no world can be judged."""
        from revsim.analysis.worlds.findings import findings  # noqa: PLC0415 - heavy: only when it is used
        from revsim.analysis.worlds.table import QUARTERS, WEEKS, look  # noqa: PLC0415 - as above

        rows, asked = self.study.finished.rows, self.asked
        seen = look(rows.of_quarters(QUARTERS), rows.of_weeks(WEEKS), len(self.drawn.values), asked.names)
        if not any(one.levels for one in seen):
            raise UserError(
                f"No world can be judged: in none have {FEWEST} replications come to their end in all scenarios.\n"
                "  The manifest says what failed."
            )
        return findings(seen, asked)

    @property
    def scenarios(self) -> Sequence[Scenario]:
        """As in their files, in no world."""
        return self.drawn.scenarios

    @property
    def base(self) -> Scenario:
        """The baseline."""
        return next(each for each in self.scenarios if each.name == self.drawn.baseline)

    @property
    def title(self) -> str:
        """The scenarios, and over how many worlds."""
        names = ", ".join(each.name for each in self.scenarios)
        return f"Over {len(self.drawn.values)} worlds: {names}"

    @property
    def sentences(self) -> list[str]:
        """Contests, who is best, where it flips."""
        return self.found.sentences

    @property
    def lead(self) -> list[str]:
        """How the contest that matters most ends, where it flips, and what turns the sign of a net value."""
        from revsim.analysis.worlds.findings import lead  # noqa: PLC0415 - heavy: only when it is used

        return lead(self.found, self.asked)

    @property
    def notes(self) -> list[str]:
        """Where worlds come from, what passes the patterns, what is marked, what was not searched."""
        return [self.origin_words, *self.found.notes]

    @property
    def origin_words(self) -> str:
        """Where the worlds come from."""
        return self.drawn.origin.words(len(self.drawn.values), self.rules.worlds)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """One row a world, a contest and so on, and the axes that were drawn."""
        return {name: getattr(self.found, name) for name in TABLES} | {"axes": axis_rows(self.drawn.axes)}

    @cached_property
    def pictures(self) -> list[Picture]:
        """Who is better in how many companies, and the map over the two assumptions that move the main contest most."""
        from revsim.reports.figures.world_map import world_map  # noqa: PLC0415 - heavy: only when it is used
        from revsim.reports.figures.world_shares import shares_picture  # noqa: PLC0415 - as above

        found = (shares_picture(self.found), world_map(self.found, self.asked))
        return [picture for picture in found if picture is not None]

    @property
    def parts(self) -> list[Part]:
        """Who wins, who is best, rules, what moves it."""
        from revsim.reports.parts.worlds import parts  # noqa: PLC0415 - heavy: only when it is used

        return parts(self.found, self.asked.axes)

    def write_findings(self, folder: Folder) -> None:
        """As of every answer, and the words as text."""
        from revsim.store.atomic import write_text  # noqa: PLC0415 - heavy: only when it is used

        write_text(folder.root / "conditions.txt", visible("\n".join([*self.sentences, "", *self.notes]) + "\n"))
        super().write_findings(folder)


def question(
    scenarios: Sequence[Scenario], baseline: str | None, rules: Rules, settings: Settings
) -> Question[WorldStudy]:
    """Every scenario in every world; no continuations, which no contest asks for. Raises UserError."""
    check_fewest(settings.replications, FEWEST, "each world is judged by its own")
    here = draw_worlds(scenarios, baseline or (scenarios[0].name if scenarios else ""), rules, settings.seed)
    count = len(here.values)
    says = (
        f"{count} worlds over {len(here.axes)} axes, {len(here.scenarios)} scenarios in each: "
        f"{len(here.everywhere)} runs a replication\n{here.origin.words(count, rules.worlds)}"
    )
    # scenarios are named after their worlds
    plain = changed(settings, baseline=here.everywhere[0].name, continuations=0)
    name = f"worlds-{here.scenarios[-1].name}"
    return Question(here.everywhere, plain, name, lambda study: WorldStudy(study, here, rules), says)


def worlds(  # noqa: PLR0913 - each is a keyword of the interface
    scenarios: Sequence[Scenario | str | Path],
    *,
    worlds: int = DEFAULT_WORLDS,
    fixed: Sequence[str] = (),
    slack: float = DEFAULT_SLACK,
    replications: int = DEFAULT_IN_WORLD,
    seed: int = 1,
    engine: str = "auto",
    workers: int | None = None,
    baseline: str | None = None,
    out: str | Path | None = None,
    members: str | Path | None = None,
) -> WorldStudy:
    """Repeat a comparison over so many plausible worlds and say who wins where.

    Worlds are members of the company's plausible set, where one is kept or `members` names the folder of one, else
    drawn from what is not known.
    Numbers whose address begins with one of `fixed` keep their value; a baseline may lie `slack` widths outside a
    pattern's range and still be plausible. `replications` are those in each world; other keywords as of `compare`.
    Raises UserError.
    """
    rules = Rules(worlds, tuple(fixed), slack, members)
    settings = Settings(replications, seed, engine, workers)
    return answered(question(loaded(scenarios), baseline, rules, settings), out)
