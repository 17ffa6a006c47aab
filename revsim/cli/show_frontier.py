"""A frontier on stdout, as text or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.analysis.phrases import change_words
from revsim.analysis.words import bracket, short, together
from revsim.cli.reading import print_table, print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.analysis.frontier_rows import Shown as Row
    from revsim.analysis.interval import Interval
    from revsim.studies.frontier import FrontierStudy

HEAD = ("mix", "cost", "net value without renewals", "in the search", "net value", "forecast variance, week 7")


def _text(answer: FrontierStudy) -> None:
    print_table(HEAD, map(_cells, answer.rows))
    print_text("\n" + "\n".join(answer.sentences))
    print_text("\nLevers of each mix: frontier.csv; all that was tried: search.csv")


def _cells(row: Row) -> tuple[str, ...]:
    nets = (_sum(row.net_value_without_renewals), short(row.asked.in_search), _sum(row.net_value))
    return (row.asked.scenario, short(row.cost.estimate), *nets, change_words(row.forecast_variance))


def _sum(part: Interval) -> str:
    middle, low, high = together(part)
    return f"{middle}{bracket(low, high)}"


def _data(answer: FrontierStudy) -> dict[str, Any]:
    return {"base": answer.base.name, "rows": records(answer.frames["frontier"])}


SHOWN = Shown(_text, _data)
