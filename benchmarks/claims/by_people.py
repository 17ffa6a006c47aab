"""Claims 8 to 10 and questions 15, 18, 19, 21: heroes, waiting, debt, size, few people, growth."""

from __future__ import annotations

import numpy as np

from claims.claim import DOWN, UNSAID, UP, Asking, Claim, Contrast
from claims.companies import NONE, from_file, severity, shipped, sized, standing, struck, today
from claims.look import Look, Value, alone, beyond, change, less
from claims.readings import ALARM, LATE_ALARM, alarm_week
from claims.slopes import by_load, slope
from revsim.analysis.jackknife import Jackknifed
from revsim.api import Scenario, run

VOLATILITY = "bookings_volatility_common"
POOLS, SHIPPED_POOL = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6), 0.2
LEAVERS = {"top performer": "top-performer-leaves", "manager": "manager-leaves", "analyst": "analyst-leaves"}
REACTIVE, PLANNED, NO_HEROES, MANY = "at the alarm", "planned", "no heroes", "twice the heroes"
LATE = "{}, trust below .5"
FEW, MANY_SKILLS = "skill alike", "skill spread"
HELD, FOLLOWS = "trust held", "trust follows"
EUROS = "EUR a quarter"
SIZES = (10, 30, 100)


def pool(share: float, leaver: str = "") -> str:
    """The name of a pool, and who leaves it."""
    return f"pool {share:g}, {leaver} leaves" if leaver else f"pool {share:g}"


def heroes(_: Asking) -> list[Scenario]:
    """All pools calm; those of today and of none with each leaver."""
    calm = {share: today(pool(share), {"heroics.capacity": share}) for share in POOLS}
    hit = [
        struck(calm[share], file, pool(share, who)) for share in (SHIPPED_POOL, 0.0) for who, file in LEAVERS.items()
    ]
    return [*calm.values(), *hit]


def waiting(asking: Asking) -> list[Scenario]:
    """Design begun at the alarm, and on the planned day on which the alarm rings on average."""
    calm = today()
    first = run(calm, replications=asking.replications, seed=asking.seed, workers=asking.workers, continuations=0)
    view = Look(first.paired[0]).view(NONE, NONE)
    designs = []
    for threshold, name in ((ALARM, "{}"), (LATE_ALARM, LATE)):
        week = max(1, round(float(np.mean(view.each(alarm_week(threshold))))))
        designs += [
            from_file("design.yaml", name.format(PLANNED), {"design.start_week": week}),
            from_file("design.yaml", name.format(REACTIVE), {"design.when": {"trust_below": threshold}}),
        ]
    return [calm, *designs, today(NO_HEROES, {"heroics.capacity": 0}), from_file("heroics.yaml", MANY)]


def untreated(_: Asking) -> list[Scenario]:
    """Sixteen quarters with frictions and without."""
    longer = {"calendar.quarters": 16}
    return [today(NONE, longer), from_file("controls/frictionless.yaml", "frictionless", longer)]


def sizes(_: Asking) -> list[Scenario]:
    """None and design that stands, in companies of several sizes."""
    pair = [today(), standing(from_file("design.yaml", "design"))]
    return [sized(each, reps, f"{each.name}, {reps} reps") for reps in SIZES for each in pair]


def skills(_: Asking) -> list[Scenario]:
    """Both ends of the range of skill's spread, and the shipped company."""
    spread = shipped().resolved.world.sales.skill_sigma
    ends = ((FEW, spread.low), (MANY_SKILLS, spread.high))
    return [today(), *(today(name, {"world.sales.skill_sigma": value}) for name, value in ends)]


def growing(_: Asking) -> list[Scenario]:
    """A misaligned company that grows by 5 % a quarter, trust following error and held."""
    growth = {"world.demand.growth": 1.05, "world.leadership.plan_growth": 1.05}
    base = severity(0.5, FOLLOWS).replace(growth, name=FOLLOWS)
    return [base, base.replace({"world.loops.trust": "cut"}, name=HELD)]


def fall(share: float, who: str) -> Value:
    """What a leaver does to bookings."""
    return change("bookings", pool(share, who), pool(share))


def peak(look: Look) -> Jackknifed:
    """The pool with which most is booked."""
    booked = [look.level("bookings", pool(share), pool(share)) for share in POOLS]
    best = POOLS[int(np.argmax([each.value for each in booked]))]
    return Jackknifed(best, np.full(len(booked[0].without), np.nan))


def rise(measure: str, name: str) -> Value:
    """A measure in quarters 13-16 less that in quarters 1-4."""
    late, early = (alone(measure, name, quarters) for quarters in ((13, 16), (1, 4)))
    return lambda look: less(late(look), early(look))


def by_size(reps: int) -> Value:
    """Ln of volatility with design against none, in a company of a size."""
    return change(VOLATILITY, f"design, {reps} reps", f"{NONE}, {reps} reps", logs=True)


def grown(quarters: tuple[int, int]) -> Value:
    """Ln of bookings where trust follows against where it is held."""
    return change("bookings", FOLLOWS, HELD, quarters, logs=True)


def _logs(words: str, value: Value, direction: int, measure: str = VOLATILITY, *, primary: bool = False) -> Contrast:
    return Contrast(words, measure, direction, value, "%", True, primary)


def _waits(measure: str, *, primary: bool = False, name: str = "{}") -> Contrast:
    value = change(measure, name.format(REACTIVE), name.format(PLANNED), of=NONE)
    words = f"begun {name.format(REACTIVE)} against a planned day"
    return Contrast(words, measure, DOWN, value, EUROS, primary=primary)


CLAIMS = [
    Claim(
        8,
        "Heroics hide fragility; capacity is finite",
        "pools of 0 to .6 of working hours; top performer, manager, analyst leaves, with the pool and without",
        heroes,
        (
            Contrast(
                "fall by the top performer's leaving where the pool's load is above its median, against below",
                "bookings",
                DOWN,
                by_load("bookings", pool(SHIPPED_POOL, "top performer"), pool(SHIPPED_POOL), "heroics_hours", (1, 1)),
                EUROS,
                primary=True,
            ),
            *(
                Contrast(
                    f"fall by leaving, {who}, pool of .2 against none",
                    "bookings",
                    DOWN,
                    beyond(fall(SHIPPED_POOL, who), fall(0.0, who)),
                    EUROS,
                )
                for who in LEAVERS
            ),
            *(
                Contrast(f"fall by leaving, {who}, pool of .2", "bookings", DOWN, fall(SHIPPED_POOL, who), EUROS)
                for who in LEAVERS
            ),
            Contrast("pool with which most is booked", "bookings", UNSAID, peak, "share of hours"),
            Contrast("pool of .6 against .4", "bookings", DOWN, change("bookings", pool(0.6), pool(0.4)), EUROS),
        ),
        reading="load: bridged hours in quarter 1 of the calm run, before anybody leaves; above or below the median of "
        "replications of the shipped pool",
        built_in="that a hero's hours are finite",
    ),
    Claim(
        9,
        "Warning signs become normal; action waits",
        "design begun once trust is below .7 against the same on a planned day of equal mean start",
        waiting,
        (
            _waits("net_value_without_renewals", primary=True),
            _waits("net_value"),
            _waits("net_value_without_renewals", name=LATE),
            Contrast(
                "twice the heroes' hours against none", "alarm_week", UP, change("alarm_week", MANY, NO_HEROES), "weeks"
            ),
            Contrast("alarm without programmes", "alarm_week", UNSAID, alone("alarm_week", NONE), "week"),
            Contrast(
                "trust below .5 without programmes", "late_alarm_week", UNSAID, alone("late_alarm_week", NONE), "week"
            ),
        ),
        reading="threshold .7, what trust begins with, as below .5 the alarm hardly rings (told beside it); "
        "where it never rings its week counts as the one after the last",
        built_in="tolerance follows errors",
    ),
    Claim(
        10,
        "Misfit accumulates as debt",
        "no remedy over 16 quarters, frictions on against off: debt from quarters 1-4 to 13-16",
        untreated,
        (
            Contrast(
                "rise of debt, frictions on against off",
                "debt",
                UP,
                beyond(rise("debt", NONE), rise("debt", "frictionless")),
                EUROS,
                primary=True,
            ),
            Contrast(
                "rise of debt of new business, on against off",
                "debt_per_booking",
                UP,
                beyond(rise("debt_per_booking", NONE), rise("debt_per_booking", "frictionless")),
                "share",
            ),
            Contrast("debt without remedies, quarters 1-4", "debt", UNSAID, alone("debt", NONE, (1, 4)), EUROS),
        ),
        reading="debt in money, as a quarter's column says it; the company grows by 1 % a quarter, so debt of new "
        "business is told beside it",
    ),
    Claim(
        15,
        "Does it matter more in larger companies?",
        "design that stands against none, 100 reps against 10",
        sizes,
        (
            _logs("effect with 100 reps against that with 10", beyond(by_size(100), by_size(10)), DOWN, primary=True),
            *(_logs(f"design against none, {reps} reps", by_size(reps), DOWN) for reps in SIZES),
        ),
    ),
    Claim(
        18,
        "Routing of leads",
        "not run",
        lambda _: [],
        (),
        not_asked="leads go to who has the least load; there is no other rule to set it against",
    ),
    Claim(
        19,
        "Quarters that hang on a few people",
        "spread of skill .9 against .3",
        skills,
        (
            Contrast(
                "skill_sigma .9 against .3",
                VOLATILITY,
                UP,
                change(VOLATILITY, MANY_SKILLS, FEW, of=NONE, logs=True),
                "%",
                True,
                True,
            ),
            Contrast(
                "skill_sigma .9 against .3", "top_fifth_share", UP, change("top_fifth_share", MANY_SKILLS, FEW), "share"
            ),
            Contrast(
                "volatility by share of the top fifth, over replications",
                "bookings_volatility_share",
                UP,
                slope("bookings_volatility_share", "top_fifth_share", NONE),
                "share per share",
            ),
        ),
    ),
    Claim(
        21,
        "Growth plans stall when trust falls",
        "severity 0.5, growth of 5 % a quarter: trust follows error against trust held",
        growing,
        (
            _logs(
                "growth from quarters 1-2 to 7-8, trust follows against held",
                beyond(grown((7, 8)), grown((1, 2))),
                DOWN,
                "bookings",
                primary=True,
            ),
            _logs("trust follows against held", change("bookings", FOLLOWS, HELD, logs=True), DOWN, "bookings"),
            Contrast("trust follows against held", "trust", DOWN, change("trust", FOLLOWS, HELD), "share"),
        ),
    ),
]
