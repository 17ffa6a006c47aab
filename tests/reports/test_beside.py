"""A copy of the process draws half of the pictures; what comes of it is the same, whatever becomes of the copy."""

from __future__ import annotations

import multiprocessing
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from revsim.reports import beside
from revsim.reports.beside import drawn
from revsim.reports.facts import Sheet
from revsim.reports.figures.picture import Picture
from revsim.reports.look import BASELINE
from revsim.reports.publish import publish
from revsim.reports.story import Story
from revsim.reports.theme import WIDTH
from revsim.store.layout import Folder

NOTHING = Sheet([], [])
STORY = Story(
    "A study",
    "A verdict.",
    [],
    "Base",
    [],
    [],
    [],
    NOTHING,
    NOTHING,
    NOTHING,
    "revsim run",
    "2 replications",
    [BASELINE],
)
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no copy")


def line(slope: float, before: Callable[[], object] = lambda: None) -> Figure:
    before()
    figure = Figure(figsize=(WIDTH, 2.0), layout="constrained")
    figure.subplots().plot([0.0, 1.0], [0.0, slope])
    return figure


def pictures(count: int, before: Callable[[], object] = lambda: None) -> list[Picture]:
    return [
        Picture(f"line-{slope}", "A claim.", "What is drawn.", "A line.", ["x"], [["1"]], partial(line, slope, before))
        for slope in range(count)
    ]


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(beside, "usable_cores", lambda: 2)
    monkeypatch.setattr(beside, "LEAST", 30.0)
    yield
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_pictures_are_the_same_bytes_and_in_order_whoever_draws_them(count: int) -> None:
    assert drawn(pictures(count)) == [picture.drawn() for picture in pictures(count)]


@linux
def test_a_copy_draws_every_second_picture(tmp_path: Path) -> None:
    def note() -> None:
        (tmp_path / f"{os.getpid()}-{time.monotonic_ns()}").touch()

    drawn(pictures(4, note))
    mine = [path for path in tmp_path.iterdir() if path.name.startswith(f"{os.getpid()}-")]
    assert len(mine) == 2  # each once, for the page and for its files
    assert len(list(tmp_path.iterdir())) == 4


def test_in_a_page_stands_what_stands_in_the_file_without_the_claim_and_its_room() -> None:
    [picture] = pictures(1)
    page, svg = picture.drawn().inline, picture.drawn().files["svg"].decode()
    assert "A claim." in svg
    assert "What is drawn." in svg
    assert "A claim." not in page
    assert "What is drawn." not in page
    [(top, wide, high)] = re.findall(r'viewBox="0 (\S+) (\S+) ([^"]+)"', page)
    [(whole_wide, whole_high)] = re.findall(r'viewBox="0 0 (\S+) ([^"]+)"', svg)
    assert wide == whole_wide
    assert float(high) == pytest.approx(2.0 * 72.0)  # as it is drawn
    assert float(top) + float(high) == pytest.approx(float(whole_high))
    assert page.count("<path") == svg.count("<path")
    assert picture.inline() == page


@linux
def test_a_copy_that_dies_costs_no_picture() -> None:
    here = os.getpid()

    def die() -> None:
        if os.getpid() != here:
            os._exit(9)

    assert drawn(pictures(3, die)) == [picture.drawn() for picture in pictures(3)]


@linux
def test_a_copy_that_hangs_is_ended_and_costs_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def hang() -> None:
        if os.getpid() != here:
            time.sleep(600.0)

    monkeypatch.setattr(beside, "LEAST", 0.1)
    monkeypatch.setattr(beside, "PATIENCE", 0.1)
    assert drawn(pictures(2, hang)) == [picture.drawn() for picture in pictures(2)]


@linux
def test_what_goes_wrong_in_a_copy_is_told_here() -> None:
    def fail() -> None:
        raise ValueError("no such colour")

    assert [one.failure for one in drawn([*pictures(1), *pictures(1, fail)])] == ["", "ValueError: no such colour"]


@pytest.mark.parametrize("why", ["another system", "one core"])
def test_where_there_can_be_no_copy_all_is_drawn_here(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    monkeypatch.setattr(beside, "_by_a_copy", None)
    if why == "one core":
        monkeypatch.setattr(beside, "usable_cores", lambda: 1)
    else:
        monkeypatch.setattr(sys, "platform", "win32")
    assert [len(one.files) for one in drawn(pictures(2))] == [2, 2]


@linux
@pytest.mark.parametrize("what", ["Process.start", "Pipe"])
def test_where_the_system_allows_no_copy_all_is_drawn_here(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    context = multiprocessing.get_context("fork")
    if what == "Pipe":
        monkeypatch.setattr(type(context), "Pipe", refused)
    else:
        monkeypatch.setattr(context.Process, "start", refused)
    assert drawn(pictures(3)) == [picture.drawn() for picture in pictures(3)]


@linux
def test_in_a_daemonic_process_all_is_drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    assert len(drawn(pictures(3))) == 3


def test_a_page_and_its_files_are_the_same_whoever_draws(tmp_path: Path) -> None:
    found: dict[bool, dict[str, bytes]] = {}
    for by_two in (False, True):
        folder = Folder(tmp_path / str(by_two))
        folder.root.mkdir()
        publish(STORY._replace(pictures=pictures(3)), folder, drawn if by_two else None)
        files = [path for path in folder.root.rglob("*") if path.is_file()]
        found[by_two] = {path.relative_to(folder.root).as_posix(): path.read_bytes() for path in files}
    assert len(found[True]) == 7
    assert found[True] == found[False]


@linux
def test_a_copy_that_is_killed_while_it_sends_is_lost_and_no_more() -> None:
    here, there = multiprocessing.Pipe(duplex=False)
    os.write(there.fileno(), (1000).to_bytes(4, "big") + b"a part")
    there.close()
    assert beside._taken(here, 1.0) is None


KILLED = """
import sys, time
from revsim.reports import beside
from tests.reports.test_beside import large, pictures
beside.usable_cores = lambda: 2
with beside._by_a_copy(pictures(2, large)) as copy:
    print(sys.modules["multiprocessing"].active_children()[0].pid, flush=True)
    time.sleep(60.0)
"""


def large() -> None:
    """So long that it is not done when the other process is killed."""
    time.sleep(1.0)


@linux
@pytest.mark.parametrize("is_drawing", [True, False])
def test_a_copy_ends_when_the_process_that_it_is_a_copy_of_is_killed(*, is_drawing: bool) -> None:
    program = KILLED if is_drawing else KILLED.replace("(2, large)", "(16)")  # more than a pipe holds
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        copy = int(parent.stdout.readline())
        time.sleep(0.3 if is_drawing else 2.0)
        parent.kill()
    assert is_gone(copy)


def is_gone(process: int) -> bool:
    """Whether a process ends within seconds; what nobody has waited for counts as ended."""
    for _ in range(50):
        try:
            if Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    os.kill(process, 9)
    return False
