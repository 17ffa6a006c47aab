"""The exceptions of revsim. Library code raises them; only `cli/` prints them.

RevsimError
├── UserError             the user can mend it                     exit code 2
│   ├── ScenarioError     one or more problems in scenario files   exit code 2 (`check`: 1)
│   ├── UnwritableError   the system refuses a file                exit code 2, after a run 3
│   └── UnpairedError     frames that do not share their luck
├── LuckExhausted         more luck is wanted than was drawn; the caller draws again, larger
└── IncompleteError       some replications failed, or the disk took no more; what is done is kept   exit code 3
"""

from __future__ import annotations


class RevsimError(Exception):
    """Anything that revsim raises on purpose."""


class UserError(RevsimError):
    """The user can mend this: the message holds the value, the rule and the way out."""


class ScenarioError(UserError):
    """Problems in scenario files; `problems` holds all of them, sorted by place."""

    def __init__(self, problems: list[object]) -> None:
        """Keep the problems; their text is the message."""
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        """All problems, one after the other."""
        return "\n".join(str(problem) for problem in self.problems)


class UnwritableError(UserError):
    """The system refused to write a file: whoever chose the place can choose another."""


class UnpairedError(UserError):
    """A paired comparison was asked of frames whose replications do not match."""


class LuckExhausted(RevsimError):  # noqa: N818 - it says what happened, and is no mistake of anybody's
    """A purpose ran out of luck: `entity` is the kind that needs more, `wanted` how many."""

    def __init__(self, entity: str, wanted: int) -> None:
        """Say which entity needs how many."""
        self.entity = entity
        self.wanted = wanted
        super().__init__(entity, wanted)  # as given, so that it survives the way from a worker process

    def __str__(self) -> str:
        """The message."""
        return f"luck for {self.wanted} of `{self.entity}` is wanted, fewer were drawn"


class IncompleteError(RevsimError):
    """Some replications failed or could not be kept; the others are kept."""
