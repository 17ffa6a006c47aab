"""What rules ask of an engine, as functions: methods of the firm that is given (firm.py).

In compiled code others of the same names stand for them (revsim/compiled/port.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

from revsim.mechanisms.firm import Firm

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def asked(method: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The method of the firm that is given, as a function."""
    name = method.__name__

    def ask(firm: Any, *given: Any) -> Any:  # noqa: ANN401 - as the method says
        return getattr(firm, name)(*given)

    ask.__name__, ask.__doc__ = name, method.__doc__
    return cast("Callable[Given, Answer]", ask)


quarter_end = asked(Firm.quarter_end)
record = asked(Firm.record)
record_at = asked(Firm.record_at)
signal_of = asked(Firm.signal_of)
week_luck = asked(Firm.week_luck)
people_luck = asked(Firm.people_luck)
note_shift = asked(Firm.note_shift)
useful_bar = asked(Firm.useful_bar)
decide_later = asked(Firm.decide_later)
everybody = asked(Firm.everybody)
team = asked(Firm.team)
generations_ran_out = asked(Firm.generations_ran_out)
note_presence = asked(Firm.note_presence)
hand_over = asked(Firm.hand_over)
room_opened = asked(Firm.room_opened)
noticed_luck = asked(Firm.noticed_luck)
start_work = asked(Firm.start_work)
start_desk = asked(Firm.start_desk)
note_slips = asked(Firm.note_slips)
count_open = asked(Firm.count_open)
quarters_learned = asked(Firm.quarters_learned)
past_quarter = asked(Firm.past_quarter)
running_quarter = asked(Firm.running_quarter)
forget_quarter = asked(Firm.forget_quarter)
remember_quarter = asked(Firm.remember_quarter)
read_past_anew = asked(Firm.read_past_anew)
look = asked(Firm.look)
base_luck = asked(Firm.base_luck)
sign_up = asked(Firm.sign_up)
renew_contracts = asked(Firm.renew_contracts)
take_inquiries = asked(Firm.take_inquiries)
pull_forward = asked(Firm.pull_forward)
