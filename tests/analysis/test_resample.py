"""Resamples that several measures ask for: which they are, in which blocks they come, and that they are shared."""

from __future__ import annotations

import numpy as np
import pytest

from revsim.analysis.resample import CELLS, SEED, counts, picks, spans

MASK = 2**64 - 1


def split_mix(place: int, seed: int) -> int:
    """The number at a place, from 1, of the sequence of Steele, Lea and Flood (2014), in whole numbers of Python."""
    state = (seed + place * 0x9E3779B97F4A7C15) & MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
    return state ^ (state >> 31)


def position(place: int, replications: int, seed: int) -> int:
    return ((split_mix(place, seed) >> 11) * replications) >> 53


def test_the_reference_gives_the_numbers_that_are_published_for_the_seed_of_zero() -> None:
    assert [split_mix(place, 0) for place in (1, 2)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4]


@pytest.mark.parametrize("seed", [0, SEED])
def test_picks_are_those_of_the_published_sequence(seed: int) -> None:
    wanted = [[position(3 * draw + own + 1, 3, seed) for own in range(3)] for draw in range(40)]
    assert picks(3, 40, seed).tolist() == wanted
    assert picks(3, (7, 11), seed).tolist() == wanted[7:11]


def test_without_a_word_there_are_two_thousand_resamples_of_the_year_s_seed() -> None:
    assert picks(2).shape == counts(2).shape == (2000, 2)
    assert picks(5, 4).tolist() == picks(5, 4, 20260101).tolist()


@pytest.mark.parametrize(
    ("draws", "each", "cells", "wanted"),
    [
        (5, 10, 20, [(0, 2), (2, 4), (4, 5)]),
        (4, 10, 20, [(0, 2), (2, 4)]),
        (2, 10, 9, [(0, 1), (1, 2)]),
        (3, 0, 2, [(0, 2), (2, 3)]),
        (0, 10, 20, []),
        (2000, 500, CELLS, [(0, 1000), (1000, 2000)]),
        (3, 166_667, CELLS, [(0, 2), (2, 3)]),  # three of them are half a million and one
    ],
)
def test_blocks_hold_so_many_numbers_and_the_last_what_is_left(
    draws: int, each: int, cells: int, wanted: list[tuple[int, int]]
) -> None:
    assert list(spans(draws, each, cells)) == wanted


def test_a_block_holds_the_same_numbers_whatever_its_size() -> None:
    whole = picks(6, 10)
    assert np.concatenate([picks(6, span) for span in spans(10, 6, 18)]).tolist() == whole.tolist()


def test_the_same_resamples_are_made_once_and_nobody_can_write_into_them() -> None:
    found = counts(7, (3, 9))
    assert counts(7, (3, 9)) is found
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = 1.0


def test_counts_say_how_often_each_replication_is_picked() -> None:
    wanted = [np.bincount(taken, minlength=7) for taken in picks(7, (3, 9))]
    np.testing.assert_array_equal(counts(7, (3, 9)), wanted)
