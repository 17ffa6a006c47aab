"""What is kept when something stops a command, in words."""

from __future__ import annotations

from revsim.errors import UserError

TYPE_CHECKING = False  # as type checkers read it; the command begins here
if TYPE_CHECKING:
    from revsim.store.layout import Folder

BEGINS = "Nothing has been run yet; the same command begins anew."
GOES_ON = "{done} of {wanted} replications are kept in {root}; the same command goes on from there."
SOME = "What is done is kept in {root}; the same command goes on from there."
WRITES = "All {done} replications are kept in {root}; the same command writes the report."
TELLS = "The study is kept in {root}; the same command tells the answer again."

_with_rows: list[Folder] = []  # of this command's study, once all its rows are kept
_has_begun: list[bool] = []  # whether it has any row


def kept_words() -> str:
    """What is kept of this command's study, in words; empty where there is nothing."""
    from revsim.paths import display_path  # noqa: PLC0415 - not where the command begins

    return TELLS.format(root=display_path(_with_rows[0].root)) if _with_rows else ""


def remember(folder: Folder) -> None:
    """Rows of this command's study are kept in a folder."""
    _with_rows[:] = [folder]


def note_first_row() -> None:
    """From now on what the system refuses leaves this command's study incomplete."""
    _has_begun[:] = [True]


def is_after_first_row() -> bool:
    """Whether this command's study has any row; it takes no memory to say so."""
    return bool(_has_begun or _with_rows)


def forget_study() -> None:
    """A new command begins."""
    _with_rows.clear()
    _has_begun.clear()


def words_for(folder: Folder) -> str:
    """How much of a study is kept in its folder, and how to go on."""
    from revsim.paths import display_path  # noqa: PLC0415 - not where the command begins

    done, wanted = counts(folder)
    if not done and is_after_first_row():  # the manifest cannot be read any more
        return SOME.format(root=display_path(folder.root))
    words = BEGINS if not done else GOES_ON if done < wanted else WRITES
    return words.format(done=done, wanted=wanted, root=display_path(folder.root))


def counts(folder: Folder) -> tuple[int, int]:
    """How many replications are done and wanted, as the manifest says."""
    from revsim.store.manifest import read_manifest  # noqa: PLC0415 - not on the way to --help

    try:
        there = read_manifest(folder.manifest)
    except (UserError, OSError):
        there = None
    return (0, 0) if there is None else (there.replications, there.replications_wanted)
