"""A folder with a complete scenario `base.yaml`, and a way to put overlays beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenario.minimal import as_text, minimal

Write = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, holding base.yaml."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(as_text(minimal()) + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Write:
    """Write a file into the folder; returns its name."""

    def _write(text: str | bytes, name: str = "case.yaml") -> str:
        raw = text if isinstance(text, bytes) else text.encode("utf-8")
        (folder / name).write_bytes(raw)
        return name

    return _write
