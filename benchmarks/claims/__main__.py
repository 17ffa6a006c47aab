"""Ask every claim of docs/protocol.md: `python benchmarks/claims [--replications 2000] [--only 3,7] [--keep]`."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from claims.command import main

    main()
