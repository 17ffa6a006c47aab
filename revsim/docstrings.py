"""Docstrings that people read, also where Python runs without any (`-OO`): then they are read from the source."""

from __future__ import annotations

import ast
import importlib.util
from functools import cache
from typing import Any


def docstring_of(thing: Any) -> str:  # noqa: ANN401 - a function or a class
    """What stands there as its docstring; empty where there is none, or the source cannot be had."""
    return thing.__doc__ or _from_source(thing.__module__, thing.__qualname__)


def _from_source(module: str, name: str) -> str:
    node: ast.AST | None = _tree(module)
    for part in name.split("."):
        node = next((one for one in getattr(node, "body", ()) if getattr(one, "name", None) == part), None)
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return ast.get_docstring(node, clean=False) or ""
    return ""


@cache
def _tree(module: str) -> ast.Module | None:
    spec = importlib.util.find_spec(module)
    source = getattr(spec and spec.loader, "get_source", lambda _: None)
    try:
        return ast.parse(source(module) or "")
    except (OSError, SyntaxError, ImportError):
        return None
