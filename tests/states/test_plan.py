"""Which cases share a past, and for how long."""

from __future__ import annotations

from math import inf

from revsim.contract.chosen import Stress
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.contract.pasts import STRESSES, acts_of, begun_anew, shared_until, world_of
from revsim.states.kept import past_of
from revsim.states.plan import Branch, plan
from revsim.states.tree import cases_of
from tests.model.test_prefix import CHANGES, starting
from tests.states.made_up import forest, seeded
from tests.tiny import tiny

BASE = parameters_of(tiny())
FIRST = int(BASE.span.measured_from // 5)  # the first measured week


def changed(change: dict[str, object]) -> Parameters:
    return parameters_of(tiny(change))


def shared(p: Parameters, other: Parameters) -> float:
    return shared_until(acts_of(p), acts_of(other))


def test_a_change_acts_from_its_week_on() -> None:
    for change in CHANGES:
        assert [act.week for act in acts_of(changed(starting(change, 9)))] == [FIRST + 8], change


def test_every_number_of_a_stress_belongs_to_an_act() -> None:
    acting = {field for field in Stress._fields if field.startswith(STRESSES)}
    assert acting == set(Stress._fields) - {"stall_at_share"}


def test_an_alarm_can_ring_from_the_first_measured_week_on() -> None:
    alarmed = changed({"design.owned_handoffs": 0.9, "design.when": {"trust_below": 0.1}})
    assert shared(BASE, alarmed) == FIRST


def test_what_changes_nothing_never_acts() -> None:
    assert acts_of(changed({"design.start_week": 3})) == ()
    assert shared(BASE, changed({"heroics.start_week": 7})) == inf


def test_what_stands_acts_from_the_first_day_and_shares_no_past_with_what_is_built() -> None:
    stands, built = (changed({"design.owned_handoffs": 0.9, "design.start_week": week}) for week in (0, 1))
    assert [act.week for act in acts_of(stands)] == [0]
    assert (shared(BASE, stands), shared(built, stands)) == (0, 0)


def test_what_stands_shares_its_past_with_the_same_that_is_struck_later() -> None:
    stands = {"design.owned_handoffs": 0.9, "design.start_week": 0}
    struck = {**stands, "stress.target_tightened": {"week": 14, "factor": 1.5}}
    assert shared(changed(stands), changed(struck)) == FIRST + 13


def test_a_stall_acts_with_its_design_and_not_without() -> None:
    stall = {"stress.build_stalls": {"at_share": 0.4}}
    design = {"design.owned_handoffs": 0.9, "design.start_week": 6}
    assert shared(changed(design), changed(design | stall)) == FIRST + 5
    assert acts_of(changed(stall)) == ()


def test_a_later_start_of_the_same_design_differs_from_the_earlier_start_on() -> None:
    soon, late = (changed({"design.owned_handoffs": 0.9, "design.start_week": week}) for week in (4, 11))
    assert shared(soon, late) == FIRST + 3


def test_sharing_is_symmetric_and_of_three_the_two_shortest_are_equal() -> None:
    for seed in range(40):
        acts = [acts_of(p) for p in forest(seeded(seed)).cases]
        for a in acts:
            for b in acts:
                assert shared_until(a, b) == shared_until(b, a)
                assert all(shared_until(a, c) >= min(shared_until(a, b), shared_until(b, c)) for c in acts)


def test_a_past_is_one_digest_exactly_as_long_as_it_is_shared() -> None:
    for seed in range(20):
        cases = forest(seeded(seed)).cases
        for one in cases:
            for other in cases:
                same_world = world_of(one) == world_of(other)
                until = shared_until(acts_of(one), acts_of(other)) if same_world else 0
                for week in range(1, one.span.weeks, 7):
                    alike = past_of(one, 5.0 * week) == past_of(other, 5.0 * week)
                    assert alike == (same_world and week <= until)


def starts(branch: Branch, least: int = 0) -> list[int]:
    """Weeks at which cases leave the past; none before the one that it leaves."""
    assert branch.week >= least
    return [branch.week, *(week for each in branch.branches for week in starts(each, branch.week))]


def test_every_case_is_planned_once_and_the_latest_branch_comes_first() -> None:
    for seed in range(60):
        cases = forest(seeded(seed)).cases
        planned = [case for branch in plan(cases) for case in cases_of(branch)]
        assert sorted(planned) == list(range(len(cases)))
        for branch in plan(cases):
            weeks = [each.week for each in branch.branches]
            assert weeks == sorted(weeks, reverse=True)
            assert min(starts(branch)) == 0


def test_cases_that_start_together_leave_one_state_side_by_side() -> None:
    levels = [changed({"design.owned_handoffs": level, "design.start_week": 5}) for level in (0.5, 0.6, 0.7, 0.8)]
    (tree,) = plan([BASE, *levels])
    week = FIRST + 4
    assert tree == Branch(0, 0, (), tuple(Branch(case, week, (), ()) for case in (1, 2, 3, 4)))


def test_two_that_share_a_design_go_on_together() -> None:
    design = {"design.owned_handoffs": 0.9, "design.start_week": 5}
    cases = [changed(design), changed(design | {"heroics.capacity": 0.5, "heroics.start_week": 9}), BASE]
    inner = Branch(1, FIRST + 8, (), ())
    assert plan(cases) == (Branch(0, 0, (), (inner, Branch(2, FIRST + 4, (), ()))),)


def test_blocks_that_differ_begin_anew() -> None:
    other = changed({"design.owned_handoffs": 0.9, "heroics.capacity": 0.5})
    assert begun_anew(BASE, BASE) == 0
    assert begun_anew(BASE, other) == 0b101


def test_ten_thousand_points_of_a_sweep_are_planned_at_once() -> None:
    """One pass over the cases of a state: the plan is as long as the cases, and no deeper than their starts."""
    design = BASE.chosen.design
    cases = [BASE]
    for k in range(2000):
        levers = (k / 2000.0, *design.levers[1:])
        choice = design._replace(levers=levers, start=design.start._replace(day=BASE.span.measured_from + 5.0))
        cases.append(BASE._replace(chosen=BASE.chosen._replace(design=choice)))
    (tree,) = plan(cases)
    assert len(tree.branches) + len(tree.equal) == 2000
    assert all(not each.branches for each in tree.branches)
