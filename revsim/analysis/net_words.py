"""Net value in words: how much, and how much of it comes from renewals and expansion."""

from __future__ import annotations

from typing import NamedTuple

from revsim.analysis import interval
from revsim.analysis.balance import NET, parts
from revsim.analysis.cube import Cube
from revsim.analysis.interval import Interval
from revsim.analysis.words import bracket, count_of, percent, short, signed, together

CUSTOMERS = "customers"  # what balance.py calls renewals and expansion


class Net(NamedTuple):
    """Net value against another scenario, money a quarter, and what of it is renewals and expansion."""

    value: Interval
    customers: float


def net_of(cube: Cube, own: int, base: int, margin: float) -> Net:
    """Paired, as the balance has it; without its quarter of payback, which takes resamples."""
    found = parts(cube, own, base, margin)
    value = interval.of_mean(found[NET].mean(axis=1))
    return Net(value, float(found[CUSTOMERS].mean()))


def sum_words(part: Interval, money: str) -> str:
    """`+376k EUR a quarter (95 % interval +289k to +463k)`."""
    estimate, low, high = together(part)
    return f"{estimate} {money} a quarter{bracket(low, high, ' (95 % interval {} to {})')}"


def split_words(net: Net) -> str:
    """What of a net value comes from renewals and expansion; the rest may be below zero."""
    rest = net.value.estimate - net.customers
    return f"{signed(short(net.customers))} from renewals and expansion, {signed(short(rest))} from all else"


def net_words(name: str, net: Net, money: str) -> str:
    """The net value of a scenario with its parts, as a sentence."""
    return f"The net value of “{name}” is {sum_words(net.value, money)}: {split_words(net)}."


def basis_words(margin: float, unmeasured: int) -> str:
    """What the balances rest on: the margin, and how many numbers behind renewals and expansion nobody has measured."""
    text = f"A margin of {percent(margin)} on all revenue is taken."
    if not unmeasured:
        return text
    numbers = f"{count_of(unmeasured, 'number')} behind renewals and expansion {'has' if unmeasured == 1 else 'have'}"
    return f"{text} {numbers} no direct evidence, so that part is the least sure."
