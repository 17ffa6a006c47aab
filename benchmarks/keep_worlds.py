"""Make the kept result over plausible companies anew: `make kept`. `compare` tells it beside intervals of chance.

Rows stay in the folder, so that it goes on where it was stopped, and runs nothing again where the model is the same.
"""

from __future__ import annotations

import argparse

import revsim
from revsim.store.plausible import kept_path, write_kept
from revsim.studies.plausible import kept_of


def main() -> None:
    """Run what is missing, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="+", help="the baseline first")
    parser.add_argument("--worlds", type=int, default=60)
    parser.add_argument("--replications", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--out", default="results/kept")
    given = parser.parse_args()
    study = revsim.worlds(
        given.scenarios,
        worlds=given.worlds,
        replications=given.replications,
        seed=given.seed,
        workers=given.workers,
        out=given.out,
    )
    kept = kept_of(study)
    write_kept(kept, kept_path())
    print(f"{kept.companies} of {kept.worlds} companies are plausible; {len(kept.contests)} contests: {kept_path()}")


if __name__ == "__main__":
    main()
