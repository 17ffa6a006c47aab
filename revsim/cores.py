"""How many processor cores this process may use: fewer than the machine has, in a container or on a shared machine."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path

MOST_PER_CORE = 4  # more processes than this only take memory
FEWEST = 4  # processes that are granted on any machine
CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUP = Path("/proc/self/cgroup")


def usable_cores() -> int:
    """The cores that this process may use at once, 1 at least."""
    return max(1, min([_cores_by_affinity(), *_cores_by_quota()]))


def counted_cores() -> int:
    """The cores of the machine."""
    return os.cpu_count() or 1


def most_workers() -> int:
    """How many worker processes are of any use here."""
    return max(FEWEST, MOST_PER_CORE * usable_cores())


def _cores_by_affinity() -> int:
    count = getattr(os, "process_cpu_count", None)  # from Python 3.13 on; it knows PYTHON_CPU_COUNT as well
    if count is not None:
        return count() or 1
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # not on every system
        return counted_cores()


def _cores_by_quota() -> list[int]:
    """What the control groups of this process allow, from its own up to the root; version 2 of them alone."""
    try:
        lines = OWN_CGROUP.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
    own = next((line[3:] for line in lines if line.startswith("0::/")), "/")
    group = CGROUPS / own.lstrip("/")
    found = [_quota(folder / "cpu.max") for folder in (group, *group.parents) if folder.is_relative_to(CGROUPS)]
    return [cores for cores in found if cores is not None]


def _quota(file: Path) -> int | None:
    """Cores by one file, `QUOTA PERIOD` in microseconds; None where there is no limit."""
    try:
        quota, period = file.read_text(encoding="utf-8").split()
        return ceil(int(quota) / int(period))
    except (OSError, ValueError, ZeroDivisionError):  # `max` is no number
        return None
