"""Claims 4 and 12: coordination fades, and what holds under pressure."""

from __future__ import annotations

from claims.claim import DOWN, UNSAID, UP, Asking, Claim, Contrast
from claims.companies import NONE, from_file, standing, struck, today
from claims.costs import matched
from claims.look import Look, Value, alone, beyond, change
from revsim.analysis.jackknife import Jackknifed
from revsim.api import Scenario

VARIANCE, VOLATILITY = "forecast_variance_week_7_common", "bookings_volatility_common"
COORDINATION, DESIGN, HIT = "coordination", "design", "{}, pressed"
EARLY, LATE = (1, 2), (7, 8)
DOUBLED, MOST_MEETINGS = "pressure-doubles", 10.0


def met(hours: int) -> str:
    """The name of coordination with so many hours of meetings."""
    return f"{hours} h of meetings"


def fading(_: Asking) -> list[Scenario]:
    """None and coordination, both under pressure from the first measured week, too; and hours of meetings."""
    own = from_file("coordination.yaml", COORDINATION)
    hours = [own.replace({"coordination.meetings": n}, name=met(n)) for n in (0, 1, 2)]
    calm = [today(), own]
    return [*calm, *(struck(each, DOUBLED, HIT.format(each.name), 1) for each in calm), *hours]


def standing_pair(asking: Asking) -> list[Scenario]:
    """Design and coordination that stand at equal cost, calm and pressed from quarter 6; the baseline first."""
    design = standing(from_file("design.yaml", DESIGN))

    def coordination(share: float) -> Scenario:
        meetings = {"coordination.meetings": share * MOST_MEETINGS}
        return standing(from_file("coordination.yaml", COORDINATION, meetings))

    pair = [design, matched(design, coordination, asking)]
    return [today(), *pair, *(struck(each, DOUBLED, HIT.format(each.name), 6) for each in pair)]


def effect(quarters: tuple[int, int], own: str = COORDINATION, base: str = NONE) -> Value:
    """Ln of forecast variance with coordination against that without, in some quarters."""
    return change(VARIANCE, own, base, quarters, logs=True)


def loss(name: str, measure: str = VOLATILITY) -> Value:
    """What pressure does to a scenario, against the calm company without programmes."""
    return change(measure, HIT.format(name), name, of=NONE)


def second_hour() -> Value:
    """What the second hour of meetings brings less half of what the first does, in logarithms."""
    first, second = (change(VARIANCE, met(n + 1), met(n), of=met(0), logs=True) for n in (0, 1))

    def value(look: Look) -> Jackknifed:
        one, two = first(look), second(look)
        return Jackknifed(two.value - one.value / 2.0, two.without - one.without / 2.0)

    return value


def _effect_in(words: str, value: Value, direction: int, *, primary: bool = False, built_in: bool = False) -> Contrast:
    return Contrast(words, VARIANCE, direction, value, "%", True, primary, built_in)


CLAIMS = [
    Claim(
        4,
        "Coordination relieves and fades; effort does not scale",
        "coordination.yaml against none: its effect in quarters 7-8 against that in quarters 1-2",
        fading,
        (
            _effect_in(
                "effect in quarters 7-8 against that in 1-2",
                beyond(effect(LATE), effect(EARLY)),
                UP,
                primary=True,
                built_in=True,
            ),
            _effect_in("coordination against none, quarters 1-2", effect(EARLY), DOWN),
            _effect_in("coordination against none, quarters 7-8", effect(LATE), DOWN),
            _effect_in("second hour of meetings against half of what the first brings", second_hour(), UP),
            _effect_in("first hour of meetings against none", change(VARIANCE, met(1), met(0), logs=True), DOWN),
            _effect_in(
                "effect under doubled pressure against that without, quarters 7-8",
                beyond(effect(LATE, HIT.format(COORDINATION), HIT.format(NONE)), effect(LATE)),
                UP,
            ),
        ),
        reading="“none” is the company without a programme; the best coordination has no meetings to double, so "
        "two hours are asked against one and none; pressure doubles from quarter 1",
        built_in="the fading of an agreement, habituation of resets",
    ),
    Claim(
        12,
        "Safeguards hold under pressure",
        "design that stands against coordination that stands, pressure doubled from quarter 6",
        standing_pair,
        (
            Contrast(
                "loss by pressure, design against coordination",
                VOLATILITY,
                DOWN,
                beyond(loss(DESIGN), loss(COORDINATION)),
                "share",
                primary=True,
            ),
            Contrast("loss by pressure, design", VOLATILITY, UP, loss(DESIGN), "share"),
            Contrast("loss by pressure, coordination", VOLATILITY, UP, loss(COORDINATION), "share"),
            Contrast(
                "loss by pressure, design against coordination",
                "bookings",
                UNSAID,
                beyond(loss(DESIGN, "bookings"), loss(COORDINATION, "bookings")),
                "EUR a quarter",
            ),
            Contrast(
                "cost of design that stands", "remedy_cost", UNSAID, alone("remedy_cost", DESIGN), "EUR a quarter"
            ),
            Contrast(
                "cost of coordination that stands",
                "remedy_cost",
                UNSAID,
                alone("remedy_cost", COORDINATION),
                "EUR a quarter",
            ),
        ),
        reading="design.yaml, and coordination.yaml with so many hours of meetings that it costs as much; volatility "
        "over all eight quarters, of the calm company's mean",
        built_in="that sponsored builds resist pressure (not asked here: both stand)",
    ),
]
