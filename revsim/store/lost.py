"""A results folder that went away while revsim worked there."""

from __future__ import annotations

from revsim.errors import IncompleteError
from revsim.store.layout import Folder


def lost(folder: Folder) -> IncompleteError:
    """What to say of it."""
    return IncompleteError(
        f"{folder.root}: was removed, moved or replaced while revsim worked there, so that it stopped.\n"
        "  What was done is lost with it, or lies where it was moved to. The same command begins anew."
    )
