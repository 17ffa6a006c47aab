"""A plausible set as a file: what is written is read; damage is told; it is believed for its world and model alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from revsim.errors import UserError
from revsim.store.members import SCHEMA, KeptBatch, KeptMember, KeptPattern, KeptSet, read_set, set_of, write_set

KEPT = KeptSet(
    SCHEMA, "code", "Shop", "world", "other", 1, 3.0, 5, 30, 0.08, 20, 14,
    [KeptBatch(120, 120, 9), KeptBatch(4000, 120, 30)],
    [KeptPattern("wins", 150.0, 250.0, 25.0, 190.0, 3.0, 0.6, 0.2)],
    ["world.a", "world.b"],
    [KeptMember(1.25, "wins", [1.0, 0.1 + 0.2]), KeptMember(2.5, "wins", [2.0, 0.5])],
)  # fmt: skip


def test_what_is_written_is_read_to_the_last_digit(tmp_path: Path) -> None:
    write_set(KEPT, tmp_path / "some" / "shop.json")
    assert read_set(tmp_path / "some" / "shop.json") == KEPT
    assert KEPT.companies[0] == {"world.a": 1.0, "world.b": 0.30000000000000004}


def test_a_member_is_a_line(tmp_path: Path) -> None:
    write_set(KEPT, tmp_path / "shop.json")
    lines = (tmp_path / "shop.json").read_text(encoding="utf-8").splitlines()
    assert sum('"implausibility"' in line for line in lines) == 2


@pytest.mark.parametrize(
    ("text", "why"), [("{", "EOF"), ("{}", "schema"), ("[]", "dictionary|object"), ('{"schema": 1}', "schema")]
)
def test_a_damaged_file_is_refused_with_its_field_and_the_way_out(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "shop.json").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=rf"(?s)({why}).*make plausible"):
        read_set(tmp_path / "shop.json")


def test_values_that_are_not_one_an_address_are_refused(tmp_path: Path) -> None:
    short = replace(KEPT, members=[KeptMember(1.0, "wins", [1.0])])
    write_set(short, tmp_path / "shop.json")
    with pytest.raises(UserError, match="1 values for 2 addresses"):
        read_set(tmp_path / "shop.json")


def test_a_file_of_another_schema_is_refused(tmp_path: Path) -> None:
    write_set(replace(KEPT, schema="revsim.members/9"), tmp_path / "shop.json")
    with pytest.raises(UserError, match="this version reads"):
        read_set(tmp_path / "shop.json")


def test_a_set_is_that_of_its_world_and_of_its_model_alone(tmp_path: Path) -> None:
    write_set(KEPT, tmp_path / "shop.json")
    (tmp_path / "kept.json").write_text("of another thing", encoding="utf-8")
    assert set_of("world", "code", tmp_path) == (KEPT, False)
    assert set_of("another", "code", tmp_path) == (None, False)
    assert set_of("world", "other code", tmp_path) == (None, True)
    assert set_of("world", "code", tmp_path / "nowhere") == (None, False)
