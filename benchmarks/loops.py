"""The headline with each feedback loop cut: which loop makes a result.

    python benchmarks/loops.py [replications]

For every loop the three shipped scenarios are compared on the same luck with that loop cut in all of them; printed is
forecast variance at mid-quarter of each remedy against the status quo, with its paired 95 % interval.
"""

from __future__ import annotations

import sys

import revsim

LOOPS = (
    "none", "pressure", "plan_ratchet", "number_used", "disagreement", "trust", "learning", "follow_up", "energy",
    "hours", "attainment", "revision",
)  # fmt: skip
FILES = ("scenarios/status-quo.yaml", "scenarios/coordination.yaml", "scenarios/design.yaml")
HEADLINE = "forecast_variance_week_7"


def main() -> None:
    """Print the table."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"{'loop cut':14} {'status quo V':>12}   {'coordination':>24} {'design':>24}")
    for loop in LOOPS:
        sets = () if loop == "none" else (f"world.loops.{loop}=cut",)
        study = revsim.compare([revsim.load(file, sets) for file in FILES], replications=replications, seed=1)
        effects = study.effects().set_index(["scenario", "measure"])
        level = study.summary().set_index(["scenario", "measure"]).loc[("Status quo", HEADLINE), "estimate"]
        cells = [effects.loc[(name, HEADLINE)] for name in ("Coordination", "Design")]
        words = [
            f"{100 * c.relative:+5.0f} % ({100 * c.relative_low:+.0f} to {100 * c.relative_high:+.0f})" for c in cells
        ]
        print(f"{loop:14} {level:12.5f}   {words[0]:>24} {words[1]:>24}", flush=True)


if __name__ == "__main__":
    main()
