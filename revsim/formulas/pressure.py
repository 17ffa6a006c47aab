"""What pressure costs, and the effort that it brings.

    leaving    rate of leaving x e^(k P)                                 reps, a year
    skipped    s P                                                       share of steps that are left out
    discount   d (1 + e P), at most all                                  of a deal that is pulled forward
    effort     1 + 4 b P (1 - P)                                         most at half of full pressure: b

P in [0, 1] is pressure; k (log), s (share), e and b (ratios) are 0 where pressure costs, or brings, nothing.

Source: leaving: 18 % a year where seven in ten reach their target, a third where fewer do (trade page, second-hand),
against Sunder et al. (2017), where those who miss their quota stay. Skipped: Dai, Milkman, Hofmann and Staats (2015),
watched professional steps done 8.7 points less often at the end of a shift, more so in busy ones; Oliva and Sterman
(2001), Repenning and Sterman (2001), direction. Discount: Jindal and Newberry (2022), Oyer (1998), Larkin (2014),
direction. Effort: Kumar, Goreczny and Maurer (2018), goals and their achievement an inverted U; where its top lies is
chosen. Read by abstract where not second-hand, and with what speaks against them: docs/pressure.md.
"""

from __future__ import annotations

from math import exp

from revsim.formulas._formula import formula


@formula
def leaving_factor(growth: float, pressure: float) -> float:
    """Rate of leaving against one without pressure."""
    return exp(growth * pressure)


@formula
def skipped_share(most: float, pressure: float) -> float:
    """Share of steps that are left out."""
    return most * pressure


@formula
def deeper_discount(discount: float, growth: float, pressure: float) -> float:
    """Discount on a deal that is pulled forward, a share of its value."""
    given = discount * (1.0 + growth * pressure)
    return 1.0 if given > 1.0 else given


@formula
def pressed_effort(most: float, pressure: float) -> float:
    """Effort against that without pressure; as much at full pressure, when the goal is given up."""
    return 1.0 + 4.0 * most * pressure * (1.0 - pressure)
