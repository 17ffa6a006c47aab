"""Whether this process may have the memory that a study takes: libraries that run out of it end it without a word."""

from __future__ import annotations

from revsim.errors import UserError

LEAST = 1_150_000_000  # bytes of address space: the least with which a small study ran, libraries included


def check_memory_limit() -> None:
    """Raise UserError where a limit of this process (`ulimit -v`) lets no study end."""
    limit = _limit()
    if limit is not None and limit < LEAST:
        raise UserError(
            f"there is not enough memory for a study: this process may have {limit // 1_000_000:,} MB of address "
            f"space (`ulimit -v`), and needs {LEAST // 1_000_000:,} MB or more.\n"
            "  Nothing has been run. Raise the limit, or run where there is none."
        )


def _limit() -> int | None:
    """How many bytes of address space this process may have; None where there is no limit, or none is known."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return None
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit
