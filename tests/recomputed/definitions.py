"""Readings of every week by numpy: drift, then the review, then the reset, as far as rows say that they took place."""

from __future__ import annotations

import numpy as np

from revsim.contract.trace import Kind
from tests.recomputed.company import VIEW, WEEKLY, Array, Company

QUALIFIED, COMMIT = [0, 1, 2], [3, 4]


class Readings:
    """What each step of each week makes of the five readings, (weeks, 5) each."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.drifted = drifted(company)
        self.reviewed = reviewed(company, self.drifted)
        self.reset = reset(company, self.reviewed)

    def restated(self) -> list[list[float]]:
        """By week, how far operations' recorded past was moved each time that a correction restated it."""
        moves: list[list[float]] = [[] for _ in range(self.company.weeks)]
        rows = self.company.trace.of(Kind.RESTATED)
        by_review = set(self.company.trace.of(Kind.REVIEWED).entity.tolist())
        for week, share in zip(rows.entity.tolist(), rows.value.tolist(), strict=True):
            first = week in by_review and not moves[week]
            old, new = (self.drifted, self.reviewed) if first else (self.reviewed, self.reset)
            gone = (old - new)[week, COMMIT]
            moves[week].append(share * float(gone[0] - gone[1]))
        return moves


def by_word(company: Company, name: str) -> Array:
    """A number of `qualified` for its three readings and of `commit` for its two."""
    numbers = company.p.definitions._asdict()
    return np.repeat([numbers[f"{word}_{name}"] for word in ("qualified", "commit")], (3, 2))


def drifted(company: Company) -> Array:
    """After learning, pushes and noise."""
    p, luck = company.p.definitions, company.luck.week
    xi = np.sqrt(p.common_share) * luck.drift[: company.weeks, [5]]
    xi = xi + np.sqrt(1.0 - p.common_share) * luck.drift[: company.weeks, :5]
    useful = np.zeros((company.weeks, 5))
    useful[:-1, :3] = company.shift[1:, None]  # the market has moved before definitions do
    pressed = np.append(company.pressure[1:], np.nan)
    own = 1.0 - company.pay
    gap = (company.plan - company.number) / company.plan
    push = np.zeros((company.weeks, 5))
    push[:, 0] = -p.marketing_push * own[:, 0] * pressed
    push[:, 1] = p.sales_push * own[:, 1] * pressed
    push[:, 2] = p.operations_push * own[:, 2] * pressed
    push[:, 3] = -p.commit_push * own[:, 1] * np.tanh(gap / p.commit_scale)
    x = company.readings
    learning, sd, clip = (by_word(company, name) for name in ("learning", "drift_sd", "clip"))
    return np.clip(x - learning * (x - useful) + push + sd * WEEKLY * xi, -clip, clip)


def reviewed(company: Company, before: Array) -> Array:
    """After owners have moved readings towards what they take for right, in the weeks of a review."""
    p, after, shifts = company.p.definitions, before.copy(), np.append(company.shift[1:], np.nan)
    for week in company.trace.of(Kind.REVIEWED).entity.tolist():
        late = shifts[max(0, week - int(p.owner_lag))]
        errors = by_word(company, "owner_error")[[0, 3]] * company.luck.week.owner[week]
        for group, lever, target in ((QUALIFIED, 0, late + errors[0]), (COMMIT, 1, errors[1])):
            share = company.levers[week, lever]
            after[week, group] = (1.0 - share) * before[week, group] + share * target
    return after


def reset(company: Company, before: Array) -> Array:
    """After readings have moved towards their common mean, in the weeks of a reset."""
    after, rows = before.copy(), company.trace.of(Kind.RESET)
    for week, strength in zip(rows.entity.tolist(), rows.value.tolist(), strict=True):
        for group in (QUALIFIED, COMMIT):
            after[week, group] += strength * (before[week, group].mean() - before[week, group])
    return after


def restated_share(company: Company) -> Array:
    """Share of the past that a correction restates, (weeks,): as far as there is one view, unless it is said."""
    said = company.p.forecasting.restated_share
    return company.levers[:, VIEW] if said < 0.0 else np.full(company.weeks, said)
