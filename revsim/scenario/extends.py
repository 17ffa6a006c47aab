"""What stands behind `extends`: the name of one file, or what to write instead."""

from __future__ import annotations

from revsim.scenario.files import EXAMPLE
from revsim.scenario.nodes import Mapping, Node, Scalar, Sequence, is_nothing, kind, shown
from revsim.scenario.parse import fail

WRITE = f"write e.g. `extends: {EXAMPLE}`"
RULE = "a file extends one other"


def file_name(node: Node) -> str:
    """The name of the file that is extended. Raises ScenarioError for what is no name, with the way out."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value.strip():
        message, hint = _fault(node)
        fail("E012", node.place, f"`extends` {message}", hint)
    return node.value


def _fault(node: Node) -> tuple[str, str]:
    """What is wrong, and the way out."""
    if isinstance(node, Sequence) and node.items:
        return _list_fault(node)
    if isinstance(node, Mapping) and node.items:
        return f"is a mapping: {RULE}, by its name", f"{WRITE}; what changes stands at the margin below"
    if isinstance(node, Scalar) and not is_nothing(node) and not isinstance(node.value, str):
        return f"= {shown(node)} is {kind(node)}, no file name", f"{WRITE}; in quotes if a file is called so"
    return "names nothing", f"{WRITE}, or delete the line"


def _list_fault(node: Sequence) -> tuple[str, str]:
    names = [one.value for one in node.items if isinstance(one, Scalar) and isinstance(one.value, str)]
    if len(names) < len(node.items):
        return f"is a list: {RULE}, by its name", WRITE
    if len(names) == 1:
        return f"is a list: {RULE}, by its name", f"write `extends: {names[0]}`"
    hint = f"keep `extends: {names[-1]}` here, and let that file extend `{names[-2]}`"
    return f"is a list of {len(names)}: {RULE}", hint
