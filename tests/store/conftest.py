"""A folder, and the store of a study that is open in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from revsim.store.layout import Folder
from revsim.store.part_check import Wanted
from revsim.store.results import Store, opened
from tests.store.test_part_check import STAMP


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "r").mkdir()
    return Folder(tmp_path / "r")


@pytest.fixture
def store(folder: Folder) -> Iterator[Store]:
    with opened(folder, Wanted(STAMP)) as store:
        yield store
