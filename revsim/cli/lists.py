"""`revsim show --list` and `revsim show --measures`: the names that other commands take."""

from __future__ import annotations

from typing import NamedTuple

from revsim.cli.reading import print_json, print_table


class Named(NamedTuple):
    """A measure as --require and effects.csv name it; `better` is lower, higher, or - for one that is not judged."""

    name: str
    unit: str
    better: str
    title: str


def list_scenarios(*, as_json: bool) -> None:
    """Every shipped scenario with its reason, then the sweeps, which only `revsim sweep` runs."""
    from revsim.scenario.catalogue import catalogue, sweeps  # noqa: PLC0415 - not on the way to --help

    entries, more = catalogue(), sweeps()
    if as_json:
        listed = {"scenarios": [one._asdict() for one in entries], "sweeps": [one._asdict() for one in more]}
        print_json({"schema": "revsim.scenarios/1", **listed})
    else:
        told = [one._replace(why=f"A sweep, for revsim sweep: {one.why}") for one in more]
        print_table(("file", "name", "why"), [*entries, *told])


def list_measures(*, as_json: bool) -> None:
    """Every measure with unit and direction."""
    found = measures()
    if as_json:
        print_json({"schema": "revsim.measures/1", "measures": [one._asdict() for one in found]})
    else:
        print_table(Named._fields, found)


def measures() -> list[Named]:
    """All measures, headline first; `money` stands for the scenario's currency, `share^2` for a variance."""
    from revsim.analysis.estimates import FORM_WORDS, MEASURES  # noqa: PLC0415 - not on the way to --help
    from revsim.analysis.forecasting import DATES  # noqa: PLC0415 - as above
    from revsim.analysis.skill import NAIVE  # noqa: PLC0415 - as above
    from revsim.analysis.tail import TITLES  # noqa: PLC0415 - as above
    from revsim.analysis.variance import WEEKS_SHOWN  # noqa: PLC0415 - as above

    variances = [
        Named(f"forecast_variance_week_{week}{form}", "share^2", "lower", f"Forecast variance {DATES[week]}{words}")
        for week in WEEKS_SHOWN
        for form, words in FORM_WORDS.items()
    ]
    skills = [
        Named(f"forecast_skill_week_{week}{form}", "share", "higher", f"Forecast skill {DATES[week]}, against {naive}")
        for week in WEEKS_SHOWN
        for form, naive in NAIVE.items()
    ]
    plain = [Named(one.name, one.unit, one.better or "-", one.title) for one in MEASURES]
    tails = [Named(name, "money/quarter", "lower", title) for name, title in TITLES.items()]
    return [*variances, *skills, *plain, *tails]
