"""What stands behind the numbers: differences between scenarios, assumptions without evidence, the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from revsim.analysis.words import rounded
from revsim.scenario.address import leaf_of, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.evidence import without_evidence
from revsim.scenario.scenario import Scenario
from revsim.scenario.shape import Leaf
from revsim.store.manifest import Manifest

LARGE = 1e6  # `g` would write powers of ten
MOST_SCENARIOS = 40  # a study over worlds has hundreds
NOT_SET = "not set"  # a shock or a start that a scenario does not have


class Sheet(NamedTuple):
    """A table of words."""

    columns: list[str]
    rows: list[list[str]]


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < LARGE else rounded(value, 12)


def _said(value: Assumption | str | None) -> str:
    """A value in a cell."""
    if value is None:
        return NOT_SET
    return _number(value.value) if isinstance(value, Assumption) else value


def _title(address: str) -> tuple[str, str]:
    """The schema's title and unit of an address."""
    shape = leaf_of(address)
    return shape.title, shape.rule["unit"] if isinstance(shape, Leaf) else ""


def differences(scenarios: Sequence[Scenario]) -> Sheet:
    """Values that are not the same in all scenarios, one column a scenario."""
    values = [dict(walk(scenario)) for scenario in scenarios]
    addresses = dict.fromkeys(address for found in values for address in found)
    rows = []
    for address in addresses:
        cells = [_said(found.get(address)) for found in values]
        if len(set(cells)) > 1:
            title, unit = _title(address)
            rows.append([address, title, unit, *cells])
    return Sheet(["Address", "Meaning", "Unit", *(scenario.name for scenario in scenarios)], rows)


def unfounded(scenario: Scenario) -> Sheet:
    """Numbers whose source says that there is no direct evidence, with the range in which they are plausible."""
    rows = []
    for address, number in without_evidence(scenario).items():
        title, unit = _title(address)
        rows.append([address, title, _number(number.value), _span(number), unit])
    return Sheet(["Address", "Meaning", "Value", "Plausible range", "Unit"], rows)


def _span(number: Assumption) -> str:
    """The range in which a number is plausible."""
    if number.low is None or number.high is None:
        return "none given"
    return f"{_number(number.low)} to {_number(number.high)}"


def manifest_facts(manifest: Manifest) -> Sheet:
    """What one needs to repeat the study."""
    left = len(manifest.scenarios) - MOST_SCENARIOS
    rows = [
        ["Replications", str(manifest.replications)],
        ["Seed", str(manifest.seed)],
        ["Engine", manifest.engine],
        *([["Baseline", manifest.baseline]] if len(manifest.scenarios) > 1 else []),
        ["Complete", "yes" if manifest.complete else "no: some replications are missing"],
        ["Failed", str(len(manifest.failed))],
        ["Started", manifest.start],
        ["Ended", manifest.end],
        ["Code of the model", manifest.code],
        *([f"Scenario “{facts.name}”", facts.content_hash[:16]] for facts in manifest.scenarios[:MOST_SCENARIOS]),
        *([["Further scenarios", f"{left}, all in manifest.json"]] if left > 0 else []),
        *([f"Version of {name}", number] for name, number in manifest.versions.items()),
        *([f"Machine: {name.replace('_', ' ')}", str(value)] for name, value in manifest.machine.items()),
    ]
    return Sheet(["Fact", "Value"], rows)
