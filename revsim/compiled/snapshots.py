"""What operations read in the record, week by week, and what became of it. See model/snapshots.py."""

from __future__ import annotations

from revsim.compiled._kernel import fetch, inlined, kernel
from revsim.compiled.firm import quarter_end
from revsim.compiled.layout import QUARTER_SLOTS
from revsim.compiled.views import book, deals, people, quarters, seen
from revsim.contract.constants import CALLED, COMMIT_OPERATIONS, KEPT
from revsim.formulas.record import read_by, read_stage
from revsim.mechanisms.forecasting import judged
from revsim.units import DAYS_PER_QUARTER

ROOM_FOR_SNAPSHOTS = 8  # status: what ran out
SOON = 8  # deals ahead


@kernel
def look(firm):
    """Read the record of every deal that is in it: as late, and in whose words, as it is kept."""
    now, lag, many, entries = firm.now, firm.record_lag, deals(firm), book(firm)
    last, days_left = float(firm.p.sales.stages - 1), quarter_end(firm) - now
    called, operations = last - (CALLED - 1), firm.readings[COMMIT_OPERATIONS]
    quarter = quarters(firm)[firm.quarter_now]
    snapshot = seen(firm, firm.quarter_now, quarter.weeks)
    for stage in range(firm.p.sales.stages):
        firm.by_stage[stage] = 0.0
    kept, found, last_entry = 0, 0, firm.n_book - 1
    sales = truly_open = roll_up = 0.0
    for k in range(firm.n_book):
        place = entries[k]
        deal = many[place]
        fetch(many[entries[min(k + SOON, last_entry)]])
        left = deal.left_record
        if deal.won >= 0.0 or 0.0 <= left <= now:
            continue
        entries[kept] = place
        kept += 1
        if left < 0.0:
            truly_open += deal.value
        known = now - deal.lag * lag
        at = deal.stage
        while at >= 0 and deal.entered[at] > known:
            at -= 1
        if at < 0:
            continue
        recorded = deal.progress[at]
        if found >= firm.max_seen:
            firm.status = ROOM_FOR_SNAPSHOTS
            break
        read = snapshot[found]
        read.deal, read.progress, read.value, read.won = place, read_by(recorded, operations), deal.value, 0.0
        found += 1
        firm.by_stage[int(read_stage(read.progress, last))] += deal.value
        if recorded >= 1.0:
            sales += deal.value
            if recorded >= called and left < 0.0:
                roll_up += deal.value * judged(firm, deal, people(firm)[deal.rep], days_left)
    quarter.seen[quarter.weeks] = found
    quarter.weeks += 1
    firm.n_book = kept
    firm.view_sales, firm.view_open, firm.view_roll_up = sales, truly_open, roll_up


@inlined
def quarters_learned(firm):
    """How many past quarters the company remembers."""
    return firm.n_past


@inlined
def past_quarter(firm, which):
    """Records of a past quarter, the newest first."""
    return quarters(firm)[firm.past[which]]


@inlined
def running_quarter(firm):
    """Records of the running quarter."""
    return quarters(firm)[firm.quarter_now]


@kernel
def forget_quarter(firm):
    """A quarter that teaches nothing."""
    quarters(firm)[firm.quarter_now].weeks = 0


@kernel
def remember_quarter(firm):
    """The running quarter is the newest past one, and scored: what of each week's look was won."""
    end, slot, many = firm.now, firm.quarter_now, deals(firm)
    quarter, start = quarters(firm)[slot], firm.now - DAYS_PER_QUARTER
    for week in range(quarter.weeks):
        snapshot = seen(firm, slot, week)
        for k in range(quarter.seen[week]):
            deal = many[snapshot[k].deal]
            snapshot[k].won = deal.booked if start <= deal.won < end else 0.0
    score(firm, slot)
    count = min(firm.n_past + 1, KEPT)
    for k in range(count - 1, 0, -1):
        firm.past[k] = firm.past[k - 1]
    firm.past[0] = slot
    firm.n_past = count
    firm.quarter_now = free_slot(firm)
    forget_quarter(firm)


@kernel
def free_slot(firm):
    """Room for a new quarter."""
    for slot in range(QUARTER_SLOTS):
        taken = False
        for k in range(firm.n_past):
            taken = taken or firm.past[k] == slot
        if not taken:
            return slot
    return 0


@kernel
def score(firm, slot):
    """Read a quarter's snapshots by stage."""
    quarter, stages = quarters(firm)[slot], firm.p.sales.stages
    for week in range(quarter.weeks):
        snapshot = seen(firm, slot, week)
        for stage in range(stages):
            quarter.won[week, stage] = 0.0
            quarter.open[week, stage] = 0.0
        for k in range(quarter.seen[week]):
            stage = int(read_stage(snapshot[k].progress, stages - 1.0))
            quarter.won[week, stage] += snapshot[k].won
            quarter.open[week, stage] += snapshot[k].value


@kernel
def read_past_anew(firm, moved):
    """Progress is read as moved by so much; past quarters are scored anew."""
    for k in range(firm.n_past):
        move(firm, firm.past[k], moved)
        score(firm, firm.past[k])
    move(firm, firm.quarter_now, moved)


@kernel
def move(firm, slot, by):
    """Progress in a quarter's snapshots as it would be read now."""
    quarter = quarters(firm)[slot]
    for week in range(quarter.weeks):
        snapshot = seen(firm, slot, week)
        for k in range(quarter.seen[week]):
            snapshot[k].progress = snapshot[k].progress + by
