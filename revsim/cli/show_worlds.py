"""What holds over worlds, on stdout as text or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revsim.cli.reading import print_text
from revsim.cli.show_answer import Shown, records

if TYPE_CHECKING:
    from revsim.studies.worlds import WorldStudy


def _text(answer: WorldStudy) -> None:
    for sentence in answer.sentences:
        print_text(sentence)
    print_text(f"\n{answer.found.judged} worlds. {answer.origin_words}")


def _data(answer: WorldStudy) -> dict[str, Any]:
    found = answer.found
    return {
        "baseline": answer.base.name,
        "scenarios": [each.name for each in answer.scenarios],
        "worlds": len(answer.drawn.values),
        "judged": found.judged,
        "from_plausible_set": answer.drawn.origin.is_set,
        "plausible": found.plausible,
        "shares": records(found.shares),
        "best": records(found.best),
        "conditions": records(found.conditions),
        "break_evens": records(found.break_evens),
    }


SHOWN = Shown(_text, _data)
