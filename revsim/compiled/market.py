"""The market of a week. See model/market.py."""

from __future__ import annotations

from revsim.compiled import handoff
from revsim.compiled._kernel import kernel
from revsim.compiled.firm import record
from revsim.compiled.luck import VALUE, of_buyer
from revsim.compiled.signal import heard
from revsim.compiled.views import PRESSURES, lucks, numbers, streams
from revsim.contract.constants import MARKETING, OPERATIONS, SALES, WEEKLY
from revsim.contract.trace import BOUGHT_FROM, Kind
from revsim.formulas.demand import bought_rate, budget_effect, contract_value, inquiry_rate, shock_next
from revsim.formulas.quantiles import normal
from revsim.units import DAYS_PER_QUARTER, DAYS_PER_WEEK

OWN, BOUGHT = 0, 1
LUCK_OF_OWN, LUCK_OF_BOUGHT = 3, 4  # status: what ran out


@kernel
def clock_of(firm, stream):
    """Integrated rates at which the buyers of a stream ask."""
    luck = lucks(firm)[firm.luck_spent]
    if stream == OWN:
        return numbers(luck.own_clock, luck.own_size)
    return numbers(luck.bought_clock, luck.bought_size)


@kernel
def restart(firm, stream):
    """After a fork the next buyers come by the second luck's clock."""
    flow, clock = streams(firm)[stream], clock_of(firm, stream)
    before = clock[flow.next - 1] if flow.next > 0 else 0.0
    flow.offset = flow.reached - before


@kernel
def upto_index(clock, x):
    """How many of the sorted numbers are at most x."""
    low, high = 0, len(clock)
    while low < high:
        middle = (low + high) >> 1
        if x < clock[middle]:
            high = middle
        else:
            low = middle + 1
    return low


@kernel
def move_market(firm):
    """Demand's shock and the useful bar, a week on."""
    week, now, luck = firm.week, firm.now, lucks(firm)[firm.luck_spent]
    shock = numbers(luck.week_shock, firm.weeks)[week]
    firm.shock = shock_next(firm.shock, firm.p.demand.shock_persistence, firm.p.demand.shock_sd, shock)
    firm.shift += firm.p.buyers.market_shift_sd * WEEKLY * numbers(luck.week_shift, firm.weeks)[week]
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
    """Who of a stream asks this week; returns how many marketing passes, -1 where luck runs out."""
    flow, clock = streams(firm)[stream], clock_of(firm, stream)
    upto = flow.reached + rate * DAYS_PER_WEEK
    until = upto_index(clock, upto - flow.offset)
    if until >= len(clock):
        firm.status, firm.wanted = LUCK_OF_OWN if stream == OWN else LUCK_OF_BOUGHT, until + 1
        return -1
    first = flow.next
    last = max(until, first)
    flow.next = last
    if stream == OWN:
        record(firm, Kind.INQUIRIES, firm.week, -1, float(last - first))
    passed = qualify(firm, stream, first, last, rate)
    flow.reached = upto
    return passed


@kernel
def qualify(firm, stream, first, last, rate):
    """Count the week's inquiries by each reading's bar; those above marketing's go on. Returns how many."""
    luck, p, flow, clock = lucks(firm)[firm.luck_spent], firm.p, streams(firm)[stream], clock_of(firm, stream)
    size = len(clock)
    if stream == OWN:
        fits, sources = numbers(luck.own_fit, size), numbers(luck.own_source, size)
        marketing, sales = numbers(luck.own_seen_by_marketing, size), numbers(luck.own_seen_by_sales, size)
        operations = numbers(luck.own_seen_by_operations, size)
    else:
        fits, sources = numbers(luck.bought_fit, size), numbers(luck.bought_source, size)
        marketing, sales = numbers(luck.bought_seen_by_marketing, size), numbers(luck.bought_seen_by_sales, size)
        operations = numbers(luck.bought_seen_by_operations, size)
    bar = p.marketing.qualified_bar
    bars = (bar + firm.readings[MARKETING], bar + firm.readings[SALES], bar + firm.readings[OPERATIONS])
    noise = (p.marketing.perception_noise, p.sales.perception_noise, p.desk.perception_noise)
    by_marketing = by_sales = by_operations = 0
    for row in range(first, last):
        fit = fit_of(firm, stream, sources[row], fits[row])
        by_marketing += (fit + noise[0] * marketing[row]) - bars[0] >= 0.0
        by_sales += (fit + noise[1] * sales[row]) - bars[1] >= 0.0
        by_operations += (fit + noise[2] * operations[row]) - bars[2] >= 0.0
    record(firm, Kind.SEEN_QUALIFIED, firm.week, stream, float(by_marketing))
    record(firm, Kind.SEEN_BY_SALES, firm.week, stream, float(by_sales))
    record(firm, Kind.SEEN_BY_OPERATIONS, firm.week, stream, float(by_operations))
    for row in range(first, last):
        fit = fit_of(firm, stream, sources[row], fits[row])
        if (fit + noise[0] * marketing[row]) - bars[0] >= 0.0:
            day = firm.now + max(((clock[row] + flow.offset) - flow.reached) / rate, 0.0)
            source = source_of(firm, sources[row]) if stream == OWN else firm.sources
            z = normal(of_buyer(firm, firm.luck_spent, stream == BOUGHT, row, VALUE, 0))
            value = contract_value(p.buyers.value_median, p.buyers.value_sigma, z)
            readings = (
                (fit + noise[1] * sales[row]) - bars[1],
                (fit + noise[2] * operations[row]) - bars[2],
            )
            handoff.offer(firm, BOUGHT_FROM + row if stream == BOUGHT else row, day, source, (fit, value), readings)
    return by_marketing


@kernel
def source_of(firm, u):
    """Where an inquiry comes from."""
    source = 0
    while source < firm.sources - 1 and firm.p.demand.source_upto[source] <= u:
        source += 1
    return source


@kernel
def fit_of(firm, stream, u, own):
    """How well an inquiry fits."""
    if stream == OWN:
        return firm.p.demand.source_fit[source_of(firm, u)] + own
    return firm.p.marketing.bought_fit + own
