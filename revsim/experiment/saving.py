"""Keep a study that ran without a folder of its own."""

from __future__ import annotations

from revsim.experiment.plan import Plan
from revsim.experiment.session import Finished, session
from revsim.store.kept import Kept
from revsim.store.layout import Folder
from revsim.store.ledger import Failed, Run
from revsim.store.results import Store
from revsim.store.rows import Rows


def save(plan: Plan, finished: Finished, folder: Folder) -> Finished:
    """Add to a folder what it does not have of a finished study; all that stands there then, which may be more.

    Raises UserError if the folder is unfit, in use, holds another study, or cannot be written.
    """
    contents = dict(plan.contents)
    with session(plan, folder) as work:
        for content, name in {content: name for name, content in plan.contents}.items():
            _add(work.store, finished.rows, name, content)
        failed = [Failed(Run(contents[one.scenario], one.replication), *one[2:]) for one in finished.failed]
        work.store.keep_failed(failed)
        return work.finish()


def _add(store: Store, rows: Rows | Kept, name: str, content: str) -> None:
    """The rows of one scenario, under its content, as one part."""
    numbers = rows.quarters.loc[rows.quarters["scenario"] == name, "replication"].unique()
    runs = [run for run in (Run(content, int(number)) for number in numbers) if not store.has(run)]
    fresh = {run.replication for run in runs}
    mine = [frame[(frame["scenario"] == name) & frame["replication"].isin(fresh)] for frame in rows]
    store.keep(Rows(*(frame.rename(columns={"scenario": "content"}).assign(content=content) for frame in mine)), runs)
