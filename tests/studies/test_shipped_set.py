"""The shipped plausible set is of the shipped company and of today's model. Where it fails: `make plausible`."""

from __future__ import annotations

from functools import cache

import pytest

import revsim
from revsim.scenario.ranges import axes
from revsim.scenario.todays import fits_scenarios
from revsim.store.members import LARGEST, KeptSet, read_set, set_path
from revsim.studies.drawn import Rules, draw_worlds
from revsim.studies.shipped_set import why_stale

SHIPPED = "status-quo.yaml"
pytestmark = pytest.mark.skipif(not set_path(SHIPPED).exists(), reason="no set is shipped (docs/plausible.md)")


@cache
def shipped() -> KeptSet:
    return read_set(set_path(SHIPPED))


def test_what_is_shipped_is_of_today_s_model_and_the_shipped_company() -> None:
    assert why_stale(shipped(), revsim.load(SHIPPED)) == ""


def test_every_member_is_a_company_of_the_shipped_ranges_and_none_is_there_twice() -> None:
    company = revsim.load(SHIPPED)
    kept = shipped()
    assert set(kept.addresses) == {spread.address for axis in axes([company.resolved]) for spread in axis.spreads}
    assert all(fits_scenarios(each, [company.resolved]) for each in kept.companies)
    assert len({tuple(member.values) for member in kept.members}) == len(kept.members)


def test_no_member_is_ruled_out_and_counts_agree() -> None:
    kept = shipped()
    assert all(member.implausibility <= kept.cut for member in kept.members)
    assert {member.worst for member in kept.members} <= {pattern.pattern for pattern in kept.patterns}
    assert len(kept.members) <= kept.passed <= kept.asked <= sum(batch.kept for batch in kept.batches)
    assert all(batch.kept <= batch.run <= batch.looked_at for batch in kept.batches)


def test_it_is_small() -> None:
    assert set_path(SHIPPED).stat().st_size < LARGEST


def test_worlds_of_the_shipped_scenarios_are_its_members() -> None:
    scenarios = [revsim.load(name) for name in (SHIPPED, "coordination.yaml", "design.yaml")]
    found = draw_worlds(scenarios, scenarios[0].name, Rules(10), 1)
    assert found.origin.is_set
    assert len(found.values) == 10
    assert all(company in shipped().companies for company in found.values)
