"""Make the kept screening anew: `make screen`. The report of `compare` tells its ten numbers.

Rows stay in the folder, so that it goes on where it was stopped, and runs nothing again where the model is the same.
"""

from __future__ import annotations

import argparse

import revsim
from revsim.settings import DEFAULT_IN_COMPANY, DEFAULT_TRAJECTORIES
from revsim.store.screening import screening_path, write_screening
from revsim.studies.kept_screening import kept_of


def main() -> None:
    """Run what is missing, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="+", help="the baseline first")
    parser.add_argument("--trajectories", type=int, default=DEFAULT_TRAJECTORIES)
    parser.add_argument("--replications", type=int, default=DEFAULT_IN_COMPANY)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--out", default="results/screening")
    given = parser.parse_args()
    study = revsim.screen(
        given.scenarios,
        trajectories=given.trajectories,
        replications=given.replications,
        seed=given.seed,
        workers=given.workers,
        out=given.out,
    )
    kept = kept_of(study)
    write_screening(kept, screening_path())
    print("\n".join(study.sentences))
    print(f"{len(kept.drivers)} of {kept.numbers} numbers: {screening_path()}")


if __name__ == "__main__":
    main()
