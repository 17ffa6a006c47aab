"""Claims 5, 6, 7, 13 and questions 16, 17: one lever of design against today's."""

from __future__ import annotations

from claims.claim import ALL, DOWN, UNSAID, UP, Asking, Claim, Contrast
from claims.companies import NONE, from_file, standing, today
from claims.costs import matched
from claims.look import change
from revsim.analysis.measure import HANDOFFS
from revsim.api import Scenario

VARIANCE = "forecast_variance_week_7_common"
SHARED, STANDS, DILUTED = "shared pay", "shared pay, standing", "shared pay, diluted"
OWNED, RESETS, SAME_COST = "owned", "resets", "owned, equal cost"
MOMENT, SPONSORED, ALONE = "one moment", "sponsored", "sponsor withdrawn"
EVIDENCE, NEGOTIATION = "evidence", "negotiation"
FROM_WEEK_1 = "begun in the first measured week, as nothing else is said"


def pay(_: Asking) -> list[Scenario]:
    """Shared pay in all functions, begun and standing, and where nobody sees the outcome."""
    shared = today(SHARED, {"design.shared_incentives": 0.8})
    stands = standing(shared).replace({}, name=STANDS)
    return [today(), shared, stands, stands.replace({"design.one_view_of_data": 0}, name=DILUTED)]


def definitions(asking: Asking) -> list[Scenario]:
    """Owned definitions, a reset each quarter, and owned definitions at its cost."""
    resets = today(RESETS, {"coordination.resets": {"every_weeks": 13, "strength": 1}})
    lever = "design.shared_definitions"
    now = today().resolved.world.today.design.shared_definitions.qualified.value

    def owned(share: float) -> Scenario:
        return today(SAME_COST, {lever: now + share * (1.0 - now)})

    return [today(), today(OWNED, {lever: 0.8}), resets, matched(resets, owned, asking)]


def handoffs(_: Asking) -> list[Scenario]:
    """Each hand-off owned, one by one."""
    return [today(), *(today(name, {f"design.owned_handoffs.{name}": 0.9}) for name in HANDOFFS)]


def moment(_: Asking) -> list[Scenario]:
    """One aligned moment."""
    return [today(), from_file("one-moment.yaml", MOMENT)]


def sponsor(_: Asking) -> list[Scenario]:
    """Design that stands, with a sponsor and without, where it decays and where it does not."""
    rhythm = today().resolved.world.today.design.governance
    ungoverned = {
        "design.governance.cadence_weeks": rhythm.cadence_weeks.value,
        "design.governance.evidence": rhythm.evidence.value,
        "design.governance.decision_rights": rhythm.decision_rights.value,
    }
    made = []
    for suffix, changes in (("", ungoverned), (", governed", {})):
        for name, sponsored in ((SPONSORED, 0.6), (ALONE, 0.0)):
            design = from_file("design.yaml", f"{name}{suffix}", {**changes, "design.sponsored": sponsored})
            made.append(standing(design))
    return made


def weighing(_: Asking) -> list[Scenario]:
    """All evidence and none, standing."""
    return [
        standing(today(name, {"design.governance.evidence": level}))
        for name, level in ((NEGOTIATION, 0), (EVIDENCE, 1))
    ]


def against(measure: str, own: str, direction: int, unit: str, *, base: str = NONE, **more: bool) -> Contrast:
    """A scenario against another, by name."""
    words = f"{own} against {base}"
    is_log = measure.startswith("forecast_variance")
    return Contrast(
        words, measure, direction, change(measure, own, base, logs=is_log), "%" if is_log else unit, is_log, **more
    )


def _owner(name: str) -> Contrast:
    """An owner of one hand-off against today's."""
    return against(f"leaked_{name}_per_accepted", name, DOWN, "per accepted lead", primary=True, built_in=True)


def _first_quarter(measure: str, unit: str, *, logs: bool = False, primary: bool = False) -> Contrast:
    """One aligned moment against none, quarter 1 alone."""
    value = change(measure, MOMENT, NONE, (1, 1), logs=logs)
    return Contrast("one moment against none, quarter 1", measure, DOWN, value, unit, logs, primary)


COUNT, DEALS = "leads a quarter", "deals a quarter"
CLAIMS = [
    Claim(
        5,
        "Pay shapes behaviour",
        "shared pay .8 in all functions against today's",
        pay,
        (
            against("third_month_share", SHARED, DOWN, "share", primary=True),
            against("third_month_share", STANDS, DOWN, "share"),
            against("third_month_share", DILUTED, UP, "share", base=STANDS),
            against("sandbagged", SHARED, DOWN, DEALS),
            against("pulled_forward", SHARED, DOWN, DEALS),
            against("disputed", SHARED, DOWN, COUNT),
        ),
        reading=FROM_WEEK_1,
        built_in="that pay moves effort",
    ),
    Claim(
        6,
        "Definitions drift without an owner",
        "owned “commit” and “qualified” (.8) against today's",
        definitions,
        (
            against("disagreement", OWNED, DOWN, "share of plan", primary=True),
            against("disagreement", SAME_COST, UNSAID, "share of plan", base=RESETS),
            against("remedy_cost", SAME_COST, UNSAID, "EUR a quarter", base=RESETS),
            against("disagreement", RESETS, DOWN, "share of plan"),
        ),
        reading=f"{FROM_WEEK_1}; equal cost by the level that the owner reaches",
        built_in="drift itself",
    ),
    Claim(
        7,
        "Unowned hand-offs stall and lose deals",
        "owned hand-offs (.9) against today's, one by one",
        handoffs,
        (
            *(_owner(name) for name in HANDOFFS),
            *(against("internal_stall_days", name, DOWN, "days") for name in HANDOFFS),
        ),
        rule=ALL,
        reading=f"{FROM_WEEK_1}; each hand-off by its own leaks, all three must be lower",
        built_in="that an unowned hand-off loses",
    ),
    Claim(
        13,
        "One aligned moment shows within a quarter",
        "one definition, owner and cadence against none, quarter 1 alone",
        moment,
        (
            _first_quarter("leaked_marketing_to_sales_per_accepted", "per accepted lead", primary=True),
            _first_quarter(VARIANCE, "%", logs=True),
        ),
    ),
    Claim(
        16,
        "The sponsor is withdrawn once a design stands",
        "design, standing, without its rhythm of reviews: sponsored 0 against .6",
        sponsor,
        (
            against(VARIANCE, ALONE, UP, "%", base=SPONSORED, primary=True),
            against(VARIANCE, f"{ALONE}, governed", UP, "%", base=f"{SPONSORED}, governed"),
        ),
        built_in="with reviews: nothing decays, so nothing is left to build",
    ),
    Claim(
        17,
        "Evidence against negotiation, apart from cadence",
        "evidence 1 against 0, standing",
        weighing,
        (
            against(VARIANCE, EVIDENCE, DOWN, "%", base=NEGOTIATION, primary=True),
            against("forecast_variance_week_1_common", EVIDENCE, DOWN, "%", base=NEGOTIATION),
            against("disagreement", EVIDENCE, DOWN, "share of plan", base=NEGOTIATION),
        ),
        built_in="that the number is weighed by evidence",
    ),
]
