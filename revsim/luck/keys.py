"""Keys of many purposes at once: what numpy's SeedSequence gives for each of them, to the last bit.

A purpose's key comes from seed, replication and number. SeedSequence mixes these words one after the other into a pool
of four (O'Neill's `seed_seq` without its faults), so that all purposes of a replication share what comes before their
number. Asking it for each of them alone would take half as long as all else that is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

POOL = 4
WORD = 2**32
SHIFT = 16
FIRST_IN, TIMES_IN = 0x43B0D7E5, 0x931E8875
FIRST_OUT, TIMES_OUT = 0x8B51F9DD, 0x58F38DED
MIX_OLD, MIX_NEW = 0xCA01F9DD, 0x4973F715

Words = Any  # a word, or an array of them


def keys(seed: int, before: int, numbers: Sequence[int], after: Sequence[int] = ()) -> NDArray[np.uint64]:
    """`SeedSequence(seed, spawn_key=(before, number, *after)).generate_state(2, np.uint64)` of each number, (n, 2).

    Whole numbers from 0; `numbers` below 2^32.
    """
    told = _words(seed)
    told += [0] * (POOL - len(told))
    pool, place = _opened(told[:POOL])
    for word in [*told[POOL:], *_words(before)]:
        pool, place = _taken_in(pool, place, word)
    pool, place = _taken_in(pool, place, np.asarray(numbers, dtype=np.uint64)[:, None])
    for word in (word for number in after for word in _words(number)):
        pool, place = _taken_in(pool, place, word)
    out: NDArray[np.uint64] = _hashed(pool, _constants(FIRST_OUT, TIMES_OUT, 0))
    return out[:, 0::2] | out[:, 1::2] << np.uint64(32)


def _words(number: int) -> list[int]:
    """A number in words, the lowest first."""
    words = [number % WORD]
    while number := number // WORD:
        words.append(number % WORD)
    return words


def _constants(first: int, times: int, place: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """What the POOL words from the place-th on are hashed with: before and after they are multiplied."""
    found = [first * pow(times, power, WORD) % WORD for power in range(place, place + POOL + 1)]
    return np.array(found[:-1], dtype=np.uint64), np.array(found[1:], dtype=np.uint64)


def _hashed(words: Words, constants: tuple[Any, Any]) -> Words:
    one, other = constants
    found = (words ^ one) * other % WORD
    return found ^ found >> SHIFT


def _mixed(old: Words, new: Words) -> Words:
    found = (MIX_OLD * old - MIX_NEW * new) % WORD
    return found ^ found >> SHIFT


def _opened(words: list[int]) -> tuple[NDArray[np.uint64], int]:
    """The pool that the first words fill, each then mixed with each other; and how many have been hashed."""
    constant, place = FIRST_IN, 0

    def hashed(word: int) -> int:
        nonlocal constant, place
        before, constant, place = constant, constant * TIMES_IN % WORD, place + 1
        return int(_hashed(word, (before, constant)))

    pool = [hashed(word) for word in words]
    for source in range(POOL):
        for target in range(POOL):
            if source != target:
                pool[target] = int(_mixed(pool[target], hashed(pool[source])))
    return np.array([pool], dtype=np.uint64), place


def _taken_in(pool: NDArray[np.uint64], place: int, word: Words) -> tuple[NDArray[np.uint64], int]:
    """The pool with one word more; an array of words, (n, 1), makes a pool of each."""
    hashed = _hashed(word, _constants(FIRST_IN, TIMES_IN, place))
    return _mixed(pool, hashed), place + POOL
