"""Numbers that both words of the company have, each its own: `qualified` and `commit`."""

from __future__ import annotations


def both_words(name: str, value: float) -> dict[str, float]:
    """The same number for both, by their addresses."""
    return {f"world.definitions.{word}_{name}": value for word in ("qualified", "commit")}
