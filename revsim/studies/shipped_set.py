"""From plausible companies that have run to the set that is kept, and whether what is kept is still true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revsim.api import Scenario
from revsim.scenario.canonical import world_hash
from revsim.store.manifest import code_hash
from revsim.store.members import SCHEMA, KeptBatch, KeptMember, KeptPattern, KeptSet
from revsim.studies.screening import FIRST

if TYPE_CHECKING:
    from revsim.studies.members import MemberStudy


def kept_of(study: MemberStudy, company: Scenario) -> KeptSet:
    """The set, as one of `company`: that which it was drawn from, or the same with other values of what was drawn."""
    from revsim.analysis.worlds.implausibility import CUT, largest, worst  # noqa: PLC0415 - heavy: only when it is used

    manifest = study.study.finished.manifest
    addresses = list(study.members[0].numbers)
    members = [
        KeptMember(
            round(largest(member.fits), 4), worst(member.fits), [float(member.numbers[name]) for name in addresses]
        )
        for member in study.members
    ]
    patterns = [
        KeptPattern(*(value if isinstance(value, str) else float(value) for value in row))  # type: ignore[arg-type]  # as the columns are
        for row in study.ruling.itertuples(index=False)
    ]
    batches = [KeptBatch(*batch) for batch in study.screened.batches]
    return KeptSet(
        SCHEMA, code_hash(), company.name, world_hash(company.resolved), world_hash(study.company.resolved),
        manifest.seed, CUT, FIRST, manifest.replications, study.screened.passing, sum(map(bool, study.asked)),
        study.passed, batches, patterns, addresses, members,
    )  # fmt: skip


def why_stale(kept: KeptSet, company: Scenario) -> str:
    """What of the company or the model is not what it was; empty if all is."""
    if kept.world_hash != world_hash(company.resolved):
        return f"{company.name} has other values: world {kept.world_hash[:8]}, now {world_hash(company.resolved)[:8]}"
    if kept.code != code_hash():
        return f"the model is another: {kept.code}, now {code_hash()}"
    return ""
