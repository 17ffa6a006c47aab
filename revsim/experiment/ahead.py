"""Workers that begin before it is known what they will do: they import while a command reads its scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress

from revsim.experiment.crew import Hands
from revsim.prepare import have_at_hand, is_kept

_waiting: list[Hands] = []  # one at most


@contextmanager
def workers_ahead(engine: str, many: int) -> Iterator[None]:
    """So many workers import the compiled engine meanwhile; whoever makes a crew inside takes them, else they end.

    Not where machine code has yet to be made: they would all make it.
    """
    if many > 1 and not _waiting and is_kept(engine):
        hands = Hands(many)
        _waiting.append(hands)
        try:
            with suppress(BrokenProcessPool):  # whoever makes a crew meets it again, and knows what to do
                for _ in range(many):
                    hands.do(have_at_hand)
            yield
        finally:
            while _waiting:
                _waiting.pop().stop()
    else:
        yield


def hands_for(many: int) -> Hands:
    """Those that wait, if they are as many; else others."""
    while _waiting:
        hands = _waiting.pop()
        if hands.many == many:
            return hands
        hands.stop()
    return Hands(many)
