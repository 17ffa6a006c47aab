"""The market of a week. See model/market.py."""

from __future__ import annotations

from math import nan

import numpy as np

from revsim.compiled import handoff, luck
from revsim.compiled._kernel import inlined, kernel
from revsim.compiled.firm import record
from revsim.compiled.inquiries import BY_MARKETING, BY_OPERATIONS, BY_SALES, BY_SOURCE, OF_FIT, draw_clocks, draw_whole
from revsim.compiled.luck import SEEN_BY_MARKETING, SEEN_BY_OPERATIONS, SEEN_BY_SALES, SOURCE
from revsim.compiled.views import AT_ONCE, CELLS, inquiries, lucks, mean_cells, source_cells, streams, values
from revsim.contract.constants import MARKETING, OPERATIONS, SALES
from revsim.contract.trace import BOUGHT_FROM, Kind
from revsim.formulas.demand import contract_value
from revsim.formulas.quantiles import normal
from revsim.mechanisms.market import bought_of, close_week, rate_of
from revsim.units import DAYS_PER_WEEK

OWN, BOUGHT = 0, 1
LUCK_OF_OWN, LUCK_OF_BOUGHT = 3, 4  # status: what ran out
# Standard normal quantiles at the ends of the unit interval's cells.
QUANTILES = np.array([normal(min(k / CELLS, 1.0 - 2.0**-53)) for k in range(CELLS + 1)])
LOW, HIGH = QUANTILES[:-1].copy(), QUANTILES[1:].copy()
MARGIN = 1e-6
UNSURE = 4  # more than all three readings together


@kernel
def restart(firm, stream):
    """After a fork the next buyers come by the second luck's clock."""
    flow, size = streams(firm)[stream], lucks(firm)[firm.luck_spent].sizes[stream]
    flow.clock = 0.0
    if flow.next > size:
        firm.status, firm.wanted = LUCK_OF_OWN if stream == OWN else LUCK_OF_BOUGHT, flow.next + 1
        return
    if flow.next > 0:
        know_clock(firm, stream, flow.next - 1)
        flow.clock = inquiries(firm, firm.luck_spent, stream)[0][flow.next - 1]
    flow.offset = flow.reached - flow.clock


@kernel
def week_of_inquiries(firm):
    """Who asks this week, and whom marketing passes."""
    rate = rate_of(firm)
    record(firm, Kind.WEEK, firm.week, -1, rate)
    passed = arrive(firm, OWN, rate)
    if passed < 0:
        return
    extra = bought_of(firm, rate)
    count = 0
    if extra > 0.0:
        before = streams(firm)[BOUGHT].next
        more = arrive(firm, BOUGHT, extra)
        if more < 0:
            return
        count = streams(firm)[BOUGHT].next - before
        passed += more
    close_week(firm, count, passed)


@kernel
def arrive(firm, stream, rate):
    """Who of a stream asks this week; returns how many marketing passes, -1 where luck runs out.

    Counts come before the buyers in the trace, so that their rows are written first and filled in afterwards.
    """
    flow = streams(firm)[stream]
    first, before, upto = flow.next, flow.reached, flow.reached + rate * DAYS_PER_WEEK
    last = last_before(firm, stream, first, upto - flow.offset)
    if last < 0:
        return -1
    be_drawn(firm, stream, first, last)
    clock, _, _, _, cells, _, _ = inquiries(firm, firm.luck_spent, stream)
    counted, bars = open_counts(firm, stream), bars_of(firm)
    mean_of, bought_fit = mean_cells(firm), firm.p.marketing.bought_fit
    noise = firm.p.marketing.perception_noise, firm.p.sales.perception_noise, firm.p.desk.perception_noise
    by_marketing = by_sales = by_operations = 0
    for row in range(first, last):
        mean = mean_of[cells[row, BY_SOURCE]] if stream == OWN else bought_fit
        low, high = mean + LOW[cells[row, OF_FIT]], mean + HIGH[cells[row, OF_FIT]]
        marketing = read(low, high, noise[0], cells[row, BY_MARKETING], bars[0])
        sales = read(low, high, noise[1], cells[row, BY_SALES], bars[1])
        operations = read(low, high, noise[2], cells[row, BY_OPERATIONS], bars[2])
        if marketing + sales + operations >= UNSURE:
            marketing, sales, operations = read_closely(firm, stream, row, noise, bars)
        by_sales += sales
        by_operations += operations
        if marketing:
            by_marketing += 1
            day = firm.now + max(((clock[row] + flow.offset) - before) / rate, 0.0)
            pass_on(firm, stream, row, day, (sales, operations))
    flow.next, flow.reached = last, upto
    if last > first:
        flow.clock = clock[last - 1]
    fill_counts(firm, counted, stream, last - first, (by_marketing, by_sales, by_operations))
    return by_marketing


@kernel
def last_before(firm, stream, first, left):
    """The first inquiry of a stream that comes after the clock has gone so far; -1: there is no luck for it."""
    size, row = lucks(firm)[firm.luck_spent].sizes[stream], first
    while row < size:
        know_clock(firm, stream, row)
        clock, _, _, _, _, clocks, _ = inquiries(firm, firm.luck_spent, stream)
        upto = min(clocks[0], size)
        while row < upto and clock[row] <= left:
            row += 1
        if row < upto:
            return row
    firm.status, firm.wanted = LUCK_OF_OWN if stream == OWN else LUCK_OF_BOUGHT, size + 1
    return -1


@kernel
def know_clock(firm, stream, row):
    """When an inquiry comes, and all before it, is there."""
    while inquiries(firm, firm.luck_spent, stream)[5][0] <= row:
        draw_clocks(firm, firm.luck_spent, stream)


@kernel
def be_drawn(firm, stream, first, last):
    """All luck of inquiries that come is there; of those before a fork only the clock is asked under the luck after."""
    whole = inquiries(firm, firm.luck_spent, stream)[6]
    for thousand in range(first // AT_ONCE, (last + AT_ONCE - 1) // AT_ONCE):
        if whole[thousand] == 0:
            draw_whole(firm, firm.luck_spent, stream, thousand)


@inlined
def read(low, high, noise, cell, bar):
    """1 where a reading of fit is above the bar all over its cell, 0 where it is nowhere, else UNSURE.

    Quantiles lie between those of their cells' ends; MARGIN is far above what rounding can do.
    """
    above, below = low + noise * LOW[cell] - bar > MARGIN, high + noise * HIGH[cell] - bar < -MARGIN
    return int(above) + UNSURE * int(not (above | below))


@kernel
def read_closely(firm, stream, row, noise, bars):
    """Whether marketing, sales and operations read a fit above their bars, from the uniforms themselves."""
    mean, bought = mean_fit(firm, stream, row), stream == BOUGHT
    fit = mean + normal(inquiries(firm, firm.luck_spent, stream)[1][row])
    marketing = luck.of_buyer(firm, firm.luck_spent, bought, row, SEEN_BY_MARKETING, 0)
    sales = luck.of_buyer(firm, firm.luck_spent, bought, row, SEEN_BY_SALES, 0)
    operations = luck.of_buyer(firm, firm.luck_spent, bought, row, SEEN_BY_OPERATIONS, 0)
    return (
        int((fit + noise[0] * normal(marketing)) - bars[0] >= 0.0),
        int((fit + noise[1] * normal(sales)) - bars[1] >= 0.0),
        int((fit + noise[2] * normal(operations)) - bars[2] >= 0.0),
    )


@inlined
def pass_on(firm, stream, row, day, readings):
    """Marketing passes an inquiry on, with what is true of it."""
    _, fit, value, _, _, _, _ = inquiries(firm, firm.luck_spent, stream)
    p, source = firm.p.buyers, firm.sources if stream == BOUGHT else source_of(firm, row)
    worth = contract_value(p.value_median, p.value_sigma, normal(value[row]))
    entity = BOUGHT_FROM + row if stream == BOUGHT else row
    handoff.offer(firm, entity, day, source, (mean_fit(firm, stream, row) + normal(fit[row]), worth), readings)


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
    value, place = values(firm), counted
    if stream == OWN:
        value[place] = float(asked)
        place += 1
    value[place], value[place + 1], value[place + 2] = float(seen[0]), float(seen[1]), float(seen[2])


@inlined
def source_of(firm, row):
    """Where an inquiry comes from."""
    source = source_cells(firm)[inquiries(firm, firm.luck_spent, OWN)[4][row, BY_SOURCE]]
    if source < 0:
        source = search_source(firm, luck.of_buyer(firm, firm.luck_spent, False, row, SOURCE, 0))
    return source


@inlined
def mean_fit(firm, stream, row):
    """Mean fit of inquiries from where this one comes from."""
    if stream == BOUGHT:
        return firm.p.marketing.bought_fit
    return firm.p.demand.source_fit[source_of(firm, row)]


@kernel
def search_source(firm, u):
    """The first source whose upper bound lies above u."""
    source = 0
    while source < firm.sources - 1 and firm.p.demand.source_upto[source] <= u:
        source += 1
    return source


@kernel
def open_market(firm):
    """The source of each cell of the unit interval, and its mean fit; -1 and NaN where a bound lies in it."""
    cells, means = source_cells(firm), mean_cells(firm)
    for cell in range(CELLS):
        low, high = search_source(firm, cell / CELLS), search_source(firm, (cell + 1) / CELLS)
        cells[cell] = low if low == high else -1
        means[cell] = firm.p.demand.source_fit[low] if low == high else nan
