"""From worlds that have run to the result that is kept, and whether what is kept is still true."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from revsim.api import loaded
from revsim.errors import UserError
from revsim.scenario.canonical import content_hash
from revsim.scenario.shipped import SAID
from revsim.settings import DEFAULT_SLACK
from revsim.store.manifest import ScenarioFacts, code_hash
from revsim.store.plausible import SCHEMA, KeptContest, KeptWorlds
from revsim.studies.drawn import Drawn, Rules, draw_worlds

if TYPE_CHECKING:
    from revsim.studies.worlds import WorldStudy

FEWEST = 10  # plausible companies: shares of fewer say nothing


def kept_of(study: WorldStudy) -> KeptWorlds:
    """What is kept of worlds: counts over those that are plausible. Raises UserError where these are too few."""
    from revsim.analysis.worlds.plausible import CRITERIA  # noqa: PLC0415 - heavy: only when it is used
    from revsim.analysis.worlds.shares import PLAUSIBLE  # noqa: PLC0415 - as above

    found, manifest = study.found, study.study.finished.manifest
    if found.plausible < FEWEST:
        raise UserError(
            f"{found.plausible} of {found.judged} companies are plausible: {FEWEST} are the fewest that are kept.\n"
            "  Draw more of them."
        )
    rows = found.shares[(found.shares["among"] == PLAUSIBLE) & found.shares["criterion"].isin(CRITERIA.values())]
    contests = [
        KeptContest(
            str(row["scenario"]),
            str(row["against"]),
            str(row["criterion"]),
            int(row["worlds"]),
            round(float(row["ahead"]) * int(row["worlds"])),
            int(row["wins"]),
            int(row["loses"]),
        )
        for row in rows.to_dict("records")
        if row["worlds"]
    ]
    here = study.drawn
    facts = [ScenarioFacts(each.name, content_hash(each.resolved), "", each.file) for each in here.scenarios]
    return KeptWorlds(
        SCHEMA, code_hash(), digest_of(here), study.seed, len(here.everywhere) // len(facts), manifest.replications,
        found.plausible, here.baseline, facts, contests,
    )  # fmt: skip


def digest_of(drawn: Drawn) -> str:
    """Of the values that were drawn, by address: ranges and rules of drawing are in it."""
    lines = (f"{name}={value!r}" for world in drawn.values for name, value in sorted(world.items()))
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def why_stale(kept: KeptWorlds) -> str:
    """What of the shipped files, the model or the draws is not what it was; empty if all is."""
    scenarios = loaded([facts.file.removeprefix(SAID) for facts in kept.scenarios])
    for facts, now in zip(kept.scenarios, scenarios, strict=True):
        if content_hash(now.resolved) != facts.content_hash:
            return f"{facts.file} has other content"
    if kept.code != code_hash():
        return f"the model is another: {kept.code}, now {code_hash()}"
    now_drawn = draw_worlds(scenarios, kept.baseline, Rules(kept.worlds, (), DEFAULT_SLACK), kept.seed)
    return "" if digest_of(now_drawn) == kept.draws else "companies are drawn otherwise, or from other ranges"
