"""The firm: environment, parameters, luck, people, books. It holds things and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simpy import Environment

from revsim.contract import chosen
from revsim.contract.trace import Kind, Row
from revsim.formulas.quantiles import exponential, lognormal, lognormal_left
from revsim.model.signal import Signal
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters
    from revsim.luck.draw import BuyerLuck, Luck
    from revsim.model.customers import Customer
    from revsim.model.deal import Deal
    from revsim.model.history import History
    from revsim.model.market import Stream
    from revsim.model.people import Person

NEVER = float("inf")


class Firm:
    """State of one company in one run."""

    reps: list[Person]
    managers: list[Person]
    analysts: list[Person]
    on_duty: list[Person]  # reps who are there, by seat
    own: Stream
    bought: Stream
    history: History

    def __init__(self, p: Parameters, luck: Luck, fork_at: float, luck_after: Luck | None) -> None:
        """A company on its first day, before anybody sits down."""
        self.env, self.p, self.luck = Environment(), p, luck
        self.fork_at, self.luck_after = fork_at, luck_after
        self.forking = luck_after is not None  # a fork is still to come
        self.rows: list[Row] = []
        self.measured = self.last_warmup_year = False
        self.week = 0
        self._open_market()
        self._open_remedies()
        self._open_leadership()
        self._open_work()
        self._open_loops()

    def _open_market(self) -> None:
        """The market and the definitions."""
        self.shock = self.shift = 0.0
        self.shifts: list[float] = []  # by week, for owners who look back
        self.readings = [0.0] * 5  # marketing, sales, operations `qualified`; sales, operations `commit`
        self.last_review = 0.0

    def _open_remedies(self) -> None:
        """What is in force this week."""
        p = self.p
        self.design, self.coordination, self.heroics = p.today.design, p.today.coordination, p.today.heroics
        self.active = [False, False, False]  # design, coordination, heroics have begun
        self.levers = list(p.today.design.levers)
        self.recorded_levers = [-1.0] * 12
        self.unbuilt = 0.0
        self.compliance = self.compliance_signed = 0.0
        self.agreements = self.resets = 0
        self.last_agreement = self.last_reset = -NEVER
        self.ownership = [0.0, 0.0, 0.0]
        self.pay = [0.0, 0.0, 0.0]  # effective shared pay of marketing, sales, operations
        self.one_off_hours = [0.0, 0.0, 0.0]  # resets and agreements: to be worked off this week, by role
        self.owning_hours = [0.0, 0.0, 0.0]  # owners and reviews, this week, by role
        self.restate_backlog = 0.0  # desk hours
        self.record_lag = 0.0

    def _open_leadership(self) -> None:
        """The plan, the number, and what leadership feels and decides."""
        p = self.p
        self.level = p.leadership.opening_level
        self.plan = self.plan_revised = 0.0
        self.number = self.published = 0.0
        self.day_one = 0.0
        self.pressure = 0.0
        self.tolerance = p.leadership.tolerance_start
        self.trust = 0.0
        self.disagreement = 0.0  # as leadership hears it
        self.latency = p.leadership.latency_base
        self.dip_on = -NEVER  # week in which a revision dips capacity
        self.budget = 1.0
        self.seats_wanted = p.sales.reps
        self.decided = (1.0, p.sales.reps)  # of the running quarter: budget, seats
        self.mood, self.spirits = 0.0, 1.0  # in log odds; with everybody's optimism, a factor on odds

    def _open_work(self) -> None:
        """Queues, books and the hours of the week."""
        self.waiting: list[Deal] = []  # leads that wait for a rep with room
        self.book: list[Deal] = []  # opportunities that are open, or still open in the record
        self.desk_queue: list[Deal] = []
        self.desk_busy = 0
        self.desk_rate = 1.0  # hours a day of one analyst
        self.desk_present = 0
        self.due: dict[int, list[Customer]] = {}  # customers by the week in which they come up
        self.closed = 0.0  # booked in the running quarter
        self.leads = [0.0] * 13  # qualified by marketing, the last thirteen weeks
        self.recent_yield = self.usual_yield = 0.5
        self.yields = 0
        self.worked = self.pickup = 1.0  # follow-up of the week: chance, mean delay
        self.heroes: list[list[Person]] = [[], [], []]  # of the quarter, by role
        self.top_performer: tuple[int, int] | None = None

    def _open_loops(self) -> None:
        """The signals of the feedback loops."""
        loops = self.p.loops
        self.pressures = Signal(closed=loops.pressure, weekly=True)
        self.gaps = Signal(closed=loops.pressure, weekly=True)  # to plan, as it bends `commit`
        self.ratchets = Signal(closed=loops.plan_ratchet)
        self.budgets = Signal(closed=loops.number_used)
        self.seats = Signal(closed=loops.number_used)
        self.disagreements = Signal(closed=loops.disagreement)
        self.tolerances = Signal(closed=loops.trust)
        self.yield_ratios = Signal(closed=loops.follow_up)
        self.loads = [Signal(closed=loops.energy) for _ in range(3)]
        self.hours_lost = [Signal(closed=loops.hours) for _ in range(3)]
        self.attainments = Signal(closed=loops.attainment)
        self.dips = Signal(closed=loops.revision)

    def record(self, kind: Kind, entity: int, actor: int = -1, value: float = 0.0) -> None:
        """One row of the trace, now."""
        self.rows.append((self.env.now, kind, entity, actor, value))

    def record_at(self, time: float, kind: Kind, entity: int, actor: int, value: float) -> None:
        """One row of the trace at a time of this week that is known already."""
        self.rows.append((time, kind, entity, actor, value))

    def lever(self, which: int) -> float:
        """A lever's level this week."""
        return self.levers[which]

    def view(self) -> float:
        """How far there is one view of the data."""
        return self.levers[chosen.VIEW]

    def quarter_end(self) -> float:
        """The last instant of the running quarter."""
        return (self.env.now // DAYS_PER_QUARTER + 1.0) * DAYS_PER_QUARTER

    def buyers(self, deal: Deal) -> BuyerLuck:
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
