"""Net value in words: without renewals and expansion first, for these come later and rest on the least, then with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from revsim.analysis import interval
from revsim.analysis.balance import NET, WITHOUT_RENEWALS, Longer, parts
from revsim.analysis.cube import Cube
from revsim.analysis.interval import Interval
from revsim.analysis.words import bracket, count_of, percent, together


class Net(NamedTuple):
    """Net value against another scenario, money a quarter, and the same without renewals and expansion."""

    value: Interval
    without_renewals: Interval


def net_of(cube: Cube, own: int, base: int, margin: float) -> Net:
    """Paired, as the balance has it; without its quarter of payback, which takes resamples."""
    found = parts(cube, own, base, margin)
    return Net(*(interval.of_mean(found[name].mean(axis=1)) for name in (NET, WITHOUT_RENEWALS)))


def sum_words(part: Interval, money: str) -> str:
    """`+376k EUR a quarter (95 % interval +289k to +463k)`."""
    estimate, low, high = together(part)
    return f"{estimate} {money} a quarter{bracket(low, high, ' (95 % interval {} to {})')}"


def both_words(net: Net, money: str, beside: Sequence[str] = ("", "")) -> str:
    """Without renewals and expansion, and with them; `beside` each, how often it is so in plausible companies."""
    without, whole = sum_words(net.without_renewals, money), sum_words(net.value, money)
    between = f"{beside[0]};" if beside[0] else ","
    return f"{without} without renewals and expansion{between} {whole} with them{beside[1]}"


def net_words(name: str, net: Net, money: str, beside: Sequence[str] = ("", ""), longer: Longer | None = None) -> str:
    """Both net values of a scenario, as a sentence, and once more over more quarters."""
    return f"The net value of “{name}” is {both_words(net, money, beside)}{longer_words(longer, money)}."


def longer_words(longer: Longer | None, money: str) -> str:
    """The same over more quarters, and from how many replications; empty where nobody ran them."""
    if longer is None:
        return ""
    what = both_words(Net(longer.value, longer.without_renewals), money)
    return f"; over {longer.quarters} quarters ({count_of(longer.replications, 'replication')}) {what}"


def basis_words(margin: float, unmeasured: int) -> str:
    """What the balances rest on: the margin, and how many numbers behind renewals and expansion nobody has measured."""
    text = f"A margin of {percent(margin)} on all revenue is taken."
    if not unmeasured:
        return text
    numbers = f"{count_of(unmeasured, 'number')} behind renewals and expansion {'has' if unmeasured == 1 else 'have'}"
    return f"{text} {numbers} no direct evidence, so that part is the least sure."
