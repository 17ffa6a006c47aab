"""revsim: how design choices of a revenue system change the variance of its forecast.

Names are loaded when they are first used, so that `import revsim` costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers read it; `typing` takes longer than all else before signals are heard
if TYPE_CHECKING:
    from typing import Any

    from revsim.api import Scenario, Study, compare, load, run
    from revsim.studies.attribution import attribute
    from revsim.studies.frontier import frontier
    from revsim.studies.members import plausible
    from revsim.studies.parts import parts
    from revsim.studies.screen import screen
    from revsim.studies.stress import stress
    from revsim.studies.sweep import sweep
    from revsim.studies.worlds import worlds

__all__ = [
    "Scenario",
    "Study",
    "__version__",
    "attribute",
    "compare",
    "frontier",
    "load",
    "parts",
    "plausible",
    "run",
    "screen",
    "stress",
    "sweep",
    "worlds",
]
PLACES = {
    **dict.fromkeys(("Scenario", "Study", "compare", "load", "run"), "revsim.api"),
    "attribute": "revsim.studies.attribution",
    "plausible": "revsim.studies.members",
    **{name: f"revsim.studies.{name}" for name in ("frontier", "parts", "screen", "stress", "sweep", "worlds")},
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute
    """Load a public name."""
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - heavy: only when it is used

        try:
            return version("revsim")
        except PackageNotFoundError:
            return "0+unknown"
    if name in PLACES:
        from importlib import import_module  # noqa: PLC0415 - heavy: only when it is used

        return getattr(import_module(PLACES[name]), name)
    raise AttributeError(f"module 'revsim' has no attribute '{name}'")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
