"""Keys of many purposes at once: those that numpy's `SeedSequence` gives one by one, at some 20 microseconds each.

What all purposes of a replication share, its seed and its number, is mixed by numpy; the words behind that, a purpose's
number and a continuation's, are mixed here for all purposes together (O'Neill, "Developing a seed_seq alternative",
2015; words of 32 bits, all arithmetic modulo 2^32):

    mixing a word w     pool[k] = mix(pool[k], hash(w))         k = 0 ... 3
    hash(w)             (w ^ c) c' ^ its upper half;  c' = c A, and c' is the next c
    mix(x, y)           L x - R y ^ its upper half
    giving a word       (pool[k] ^ b) b' ^ its upper half;  b' = b B

numpy promises that a `SeedSequence` gives the same words for ever (NEP 19).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
START, FACTOR = 0x43B0D7E5, 0x931E8875  # c at first, A
OUT_START, OUT_FACTOR = 0x8B51F9DD, 0x58F38DED  # b at first, B
LEFT, RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)  # L, R
HALF = np.uint32(16)  # bits
POOL = 4  # words
WORD = 1 << 32
HASHES_OF_POOL = POOL + POOL * (POOL - 1)  # that mixing the first words takes
KEY_WORDS = 4  # of 32 bits: two of 64


def keys_of(seed: int, replication: int, numbers: Sequence[int], again: tuple[int, ...] = ()) -> NDArray[np.uint64]:
    """Keys of the purposes with these numbers, (numbers, 2); `again` holds the continuation's number, if it is one.

    Each is `SeedSequence(seed, spawn_key=(replication, number, *again)).generate_state(2, np.uint64)`.
    """
    pool = [np.full(len(numbers), word) for word in np.random.SeedSequence(seed, spawn_key=(replication,)).pool]
    mixed = POOL * (max(POOL, len(_words(seed))) - POOL + len(_words(replication)))
    constant = START * pow(FACTOR, HASHES_OF_POOL + mixed, WORD) % WORD
    for word in (
        np.array(numbers, dtype=np.uint32),
        *(np.array([part], np.uint32) for more in again for part in _words(more)),
    ):
        for place in range(POOL):
            hashed, constant = _hashed(word, constant, FACTOR)
            pool[place] = _with_half(LEFT * pool[place] - RIGHT * hashed)
    found, constant = np.empty((len(numbers), KEY_WORDS), dtype="<u4"), OUT_START
    for place in range(KEY_WORDS):
        found[:, place], constant = _hashed(pool[place], constant, OUT_FACTOR)
    return found.view("<u8").astype(np.uint64)


def _words(number: int) -> list[int]:
    """A whole number from 0 as words, the lowest first."""
    number = int(number)  # numpy's have no such methods
    return [number >> shift & (WORD - 1) for shift in range(0, max(number.bit_length(), 1), 32)]


def _hashed(words: Words, constant: int, factor: int) -> tuple[Words, int]:
    """Hashes of words under a constant, and the next constant."""
    following = constant * factor % WORD
    return _with_half((words ^ np.uint32(constant)) * np.uint32(following)), following


def _with_half(words: Words) -> Words:
    return words ^ (words >> HALF)
