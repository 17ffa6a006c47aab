"""All small faults that a file can have, and a seeded sample of them over many files."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from mutation.edits import KINDS
from mutation.source import Source, Span

Key = tuple[str, str, str, str]


class Fault(NamedTuple):
    """One small change of one file."""

    path: str  # from the tree's root
    function: str
    line: int
    code: str  # the whole line
    kind: str
    before: str
    after: str
    text: str  # the file with the fault

    @property
    def key(self) -> Key:
        """What tells it from others wherever its line moves to."""
        return self.path, self.code, self.before, self.after

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.kind}: `{self.before}` -> `{self.after}` in `{self.code}`"


def faults_of(path: str, text: str) -> Iterator[Fault]:
    """Every fault of a file."""
    source = Source(text)
    for node in _at_work(source.tree):
        for kind, edits in KINDS.items():
            for span, after in edits(source, node):
                yield _fault(source, path, kind, span, after)


def _fault(source: Source, path: str, kind: str, span: Span, after: str) -> Fault:
    line = source.bytes[: span.start].count(b"\n") + 1
    before, text = " ".join(source.of(span).split()), source.with_piece(span, after)
    return Fault(path, source.function(line), line, source.line(line), kind, before, " ".join(after.split()), text)


def _at_work(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that do something when they run: no annotation, decorator, assertion, message or import for types."""
    if isinstance(node, ast.Assert | ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for name, part in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases", "type_params"}:
            continue
        for child in part if isinstance(part, list) else [part]:
            if isinstance(child, ast.AST):
                yield from _at_work(child)


def sample(root: Path, paths: Sequence[str], count: int, random: Random) -> list[Fault]:
    """So many faults: file by file, and in each as likely of any kind, so that neither long files nor constants win."""
    found: list[Fault] = []
    seen: set[tuple[Key, int]] = set()
    pool = {path: by_kind(root, path) for path in paths}
    pool = {path: kinds for path, kinds in pool.items() if kinds}
    left = sum(len(faults) for kinds in pool.values() for faults in kinds.values())
    while pool and len(found) < min(count, left):
        order = sorted(pool)
        random.shuffle(order)
        for path in order[: count - len(found)]:
            kinds = pool[path]
            fault = random.choice(kinds[random.choice(sorted(kinds))])
            if (fault.key, fault.line) not in seen:
                seen.add((fault.key, fault.line))
                found.append(fault)
    return found


def by_kind(root: Path, path: str) -> dict[str, list[Fault]]:
    """A file's faults by their kind."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults_of(path, (root / path).read_text(encoding="utf-8")):
        kinds.setdefault(fault.kind, []).append(fault)
    return kinds
