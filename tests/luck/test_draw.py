"""Luck belongs to the entity and the purpose: longer draws begin with shorter ones, and nothing else moves them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from revsim.formulas.quantiles import exponential, normal
from revsim.luck import purposes
from revsim.luck.draw import BaseLuck, BuyerLuck, Luck, PersonLuck, Sizes, WeekLuck, draw, drawn
from revsim.luck.laws import clock, normals

SMALL = Sizes(200, 50, 4, 2, 2, 30, 20)
LARGE = Sizes(900, 300, 9, 5, 6, 90, 70)


def arrays(luck: Luck) -> list[np.ndarray]:
    return [array for part in luck for array in part]


def test_a_larger_draw_begins_with_the_smaller_one() -> None:
    for small, large in zip(arrays(draw(3, 1, SMALL)), arrays(draw(3, 1, LARGE)), strict=True):
        assert np.array_equal(small, large[: len(small)])


def test_growing_one_kind_of_entity_moves_no_other() -> None:
    more = draw(3, 1, SMALL._replace(inquiries=5000))
    for name in ("bought", "reps", "managers", "analysts", "week", "base"):
        for one, other in zip(getattr(draw(3, 1, SMALL), name), getattr(more, name), strict=True):
            assert np.array_equal(one, other)


def test_seeds_and_replications_differ_and_repeat() -> None:
    base = draw(0, 0, SMALL).own.fit
    assert np.array_equal(base, draw(0, 0, SMALL).own.fit)
    for seed, replication in ((1, 0), (0, 1), (1, 1)):
        assert not np.array_equal(base, draw(seed, replication, SMALL).own.fit)


def test_no_two_purposes_share_their_luck() -> None:
    luck = draw(5, 0, LARGE)
    first = [tuple(np.ravel(array)[:5]) for array in arrays(luck)]
    assert len(set(first)) == len(first)


def test_numbers_of_purposes_are_unique_and_named_as_the_fields() -> None:
    numbers = [
        p.number
        for register in (purposes.BUYER, purposes.PERSON, purposes.WEEK, purposes.BASE)
        for p in register.values()
    ]
    numbers += [p.number + purposes.BOUGHT for p in purposes.BUYER.values()]
    numbers += [p.number + role for p in purposes.PERSON.values() for role in purposes.ROLES.values() if role]
    assert len(set(numbers)) == len(numbers)
    for register, luck in (
        (purposes.BUYER, BuyerLuck), (purposes.PERSON, PersonLuck), (purposes.WEEK, WeekLuck), (purposes.BASE, BaseLuck)
    ):  # fmt: skip
        assert tuple(register) == luck._fields


def test_laws_are_those_of_the_register() -> None:
    """KS of 20,000 draws each: false alarms 1 in 10,000 a purpose."""
    luck = draw(11, 0, Sizes(20_000, 10, 2, 2, 2, 10, 10))
    for name, purpose in purposes.BUYER.items():
        array = np.asarray(getattr(luck.own, name))
        if purpose.law == "clock":
            assert stats.kstest(np.diff(array), "expon").pvalue > 1e-4
        else:
            law = "norm" if purpose.law == "normal" else "uniform"
            assert stats.kstest(array[:, 0] if array.ndim > 1 else array, law).pvalue > 1e-4


def test_luck_drawn_together_is_what_each_purpose_gives_alone() -> None:
    luck, key = draw(3, 1, SMALL), np.random.SeedSequence(3, spawn_key=(1, purposes.WEEK["drift"].number))
    alone = drawn(key.generate_state(2, np.uint64), SMALL.weeks, purposes.WEEK["drift"])
    assert np.array_equal(luck.week.drift, alone)
    ages = np.random.SeedSequence(3, spawn_key=(1, purposes.BASE["age"].number))
    assert np.array_equal(luck.base.age, drawn(ages.generate_state(2, np.uint64), 20, purposes.BASE["age"]))


def test_luck_made_one_by_one_is_what_is_drawn_at_once() -> None:
    from numba import njit

    from revsim.compiled.luck import word

    one = njit(word.py_func)
    luck = draw(4, 2, SMALL)
    for column in (luck.own.pickup, luck.own.effort, luck.bought.desk_work, luck.own.churn):
        drawn = np.ravel(np.asarray(column))
        assert [one(*column.key, k) for k in range(len(drawn))] == drawn.tolist()


def test_luck_of_somebody_s_own_has_no_key() -> None:
    luck = draw(4, 2, SMALL).own
    with pytest.raises(TypeError, match="simpy"):
        luck._replace(worked=np.zeros(200)).keys()


def test_normals_drawn_at_once_are_those_of_the_formula() -> None:
    uniform = np.random.default_rng(3).random(20_000)
    uniform[:6] = (0.0, 2.0**-53, 0.075, 0.5, 0.925, 1.0 - 2.0**-53)
    uniform[6:1000] *= 1e-12
    assert normals(uniform).tolist() == [normal(u) for u in uniform.tolist()]


def test_a_clock_drawn_at_once_is_the_running_sum_of_the_formula() -> None:
    uniform = np.random.default_rng(4).random(5_000)
    total, expected = 0.0, []
    for u in uniform.tolist():
        total = total + exponential(u, 1.0)
        expected.append(total)
    assert clock(uniform).tolist() == expected
