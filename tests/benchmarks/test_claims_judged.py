"""Holm, the p-value of several contrasts together, and the verdict, in closed form."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from revsim.analysis.jackknife import Jackknifed, mean_of

PS = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12)


def of(claims: SimpleNamespace, p: float, side: int) -> object:
    """A judged contrast with a p-value on a side."""
    contrast = claims.claim.Contrast("", "", 1, None, "", primary=True)
    return claims.judging.Judged(contrast, None, p, 0.0, side)


def test_holm_multiplies_by_what_is_left_and_never_falls(claims: SimpleNamespace) -> None:
    assert claims.judging.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_holm_leaves_out_what_has_no_p(claims: SimpleNamespace) -> None:
    found = claims.judging.holm([0.02, float("nan"), 0.03])
    assert found[0] == pytest.approx(0.04)
    assert np.isnan(found[1])
    assert found[2] == pytest.approx(0.04)


@given(values=PS)
def test_holm_is_between_p_and_bonferroni(claims: SimpleNamespace, values: list[float]) -> None:
    for adjusted, p in zip(claims.judging.holm(values), values, strict=True):
        assert p <= adjusted <= min(1.0, len(values) * p) + 1e-12


@pytest.mark.parametrize(
    ("p", "side", "more", "word"),
    [
        (0.04, 1, {}, "supported"),
        (0.04, -1, {}, "refuted"),
        (0.06, 1, {}, "open"),
        (0.06, -1, {}, "open"),
        (float("nan"), 1, {}, "open"),
        (0.04, 1, {"built_in": True}, "built in"),
        (0.04, -1, {"built_in": True}, "refuted"),
        (0.06, 1, {"built_in": True}, "open"),
        (0.04, 1, {"fails": True}, "open"),
        (0.06, 1, {"fails": True}, "refuted"),
    ],
)
def test_the_verdict(claims: SimpleNamespace, p: float, side: int, more: dict[str, bool], word: str) -> None:
    assert claims.judging.verdict(p, side, **more) == word


def test_all_of_several_are_as_clear_as_the_least_clear(claims: SimpleNamespace) -> None:
    found = claims.judging.together("all", [of(claims, p, 1) for p in (0.001, 0.02, 0.004)])
    assert found == (0.02, 1)


def test_one_clear_exception_refutes_all_by_holm_within(claims: SimpleNamespace) -> None:
    found = claims.judging.together("all", [of(claims, 0.5, 1), of(claims, 0.01, -1), of(claims, 0.001, 1)])
    assert found == (pytest.approx(0.02), -1)


def test_any_of_several_is_the_clearest_by_holm_within(claims: SimpleNamespace) -> None:
    assert claims.judging.together("any", [of(claims, 0.01, 1), of(claims, 0.3, -1)]) == (pytest.approx(0.02), 1)
    assert claims.judging.together("any", [of(claims, 0.01, -1), of(claims, 0.3, -1)]) == (0.3, -1)


def test_the_p_of_a_mean_is_that_of_a_t_test_where_tails_are_normal(claims: SimpleNamespace) -> None:
    values = stats.norm.ppf((np.arange(40) + 0.5) / 40) + 0.4
    contrast = claims.claim.Contrast("", "", 1, None, "")
    found = claims.judging.judged(contrast, mean_of(values))
    assert found.p == pytest.approx(stats.ttest_1samp(values, 0.0).pvalue, rel=1e-6)
    assert found.smallest == pytest.approx(2.8 * values.std(ddof=1) / 40**0.5)
    assert found.clear == (found.p < 0.05)


def test_nothing_that_never_differs_is_clear(claims: SimpleNamespace) -> None:
    contrast = claims.claim.Contrast("", "", 1, None, "")
    found = claims.judging.judged(contrast, Jackknifed(0.0, np.zeros(20)))
    assert (found.p, found.clear, found.side) == (1.0, False, 0)
