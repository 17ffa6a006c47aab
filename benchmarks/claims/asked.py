"""All claims and questions, by number."""

from __future__ import annotations

from claims import by_coordination, by_lever, by_people, by_severity
from claims.claim import Claim

NO_CLAIM = Claim(
    14, "Executives fund risk reduction", "not run", lambda _: [], (), not_asked="no claim about the model"
)
ALL_CLAIMS = sorted(
    [*by_severity.CLAIMS, *by_lever.CLAIMS, *by_coordination.CLAIMS, *by_people.CLAIMS, NO_CLAIM],
    key=lambda claim: claim.number,
)


def chosen(numbers: set[int] | None = None) -> list[Claim]:
    """Those with these numbers, or all. Raises ValueError for a number that is nobody's."""
    known = {claim.number for claim in ALL_CLAIMS}
    if numbers and not numbers <= known:
        raise ValueError(f"--only {sorted(numbers - known)}: must be numbers of {min(known)} to {max(known)}.")
    return [claim for claim in ALL_CLAIMS if not numbers or claim.number in numbers]
