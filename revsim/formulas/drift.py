"""Drift of a definition, and what corrects it.

    x <- clip(x - kappa (x - useful) + push + sd xi)         a week, sd of fit or stages
    xi = sqrt(c) common + sqrt(1 - c) own
    commit bends by -b tanh(gap / scale) (1 - shared): behind plan it loosens

x is a reading's distance from its reference; `useful` is the market's shift (0 for commit).
A correction moves x a share of the way to a target (an owner's estimate, or the common mean).

Source: no direct evidence on the size of drift; 76 % of firms differ on `qualified` (Forrester 2024, second-hand). What
a stage means is bounded by exports: scenarios/status-quo.yaml.
"""

from __future__ import annotations

from math import sqrt, tanh

from revsim.formulas._formula import formula


@formula
def drift_draw(common_share: float, common: float, own: float) -> float:
    """A week's shock of one reading, standard normal."""
    return sqrt(common_share) * common + sqrt(1.0 - common_share) * own


@formula
def drift_next(x: float, useful: float, kappa: float, moved: float, clip: float) -> float:
    """A reading a week later; `moved` is push plus noise."""
    x = x - kappa * (x - useful) + moved
    if x > clip:
        return clip
    return -clip if x < -clip else x


@formula
def pay_push(strength: float, shared: float, pressure: float) -> float:
    """A week's self-serving push of a reading under pressure."""
    return strength * (1.0 - shared) * pressure


@formula
def commit_push(strength: float, shared: float, gap: float, scale: float) -> float:
    """A week's bend of `commit`: loosened behind plan, tightened ahead of it."""
    return -strength * (1.0 - shared) * tanh(gap / scale)


@formula
def stationary_sd(sd: float, kappa: float, clip: float) -> float:
    """Stationary spread of a reading whose useful bar stands still; at most the clip."""
    spread = clip if kappa <= 0.0 else sd / sqrt(kappa * (2.0 - kappa))
    if sd <= 0.0:
        return 0.0
    return clip if spread > clip else spread


@formula
def corrected(x: float, target: float, share: float) -> float:
    """A reading after a correction."""
    return x + share * (target - x)


@formula
def habituated(strength: float, habituation: float, repeats: float) -> float:
    """Strength of a reset that has been repeated; each time weaker by the same ratio."""
    done = 0.0
    while done < repeats:
        strength = strength * habituation
        done = done + 1.0
    return strength
