"""Which small faults a node of a syntax tree can have: each is a piece of text and what would stand there instead.

Every function here takes a file and a node, and gives (piece, other text) for one kind of fault; KINDS names them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from mutation.source import Source, Span

Edit = tuple[Span, str]
Edits = Callable[[Source, ast.AST], Iterator[Edit]]

TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in", "is": "is not"}
NUDGED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}  # only the boundary moves to the other side
SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "%": "*", "**": "*", "&": "|", "|": "&"}
LESS = {"max", "min", "np.maximum", "np.minimum", "np.fmax", "np.fmin"}
BEYOND = 1.1  # what a number that is no small whole one is changed by


def _between(source: Source, left: ast.expr, right: ast.expr, tokens: dict[str, str]) -> Iterator[Edit]:
    """The operator that stands between two operands, exchanged by a table."""
    gap = Span(source.span(left).end, source.span(right).start)
    found = re.search(r"not\s+in|is\s+not|[-+*/%<>=!&|]+|\b(?:in|is|and|or)\b", _uncommented(source.of(gap)))
    if found is not None and found.group() in tokens:
        shift = len(source.of(gap)[: found.start()].encode())
        yield Span(gap.start + shift, gap.start + shift + len(found.group())), tokens[found.group()]


def _uncommented(text: str) -> str:
    """The text with its comments blanked, at the same length."""
    return re.sub(r"#[^\n]*", lambda comment: " " * len(comment.group()), text)


def _comparisons(source: Source, node: ast.AST, tokens: dict[str, str]) -> Iterator[Edit]:
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for left, right in pairwise(operands):
            yield from _between(source, left, right, tokens)


def turned(source: Source, node: ast.AST) -> Iterator[Edit]:
    """A comparison says the opposite."""
    yield from _comparisons(source, node, TURNED)


def nudged(source: Source, node: ast.AST) -> Iterator[Edit]:
    """A comparison has its boundary on the other side; a clip's would be no fault."""
    if id(node) not in source.clips:
        yield from _comparisons(source, node, NUDGED)


def changed(source: Source, node: ast.AST) -> Iterator[Edit]:
    """A constant is another one: whole numbers one more, others a tenth more, true and false turned."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield source.span(node), str(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield source.span(node), str(node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield source.span(node), repr(node.value * BEYOND if node.value else 1.0)


def swapped(source: Source, node: ast.AST) -> Iterator[Edit]:
    """One arithmetic operator for its opposite."""
    if isinstance(node, ast.BinOp):
        yield from _between(source, node.left, node.right, SWAPPED)
    elif isinstance(node, ast.AugAssign):
        yield from _between(source, node.target, node.value, {f"{a}=": f"{b}=" for a, b in SWAPPED.items()})


def joined(source: Source, node: ast.AST) -> Iterator[Edit]:
    """`and` for `or`, `or` for `and`."""
    if isinstance(node, ast.BoolOp):
        for left, right in pairwise(node.values):
            yield from _between(source, left, right, {"and": "or", "or": "and"})


def unsigned(source: Source, node: ast.AST) -> Iterator[Edit]:
    """A minus or a `not` left out."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield source.span(node), f"({source.of(source.span(node.operand))})"


def unclipped(source: Source, node: ast.AST) -> Iterator[Edit]:
    """A clip left out: one of two arguments of a `max` or `min` stands alone."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in LESS and len(node.args) > 1 and not node.keywords:
        for argument in node.args[:2]:
            if not isinstance(argument, ast.Starred):
                yield source.span(node), f"({source.of(source.span(argument))})"


def moved(source: Source, node: ast.AST) -> Iterator[Edit]:
    """An index one further on; indexes that are constants are changed as such."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name | ast.BinOp | ast.Attribute):
        yield source.span(node.slice), f"({source.of(source.span(node.slice))}) + 1"


def branched(source: Source, node: ast.AST) -> Iterator[Edit]:
    """The other branch: of a condition in one line either alone, of an `if` the opposite test."""
    if isinstance(node, ast.IfExp):
        for part in (node.body, node.orelse):
            yield source.span(node), f"({source.of(source.span(part))})"
    elif isinstance(node, ast.If | ast.While):
        yield source.span(node.test), f"not ({source.of(source.span(node.test))})"


def returned(source: Source, node: ast.AST) -> Iterator[Edit]:
    """What another branch of the same function returns."""
    if isinstance(node, ast.FunctionDef):
        values = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value is not None]
        for own, other in zip(values, values[1:] + values[:1], strict=False):
            if source.of(source.span(own)) != source.of(source.span(other)):
                yield source.span(own), f"({source.of(source.span(other))})"


def omitted(source: Source, node: ast.AST) -> Iterator[Edit]:
    """A call for its effect, or a sum carried on, left out."""
    if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)) or isinstance(node, ast.AugAssign):
        yield source.span(node), "pass"


KINDS: dict[str, Edits] = {
    "comparison turned": turned,
    "boundary moved": nudged,
    "constant changed": changed,
    "operator swapped": swapped,
    "and for or": joined,
    "sign left out": unsigned,
    "clip left out": unclipped,
    "index moved": moved,
    "other branch": branched,
    "other return": returned,
    "step left out": omitted,
}
