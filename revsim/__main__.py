"""`python -m revsim`: the command, where it is not on the path."""

from __future__ import annotations

from revsim.cli.start import main

if __name__ == "__main__":
    main()
