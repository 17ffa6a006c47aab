"""Make the shipped plausible set anew: `make plausible`. With --write, the company becomes the middle of its set.

The rule, stated before it is run. A number stays where its value in the file may be the set's median (a sign test,
false discovery rate 5 %); one that moves takes the median, rounded (revsim/analysis/worlds/medians.py). This company
is run like a member. If it is not ruled out it is written: it is the member nearest the medians. If it is, or is no
valid company, the same is tried with each number judged by its own test at 5 %, so that more move; then the nearest
member is written as it is, by the root of the mean squared distance in sd of the set. No outcome of any programme is
looked at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from in_place import with_numbers

import revsim
from revsim.analysis.worlds.implausibility import fits, is_kept, largest, worst
from revsim.analysis.worlds.medians import Middle, nearest, summing_to_one
from revsim.analysis.worlds.table import QUARTERS, WEEKS
from revsim.errors import ScenarioError
from revsim.notices import say
from revsim.scenario.drawing import sharing
from revsim.settings import Settings
from revsim.store.members import set_path, write_set
from revsim.studies.answer import answered
from revsim.studies.members import DEFAULT_JUDGED, MemberStudy, question
from revsim.studies.screening import DEFAULT_MEMBERS, DEFAULT_MOST, Effort
from revsim.studies.shipped_set import kept_of

PLACES = 4  # decimals of a member's shares of a whole


def main() -> None:
    """Draw, run, judge; write the set, and with --write the file."""
    given = _parser().parse_args()
    company = revsim.load(given.scenario)
    settings = Settings(given.replications, given.seed, "auto", given.workers)
    study = answered(question(company, Effort(given.members, given.most), settings, say), given.out)
    print("\n".join([study.ruling.to_string(index=False), *study.sentences, *study.notes]))
    if given.write:
        company = _rewritten(study, middle(study, settings), Path(given.write))
    path = set_path(given.scenario)
    write_set(kept_of(study, company), path)
    print(f"{len(study.members)} companies: {path}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="status-quo.yaml")
    parser.add_argument("--write", metavar="FILE", help="the scenario's file, whose numbers are changed in place")
    parser.add_argument("--members", type=int, default=DEFAULT_MEMBERS)
    parser.add_argument("--most", type=int, default=DEFAULT_MOST)
    parser.add_argument("--replications", type=int, default=DEFAULT_JUDGED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--out", help="a results folder; none unless said")
    return parser


def middle(study: MemberStudy, settings: Settings) -> dict[str, float]:
    """What is to be written, by address: the rounded medians, or the nearest member."""
    for each_alone in (False, True):
        moved = {one.address: one.new for one in study.middles_by(each_alone=each_alone) if one.moves}
        if _is_plausible(study, moved, settings):
            return moved
    place = nearest(study.values, study.middles)
    print(f"The rounded medians are no company that can be kept; the nearest member, {place + 1}, is taken.")
    member = study.values.iloc[place]
    as_found = [one._replace(new=float(member[one.address])) for one in study.middles]
    rounded = summing_to_one(as_found, sharing(study.company.resolved), PLACES)
    return {one.address: float(f"{one.new:.6g}") for one in rounded if one.moves}


def _is_plausible(study: MemberStudy, changes: dict[str, float], settings: Settings) -> bool:
    """Whether the company with these numbers is valid, and not ruled out by as many replications as a member."""
    try:
        company = study.company.replace(changes)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return False
    rows = revsim.run(
        company, replications=settings.replications, seed=settings.seed, workers=settings.workers, continuations=0
    ).finished.rows
    found = fits(rows.of_quarters(QUARTERS), rows.of_weeks(WEEKS))
    print(f"The rounded medians: implausibility {largest(found):.2f} ({worst(found)}), by pattern:")
    print("\n".join(f"  {one.pattern.name:40} {one.pattern.value:10.4g} {one.implausibility:6.2f}" for one in found))
    return is_kept(found)


def _rewritten(study: MemberStudy, changes: dict[str, float], path: Path) -> revsim.Scenario:
    """The file with these numbers, and the company that it then is."""
    there: dict[str, Middle] = {one.address: one for one in study.middles}
    for address, value in changes.items():
        print(f"  {address}: {there[address].value:g} -> {value:g}")
    path.write_text(with_numbers(path.read_text(encoding="utf-8"), changes), encoding="utf-8")
    print(f"{len(changes)} of {len(there)} numbers are written to {path}")
    return revsim.load(path)


if __name__ == "__main__":
    main()
