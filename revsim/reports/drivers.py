"""The numbers that matter most to these scenarios' effects, where a screening of them is kept."""

from __future__ import annotations

from revsim.analysis.words import count_of, percent, rounded
from revsim.store.manifest import Manifest
from revsim.store.screening import KeptScreening, read_screening, screening_path, told_of


def driver_notes(manifest: Manifest) -> list[str]:
    """One note, or none where nothing is kept of scenarios of this content and this model."""
    kept = told_of(read_screening(screening_path()), manifest.scenarios, manifest.code)
    return [] if kept is None or not kept.drivers else [words(kept)]


def words(kept: KeptScreening) -> str:
    """The numbers in their order, with how many times chance each moves the effects."""
    listed = "; ".join(
        f"{place}. {one.title} (`{one.number}`), {rounded(one.score, 2)} times chance"
        for place, one in enumerate(kept.drivers, start=1)
    )
    names = ", ".join(f"“{facts.name}”" for facts in kept.scenarios if facts.name != kept.baseline)
    further = f" {count_of(kept.further, 'further number')} may be among them." if kept.further else ""
    return (
        f"Of {count_of(kept.numbers, 'number')} that are not known, these move the effects of {names} most "
        f"(screening of {count_of(kept.trajectories, 'path')}, {count_of(kept.replications, 'replication')} a company; "
        f"docs/screening.md): {listed}. The last is among the first ten in {percent(kept.drivers[-1].in_top, 2)} of "
        f"resamples.{further}"
    )
