"""The firm: environment, parameters, luck, people, books. It holds things and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy import Environment

from revsim.contract.constants import REP
from revsim.contract.trace import Row
from revsim.errors import UserError
from revsim.formulas.quantiles import exponential, lognormal, lognormal_left
from revsim.luck.purposes import GENERATIONS
from revsim.mechanisms.firm import Firm as SharedFirm
from revsim.mechanisms.signal import Signal, signals_of
from revsim.model import contracts, decisions, desk, discounts, market, reps, snapshots
from revsim.model.seats import seats_by_role
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import BaseLuck, BuyerLuck, Luck, PersonLuck, WeekLuck
    from revsim.mechanisms.customers import Customer
    from revsim.mechanisms.deal import Deal as SharedDeal
    from revsim.mechanisms.person import Person
    from revsim.model.deal import Deal
    from revsim.model.seats import Seat


class Firm(SharedFirm):
    """State of one company in one run, and its own answers to what weekly rules ask (revsim/mechanisms/firm.py)."""

    def __init__(self, p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> None:
        """A company on its first day, before anybody sits down."""
        super().__init__(p)
        self.env, self.luck = Environment(), luck
        self.fork_at, self.luck_after = fork_at, luck_after
        self.forking = luck_after is not None  # a fork is still to come
        self.rows: list[Row] = []
        self.signals = signals_of(p.loops)
        self.shifts: list[float] = []  # by week, for owners who look back
        self.teams = seats_by_role(p)
        self.reps, self.managers, self.analysts = self.teams
        self.seats = self.reps + self.managers + self.analysts
        self.on_duty: list[Seat] = []  # reps who are there, by seat
        self.waiting: list[Deal] = []  # leads that wait for a rep with room
        self.book: list[Deal] = []  # opportunities that are open, or still open in the record
        self.desk_queue: list[Deal] = []
        self.desk_busy = 0
        self.own, self.bought = market.Stream(), market.Stream()
        self.due: dict[int, list[Customer]] = {}  # customers by the week in which they come up
        self.past: list[snapshots.Quarter] = []  # the newest first
        self.running = snapshots.Quarter(p.sales.stages)

    @property
    def now(self) -> float:
        """Days since the first one."""
        return self.env.now

    def quarter_end(self) -> float:
        """The last instant of the running quarter."""
        return (self.env.now // DAYS_PER_QUARTER + 1.0) * DAYS_PER_QUARTER

    def record(self, kind: int, entity: int, actor: int = -1, value: float = 0.0) -> None:
        """One row of the trace, now."""
        self.rows.append((self.env.now, kind, entity, actor, value))

    def record_at(self, time: float, kind: int, entity: int, actor: int, value: float) -> None:
        """One row of the trace at a time of this week that is known already."""
        self.rows.append((time, kind, entity, actor, value))

    def signal_of(self, which: int) -> Signal:
        """A feedback loop's signal."""
        return self.signals[which]

    def week_luck(self) -> WeekLuck:
        """The luck that weeks meet now."""
        return self.luck.week

    def people_luck(self, role: int) -> PersonLuck:
        """The luck that people of a role meet now."""
        return (self.luck.reps, self.luck.managers, self.luck.analysts)[role]

    def base_luck(self) -> BaseLuck:
        """The luck of the installed base."""
        return self.luck.base

    def note_shift(self) -> None:
        """The market's shift of this week is remembered."""
        self.shifts.append(self.shift)

    def useful_bar(self, weeks_ago: int) -> float:
        """The market's shift as it was so many weeks ago."""
        return self.shifts[max(0, len(self.shifts) - 1 - weeks_ago)]

    def decide_later(self, entity: int) -> None:
        """A decision is taken after this week's latency."""
        self.env.process(decisions.decide(self, entity))

    def everybody(self) -> list[Seat]:
        """All seats, reps first."""
        return self.seats

    def team(self, role: int) -> list[Seat]:
        """All seats of a role."""
        return self.teams[role]

    def generations_ran_out(self) -> None:
        """Raise UserError."""
        raise UserError(f"more than {GENERATIONS} people on one seat: lower world.sales.exit_hazard or heroics.exit")

    def note_presence(self, person: Person) -> None:
        """Those on duty are looked up anew."""
        if person.role == REP:
            self.on_duty = [rep for rep in self.reps if rep.present]

    def hand_over(self, leaver: Person) -> None:
        """A rep's open deals go to others."""
        reps.hand_over(self, self.reps[leaver.seat])

    def room_opened(self, rep: Person) -> None:
        """A rep has room for leads that wait."""
        reps.room_opened(self, self.reps[rep.seat])

    def noticed_luck(self, deal: SharedDeal) -> float:
        """The luck of who judges a lead's value now."""
        return float(self.buyers(deal).noticed[deal.row])

    def start_work(self, rep: Person) -> None:
        """A rep who is free takes the next piece of work."""
        reps.start_next(self, self.reps[rep.seat])

    def start_desk(self) -> None:
        """Analysts who are free take the next pieces of work."""
        desk.start_next(self)

    def note_slips(self) -> None:
        """Rows of the deals that wait at the desk."""
        desk.note_slips(self)

    def count_open(self) -> int:
        """Deals neither won nor lost."""
        return sum(1 for deal in self.book if deal.won < 0.0 and deal.left_record < 0.0)

    def quarters_learned(self) -> int:
        """How many past quarters the company remembers."""
        return len(self.past)

    def past_quarter(self, which: int) -> snapshots.Quarter:
        """Records of a past quarter, the newest first."""
        return self.past[which]

    def running_quarter(self) -> snapshots.Quarter:
        """Records of the running quarter."""
        return self.running

    def forget_quarter(self) -> None:
        """A quarter that teaches nothing."""
        snapshots.forget_quarter(self)

    def remember_quarter(self) -> None:
        """The running quarter is the newest past one."""
        snapshots.remember_quarter(self)

    def read_past_anew(self, moved: float) -> None:
        """All looks at the record are read anew."""
        snapshots.read_past_anew(self, moved)

    def look(self) -> None:
        """Read the record of every deal that is in it."""
        snapshots.look(self)

    def sign_up(self, entity: int, fit: float, value: float, due: float, leaves_at: float) -> None:
        """A contract that comes up on a day."""
        contracts.sign_up(self, entity, fit, value, due, leaves_at)

    def renew_contracts(self) -> None:
        """Contracts that come up this week."""
        contracts.week_of_renewals(self)

    def take_inquiries(self) -> None:
        """Who asks this week."""
        market.week_of_inquiries(self)

    def pull_forward(self) -> None:
        """Reps push deals near the quarter's end."""
        discounts.pull_forward(self)

    def buyers(self, deal: SharedDeal) -> BuyerLuck:
        """The luck that a buyer's decisions meet now."""
        return self.luck.bought if deal.bought else self.luck.own

    def later(self, deal: Deal) -> BuyerLuck | None:
        """The luck after the fork, while the fork is still to come."""
        if self.luck_after is None or not self.forking:
            return None
        return self.luck_after.bought if deal.bought else self.luck_after.own

    def straddles(self, end: float) -> bool:
        """Whether what starts now and ends then would reach over a fork that is still to come."""
        return self.forking and self.fork_at < end

    def lognormal_end(self, u: float, later_u: float, median: float, sigma: float) -> float:
        """The day on which a lognormal duration that starts now ends; luck after a fork redraws what is left then."""
        now = self.env.now
        end = now + lognormal(u, median, sigma)
        if self.forking and self.fork_at < end:
            end = now + lognormal_left(later_u, median, sigma, self.fork_at - now)
        return end

    def exponential_end(self, u: float, later_u: float, mean: float) -> float:
        """The day on which an exponential duration that starts now ends; memoryless over a fork."""
        end = self.env.now + exponential(u, mean)
        if self.straddles(end):
            end = self.fork_at + exponential(later_u, mean)
        return end
