"""Cases that share their past, and continuations from states, against replays from day 0: equal to the last bit."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import pytest

from revsim.compiled import company, memory, room
from revsim.contract.lived import CaseError, Lived
from revsim.contract.of_scenario import parameters_of
from revsim.contract.parameters import Parameters
from revsim.errors import LuckExhausted, UserError
from revsim.luck.draw import draw
from revsim.simulate import runs, simulate
from revsim.states import paused, tree
from tests.model.busy import busy
from tests.model.test_prefix import CHANGES, same, starting
from tests.states.made_up import Forest, forest, seeded
from tests.tiny import luck_for, tiny

TREES = 300 if os.environ.get("REVSIM_SOAK") else 60
HANDOFFS = {"design.owned_handoffs": 0.9}


def assert_as_replayed(made: Forest, hold: Random | None = None) -> int:
    """Every case once, its trace and its continuations as from day 0; returns how many were continued."""
    expected = {each.case: each for each in made.replayed()}
    held: list[Lived] = []
    for lived in tree.runs(made.cases, made.luck, made.after, made.forks):
        one = expected.pop(lived.case)
        assert same(lived.trace, one.trace), lived.case
        assert lived.again == one.again, lived.case
        if hold is not None and hold.random() < 0.3:
            held.append(lived._replace(trace=(lived.trace, type(lived.trace)(*(each.copy() for each in lived.trace)))))
        del lived
    assert not expected
    assert all(same(*each.trace) for each in held)  # whoever holds a trace keeps it
    return len(made.forks) * len(made.cases)


@pytest.mark.parametrize("part", range(6))
def test_random_trees_live_as_if_each_case_were_alone(part: int) -> None:
    rng = seeded(part)
    assert sum(assert_as_replayed(forest(rng), rng) for _ in range(TREES // 6)) > TREES // 6


def cases(*changes: dict[str, object]) -> list[Parameters]:
    return [parameters_of(tiny(change)) for change in changes]


def of(*changes: dict[str, object], forks: tuple[tuple[int, int], ...] = ()) -> Forest:
    made = cases(*changes)
    return Forest(made, luck_for(made[0]), luck_for(made[0], 99), list(forks))


def test_a_reference_run_from_day_0_is_what_a_branch_gives() -> None:
    made = of({}, HANDOFFS | {"design.start_week": 9}, {"coordination.meetings": 3, "coordination.start_week": 4})
    for lived in tree.runs(made.cases, made.luck):
        assert same(lived.trace, simulate(made.cases[lived.case], made.luck, "simpy"))


def test_a_replication_of_one_world_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    begin = memory.Memory.begin
    monkeypatch.setattr(memory.Memory, "begin", lambda self, p: (opened.append(1), begin(self, p))[1])
    made = of({}, HANDOFFS, *(starting(change, 5) for change in CHANGES))
    assert len(list(tree.runs(made.cases, made.luck))) == 2 + len(CHANGES)
    assert len(opened) == 1


def test_a_block_that_has_begun_without_effect_begins_anew_where_it_has_one() -> None:
    assert_as_replayed(of({"design.start_week": 1}, HANDOFFS | {"design.start_week": 9}))


def test_forgetting_that_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paused, "begun_anew", lambda *_: 0)
    with pytest.raises(AssertionError):
        assert_as_replayed(of({"design.start_week": 1}, HANDOFFS | {"design.start_week": 9}))


def test_who_leaves_within_a_continued_quarter_is_continued_by_its_own_choices() -> None:
    rest = [HANDOFFS | {"design.start_week": 5}, {"heroics.capacity": 0.5, "heroics.start_week": 8}]
    assert_as_replayed(of({}, *rest, rest[0] | rest[1], forks=((0, 2), (0, 6), (0, 13), (1, 1))))


def test_by_the_choices_of_others_it_would_be_another_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree.Tree, "_continue_early", lambda *_: None)
    with pytest.raises((AssertionError, KeyError)):
        assert_as_replayed(of({}, HANDOFFS | {"design.start_week": 2}, forks=((0, 1),)))


def test_equal_cases_share_one_run() -> None:
    made = of({}, {}, {"design.start_week": 3})  # which begins and changes nothing
    found = list(tree.runs(made.cases, made.luck, made.after, [(0, 3)]))
    assert len({lived.trace.time.ctypes.data for lived in found}) == 1
    assert len({lived.again[0, 3] for lived in found}) == 1


def test_companies_of_other_worlds_and_shapes_come_in_turn() -> None:
    shapes = [{}, {"world.sales.reps": 9}, {"world.people.managers": 5}, {"world.sales.reps": 9} | HANDOFFS]
    made = cases(*shapes)
    larger = luck_for(made[1])
    luck = larger._replace(managers=luck_for(made[2]).managers)
    assert_as_replayed(Forest(made, luck, luck, [(1, 4)]))


def test_room_that_runs_out_is_made_and_nothing_is_handed_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [parameters_of(busy()), parameters_of(tiny())]
    made = Forest(both, luck_for(both[0]), luck_for(both[0], 99), [(0, 1), (1, 9)])
    expected = made.replayed()
    monkeypatch.setattr(memory._kept, "memory", None)
    small = dict.fromkeys(room.RUN_OUT.values(), 8)
    monkeypatch.setattr(tree, "room_for_all", lambda all_of: {**room.room_for_all(all_of), **small})
    found = list(tree.runs(made.cases, made.luck, made.after, made.forks))
    assert [lived.case for lived in found] == [0, 1]
    assert all(
        same(lived.trace, one.trace) and lived.again == one.again for lived, one in zip(found, expected, strict=True)
    )


def test_luck_that_is_too_short_is_asked_for() -> None:
    made = of({}, HANDOFFS)
    short = draw(1, 0, luck_sizes(made)._replace(inquiries=100))
    with pytest.raises(LuckExhausted):
        list(tree.runs(made.cases, short))


def luck_sizes(made: Forest) -> object:
    from revsim.contract.sizes import sizes_for

    return sizes_for(made.cases[0])


@pytest.mark.parametrize(("kind", "stage"), [(company.RESUME, "simulate"), (company.FORK, "continue")])
def test_a_case_that_fails_is_blamed_by_itself(monkeypatch: pytest.MonkeyPatch, kind: int, stage: str) -> None:
    let_live = company.let_live

    def failing(of_memory: memory.Memory, how: int, *given: object, **named: object) -> None:
        if how == kind and of_memory.firms[0]["p"]["chosen"]["heroics"]["capacity"] == 0.5:
            message = "on purpose"
            raise UserError(message)
        let_live(of_memory, how, *given, **named)

    monkeypatch.setattr(paused, "let_live", failing)
    made = of({}, HANDOFFS, {"heroics.capacity": 0.5}, forks=((1, 1),))
    with pytest.raises(CaseError, match="2") as blamed:
        list(tree.runs(made.cases, made.luck, made.after, made.forks))
    assert (blamed.value.case, blamed.value.stage) == (2, stage)
    assert str(blamed.value.__cause__) == "on purpose"


@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_both_engines_run_many_cases_alike(engine: str) -> None:
    made = of({}, HANDOFFS | {"design.start_week": 9}, forks=((0, 7),))
    expected = made.replayed()
    for lived in runs(made.cases, made.luck, engine, made.after, made.forks):
        assert same(lived.trace, expected[lived.case].trace)
        assert lived.again == expected[lived.case].again


def test_no_case_is_told_of_a_day_that_it_does_not_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of the common past are written once: what is lived is the sum of what is each case's own."""
    made = of({}, HANDOFFS | {"design.start_week": 14})
    lived: list[int] = []
    let_live = company.let_live

    def counted(of_memory: memory.Memory, *given: object, **named: object) -> None:
        before = int(of_memory.firms[0]["n_rows"])
        let_live(of_memory, *given, **named)
        lived.append(int(of_memory.firms[0]["n_rows"]) - before)

    monkeypatch.setattr(paused, "let_live", counted)
    whole = [len(each.trace.time) for each in tree.runs(made.cases, made.luck)]
    assert sum(lived) == pytest.approx(sum(whole), abs=max(whole))


def test_nothing_that_another_run_has_left_in_a_memory_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare memories are full of the worst: every forgotten entry of the calendar would be a deal's again."""
    let_live, told = company.let_live, list[int]()

    def poisoned(
        of_memory: memory.Memory, how: int, until: tuple[int, int] = (-1, 0), other: memory.Memory | None = None
    ) -> None:
        if how in {company.FORK, company.LIST} and other is not None:
            told.append(how)
            for name, array in of_memory.arrays.items():
                if name not in {"lucks", *memory.SHARED}:
                    array.view(np.uint8)[:] = 0xFF
        if how == company.FORK and other is not None:
            for entries, count in (("calendar", "n_calendar"), ("later", "n_later")):
                entry = other.arrays[entries][: other.firms[0][count]]
                entry = entry[entry["what"] >= 0]
                of_memory.arrays["deals"]["token"][entry["what"]] = entry["number"]
        let_live(of_memory, how, until, other)

    for module in (paused, company):
        monkeypatch.setattr(module, "let_live", poisoned)
    for seed in (3, 4, 5):
        rng = seeded(seed)
        for _ in range(2):
            assert_as_replayed(forest(rng)._replace(forks=[(0, 1), (1, 7)]))
    assert told.count(company.FORK) > 20
    assert told.count(company.LIST) > 5


@pytest.mark.parametrize("fork", [(2, 1), (-1, 1), (0, 0), (0, 14)])
def test_a_fork_that_the_run_does_not_have_is_refused(fork: tuple[int, int]) -> None:
    made = of({})
    for engine in ("simpy", "compiled"):
        with pytest.raises((UserError, CaseError)):
            list(runs(made.cases, made.luck, engine, made.after, [fork]))


BIG = {"world.sales.reps": 50, "world.demand.inquiries_per_week": 900}


@pytest.mark.parametrize("between", [{}, BIG])
def test_what_runs_between_two_cases_of_one_past_is_told(between: dict[str, object]) -> None:
    """Their past lies where it has run, or is gone with a memory that was too small for it."""
    made, other = of({}, HANDOFFS | {"design.start_week": 9}, forks=((0, 3), (1, 5))), parameters_of(tiny(between))
    left = tree.runs(made.cases, made.luck, made.after, made.forks)
    next(left)
    simulate(other, luck_for(other, 5), "compiled")
    with pytest.raises(CaseError) as caught:
        next(left)
    assert isinstance(caught.value.__cause__, UserError)


@pytest.mark.parametrize("has_run", [False, True])
def test_another_thread_that_asks_for_the_next_case_is_told(*, has_run: bool) -> None:
    """Its own memory may have a second luck of another study in it."""
    made = of({}, HANDOFFS | {"design.start_week": 9}, forks=((0, 3), (1, 5)))
    with ThreadPoolExecutor(1) as another:
        if has_run:
            other = luck_for(made.cases[0], 7)
            another.submit(lambda: list(tree.runs(made.cases, made.luck, other, made.forks))).result()
        left = tree.runs(made.cases, made.luck, made.after, made.forks)
        next(left)
        with pytest.raises(CaseError) as caught:
            another.submit(next, left).result()
    assert isinstance(caught.value.__cause__, UserError)


def test_a_case_is_handed_out_once_though_its_tree_is_lived_again_with_more_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Room for the first case's rows and a few more: another case of the same tree runs out of it."""
    made = of({}, HANDOFFS | {"design.start_week": 9}, {"coordination.meetings": 3, "coordination.start_week": 14})
    rows = [len(each.trace.time) for each in tree.runs(made.cases, made.luck, made.after, made.forks)]
    assert max(rows) > rows[0] + 50
    few = {**room.room_for_all(made.cases), "rows": rows[0] + 50}
    monkeypatch.setattr(memory._kept, "memory", None)
    monkeypatch.setattr(tree, "room_for_all", lambda _: few)
    assert sorted(each.case for each in tree.runs(made.cases, made.luck, made.after, made.forks)) == [0, 1, 2]


@pytest.mark.parametrize("week", [1, 13, 14])
def test_who_leaves_at_the_edge_of_a_continued_quarter_is_continued_by_its_own_choices(week: int) -> None:
    made = of({}, *(starting(change, week) for change in CHANGES), forks=((0, 1), (0, 13), (1, 1)))
    assert assert_as_replayed(made) == 3 * (1 + len(CHANGES))


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
@pytest.mark.parametrize("asked", [(None, [(0, 1)]), ("after", [(9, 1)]), ("after", [(0, 14)]), ("after", [(-1, 1)])])
def test_forks_that_nothing_can_answer_are_told_before_anything_runs(
    engine: str, asked: tuple[str | None, list[tuple[int, int]]]
) -> None:
    made, (after, forks) = of({}), asked
    with pytest.raises(UserError):
        runs(made.cases, made.luck, engine, made.after if after else None, forks)
