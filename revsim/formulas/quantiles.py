"""Uniform luck to a distribution: quantile functions, and what is left of a duration that has outlasted some time.

    exponential   t = -mean ln(1 - u)
    normal        z = Phi^-1(u), Wichura (1988), algorithm AS 241 (PPND16), relative error about 1e-16
    lognormal     t = median exp(sigma z)

`*_left` draws the rest of a duration given that it lasted longer than `elapsed` (u' = u_e + (1 - u_e) u2, written with
the survival function so that the far tail keeps its digits).
"""

from __future__ import annotations

from math import erfc, exp, log, sqrt

from revsim.formulas._formula import formula

SQRT2 = 1.4142135623730951
CENTRE = 0.425  # half-width of the part where most draws fall
FAR = 5.0  # where the far tail begins
TINY = 2.0e-17  # below the smallest step of a uniform; keeps log away from zero


@formula
def exponential(u: float, mean: float) -> float:
    """Exponential duration with the given mean; u in [0, 1), a multiple of 2^-53, so that 1 - u is exact."""
    return -mean * log(1.0 - u)


# Coefficients of AS 241, highest power first: near tail, far tail; each a numerator and a denominator.
# The centre, where most draws fall, is written out for speed.
NEAR_TOP = (
    7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
    3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
)  # fmt: skip
NEAR_BOTTOM = (
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0,
)  # fmt: skip
FAR_TOP = (
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
    2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
)  # fmt: skip
FAR_BOTTOM = (
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
)  # fmt: skip


@formula
def polynomial(r: float, coefficients: tuple[float, ...]) -> float:
    """Horner's rule, highest power first."""
    total = 0.0
    for coefficient in coefficients:
        total = total * r + coefficient
    return total


@formula
def centre(q: float) -> float:
    """Standard normal quantile of 0.5 + q, for q in [-CENTRE, CENTRE]."""
    r = 0.180625 - q * q
    top = ((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r
    top = ((top + 4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3
    top = (top * r + 1.3314166789178437745e2) * r + 3.3871328727963666080
    bottom = ((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r
    bottom = ((bottom + 2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2
    bottom = (bottom * r + 4.2313330701600911252e1) * r + 1.0
    return q * top / bottom


@formula
def near_tail(r: float) -> float:
    """Standard normal quantile beyond the centre; r = sqrt(-ln of the smaller side), at most FAR."""
    return polynomial(r - 1.6, NEAR_TOP) / polynomial(r - 1.6, NEAR_BOTTOM)


@formula
def far_tail(r: float) -> float:
    """The same for r above FAR."""
    return polynomial(r - FAR, FAR_TOP) / polynomial(r - FAR, FAR_BOTTOM)


@formula
def normal(u: float) -> float:
    """Standard normal quantile of u in [0, 1)."""
    q = u - 0.5
    if -CENTRE <= q <= CENTRE:
        return centre(q)
    side = u if u < 0.5 else 1.0 - u
    r = sqrt(-log(side if side > TINY else TINY))
    z = far_tail(r) if r > FAR else near_tail(r)
    return -z if u < 0.5 else z


@formula
def normal_above(u: float, floor: float) -> float:
    """Standard normal given that it is above `floor`."""
    above = 0.5 * erfc(floor / SQRT2)
    return -normal(above * (1.0 - u))


@formula
def lognormal(u: float, median: float, sigma: float) -> float:
    """Lognormal duration or value with the given median and sigma of the log."""
    return median * exp(sigma * normal(u))


@formula
def lognormal_left(u: float, median: float, sigma: float, elapsed: float) -> float:
    """Lognormal given that it is longer than `elapsed`; the whole, not the rest."""
    if elapsed / median <= TINY:
        return lognormal(u, median, sigma)
    if sigma <= 0.0:
        return median
    whole = median * exp(sigma * normal_above(u, log(elapsed / median) / sigma))
    return whole if whole > elapsed else elapsed
