"""The library that draws: the caller's settings stay, whatever they are, and they do not touch our figures."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import matplotlib as mpl
import pytest

import revsim
from revsim.reports import drawing
from revsim.reports.theme import styled
from tests.reports.test_beside import pictures

THEIRS = {"font.size": 33.0, "svg.fonttype": "path", "text.parse_math": True, "axes.grid": False}
IMPORTS = """
import os
from revsim.reports.drawing import read_ahead
read_ahead()
import matplotlib as mpl
print(os.environ.get("MPLBACKEND"), mpl.rcParams._get_backend_or_none())
"""


def test_the_callers_settings_change_no_picture_and_are_as_they_were() -> None:
    [picture] = pictures(1)
    plain = picture.files()["svg"]
    with mpl.rc_context(THEIRS):
        assert picture.files()["svg"] == plain
        assert {name: mpl.rcParams[name] for name in THEIRS} == THEIRS


def test_threads_draw_one_after_the_other() -> None:
    inside: list[int] = []
    most: list[int] = []

    def draw() -> None:
        for number in range(20):
            with styled(f"figure-{number}"):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    before = mpl.rcParams["font.size"]
    threads = [threading.Thread(target=draw) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert mpl.rcParams["font.size"] == before


def test_a_log_of_fonts_is_silent_only_inside() -> None:
    log = logging.getLogger("matplotlib.font_manager")
    before = list(log.filters)
    with styled("figure"):
        assert not log.filter(logging.LogRecord("m", logging.WARNING, "", 1, "no bold", None, None))
        assert log.filter(logging.LogRecord("m", logging.ERROR, "", 1, "broken", None, None))
    assert log.filters == before


@pytest.mark.parametrize(("given", "kept"), [("pdf", "pdf"), ("nonsense", "None")])
def test_the_callers_backend_is_kept_where_it_can_be_had(given: str, kept: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS],
        env=os.environ | {"MPLBACKEND": given, "PYTHONPATH": str(Path(revsim.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == ([given, kept], "")


def test_a_check_tells_of_a_fault_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("no such file")

    monkeypatch.setattr(drawing, "read_ahead", fail)
    with pytest.raises(drawing.UserError, match=r"OSError: no such file"):
        drawing.check_drawing()
