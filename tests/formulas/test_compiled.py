"""Every formula is one function: called plain and inlined in compiled code it gives the same bits."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable

import numpy as np
import pytest

import revsim.formulas
from revsim.formulas import _formula
from revsim.machine.kernel import share

for module in pkgutil.iter_modules(revsim.formulas.__path__):
    importlib.import_module(f"revsim.formulas.{module.name}")
share(_formula.FORMULAS)

POINTS = 400
# Domains other than (0, 1): what a formula may be given.
WIDE = {
    "start": (0.0, 500.0), "end": (0.0, 600.0),
    "duration": (0.0, 200.0), "quarter": (65.0, 65.0), "window": (5.0, 20.0),
    "speed": (1.0, 4.0), "tenure": (0.0, 300.0), "ramp_days": (1.0, 200.0), "plan": (1e6, 2e6), "level": (1e6, 2e6),
    "weeks": (1.0, 8.0), "half_life": (1.0, 40.0), "recovery": (2.0, 20.0), "drain": (2.0, 20.0), "hours": (1.0, 40.0),
    "weeks_left": (0.0, 13.0), "cadence": (1.0, 52.0), "ungoverned": (13.0, 52.0), "age": (1.0, 200.0),
    "norm": (1.0, 90.0),
    "elapsed": (0.0, 50.0), "median": (1.0, 50.0), "mean": (0.1, 50.0), "sigma": (0.1, 2.0), "x": (-3.0, 3.0),
    "days_left": (-5.0, 65.0), "days_needed": (0.0, 90.0), "repeats": (0.0, 6.0), "memory": (10.0, 100.0),
    "floor": (-3.0, 8.0), "last": (3.0, 3.0), "progress": (-2.0, 6.0), "draw": (-3.0, 3.0), "gap": (-1.0, 1.0),
}  # fmt: skip


def scalar(function: Callable[..., float]) -> bool:
    """Whether all arguments are numbers (polynomial takes a tuple, and is tested through `normal`)."""
    return all("tuple" not in str(p.annotation) for p in inspect.signature(function).parameters.values())


FORMULAS = [function for function in _formula.FORMULAS if scalar(function)]


@pytest.mark.parametrize("function", FORMULAS, ids=lambda function: f"{function.__module__}.{function.__name__}")
def test_plain_and_compiled_give_the_same_bits(function: Callable[..., float]) -> None:
    import numba

    names = list(inspect.signature(function).parameters)
    generator = np.random.default_rng(len(names))
    unit = (0.01, 0.99)
    of_energy = function.__module__.endswith("energy")
    spans = [unit if of_energy and name == "x" else WIDE.get(name, unit) for name in names]
    rows = np.column_stack([generator.uniform(*span, POINTS) for span in spans])
    arguments = ", ".join(f"rows[i, {k}]" for k in range(len(names)))
    source = f"def loop(rows, out):\n    for i in range(rows.shape[0]):\n        out[i] = function({arguments})\n"
    space: dict[str, object] = {"function": function}
    exec(source, space)  # noqa: S102 - one driver a formula, as it would be called in an engine
    out = np.empty(POINTS)
    numba.njit(space["loop"])(rows, out)
    plain = np.array([float(function(*(float(value) for value in row))) for row in rows])
    assert np.array_equal(plain, out, equal_nan=True)


def test_every_formula_file_registers_something() -> None:
    files = {module.name for module in pkgutil.iter_modules(revsim.formulas.__path__)} - {"_formula"}
    assert files == {function.__module__.rsplit(".", 1)[1] for function in _formula.FORMULAS}
