"""Whether this process may have what a study takes: libraries that run out of it end it without a word, or late."""

from __future__ import annotations

from revsim.errors import UserError

LEAST_MEMORY = 1_150_000_000  # bytes of address space: the least with which a small study ran, libraries included
LEAST_FILES = 32  # open at a time


def check_limits_of_process() -> None:
    """Raise UserError where a limit of this process (`ulimit -v`, `ulimit -n`) lets no study end."""
    memory, files = _limit("RLIMIT_AS"), _limit("RLIMIT_NOFILE")
    if memory is not None and memory < LEAST_MEMORY:
        raise UserError(
            f"there is not enough memory for a study: this process may have {memory // 1_000_000:,} MB of address "
            f"space (`ulimit -v`), and needs {LEAST_MEMORY // 1_000_000:,} MB or more.\n"
            "  Nothing has been run. Raise the limit, or run where there is none."
        )
    if files is not None and files < LEAST_FILES:
        raise UserError(
            f"this process may open {files} files at a time (`ulimit -n`), and a study needs {LEAST_FILES} or more.\n"
            "  Nothing has been run. Raise the limit, or run where there is none."
        )


def _limit(name: str) -> int | None:
    """How much this process may have; None where there is no limit, or none is known."""
    try:
        import resource  # noqa: PLC0415 - not on every system

        limit = resource.getrlimit(getattr(resource, name))[0]
    except (ImportError, AttributeError, OSError):
        return None
    return None if limit == resource.RLIM_INFINITY else limit
