"""What the company has learned from its own records. See model/history.py."""

from __future__ import annotations

from revsim.compiled._kernel import kernel
from revsim.compiled.layout import QUARTER_SLOTS
from revsim.compiled.views import deals, quarters, seen
from revsim.contract.constants import KEPT, WEEKS
from revsim.formulas.forecast import shrunk_ratio
from revsim.formulas.record import read_stage
from revsim.units import DAYS_PER_QUARTER


@kernel
def open_history(firm):
    """Nothing learned yet."""
    for week in range(WEEKS):
        firm.unseen[week], firm.haircut[week], firm.lead_yield[week] = 0.0, 1.0, 0.0
        for stage in range(firm.p.sales.stages):
            firm.conversion[week, stage] = 0.0
        for which in range(3):
            firm.errors[which, week] = 1.0
    for which in range(3):
        firm.pooled_errors[which] = 1.0
    firm.quarter_now, firm.n_past = 0, 0
    quarters(firm)[0].weeks = 0


@kernel
def close_quarter(firm, bookings):
    """The quarter is history; rates are learned anew, unless the loop is cut after the warm-up."""
    end, slot = firm.now, firm.quarter_now
    if not firm.p.loops.learning and firm.measured:
        forget_quarter(firm)
        return
    quarter, many = quarters(firm)[slot], deals(firm)
    quarter.bookings = bookings
    start = end - DAYS_PER_QUARTER
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
    quarters(firm)[firm.quarter_now].weeks = 0
    learn(firm)


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
def forget_quarter(firm):
    """A quarter that teaches nothing."""
    quarters(firm)[firm.quarter_now].weeks = 0


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
def restate(firm, share, moved):
    """After a correction of `commit` the past is read, by a share, as it would be read now."""
    if share <= 0.0 or moved == 0.0 or (firm.measured and not firm.p.loops.learning):
        return
    for k in range(firm.n_past):
        shift(firm, firm.past[k], share * moved)
        score(firm, firm.past[k])
    shift(firm, firm.quarter_now, share * moved)
    learn(firm)


@kernel
def shift(firm, slot, by):
    """Progress in a quarter's snapshots as it would be read now."""
    quarter = quarters(firm)[slot]
    for week in range(quarter.weeks):
        snapshot = seen(firm, slot, week)
        for k in range(quarter.seen[week]):
            snapshot[k].progress = snapshot[k].progress + by


@kernel
def weight_of(firm, k):
    """Weight of the k-th past quarter, newest first; they sum to 1."""
    mine = whole = 0.0
    weight = 1.0
    for other in range(firm.n_past):
        if other == k:
            mine = weight
        whole = whole + weight
        weight = weight * (1.0 - firm.p.forecasting.memory)
    return mine / whole


@kernel
def learn(firm):
    """All rates from the quarters that are kept."""
    if firm.n_past == 0:
        return
    learn_conversion(firm)
    learn_ratios(firm)
    learn_errors(firm)


@kernel
def learn_conversion(firm):
    """Share of the pipeline won by the quarter's end, by week and stage; what nobody had seen, by week."""
    stages, prior = firm.p.sales.stages, prior_weight(firm)
    for week in range(WEEKS):
        unseen = 0.0
        for k in range(firm.n_past):
            quarter, found = quarters(firm)[firm.past[k]], 0.0
            for stage in range(stages):
                found = found + quarter.won[week, stage]
            unseen += weight_of(firm, k) * (quarter.bookings - quarter.closed[week] - found)
        firm.unseen[week] = unseen
    for stage in range(stages):
        top = bottom = usual = 0.0
        for week in range(WEEKS):
            won, value = weighted_won(firm, week, stage), weighted_open(firm, week, stage)
            top, bottom = top + won, bottom + value * weeks_left(week)
            usual = usual + value / WEEKS
        pooled = top / bottom if bottom > 0.0 else 0.0
        for week in range(WEEKS):
            firm.conversion[week, stage] = shrunk_ratio(
                weighted_won(firm, week, stage),
                weighted_open(firm, week, stage),
                pooled * weeks_left(week),
                prior * usual,
            )


@kernel
def weighted_won(firm, week, stage):
    """Value won from a stage, over the quarters that are remembered."""
    total = 0.0
    for k in range(firm.n_past):
        total += weight_of(firm, k) * quarters(firm)[firm.past[k]].won[week, stage]
    return total


@kernel
def weighted_open(firm, week, stage):
    """Value open in a stage, over the quarters that are remembered."""
    total = 0.0
    for k in range(firm.n_past):
        total += weight_of(firm, k) * quarters(firm)[firm.past[k]].open[week, stage]
    return total


@kernel
def prior_weight(firm):
    """Pseudo-quarters against the quarters that are remembered."""
    remembered = 0.0
    weight = 1.0
    for _ in range(firm.n_past):
        remembered, weight = remembered + weight, weight * (1.0 - firm.p.forecasting.memory)
    return firm.p.forecasting.prior_quarters / remembered


@kernel
def weeks_left(week):
    """Share of the quarter that is left at the start of a week."""
    return (WEEKS - week) / WEEKS


@kernel
def learn_ratios(firm):
    """What the roll-up and the leads turned into, by week."""
    prior = prior_weight(firm)
    for which in range(2):
        top = bottom = usual = 0.0
        for week in range(WEEKS):
            rest, below = weighted_rest(firm, week), weighted_below(firm, which, week)
            top, bottom = top + rest, bottom + below * weeks_left(week)
            usual = usual + below / WEEKS
        pooled = top / bottom if bottom > 0.0 else 0.0
        for week in range(WEEKS):
            rate = shrunk_ratio(
                weighted_rest(firm, week), weighted_below(firm, which, week), pooled * weeks_left(week), prior * usual
            )
            if which == 0:
                firm.haircut[week] = rate
            else:
                firm.lead_yield[week] = rate


@kernel
def weighted_rest(firm, week):
    """What was still booked from a week on, over the quarters that are remembered."""
    total = 0.0
    for k in range(firm.n_past):
        quarter = quarters(firm)[firm.past[k]]
        total += weight_of(firm, k) * (quarter.bookings - quarter.closed[week])
    return total


@kernel
def weighted_below(firm, which, week):
    """The roll-up (0) or the leads (1) of a week, over the quarters that are remembered."""
    total = 0.0
    for k in range(firm.n_past):
        quarter = quarters(firm)[firm.past[k]]
        total += weight_of(firm, k) * (quarter.roll_up[week] if which == 0 else quarter.leads[week])
    return total


@kernel
def learn_errors(firm):
    """Mean squared error of each function, by week and pooled."""
    for which in range(3):
        pooled = 0.0
        for week in range(WEEKS):
            error = 0.0
            for k in range(firm.n_past):
                quarter = quarters(firm)[firm.past[k]]
                off = quarter.forecasts[which, week] - quarter.bookings
                error = error + weight_of(firm, k) * off * off
            firm.errors[which, week] = error
            pooled = pooled + error
        firm.pooled_errors[which] = pooled / WEEKS
