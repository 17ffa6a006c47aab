"""A file's text with places in it: a syntax tree counts bytes of a line, an edit needs offsets."""

from __future__ import annotations

import ast
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open piece of a file, in bytes."""

    start: int
    end: int


class Source:
    """One file: its bytes, its tree, and the function that each line stands in."""

    def __init__(self, text: str) -> None:
        """Raises SyntaxError for what is no Python."""
        self.text = text
        self.bytes = text.encode()
        self.tree = ast.parse(text)
        self.lines = text.splitlines()
        self._lines = [0]
        for line in self.bytes.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._names = _names(self.tree)
        self.clips = {id(test) for test in map(_clip, ast.walk(self.tree)) if test is not None}

    def span(self, node: ast.expr | ast.stmt) -> Span:
        """Where a node stands."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return Span(
            self._lines[node.lineno - 1] + node.col_offset, self._lines[node.end_lineno - 1] + node.end_col_offset
        )

    def of(self, span: Span) -> str:
        """The text of a piece."""
        return self.bytes[span.start : span.end].decode()

    def line(self, number: int) -> str:
        """A line, counted from 1, without its indent."""
        return self.lines[number - 1].strip()

    def function(self, number: int) -> str:
        """The innermost function or class around a line; "" outside of all."""
        return self._names.get(number, "")

    def with_piece(self, span: Span, text: str) -> str:
        """The whole text with another piece."""
        return (self.bytes[: span.start] + text.encode() + self.bytes[span.end :]).decode()


def _clip(node: ast.AST) -> ast.Compare | None:
    """The comparison of a clip, `b if a < b else a` or `if a < b: return b`: at a = b both sides are the same."""
    if not isinstance(node, ast.If | ast.IfExp) or not isinstance(node.test, ast.Compare):
        return None
    test, body = node.test, node.body
    if isinstance(body, list):
        last = body[0] if len(body) == 1 else None
        given = last.value if isinstance(last, ast.Return | ast.Assign) else None
    else:
        given = body
    sides = [ast.unparse(side) for side in (test.left, *test.comparators)]
    return test if given is not None and ast.unparse(given) in sides else None


def _names(tree: ast.AST) -> dict[int, str]:
    """Function or class by line; inner ones come later in a walk, and win."""
    found: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node.name))
    return found
