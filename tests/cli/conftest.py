"""A folder with scenario files, and a way to call the commands."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from revsim.cli import app
from tests.scenario.minimal import as_text, minimal


class Answer(NamedTuple):
    code: int
    out: str
    err: str


class Call:
    """`revsim ARGUMENTS` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        code = app.exit_code(list(arguments))
        said = self.capsys.readouterr()
        return Answer(code, said.out, said.err)


@pytest.fixture
def revsim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(as_text(minimal()) + "\n", encoding="utf-8")
    Path("more.yaml").write_text(
        "extends: base.yaml\nworld: {sales: {reps: 9}}\ndesign: {sponsored: 1}\n", encoding="utf-8"
    )
    Path("bad.yaml").write_text("extends: base.yaml\nwrld: {}\nzzz: 1\n", encoding="utf-8")
    return Call(capsys)
