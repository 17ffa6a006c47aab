"""Frames whose luck differs are not paired, whatever their replications are called."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import revsim
from revsim.analysis.comparison import compare_frames
from revsim.analysis.cube import cube_of
from revsim.analysis.same_luck import LUCK, check_luck, identity, marked
from revsim.errors import UnpairedError
from tests import tiny
from tests.analysis.synthetic import study

NAMES = ["a", "b"]
Frames = tuple[pd.DataFrame, pd.DataFrame]


def frames(*, seeds: tuple[int, int] = (1, 1), codes: tuple[str, str] = ("x", "x")) -> Frames:
    """Quarters and weeks of two scenarios, each marked with its seed and version."""
    found = []
    for frame in study({"a": 0.2, "b": 0.1}, 10):
        sides = zip(NAMES, seeds, codes, strict=True)
        found.append(pd.concat([marked(frame[frame["scenario"] == n], seed, code) for n, seed, code in sides]))
    return found[0], found[1]


def test_equal_luck_is_paired_and_is_no_measure() -> None:
    cube = cube_of(*frames(), NAMES)
    assert LUCK not in cube.quarterly
    assert LUCK not in cube.weekly


@pytest.mark.parametrize("other", [{"seeds": (1, 2)}, {"codes": ("x", "y")}])
def test_rows_of_another_seed_or_version_are_refused(other: dict[str, tuple[int, int]]) -> None:
    with pytest.raises(UnpairedError, match="replication 0 of `b` has other luck"):
        compare_frames(*frames(**other), NAMES, "a", "EUR")  # type: ignore[arg-type]


def test_a_frame_whose_luck_was_shifted_is_refused() -> None:
    def shifted(frame: pd.DataFrame) -> pd.DataFrame:
        is_b = frame["scenario"] == "b"
        return frame.assign(replication=np.where(is_b, (frame["replication"] + 1) % 10, frame["replication"]))

    quarters, weeks = frames()
    with pytest.raises(UnpairedError, match="numbered anew"):
        cube_of(shifted(quarters), shifted(weeks), NAMES)


def test_weeks_of_other_luck_than_quarters_are_refused() -> None:
    with pytest.raises(UnpairedError, match="other luck"):
        cube_of(frames()[0], frames(seeds=(2, 2))[1], NAMES)


def test_scenarios_that_are_not_asked_for_may_have_any_luck() -> None:
    check_luck(frames(seeds=(1, 2)), ["a"])


def test_frames_that_do_not_say_their_luck_are_paired_by_number() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 10)
    assert cube_of(quarters, weeks, NAMES).scenarios == ("a", "b")


def test_no_two_replications_or_seeds_share_a_luck() -> None:
    many = np.concatenate([identity(seed, "x", np.arange(10_000)) for seed in range(20)])
    assert len(np.unique(many)) == len(many)
    assert (many >= 0).all()


def test_two_studies_of_different_seeds_are_not_set_beside_each_other() -> None:
    base = revsim.Scenario(tiny.tiny())
    other = base.replace({"design.owned_handoffs": 0.9}, name="Owned")
    first, second, third = (
        revsim.run(each, replications=3, seed=seed, workers=1, engine="simpy", continuations=0)
        for each, seed in ((base, 1), (other, 2), (other, 1))
    )
    names = [base.name, "Owned"]

    def beside(one: revsim.Study, two: revsim.Study) -> Frames:
        return pd.concat([one.quarters, two.quarters]), pd.concat([one.weeks, two.weeks])

    assert compare_frames(*beside(first, third), names, base.name, "EUR").others == [1]
    with pytest.raises(UnpairedError, match="another seed"):
        compare_frames(*beside(first, second), names, base.name, "EUR")


def test_a_study_that_is_saved_keeps_its_rows_as_they_were(tmp_path: Path) -> None:
    base = revsim.Scenario(tiny.tiny())
    found = revsim.run(base, replications=3, workers=1, engine="simpy", continuations=0)
    assert found.quarters[LUCK].nunique() == 3
    found.save(str(tmp_path / "r"))
    assert LUCK not in pd.read_parquet(tmp_path / "r" / "quarters.parquet").columns


def split_mix(state: int) -> int:
    """The next of SplitMix64 by whole numbers of Python, as its authors print it."""
    z = (state + 0x9E3779B97F4A7C15) % 2**64
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % 2**64
    return z ^ (z >> 31)


def test_luck_is_the_published_mixing_of_a_digest_and_the_replication() -> None:
    assert split_mix(0) == 0xE220A8397B1DCDAF  # the first of the generator that begins at 0
    start = int.from_bytes(hashlib.sha256(b"7 x").digest()[:8], "big")
    expected = [split_mix(start + number * 0x9E3779B97F4A7C15) >> 1 for number in range(3)]
    assert identity(7, "x", np.arange(3)).tolist() == expected
