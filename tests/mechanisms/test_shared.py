"""What both engines share is whole: every rule is handed on, every question has an answer, names are the same."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import numpy as np
import pytest

import revsim.mechanisms
from revsim.compiled import layout
from revsim.compiled.port import ANSWERS
from revsim.contract.of_scenario import parameters_of
from revsim.mechanisms import port
from revsim.mechanisms._mechanism import MECHANISMS
from revsim.mechanisms.customers import Customer
from revsim.mechanisms.firm import Firm
from revsim.mechanisms.history import Quarter
from revsim.mechanisms.person import Person
from revsim.mechanisms.signal import Signal, signals_of
from revsim.mechanisms.state import State
from tests.model.busy import busy
from tests.tiny import tiny

OPENING = {"signals_of"}  # called once, before a run
QUESTIONS = sorted(Firm.__abstractmethods__ - {"now"})  # `now` is a field of the record


def rules() -> Iterator[Callable[..., Any]]:
    """All functions of the files of rules."""
    for module in pkgutil.iter_modules(revsim.mechanisms.__path__):
        if not module.name.startswith("_") and module.name != "port":
            found = importlib.import_module(f"revsim.mechanisms.{module.name}")
            yield from (
                function for _, function in inspect.getmembers(found, inspect.isfunction)
                if function.__module__ == found.__name__ and function.__name__ not in OPENING
            )  # fmt: skip


def test_every_rule_is_handed_to_the_compiled_engine_and_stays_a_plain_function() -> None:
    assert {(rule.__module__, rule.__name__) for rule in rules()} == {
        (rule.__module__, rule.__name__) for rule in MECHANISMS
    }
    assert all(type(rule) is FunctionType for rule in MECHANISMS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_rules_ask_for_both_engines_answer(question: str) -> None:
    assert getattr(port, question) in ANSWERS


def test_nobody_answers_what_nobody_asks() -> None:
    assert sorted(asked.__name__ for asked in ANSWERS) == QUESTIONS


@pytest.mark.parametrize(
    ("names", "record"),
    [
        (vars(State(parameters_of(tiny()))), layout.FIRM),
        (Person.__slots__, layout.PERSON),
        (Customer.__slots__, layout.CUSTOMER),
        (Signal.__slots__, layout.SIGNAL),
        (vars(Quarter(4)), layout.QUARTER),
    ],
    ids=["firm", "person", "customer", "signal", "quarter"],
)
def test_records_have_the_fields_that_rules_know(names: Any, record: np.dtype[np.void]) -> None:
    assert set(names) - set(record.names or ()) == set()


def test_both_engines_start_from_the_same_state() -> None:
    from revsim.compiled.company import first_room
    from revsim.compiled.memory import memory_for

    p = parameters_of(busy())
    firm = memory_for(p, first_room(p)).firms[0]
    for name, value in vars(State(p)).items():
        if not hasattr(value, "_fields"):
            kept = firm[name] if np.ndim(value) == 0 else firm[name][: len(value)]
            assert np.array_equal(kept, value), name
    assert firm["design"]["levers"].tolist() == list(p.today.design.levers)


def test_signals_of_one_loop_are_cut_together() -> None:
    loops = parameters_of(tiny()).loops
    closed = sum(signal.closed for signal in signals_of(loops._replace(energy=True)))
    assert closed - sum(signal.closed for signal in signals_of(loops._replace(energy=False))) == 3
