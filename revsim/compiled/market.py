"""The market of a week. See model/market.py."""

from __future__ import annotations

import numpy as np

from revsim.compiled import handoff, luck
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.firm import record
from revsim.compiled.luck import (
    CLOCK,
    FIT,
    SEEN_BY_MARKETING,
    SEEN_BY_OPERATIONS,
    SEEN_BY_SALES,
    SOURCE,
    VALUE,
)
from revsim.compiled.signal import heard
from revsim.compiled.views import CELLS, PRESSURES, WORDS, lucks, numbers, rows, source_cells, streams, words
from revsim.contract.constants import MARKETING, OPERATIONS, SALES, WEEKLY
from revsim.contract.trace import BOUGHT_FROM, Kind
from revsim.formulas.demand import bought_rate, budget_effect, contract_value, inquiry_rate, shock_next
from revsim.formulas.quantiles import exponential, normal
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK

OWN, BOUGHT = 0, 1
LUCK_OF_OWN, LUCK_OF_BOUGHT = 3, 4  # status: what ran out
# Standard normal quantiles at the ends of the unit interval's cells.
QUANTILES = np.array([normal(min(k / CELLS, 1.0 - 2.0**-53)) for k in range(CELLS + 1)])
LOW, HIGH = QUANTILES[:-1].copy(), QUANTILES[1:].copy()
MARGIN = 1e-6


@kernel
def restart(firm, stream):
    """After a fork the next buyers come by the second luck's clock."""
    flow, u = streams(firm)[stream], words(firm)
    clock = 0.0
    for row in range(flow.next):
        if row & 3 == 0:
            luck.four(firm, firm.luck_spent, stream, CLOCK, row)
        clock = clock + exponential(u[CLOCK, row & 3], 1.0)
    flow.clock = clock
    flow.offset = flow.reached - clock


@kernel
def move_market(firm):
    """Demand's shock and the useful bar, a week on."""
    week, now, weekly = firm.week, firm.now, lucks(firm)[firm.luck_spent]
    shock = numbers(weekly.week_shock, firm.weeks)[week]
    firm.shock = shock_next(firm.shock, firm.p.demand.shock_persistence, firm.p.demand.shock_sd, shock)
    firm.shift += firm.p.buyers.market_shift_sd * WEEKLY * numbers(weekly.week_shift, firm.weeks)[week]
    if firm.p.stress.segment_day <= now < firm.p.stress.segment_day + DAYS_PER_WEEK:
        firm.shift += firm.p.stress.segment_shift
    numbers(firm.at_shifts, firm.weeks)[firm.n_shifts] = firm.shift
    firm.n_shifts += 1


@kernel
def rate_of(firm):
    """Inquiries a day this week."""
    demand, stress, now = firm.p.demand, firm.p.stress, firm.now
    quarter = int(now // DAYS_PER_QUARTER) - firm.p.span.warmup_quarters
    rate = inquiry_rate(
        demand.inquiries_per_week / DAYS_PER_WEEK,
        demand.growth,
        (now - firm.p.span.measured_from) / DAYS_PER_QUARTER,
        firm.shock,
        demand.shock_sd,
    )
    rate = rate * demand.season[quarter % 4] * budget_effect(firm.budget, firm.p.marketing.budget_elasticity)
    if stress.demand_day <= now < stress.demand_until:
        rate = rate * stress.demand_factor
    return rate


@kernel
def week_of_inquiries(firm):
    """Who asks this week, and whom marketing passes."""
    rate = rate_of(firm)
    record(firm, Kind.WEEK, firm.week, -1, rate)
    passed = arrive(firm, OWN, rate)
    if passed < 0:
        return
    pressed = heard(firm, PRESSURES, firm.pressure)
    extra = bought_rate(rate, firm.p.marketing.bought_push, firm.pay[MARKETING], pressed)
    count = 0
    if extra > 0.0:
        before = streams(firm)[BOUGHT].next
        more = arrive(firm, BOUGHT, extra)
        if more < 0:
            return
        count = streams(firm)[BOUGHT].next - before
        passed += more
    record(firm, Kind.BOUGHT, firm.week, -1, float(count))
    spend = firm.p.marketing.budget_per_week * firm.budget + firm.p.marketing.bought_price * count
    record(firm, Kind.MARKETING_SPEND, firm.week, -1, spend)
    for k in range(12):
        firm.leads[k] = firm.leads[k + 1]
    firm.leads[12] = float(passed)


@kernel
def arrive(firm, stream, rate):
    """Who of a stream asks this week; returns how many marketing passes, -1 where luck runs out.

    Counts come before the buyers in the trace, so that their rows are written first and filled in afterwards.
    """
    p, flow, u = firm.p, streams(firm)[stream], words(firm)
    size, upto = lucks(firm)[firm.luck_spent].sizes[stream], flow.reached + rate * DAYS_PER_WEEK
    first, counted = flow.next, open_counts(firm, stream)
    by_marketing = by_sales = by_operations = 0
    bars = bars_of(firm)
    row, reached, left = first, flow.clock, upto - flow.offset
    offset, before = flow.offset, flow.reached
    while True:
        if row >= size:
            firm.status, firm.wanted = LUCK_OF_OWN if stream == OWN else LUCK_OF_BOUGHT, size + 1
            return -1
        place = row & 3
        if place == 0 or row == first:
            meet(firm, stream, row)
        clock = reached + exponential(u[CLOCK, place], 1.0)
        if clock > left:
            break
        reached = clock
        if stream == OWN:
            source = source_of(firm, u[SOURCE, place])
            mean = p.demand.source_fit[source]
        else:
            source = firm.sources
            mean = p.marketing.bought_fit
        of_fit = u[FIT, place]
        sales = reads_above(mean, of_fit, p.sales.perception_noise, u[SEEN_BY_SALES, place], bars[1])
        operations = reads_above(mean, of_fit, p.desk.perception_noise, u[SEEN_BY_OPERATIONS, place], bars[2])
        by_sales += sales
        by_operations += operations
        if reads_above(mean, of_fit, p.marketing.perception_noise, u[SEEN_BY_MARKETING, place], bars[0]):
            by_marketing += 1
            day = firm.now + max(((clock + offset) - before) / rate, 0.0)
            of_value = normal(luck.of_buyer(firm, firm.luck_spent, stream == BOUGHT, row, VALUE, 0))
            value = contract_value(p.buyers.value_median, p.buyers.value_sigma, of_value)
            entity = BOUGHT_FROM + row if stream == BOUGHT else row
            handoff.offer(firm, entity, day, source, (mean + normal(of_fit), value), (sales, operations))
        row += 1
    flow.next, flow.clock, flow.reached = row, reached, upto
    fill_counts(firm, counted, stream, row - first, (by_marketing, by_sales, by_operations))
    return by_marketing


@inlined
def meet(firm, stream, row):
    """Luck that all inquiries meet, of a row and its neighbours."""
    for purpose in range(WORDS):
        luck.four(firm, firm.luck_spent, stream, purpose, row)


@inlined
def reads_above(mean, of_fit, noise, of_reading, bar):
    """Whether fit and a function's misreading of it reach the bar; most are told apart without a normal quantile.

    Quantiles lie between those of their cells' ends; MARGIN is far above what rounding can do.
    """
    fit, reading = int(of_fit * CELLS), int(of_reading * CELLS)
    low, high = mean + LOW[fit] + noise * LOW[reading] - bar, mean + HIGH[fit] + noise * HIGH[reading] - bar
    if (low <= MARGIN) & (high >= -MARGIN):  # one branch that is seldom taken, where two would be taken by chance
        return ((mean + normal(of_fit)) + noise * normal(of_reading)) - bar >= 0.0
    return low > MARGIN


@kernel
def open_counts(firm, stream):
    """Rows of a stream's counts, empty as yet; returns the place of the first."""
    place = firm.n_rows
    if stream == OWN:
        record(firm, Kind.INQUIRIES, firm.week, -1, 0.0)
    record(firm, Kind.SEEN_QUALIFIED, firm.week, stream, 0.0)
    record(firm, Kind.SEEN_BY_SALES, firm.week, stream, 0.0)
    record(firm, Kind.SEEN_BY_OPERATIONS, firm.week, stream, 0.0)
    return place


@kernel
def bars_of(firm):
    """What marketing, sales and operations want of a qualified lead this week."""
    bar = firm.p.marketing.qualified_bar
    return bar + firm.readings[MARKETING], bar + firm.readings[SALES], bar + firm.readings[OPERATIONS]


@kernel
def fill_counts(firm, counted, stream, asked, seen):
    """Values of the rows that came before the buyers."""
    if firm.status != 0:
        return
    trace, place = rows(firm), counted
    if stream == OWN:
        trace[place].value = float(asked)
        place += 1
    trace[place].value, trace[place + 1].value, trace[place + 2].value = float(seen[0]), float(seen[1]), float(seen[2])


@inlined
def source_of(firm, u):
    """Where an inquiry comes from."""
    source = source_cells(firm)[int(u * CELLS)]
    return source if source >= 0 else search_source(firm, u)


@kernel
def search_source(firm, u):
    """The first source whose upper bound lies above u."""
    source = 0
    while source < firm.sources - 1 and firm.p.demand.source_upto[source] <= u:
        source += 1
    return source


@kernel
def open_market(firm):
    """The source of each cell of the unit interval; -1 where a bound lies in it."""
    cells = source_cells(firm)
    for cell in range(CELLS):
        low, high = search_source(firm, cell / CELLS), search_source(firm, (cell + 1) / CELLS)
        cells[cell] = low if low == high else -1
