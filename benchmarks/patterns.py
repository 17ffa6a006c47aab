"""The pattern table of a baseline: what a believable company shows, and what this one shows.

python benchmarks/patterns.py [replications] [scenario]
"""

from __future__ import annotations

import sys

import revsim
from revsim.analysis.patterns import BASELINE, FRICTIONLESS, ONE_MORE, UNOWNED, Frames, patterns

REPS = "world.sales.reps"
NO_OWNER = {"world.today.design.owned_handoffs.marketing_to_sales": 0.0}


def main() -> None:
    """Run the three companies on the same luck and print the table."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    file = sys.argv[2] if sys.argv[2:] else "scenarios/status-quo.yaml"
    base = revsim.load(file)
    companies = {
        BASELINE: base,
        FRICTIONLESS: revsim.load("scenarios/controls/frictionless.yaml"),
        UNOWNED: base.replace(NO_OWNER, name="No owner"),
        ONE_MORE: base.replace({REPS: base.resolved.world.sales.reps.value + 1}, name="One more rep"),
    }
    frames: Frames = {}
    for name, company in companies.items():
        study = revsim.run(company, replications=replications, seed=1)
        frames[name] = (study.quarters, study.weeks)
    print(f"{'pattern':40} {'range':>16} {'measured':>9}  met")
    for pattern in patterns(frames, base.resolved.world.people.margin.value):
        span = f"{pattern.low:g} to {pattern.high:g}"
        print(f"{pattern.name:40} {span:>16} {pattern.value:9.3f}  {'yes' if pattern.met else 'NO'}")


if __name__ == "__main__":
    main()
