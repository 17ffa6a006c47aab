"""Plain functions that kernels call: the very same, or another one that stands for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from numba import njit

from revsim.machine.kernel import kernel, share, stand_for


def half(x: float) -> float:
    return 0.5 * x


def quarter(x: float) -> float:
    return half(half(x))


def told_by_an_engine(x: float) -> float:
    raise NotImplementedError(x)


@kernel
def one_more(x: float) -> float:
    return x + 1.0


share([half, quarter])
stand_for(told_by_an_engine, one_more)


def test_kernels_call_a_shared_function_and_python_calls_it_as_before() -> None:
    compiled: Callable[[float], float] = njit(lambda x: quarter(x) - 1.0)
    assert compiled(8.0) == quarter(8.0) - 1.0 == 1.0


def test_a_kernel_stands_for_a_plain_function_among_kernels_alone() -> None:
    compiled: Callable[[float], float] = njit(lambda x: told_by_an_engine(x) * 2.0)
    assert compiled(3.0) == 8.0
    with pytest.raises(NotImplementedError):
        told_by_an_engine(3.0)


def test_what_stands_for_a_function_is_said_once() -> None:
    share([half])
    stand_for(half, one_more)
    compiled: Callable[[float], float] = njit(lambda x: half(x) + 1.0)
    assert compiled(8.0) == 5.0
