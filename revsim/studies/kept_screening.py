"""From a screening that has run to the result that is kept, and whether what is kept is still true."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from revsim.api import loaded
from revsim.scenario.canonical import content_hash
from revsim.scenario.shipped import SAID
from revsim.store.manifest import ScenarioFacts, code_hash
from revsim.store.screening import SCHEMA, Driver, KeptScreening
from revsim.studies.screened import Paths, Screen, screen_of

if TYPE_CHECKING:
    from revsim.studies.screening import ScreenStudy


def kept_of(study: ScreenStudy) -> KeptScreening:
    """The numbers that matter most, and of what."""
    from revsim.analysis.screening_words import first_of, maybe_of  # noqa: PLC0415 - heavy: only when it is used

    found, manifest, here = study.found, study.study.finished.manifest, study.screen
    drivers = [
        Driver(row["number"], row["title"], *(float(row[name]) for name in ("score", "low", "high", "in_top")))
        for row in first_of(found).to_dict("records")
    ]
    facts = [ScenarioFacts(each.name, content_hash(each.resolved), "", each.file) for each in here.scenarios]
    return KeptScreening(
        SCHEMA, code_hash(), digest_of(here), manifest.seed, len(here.starts), manifest.replications, len(here.axes),
        len(found.answers), here.baseline, facts, drivers, len(maybe_of(found)),
    )  # fmt: skip


def digest_of(screen: Screen) -> str:
    """Of all companies, by content: ranges, rules of drawing and points are in it."""
    digest = sha256()
    for start in screen.on_other_luck:
        digest.update(content_hash(start.resolved).encode())
    digest.update(screen.design.points.tobytes())
    return digest.hexdigest()[:16]


def why_stale(kept: KeptScreening) -> str:
    """What of the shipped files, the model or the companies is not what it was; empty if all is."""
    scenarios = loaded([facts.file.removeprefix(SAID) for facts in kept.scenarios])
    for facts, now in zip(kept.scenarios, scenarios, strict=True):
        if content_hash(now.resolved) != facts.content_hash:
            return f"{facts.file} has other content"
    if kept.code != code_hash():
        return f"the model is another: {kept.code}, now {code_hash()}"
    now_asked = screen_of(scenarios, kept.baseline, Paths(kept.trajectories), kept.seed)
    return "" if digest_of(now_asked) == kept.points else "companies are drawn otherwise, or from other ranges"
