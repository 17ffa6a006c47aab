"""Workers that begin before their task is known: taken by the study inside, ended where there is none for them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from revsim.cli.study import workers_meanwhile
from revsim.errors import UserError
from revsim.experiment import ahead
from revsim.experiment.ahead import hands_for, workers_ahead
from revsim.experiment.executors import execute
from tests.experiment.fake import Firm, plan

TASK = plan({"base": Firm()}, 6).task


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if machine code were kept; it is not looked for here."""
    monkeypatch.setattr(ahead, "is_kept", lambda engine: engine != "simpy")
    monkeypatch.setattr(ahead, "have_at_hand", print)
    before = set(multiprocessing.active_children())
    yield
    assert not ahead._waiting
    assert set(multiprocessing.active_children()) <= before


def test_those_that_have_begun_are_taken_once_and_then_are_the_taker_s() -> None:
    with workers_ahead("auto", 2):
        [waiting] = ahead._waiting
        assert hands_for(2) is waiting
        other = hands_for(2)
        assert other is not waiting
    assert waiting.do(abs, -3).result() == 3
    waiting.stop()
    other.stop()


def test_those_that_are_too_many_or_few_are_ended() -> None:
    with workers_ahead("auto", 2):
        [waiting] = ahead._waiting
        found = hands_for(3)
        with pytest.raises(RuntimeError):
            waiting.do(abs, -3)
    found.stop()


def test_a_study_inside_finds_what_it_finds_without() -> None:
    with workers_ahead("auto", 2):
        found = sorted(outcome.replication for outcome in execute(TASK, list(range(6)), 2))
        assert not ahead._waiting
    assert found == list(range(6))


def test_where_what_is_inside_fails_none_is_left() -> None:
    with pytest.raises(UserError), workers_ahead("auto", 2):
        raise UserError("no such file")


@pytest.mark.parametrize(("engine", "many"), [("simpy", 2), ("auto", 1)])
def test_none_begin_where_they_would_be_of_no_use(engine: str, many: int) -> None:
    with workers_ahead(engine, many):
        assert not ahead._waiting


def test_a_command_begins_none_where_all_may_be_done_already(tmp_path: Path) -> None:
    with workers_meanwhile(str(tmp_path), "auto", 2, 400):
        assert not ahead._waiting
    with workers_meanwhile(None, "auto", 2, 400):
        assert not ahead._waiting
    with workers_meanwhile(str(tmp_path / "new"), "auto", 2, 400):
        assert len(ahead._waiting) == 1


def test_workers_that_die_at_once_are_left_to_whoever_makes_a_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(ahead.Hands, "do", broken)
    with workers_ahead("auto", 2):
        reached = True
    assert reached


def test_a_worker_that_cannot_be_started_counts_as_one_that_died(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("handle is closed")

    hands = ahead.Hands(2)
    monkeypatch.setattr(hands._pool, "submit", refused)
    with pytest.raises(BrokenProcessPool, match="handle is closed"):
        hands.do(abs, -3)
    hands.stop()
