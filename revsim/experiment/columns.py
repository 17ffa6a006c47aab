"""Columns of one run, as they go from a worker to its parent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Blocks = list[tuple[tuple[str, ...], NDArray[Any]]]


class Table(dict[str, NDArray[Any]]):
    """Arrays of one length by name. Sent as a block for each type: many small ones take long to pack."""

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Self:
        """Columns as plain arrays. Raises ValueError unless they are of one length."""
        plain = cls({name: np.asarray(values) for name, values in columns.items()})
        if len({len(values) for values in plain.values()}) > 1:
            lengths = {name: len(values) for name, values in plain.items()}
            raise ValueError(f"columns of different lengths: {lengths}")
        return plain

    def __reduce__(self) -> tuple[Any, ...]:
        """As pickle asks for it."""
        alike: dict[tuple[Any, ...], list[str]] = {}
        for name, values in self.items():
            alike.setdefault((values.dtype, *values.shape), []).append(name)
        blocks = [(tuple(names), np.array([self[name] for name in names])) for names in alike.values()]
        return _unpacked, (tuple(self), blocks)


def _unpacked(names: tuple[str, ...], blocks: Blocks) -> Table:
    found = {name: row for inside, block in blocks for name, row in zip(inside, block, strict=True)}
    return Table((name, found[name]) for name in names)
