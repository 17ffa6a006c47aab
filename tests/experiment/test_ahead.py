"""Workers that begin before their task is known: taken by the study inside, ended where there is none for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from revsim.cli.study import workers_meanwhile
from revsim.errors import UserError
from revsim.experiment import ahead
from revsim.experiment.ahead import idle_workers, workers_ahead
from revsim.experiment.executors import execute
from revsim.experiment.worker_pool import IdleWorkers
from revsim.experiment.worker_process import NoWorkersError
from tests.experiment.fake import Firm, plan

TASK = plan({"base": Firm()}, 6).task


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if machine code were kept; it is not looked for here."""
    monkeypatch.setattr(ahead, "is_kept", lambda engine: engine != "simpy")
    monkeypatch.setattr(ahead, "have_at_hand", print)
    yield
    assert not ahead._waiting


def has_ended(workers: IdleWorkers) -> bool:
    return all(each._process.returncode is not None for each in workers.processes)


def test_those_that_have_begun_are_taken_once_and_then_are_the_taker_s() -> None:
    with workers_ahead("auto", 2):
        [waiting] = ahead._waiting
        assert idle_workers(2) is waiting
        other = idle_workers(2)
        assert other is not waiting
    waiting.processes[0].request(abs, -3)
    waiting.processes[0].answer()  # of what it did meanwhile
    assert waiting.processes[0].answer() == 3
    waiting.stop()
    other.stop()


def test_those_that_are_too_many_or_few_are_ended() -> None:
    with workers_ahead("auto", 2):
        [waiting] = ahead._waiting
        found = idle_workers(3)
        assert has_ended(waiting)
    assert not has_ended(found)
    found.stop()


def test_those_that_nobody_takes_are_ended() -> None:
    with workers_ahead("auto", 2):
        [waiting] = ahead._waiting
        assert not has_ended(waiting)
    assert has_ended(waiting)


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


def test_workers_that_cannot_be_had_are_left_to_whoever_makes_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_many: int) -> IdleWorkers:
        raise NoWorkersError("too many processes")

    monkeypatch.setattr(ahead, "IdleWorkers", refused)
    with workers_ahead("auto", 2):
        assert not ahead._waiting
