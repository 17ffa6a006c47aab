"""A programme shared out among its levers: the scenarios that it takes, and what follows from their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from revsim.api import Scenario, Study
from revsim.errors import UserError
from revsim.scenario import levers

if TYPE_CHECKING:
    from revsim.analysis.attribution import Attribution
    from revsim.analysis.cube import Cube
    from revsim.analysis.gains import Gains
    from revsim.analysis.moments import Moments

BESIDE = ("bookings", "remedy_cost")  # a hand-off is not chosen by one measure alone


class Shared(NamedTuple):
    """Every measure's shares that can be had, and what single hand-offs are ranked from."""

    attributions: dict[str, Attribution]
    cube: Cube
    games: dict[str, Gains]
    family: levers.Family

    def moments(self, measure: str) -> Moments:
        """The single hand-offs, ranked by a measure."""
        from revsim.analysis.moments import moments  # noqa: PLC0415 - heavy: only when it is used

        wanted = [self.games[name] for name in dict.fromkeys([measure, *BESIDE])]
        return moments(self.cube, wanted, 0, range(sets_of(self.family), len(self.cube.scenarios)))


def sets_of(family: levers.Family) -> int:
    """How many subsets there are, which stand first among the scenarios; single hand-offs follow."""
    return 1 << len(family.levers)


def scenarios_of(base: Scenario, design: Scenario, family: levers.Family) -> list[Scenario]:
    """All subsets of levers, then of a design each hand-off alone."""
    found = levers.subsets(base.resolved, design.resolved, family)
    if family is levers.DESIGN:
        found += [levers.moment(base.resolved, design.resolved, handoff) for handoff in levers.HANDOFFS]
    return [Scenario(each, {base.name: base.file, design.name: design.file}.get(each.name, "")) for each in found]


def shared(study: Study, measures: Sequence[str], family: levers.Family) -> Shared:
    """Shares of every measure. Raises UserError if one that was asked for cannot be shared out."""
    from revsim.analysis.attribution import attribution  # noqa: PLC0415 - heavy: only when it is used
    from revsim.analysis.cube import common_replications, cube_of  # noqa: PLC0415 - as above
    from revsim.analysis.gains import NAMES, gains_of  # noqa: PLC0415 - as above

    quarters, weeks, _ = common_replications(study.quarters, study.weeks)
    cube = cube_of(quarters, weeks, study.plan.names)._replace(margin=study.margin)
    games = {name: gains_of(cube, name, 0, study.plan.currency) for name in NAMES}
    for name in measures:
        if not games[name].usable:
            why = games[name].note or "some scenario has no such number"
            raise UserError(
                f"--measure {name}: cannot be shared out in this study: {why}.\n"
                "  The rows are kept: the same command with another --measure runs nothing again."
            )
    sets = sets_of(family)
    found = {
        name: attribution(game._replace(whole=game.whole[:sets], spread=game.spread[:sets]), family.levers)
        for name, game in games.items()
        if game.usable
    }
    return Shared(found, cube, games, family)
