"""The firm as weekly rules know it: its state, and what each engine does in a way of its own.

The reference's `Firm` derives from this one. The compiled engine's record has the state's fields; what is a method here
is a function there, which stands for the one of the same name in `port.py` (revsim/compiled/port.py).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from revsim.mechanisms.state import State

if TYPE_CHECKING:
    from revsim.luck.draw import BaseLuck, PersonLuck, WeekLuck
    from revsim.mechanisms.deal import Deal
    from revsim.mechanisms.history import Quarter
    from revsim.mechanisms.person import Person
    from revsim.mechanisms.signal import Signal


class Firm(State, ABC):
    """State of one company in one run, and what rules ask of its calendar, trace, people, queues and book."""

    @property
    @abstractmethod
    def now(self) -> float:
        """Days since the first one."""

    @abstractmethod
    def quarter_end(self) -> float:
        """The last instant of the running quarter."""

    @abstractmethod
    def record(self, kind: int, entity: int, actor: int, value: float) -> None:
        """One row of the trace, now."""

    @abstractmethod
    def record_at(self, time: float, kind: int, entity: int, actor: int, value: float) -> None:
        """One row of the trace at a time of this week that is known already."""

    @abstractmethod
    def signal_of(self, which: int) -> Signal:
        """A feedback loop's signal (signal.py)."""

    @abstractmethod
    def week_luck(self) -> WeekLuck:
        """The luck that weeks meet now, (week,) or (week, part)."""

    @abstractmethod
    def people_luck(self, role: int) -> PersonLuck:
        """The luck that people of a role meet now, (seat, generation)."""

    @abstractmethod
    def note_shift(self) -> None:
        """The market's shift of this week is remembered, for owners who look back."""

    @abstractmethod
    def useful_bar(self, weeks_ago: int) -> float:
        """The market's shift as it was so many weeks ago, or in the first week."""

    @abstractmethod
    def decide_later(self, entity: int) -> None:
        """A decision with this week's number is taken after this week's latency: `leadership.decided`."""

    @abstractmethod
    def everybody(self) -> Sequence[Person]:
        """All seats: reps, then managers, then analysts."""

    @abstractmethod
    def team(self, role: int) -> Sequence[Person]:
        """All seats of a role."""

    @abstractmethod
    def generations_ran_out(self) -> None:
        """There is no luck for one more person on a seat."""

    @abstractmethod
    def note_presence(self, person: Person) -> None:
        """Somebody has come or left."""

    @abstractmethod
    def hand_over(self, leaver: Person) -> None:
        """A rep's open deals go to others."""

    @abstractmethod
    def room_opened(self, rep: Person) -> None:
        """A rep has room for leads that wait."""

    @abstractmethod
    def noticed_luck(self, deal: Deal) -> float:
        """The luck of who judges a lead's value now."""

    @abstractmethod
    def start_work(self, rep: Person) -> None:
        """A rep who is free takes the next piece of work."""

    @abstractmethod
    def start_desk(self) -> None:
        """Analysts who are free take the next pieces of work."""

    @abstractmethod
    def note_slips(self) -> None:
        """Rows of the deals that wait at the desk as the quarter ends."""

    @abstractmethod
    def count_open(self) -> int:
        """Deals neither won nor lost."""

    @abstractmethod
    def quarters_learned(self) -> int:
        """How many past quarters the company remembers."""

    @abstractmethod
    def past_quarter(self, which: int) -> Quarter:
        """Records of a past quarter, the newest first."""

    @abstractmethod
    def running_quarter(self) -> Quarter:
        """Records of the running quarter."""

    @abstractmethod
    def forget_quarter(self) -> None:
        """A quarter that teaches nothing."""

    @abstractmethod
    def remember_quarter(self) -> None:
        """The running quarter is the newest past one, and scored: what of each week's look was won."""

    @abstractmethod
    def read_past_anew(self, moved: float) -> None:
        """Progress in all looks at the record is read as moved by so much; past quarters are scored anew."""

    @abstractmethod
    def look(self) -> None:
        """Read the record of every deal that is in it: sets the `view_...` and `by_stage`."""

    @abstractmethod
    def base_luck(self) -> BaseLuck:
        """The luck of the installed base, (customer,)."""

    @abstractmethod
    def sign_up(self, entity: int, fit: float, value: float, due: float, leaves_at: float) -> None:
        """A contract that comes up on day `due`."""

    @abstractmethod
    def renew_contracts(self) -> None:
        """Contracts that come up this week (customers.py)."""

    @abstractmethod
    def take_inquiries(self) -> None:
        """Who asks this week, and whom marketing passes (market.py)."""

    @abstractmethod
    def pull_forward(self) -> None:
        """Reps push deals near the quarter's end (discounts.py)."""
