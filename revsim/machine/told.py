"""What machine code depends on beside the sources, told without importing numba: that takes longer than all else here.

Only where nobody has set anything of numba's. Whoever has imported it, or set anything, is told by numba itself.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

PACKAGES = ("numba", "llvmlite", "numpy")  # a change of any may break the first
OWN_FILE = ".numba_config.yaml"  # read by numba where the process stands
OWN_VARIABLES = "NUMBA_"
PROCESSORS = Path("/proc/cpuinfo")
KIND = ("vendor_id", "cpu family", "model", "model name", "flags")
KIND_OF_ARM = ("CPU implementer", "CPU architecture", "CPU variant", "CPU part", "Features")


def is_plain() -> bool:
    """Whether numba is there, not imported yet, of a known version, and as its makers set it."""
    is_set = Path(OWN_FILE).exists() or any(name.startswith(OWN_VARIABLES) for name in os.environ)
    return not is_set and "numba" not in sys.modules and None not in (version_of(name) for name in PACKAGES)


def version_of(package: str) -> str | None:
    """As it was installed; None if it was not."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def packages() -> str:
    """Version and place of all that makes machine code: another one has yet to show that it works."""
    return " ".join(f"{name} {version_of(name)} {_place(name)}" for name in PACKAGES)


def _place(package: str) -> str | None:
    found = find_spec(package)
    return None if found is None else found.origin


@cache
def processor() -> str:
    """Kind and abilities of the processor, as the system lists them; elsewhere as LLVM calls it."""
    try:
        with PROCESSORS.open(encoding="utf-8", errors="replace") as lines:
            # of the first one alone: a list of hundreds takes long
            first = list(takewhile(str.strip, lines))
    except OSError:
        first = []
    told = [line for line in first if line.partition(":")[0].strip() in (*KIND, *KIND_OF_ARM)]
    if told:
        return "".join(told)
    from llvmlite.binding import get_host_cpu_name  # noqa: PLC0415 - nearly as heavy as numba

    name: str = get_host_cpu_name()
    return name
