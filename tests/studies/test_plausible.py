"""The shipped result over plausible companies is of today's model, files and draws; a comparison tells it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import revsim
from revsim.analysis.variance import HEADLINE
from revsim.errors import UserError
from revsim.store.manifest import code_hash
from revsim.store.plausible import KeptWorlds, kept_path, read_kept
from revsim.studies.plausible import kept_of, why_stale
from revsim.studies.worlds import WorldStudy

SHIPPED = ["status-quo.yaml", "design.yaml"]
SMALL = {"calendar.quarters": 2, "calendar.warmup_quarters": 2}


@cache
def shipped() -> KeptWorlds:
    kept = read_kept(kept_path())
    assert kept is not None
    return kept


def test_what_is_shipped_is_of_today_s_model_files_and_draws() -> None:
    """Where it fails: `make kept`."""
    assert why_stale(shipped()) == ""


def test_another_model_other_files_or_other_draws_make_it_stale() -> None:
    kept = shipped()
    first = replace(kept.scenarios[0], content_hash="another")
    assert "content" in why_stale(replace(kept, scenarios=[first, *kept.scenarios[1:]]))
    assert "model" in why_stale(replace(kept, code="another"))
    # draws are asked last: today's code, whatever is shipped
    now = replace(kept, code=code_hash(), draws="another")
    assert "drawn" in why_stale(now)


def test_counts_add_up_and_every_shipped_contest_is_there() -> None:
    kept = shipped()
    for one in kept.contests:
        assert one.clearly_better <= one.better <= one.companies - one.clearly_worse
        assert one.companies <= kept.companies <= kept.worlds
    criteria = {one.criterion for one in kept.contests}
    assert {"variance", "volatility", "net_value_without_renewals", "net_value"} <= criteria
    pairs = {(one.scenario, one.against) for one in kept.contests}
    assert len(pairs) == len(kept.scenarios) * (len(kept.scenarios) - 1) / 2


def test_the_shipped_comparison_tells_the_shipped_counts_and_a_changed_one_tells_none() -> None:
    base, design = (revsim.load(name) for name in SHIPPED)
    told = revsim.compare([base, design], replications=3, workers=1)
    (kept,) = (
        one
        for one in shipped().contests
        if (one.scenario, one.against, one.criterion) == ("Design", "Status quo", "variance")
    )
    count = told.comparison.carried(1, HEADLINE)
    assert count == (kept.companies, kept.better, kept.clearly_better, kept.clearly_worse)
    assert f"{kept.better} of {kept.companies} plausible companies" in told.verdict
    assert told.table()[0].plausible[0].startswith(f"better in {kept.better} of {kept.companies}")
    changed = revsim.compare([each.replace(SMALL) for each in (base, design)], replications=3, workers=1)
    assert changed.comparison.carried(1, HEADLINE) is None
    assert "plausible companies" not in changed.verdict
    assert "has not been asked" in changed.verdict


def small_worlds(count: int) -> WorldStudy:
    return revsim.worlds(
        [revsim.load(name).replace(SMALL) for name in SHIPPED], worlds=count, replications=3, workers=1, slack=1e9
    )


def test_what_is_kept_of_worlds_are_their_counts() -> None:
    study = small_worlds(10)
    kept = kept_of(study)
    assert (kept.worlds, kept.replications, kept.companies) == (10, 3, study.found.plausible)
    rows = study.found.shares.set_index(["among", "scenario", "against", "criterion"])
    for one in kept.contests:
        row = rows.loc[("worlds that pass the patterns", one.scenario, one.against, one.criterion)]
        assert (one.clearly_better, one.clearly_worse) == (row["wins"], row["loses"])
        assert one.better == pytest.approx(row["ahead"] * one.companies)


def test_too_few_plausible_companies_are_not_kept() -> None:
    with pytest.raises(UserError, match="Draw more"):
        kept_of(small_worlds(3))
