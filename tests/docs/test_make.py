"""`make` keeps its environment apart from one that the user made, and deletes only its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.test_pages import ROOT

# a Python that is new enough, makes environments of two programs that do nothing, and installs nothing
FAKE = """#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then
  for last; do :; done
  mkdir -p "$last/bin"
  for name in python revsim; do
    printf '#!/bin/sh\\necho ran "$0"\\n' > "$last/bin/$name"
    chmod +x "$last/bin/$name"
  done
fi
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None or os.name != "posix", reason="needs make")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    way = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", "PYTHON=./fake", *arguments],
        cwd=folder,
        env=way,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what the Makefile looks at."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("revsim", "tests"):
        (tmp_path / name).mkdir()
    (tmp_path / "fake").write_text(FAKE, encoding="utf-8")
    (tmp_path / "fake").chmod(0o755)
    return tmp_path


def theirs(folder: Path, name: str = ".venv") -> Path:
    """An environment that the user made."""
    (folder / name).mkdir()
    (folder / name / "pyvenv.cfg").write_text("mine", encoding="utf-8")
    return folder / name / "pyvenv.cfg"


def test_without_an_environment_make_makes_one_uses_it_again_and_clean_removes_it(clone: Path) -> None:
    first = make(clone, "demo")
    assert first.returncode == 0, first.stderr
    assert "ran .venv/bin/revsim" in first.stdout
    assert "-m venv" in first.stdout
    assert "-m venv" not in make(clone, "demo").stdout
    assert make(clone, "clean").returncode == 0
    assert not (clone / ".venv").exists()


def test_an_environment_of_the_user_s_is_never_touched(clone: Path) -> None:
    mine = theirs(clone)
    for _ in range(2):
        done = make(clone, "demo")
        assert done.returncode == 0, done.stderr
        assert "ran .venv-revsim/bin/revsim" in done.stdout
        assert [path.name for path in (clone / ".venv").iterdir()] == ["pyvenv.cfg"]
    assert make(clone, "clean").returncode == 0
    assert mine.read_text(encoding="utf-8") == "mine"
    assert not (clone / ".venv-revsim").exists()


def test_a_folder_that_is_named_and_there_is_refused_with_the_way_out(clone: Path) -> None:
    mine = theirs(clone, "other")
    done = make(clone, "VENV=other", "demo")
    assert done.returncode != 0
    assert (
        "other is there, was not made by make, and is left as it is. Try: make VENV=another-folder demo" in done.stdout
    )
    assert make(clone, "VENV=other", "clean").returncode == 0
    assert mine.read_text(encoding="utf-8") == "mine"


def test_one_that_was_interrupted_goes_on(clone: Path) -> None:
    (clone / ".venv").mkdir()
    (clone / ".venv" / "made.by.make").touch()
    assert "ran .venv/bin/revsim" in make(clone, "demo").stdout
