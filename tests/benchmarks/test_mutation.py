"""The mutator makes faults of every kind, each one small change that parses, and touches no tree but its copy."""

from __future__ import annotations

import ast
import hashlib
import importlib
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = '''
"""Says 1 + 1 and nothing else."""

HALF = 0.5
if TYPE_CHECKING:
    from somewhere import this


def f(x: float, y: float, known: list) -> float:
    """A fault here would be 0 of the matter."""
    assert x > -1e9, "said"
    if x < y and x or not y:
        known.append(x)
        return max(x, y) + known[k]
    y -= 1
    if x > 3.0:
        return 3.0
    if y == 2:
        raise ValueError(f"{y + 1} is too much")
    return x if x > y else -y
'''


@pytest.fixture(scope="module")
def mutation() -> Iterator[SimpleNamespace]:
    """benchmarks/mutation, by path: benchmarks is no package of the project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        names = ("edits", "faults", "matter", "trial", "equivalent")
        yield SimpleNamespace(**{name: importlib.import_module(f"mutation.{name}") for name in names})
    for name in [name for name in sys.modules if name.partition(".")[0] == "mutation"]:
        del sys.modules[name]


def test_every_kind_of_fault_is_made(mutation: SimpleNamespace) -> None:
    assert {fault.kind for fault in mutation.faults.faults_of("a.py", TEXT)} == set(mutation.edits.KINDS)


def test_a_fault_parses_changes_one_line_and_says_what_and_where(mutation: SimpleNamespace) -> None:
    old = TEXT.splitlines()
    for fault in mutation.faults.faults_of("a.py", TEXT):
        ast.parse(fault.text)
        new = fault.text.splitlines()
        differing = [n for n, (one, other) in enumerate(zip(old, new, strict=True), start=1) if one != other]
        assert differing == [fault.line]
        assert fault.before in " ".join(old[fault.line - 1].split())
        assert fault.after in new[fault.line - 1]


def test_faults_of_the_code_parse_too(mutation: SimpleNamespace) -> None:
    for path in ("revsim/formulas/forecast.py", "revsim/analysis/stepwise.py", "revsim/store/atomic.py"):
        for fault in mutation.faults.faults_of(path, (ROOT / path).read_text(encoding="utf-8")):
            ast.parse(fault.text)


def test_words_types_assertions_messages_and_imports_have_no_faults(mutation: SimpleNamespace) -> None:
    lines = {fault.code for fault in mutation.faults.faults_of("a.py", TEXT)}
    assert not [line for line in lines if line.startswith(('"""', "def", "assert", "raise", "from", "if TYPE"))]


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("y = min(a, 3)", {("min(a, 3)", "(a)"), ("min(a, 3)", "(3)"), ("3", "4")}),
        ("y = b if b > a else a", {(">", "<="), ("b if b > a else a", "(b)"), ("b if b > a else a", "(a)")}),
        ("y = a <= b", {("<=", ">"), ("<=", "<")}),
        ("y = (a) - (b)  # - and + here", {("-", "+")}),
        ("y = a[i]", {("i", "(i) + 1")}),
        ("y = a is not b", set()),
        ("y += a", {("+=", "-="), ("y += a", "pass")}),
        ("y = 'é' and a < b", {("and", "or"), ("<", ">="), ("<", "<=")}),
    ],
)
def test_these_are_all_faults_of_a_line(line: str, changes: set[tuple[str, str]], mutation: SimpleNamespace) -> None:
    """The boundary of a clip is no fault: at a = b both of its sides are the same."""
    assert {(fault.before, fault.after) for fault in mutation.faults.faults_of("a.py", line + "\n")} == changes


def test_a_sample_is_that_of_its_seed_without_repeats_over_all_files(mutation: SimpleNamespace) -> None:
    paths = ["revsim/formulas/drift.py", "revsim/formulas/energy.py", "revsim/formulas/record.py"]
    one, same, other = (mutation.faults.sample(ROOT, paths, 15, Random(seed)) for seed in (1, 1, 2))  # noqa: S311 - no secrets
    assert one == same != other
    assert len({(fault.key, fault.line) for fault in one}) == 15
    assert {fault.path for fault in one} == set(paths)


def test_a_small_file_gives_all_its_faults_and_the_sample_ends(mutation: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("y = a < b\n", encoding="utf-8")
    assert len(mutation.faults.sample(tmp_path, ["a.py"], 50, Random(1))) == 2  # noqa: S311 - no secrets


def hashed(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.py"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one function and one test."""
    root = tmp_path / "root"
    (root / "revsim").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "revsim" / "__init__.py").touch()
    (root / "revsim" / "a.py").write_text("def less(a, b):\n    return a < b\n", encoding="utf-8")
    test = "from revsim.a import less\n\ndef test_less():\n    assert less(1, 2)\n    assert not less(2, 1)\n"
    (root / "tests" / "test_a.py").write_text(test, encoding="utf-8")
    return root


def test_what_a_test_notices_and_what_none_does_and_no_file_of_the_tree_is_changed(
    mutation: SimpleNamespace, project: Path, tmp_path: Path
) -> None:
    before, folder = hashed(project), tmp_path / "copy"
    folder.mkdir()
    tree = mutation.trial.Tree(project, folder, 60.0)
    faults = {fault.kind: fault for fault in mutation.faults.sample(project, ["revsim/a.py"], 9, Random(1))}  # noqa: S311 - no secrets
    turned = tree.with_fault(faults["comparison turned"], ["tests/test_a.py"])
    assert (turned.passed, turned.first) == (False, "tests/test_a.py::test_less")
    assert tree.with_fault(faults["boundary moved"], ["tests/test_a.py"]).passed
    assert hashed(project) == before == hashed(folder)


def test_every_layer_has_files_and_every_file_has_tests_of_its_matter(mutation: SimpleNamespace) -> None:
    for layer in mutation.matter.LAYERS:
        files = mutation.matter.files_of(layer, ROOT)
        assert files
        without = [path for path in files if not mutation.matter.tests_of(layer, path, ROOT)]
        assert without == []


def test_no_test_that_compares_the_engines_is_of_the_matter_of_a_rule_that_they_share(
    mutation: SimpleNamespace,
) -> None:
    for layer in mutation.matter.LAYERS[:2]:
        for path in mutation.matter.files_of(layer, ROOT):
            assert not [test for test in mutation.matter.tests_of(layer, path, ROOT) if "same_trace" in test]


def test_every_equivalent_has_a_reason_and_still_stands_in_the_code(mutation: SimpleNamespace) -> None:
    paths = [path for layer in mutation.matter.LAYERS for path in mutation.matter.files_of(layer, ROOT)]
    for one in mutation.equivalent.equivalents():
        texts = {path: (ROOT / path).read_text(encoding="utf-8") for path in paths if fnmatchcase(path, one.path)}
        faults = [fault for path, text in texts.items() for fault in mutation.faults.faults_of(path, text)]
        assert any(one.covers(fault) for fault in faults), f"{one.path}: no such fault any more: {one.code}"
        assert len(one.reason.split()) > 2


def test_an_equivalent_without_a_reason_is_refused(mutation: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "e.txt").write_text("a.py | x | 1 -> 2 |\n", encoding="utf-8")
    with pytest.raises(ValueError, match="must be: path"):
        mutation.equivalent.equivalents(tmp_path / "e.txt")
