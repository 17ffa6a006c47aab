"""Outcomes as they come go to the store in parts, so that memory holds one part and a crash costs no more than that."""

from __future__ import annotations

import time
from collections.abc import Mapping

from revsim.experiment.frames import rows_of
from revsim.experiment.task import Outcome
from revsim.store.ledger import Failed, Run
from revsim.store.results import Store

BATCH = 250  # runs in a part
SOON, LATE = 5.0, 60.0  # seconds after which a part is written though it is small: at first, and in a long study
SHARE = 0.02  # of the time gone, between the two: small parts stay few


class Keeper:
    """What is not yet in the store."""

    def __init__(self, store: Store, contents: Mapping[str, str]) -> None:
        """`contents` is the content of each scenario by name."""
        self._store, self._contents = store, contents
        self._batch: list[Outcome] = []
        self._runs = 0  # in the batch
        self._begun = self._since = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Take one; write a part when it is large or old."""
        fresh = {
            content: tables
            for content, tables in outcome.tables.items()
            # where one scenario had failed, the others are there already
            if not self._store.has(Run(content, outcome.replication))
        }
        self._batch.append(outcome._replace(tables=fresh))
        self._runs += len(fresh)
        if self._runs >= BATCH or time.monotonic() - self._since > self._patience():
            self.flush()

    def _patience(self) -> float:
        return min(LATE, max(SOON, SHARE * (time.monotonic() - self._begun)))

    def flush(self) -> None:
        """Write what is there. Raises UserError where it cannot be written: it is to be run again."""
        runs, rows = rows_of(self._batch)
        failed = [
            Failed(Run(self._contents[failure.scenario], failure.replication), *failure[2:])
            for outcome in self._batch
            for failure in outcome.failures
        ]
        self._store.keep(rows, runs)
        self._store.keep_failed(failed)
        # only now: Ctrl-C in the middle must not lose what the last flush can still keep
        self._batch, self._runs, self._since = [], 0, time.monotonic()
