"""Whose rows a table holds: the seed and the version of results, kept in the file beside the content of each row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

KEY = b"revsim"


class Stamp(NamedTuple):
    """What makes rows of a content these rows and no others."""

    seed: int
    code: str

    @property
    def metadata(self) -> dict[bytes, bytes]:
        """As it stands in a Parquet file."""
        return {KEY: json.dumps(self._asdict(), sort_keys=True).encode()}

    def is_of(self, metadata: Mapping[bytes, bytes] | None) -> bool:
        """Whether a Parquet file's metadata says the same."""
        return (metadata or {}).get(KEY) == self.metadata[KEY]
