"""What holds for a whole process of the command line."""

from __future__ import annotations

import os
from unittest.mock import Mock

import pytest

from revsim.cli import app, reading


@pytest.mark.parametrize(
    ("there", "then"), [({}, dict.fromkeys(app.THREADS, "1")), ({"OMP_NUM_THREADS": "8"}, {"OMP_NUM_THREADS": "8"})]
)
def test_linear_algebra_has_one_thread_unless_somebody_has_said_how_many(
    monkeypatch: pytest.MonkeyPatch, there: dict[str, str], then: dict[str, str]
) -> None:
    monkeypatch.setattr(os, "environ", dict(there))
    monkeypatch.setattr(app, "gc", Mock())
    monkeypatch.setattr(app, "exit_code", lambda _: 0)
    monkeypatch.setattr(app, "_quiet_libraries", lambda: None)
    with pytest.raises(SystemExit):
        app.main([])
    assert os.environ == then


def test_ctrl_c_before_anything_has_begun_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read", interrupted)
    assert app.exit_code(["run", "status-quo.yaml"]) == app.INTERRUPTED
    assert capsys.readouterr().err == "interrupted\n"
