"""What weekly rules know and set of a company, as it is before the first day; both engines start from here."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from revsim.contract.constants import COORDINATION, DESIGN, FORECASTS, HEROICS, KEPT, WEEKS
from revsim.formulas.ownership import mean_compliance
from revsim.luck.purposes import STAGES

if TYPE_CHECKING:
    from revsim.contract.parameters import Parameters


class State:
    """Numbers of one company; the compiled engine's record has fields of the same names."""

    def __init__(self, p: Parameters) -> None:
        """Before anybody sits down."""
        self.p = p
        self.week = 0
        self.measured = self.last_warmup_year = False
        self._open_market()
        self._open_remedies()
        self._open_leadership()
        self._open_work()
        self._open_forecasting()

    def _open_market(self) -> None:
        """The market and the definitions."""
        self.shock = self.shift = 0.0
        self.readings = [0.0] * 5  # marketing, sales, operations `qualified`; sales, operations `commit`
        self.last_review = 0.0

    def _open_remedies(self) -> None:
        """What is in force this week."""
        p = self.p
        self.active = [choice.start.stands for choice in p.chosen]  # design, coordination, heroics have begun
        self.design = (p.chosen if self.active[DESIGN] else p.today).design
        self.coordination = (p.chosen if self.active[COORDINATION] else p.today).coordination
        self.heroics = (p.chosen if self.active[HEROICS] else p.today).heroics
        reach = min(1.0, p.stress.stall_at_share)
        self.levers = [
            today + reach * (level - today)
            for today, level in zip(p.today.design.levers, self.design.levers, strict=True)
        ]
        self.recorded_levers = [-1.0] * 12
        self.unbuilt = 0.0
        c = self.coordination
        self.compliance = mean_compliance(c.agreement_level, c.agreement_half_life, c.agreement_renew_weeks)
        self.agreements = self.resets = 0
        self.last_agreement = self.last_reset = -inf
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
        self.dip_on = -inf  # week in which a revision dips capacity
        self.budget = self.decided_budget = 1.0
        self.seats_wanted = self.decided_seats = p.sales.reps  # decided: of the running quarter
        self.mood = 0.0  # in log odds
        self.spirits = 1.0  # mood and everybody's optimism, as a factor on odds

    def _open_work(self) -> None:
        """The week's work, and what people make of it."""
        self.desk_rate = 1.0  # hours a day of one analyst
        self.desk_present = 0
        self.closed = 0.0  # booked in the running quarter
        self.leads = [0.0] * WEEKS  # qualified by marketing, the last thirteen weeks
        self.recent_yield = self.usual_yield = 0.5
        self.yields = 0
        self.worked = self.pickup = 1.0  # follow-up of the week: chance, mean delay
        self.leaver_seat = [-1] * 3  # the best of each role on the first measured day
        self.leaver_generation = [-1] * 3

    def _open_forecasting(self) -> None:
        """What a look at the record finds, and what has been learned of it, by week of the quarter."""
        self.view_roll_up = self.view_sales = self.view_open = 0.0
        self.by_stage = [0.0] * STAGES  # open value as operations read it
        self.conversion = [[0.0] * WEEKS for _ in range(STAGES)]
        self.unseen = [0.0] * WEEKS  # won in the quarter from deals that were not in the record
        self.still = [0.0] * WEEKS  # booked from the start of a week on
        self.haircut = [1.0] * WEEKS
        self.lead_yield = [0.0] * WEEKS
        self.errors = [[1.0] * WEEKS for _ in range(FORECASTS)]
        self.pooled_errors = [1.0] * FORECASTS
        self.weights = [0.0] * KEPT  # of past quarters, newest first
        self.prior_weight = 0.0
        self.tops, self.bottoms = [0.0] * WEEKS, [0.0] * WEEKS  # of a rate that is being learned
