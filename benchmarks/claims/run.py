"""Runs claims and judges them: a row for each contrast, Holm over all claims that have a primary one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.claim import Asking, Claim, Contrast
from claims.judging import NOT_ASKED, Judged, Together, holm, judged, together, verdict
from claims.look import Look
from revsim.api import compare


class Asked(NamedTuple):
    """A claim with what came of each contrast."""

    claim: Claim
    contrasts: list[Judged]
    replications: int
    hashes: dict[str, str]
    code: str = ""
    unless: bool = False  # what must not come with it came clearly

    @property
    def primary(self) -> list[Judged]:
        """What the claim is judged by."""
        return [each for each in self.contrasts if each.contrast.primary]

    @property
    def built_in(self) -> bool:
        """Whether an equation gives the direction of all that it is judged by."""
        return all(each.contrast.built_in for each in self.primary)


class Ruled(NamedTuple):
    """A claim's p-value, adjusted over all, and the word by each."""

    p: float
    holm: float
    word: str
    verdict: str


def ask(claim: Claim, asking: Asking) -> Asked:
    """Run a claim's scenarios on the same luck and work out its contrasts."""
    scenarios = claim.scenarios(asking)
    if not scenarios:
        return Asked(claim, [], 0, {})
    study = compare(
        list(scenarios), replications=asking.replications, seed=asking.seed, workers=asking.workers, continuations=0
    )
    margin = scenarios[0].resolved.world.people.margin.value
    look = Look(study.paired[0]._replace(margin=margin))
    hashes = {facts.name: facts.content_hash for facts in study.plan.scenarios}
    return judge(claim, look, hashes, study.finished.manifest.code)


def judge(claim: Claim, look: Look, hashes: dict[str, str], code: str = "") -> Asked:
    """A claim's contrasts on what was run."""
    found = [judged(each, each.value(look)) for each in claim.contrasts]
    return Asked(claim, found, len(look.cube.replications), hashes, code, _fails(claim.unless, look))


def _fails(unless: Contrast | None, look: Look) -> bool:
    """Whether what must not come with a claim is clear."""
    if unless is None:
        return False
    found = judged(unless, unless.value(look))
    return found.clear and found.side > 0


def ruled(asked: Sequence[Asked]) -> list[Ruled]:
    """The verdict on each claim."""
    both = [together(each.claim.rule, each.primary) if each.primary else Together(float("nan"), 0) for each in asked]
    adjusted = holm([each.p for each in both])
    rows = []
    for each, one, p in zip(asked, both, adjusted, strict=True):
        if each.claim.not_asked:
            rows.append(Ruled(one.p, p, NOT_ASKED, NOT_ASKED))
            continue
        words = [verdict(value, one.side, built_in=each.built_in, fails=each.unless) for value in (one.p, p)]
        rows.append(Ruled(one.p, p, *words))
    return rows
