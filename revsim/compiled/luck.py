"""Luck on demand: the very uniforms that `luck/draw.py` draws, made one by one where a buyer meets them.

A purpose's k-th uniform is word k mod 4 of block k div 4 of Philox4x64-10 (Salmon, Moraes, Dror and Shaw 2011) under
the purpose's key; numpy counts blocks from 1 and keeps the upper 53 bits of a word.
"""

from __future__ import annotations

import numpy as np

from revsim.compiled._kernel import high_word, inlined, kernel
from revsim.compiled.views import lucks
from revsim.luck.purposes import BUYER, STAGES

NAMES = tuple(BUYER)
COLUMNS = np.array([purpose.columns for purpose in BUYER.values()], dtype=np.int64)
(
    CLOCK, SOURCE, FIT, SEEN_BY_MARKETING, SEEN_BY_SALES, SEEN_BY_OPERATIONS, VALUE, SEGMENT, ARBITRATE, WORKED,
    PICKUP, ANSWER, LEAD_PATIENCE, EFFORT, BUYER_TIME, ADVANCE, WORK_PATIENCE, RECORD, READING, JUDGEMENT, DESK_WORK,
    DESK_PATIENCE, REWORK, SECOND_LOOP, PULL, PULL_DAY, SANDBAG, HELD, LOST_TIME, HANDOVER, CHURN, NOTICED,
) = range(32)  # fmt: skip

M0, M1 = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
W0, W1 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
ZERO, ELEVEN = np.uint64(0), np.uint64(11)
STEP = 1.0 / 9007199254740992.0  # 2^-53


@inlined
def block(key0, key1, counter):
    """Four words of Philox4x64-10."""
    c0, c1, c2, c3 = counter, ZERO, ZERO, ZERO
    for _ in range(10):
        h0, l0 = high_word(M0, c0), M0 * c0
        h1, l1 = high_word(M1, c2), M1 * c2
        c0, c1, c2, c3 = h1 ^ c1 ^ key0, l1, h0 ^ c3 ^ key1, l0
        key0, key1 = key0 + W0, key1 + W1
    return c0, c1, c2, c3


@inlined
def uniform(word):
    """A word's uniform."""
    return (word >> ELEVEN) * STEP


@inlined
def four(keys, purpose, counter):
    """The uniforms of a purpose's block."""
    c0, c1, c2, c3 = block(keys[purpose, 0], keys[purpose, 1], counter)
    return uniform(c0), uniform(c1), uniform(c2), uniform(c3)


@inlined
def word(key0, key1, index):
    """The uniform of a place in a purpose's sequence."""
    c0, c1, c2, c3 = block(key0, key1, np.uint64((index >> 2) + 1))
    place = index & 3
    chosen = c0 if place == 0 else (c1 if place == 1 else (c2 if place == 2 else c3))
    return uniform(chosen)


@inlined
def of_buyer(firm, which, bought, row, purpose, column):
    """Luck of a buyer before (0) or after (1) a fork."""
    keys = lucks(firm)[which].buyer_keys
    stream = 1 if bought else 0
    return word(keys[stream, purpose, 0], keys[stream, purpose, 1], row * COLUMNS[purpose] + column)


@inlined
def now_of(firm, deal, purpose, column):
    """The luck that a buyer's decision meets now."""
    return of_buyer(firm, firm.luck_spent, deal.bought, deal.row, purpose, column)


@kernel
def deal_stages(firm, deal):
    """Luck of the deal's stage and its neighbours, as a block holds four of them."""
    keys = lucks(firm)[firm.luck_spent].buyer_keys[1 if deal.bought else 0]
    counter = np.uint64(((deal.row * STAGES + deal.stage) >> 2) + 1)
    into = deal.of_effort, deal.of_buyer_time, deal.of_advance, deal.of_patience
    into[0][0], into[0][1], into[0][2], into[0][3] = four(keys, EFFORT, counter)
    into[1][0], into[1][1], into[1][2], into[1][3] = four(keys, BUYER_TIME, counter)
    into[2][0], into[2][1], into[2][2], into[2][3] = four(keys, ADVANCE, counter)
    into[3][0], into[3][1], into[3][2], into[3][3] = four(keys, WORK_PATIENCE, counter)
