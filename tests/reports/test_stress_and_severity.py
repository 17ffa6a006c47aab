"""Pictures of stress and severity: each number of the claim stands in the table, and nothing is drawn of nothing."""

from __future__ import annotations

import re

import numpy as np

from revsim.analysis.early_warning import early_warnings
from revsim.analysis.onset import onsets
from revsim.analysis.stress import Pair, blows
from revsim.reports.figures.picture import Picture
from revsim.reports.figures.severity import pictures
from revsim.reports.figures.stress import stress_picture
from tests.analysis.cubes import cube

NUMBER = re.compile(r"[-+]?\d+\.\d+")
NAMES = ["A", "A: hit", "B", "B: hit"]
LEVELS = ["m 0", "m 1"]


def assert_claims_its_table(picture: Picture) -> None:
    told = {number for row in picture.rows for cell in row for number in NUMBER.findall(cell)}
    claimed = NUMBER.findall(picture.claim)
    assert claimed
    assert set(claimed) <= told
    assert all(len(row) == len(picture.columns) for row in picture.rows)
    assert set(picture.files()) == {"svg", "png"}


def hit(replications: int = 30) -> Picture | None:
    base = cube(NAMES, replications)
    less = base.quarterly["bookings"][0] * 0.9 + np.arange(replications)[:, None] / 10.0
    one = cube(NAMES, replications, bookings={"A: hit": less})
    pairs = [Pair("A", "hit", 0, 1, 14, assumed=True), Pair("B", "stall", 2, 3, None, assumed=True)]
    return stress_picture(blows(one, pairs, "EUR"), ["A", "B"])


def test_the_stress_picture_claims_what_its_table_holds_and_says_where_nothing_can_happen() -> None:
    picture = hit()
    assert picture is not None
    assert_claims_its_table(picture)
    assert any("does not apply" in cell for row in picture.rows for cell in row)


def test_without_intervals_there_is_no_stress_picture() -> None:
    assert hit(2) is None


def severity(replications: int) -> list[Picture]:
    base = cube(LEVELS, replications, quarters=6)
    rng = np.random.default_rng(2)
    booked = {name: 100.0 * np.exp(0.3 * rng.standard_normal((replications, 6))) for name in LEVELS}
    one = base._replace(quarterly=base.quarterly | {"bookings": np.stack([booked[name] for name in LEVELS])})
    return pictures(onsets(one, [0.0, 1.0]), early_warnings(one), "m")


def test_the_severity_pictures_claim_what_their_tables_hold() -> None:
    found = severity(40)
    assert [picture.name for picture in found] == ["onset", "early-warning"]
    for picture in found:
        assert_claims_its_table(picture)


def test_of_one_replication_nothing_is_drawn() -> None:
    assert severity(1) == []
