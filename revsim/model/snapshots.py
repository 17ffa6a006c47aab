"""What operations read in the record, week by week, and what became of it; mechanisms/history.py learns from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from revsim.contract.constants import CALLED, COMMIT_OPERATIONS, KEPT
from revsim.formulas.record import read_by
from revsim.mechanisms import history
from revsim.mechanisms.forecasting import judged
from revsim.units import DAYS_PER_QUARTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from revsim.model.deal import Deal
    from revsim.model.firm import Firm


class Snapshot:
    """What operations read in one week of a quarter."""

    __slots__ = ("deals", "progress", "value", "won")

    def __init__(self, deals: list[Deal], progress: list[float]) -> None:
        """The deals in the record and the progress read of each."""
        self.deals = deals
        self.progress = np.array(progress, dtype=np.float64)
        self.value = np.array([deal.value for deal in deals], dtype=np.float64)
        self.won: NDArray[np.float64] = np.zeros(len(deals))

    def close(self, start: float, end: float) -> None:
        """What of it was won in the quarter; the deals themselves are let go."""
        self.won = np.array([deal.booked if start <= deal.won < end else 0.0 for deal in self.deals], dtype=np.float64)
        self.deals = []

    def by_stage(self, value: NDArray[np.float64], stages: int) -> list[float]:
        """A value of each deal, summed by the stage that operations reads of it."""
        stage = np.clip(np.floor(self.progress), 0.0, stages - 1.0).astype(np.int64)
        whole: list[float] = np.bincount(stage, weights=value, minlength=stages).tolist()
        return whole


class Quarter(history.Quarter):
    """One quarter's records, with what was read in each of its weeks."""

    def __init__(self, stages: int) -> None:
        """Nothing written yet."""
        super().__init__(stages)
        self.stages = stages
        self.snapshots: list[Snapshot] = []

    def score(self) -> None:
        """Read the snapshots by stage."""
        for week, seen in enumerate(self.snapshots):
            self.won[week], self.open[week] = (seen.by_stage(value, self.stages) for value in (seen.won, seen.value))

    def move(self, by: float) -> None:
        """Progress as it would be read now."""
        for seen in self.snapshots:
            seen.progress = seen.progress + by


def look(firm: Firm) -> None:
    """Read the record of every deal that is in it: as late, and in whose words, as it is kept."""
    now, lag = firm.now, firm.record_lag
    last, days_left = float(firm.p.sales.stages - 1), firm.quarter_end() - now
    called, operations = last - (CALLED - 1), firm.readings[COMMIT_OPERATIONS]
    seen, progress, keep = [], [], []
    sales = truly_open = roll_up = 0.0
    for deal in firm.book:
        left, entered = deal.left_record, deal.entered
        if deal.won >= 0.0 or 0.0 <= left <= now:
            continue
        keep.append(deal)
        if left < 0.0:
            truly_open += deal.value
        known = now - deal.lag * lag
        at = len(entered) - 1
        while at >= 0 and entered[at] > known:
            at -= 1
        if at < 0:
            continue
        recorded = deal.progress[at]
        seen.append(deal)
        progress.append(read_by(recorded, operations))
        if recorded >= 1.0:
            sales += deal.value
            if recorded >= called and left < 0.0:  # of a lost deal the rep knows, whatever the record says
                assert deal.rep is not None
                roll_up += deal.value * judged(firm, deal, deal.rep, days_left)
    snapshot = Snapshot(seen, progress)
    firm.running.snapshots.append(snapshot)
    firm.view_sales, firm.view_open, firm.view_roll_up = sales, truly_open, roll_up
    firm.by_stage = snapshot.by_stage(snapshot.value, firm.p.sales.stages)
    firm.book = keep


def forget_quarter(firm: Firm) -> None:
    """A quarter that teaches nothing."""
    firm.running = Quarter(firm.p.sales.stages)


def remember_quarter(firm: Firm) -> None:
    """The running quarter is the newest past one, and scored."""
    quarter, end = firm.running, firm.now
    for snapshot in quarter.snapshots:
        snapshot.close(end - DAYS_PER_QUARTER, end)
    quarter.score()
    firm.past = [quarter, *firm.past[: KEPT - 1]]
    forget_quarter(firm)


def read_past_anew(firm: Firm, moved: float) -> None:
    """Progress is read as moved by so much; past quarters are scored anew."""
    for quarter in firm.past:
        quarter.move(moved)
        quarter.score()
    firm.running.move(moved)
