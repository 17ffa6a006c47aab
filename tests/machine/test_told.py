"""What numba would say is told without it where nothing is unusual, and by numba itself elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.machine import told
from revsim.machine.cache import VARIABLE, cache_folder
from revsim.prepare import prepare

ASK = """
import sys
from revsim.errors import UserError
from revsim.prepare import prepare
from revsim.simulate import engine_of
try:
    print(engine_of("compiled"))
    if "prepare" in sys.argv:
        prepare("compiled", print)
except UserError as error:
    print(error)
print("imported" if "numba" in sys.modules else "not imported")
"""


def asked(place: Path, *words: str, at: Path | None = None, **variables: str) -> str:
    """What a fresh process says of the engine; numba's own variables are those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    said = subprocess.run(
        [sys.executable, "-c", ASK, *words],
        env={**kept, VARIABLE: str(place), **variables},
        cwd=at,
        check=True,
        capture_output=True,
        text=True,
    )
    return said.stdout


@pytest.fixture(scope="module")
def kept() -> Path:
    """Where the tests' own machine code is kept, which is there."""
    prepare("compiled", print)
    folder = cache_folder()
    if folder is None:
        pytest.skip("machine code cannot be kept here")
    return folder.parent


def test_where_machine_code_is_kept_nobody_imports_numba_to_see_that_it_works(kept: Path) -> None:
    assert asked(kept, "prepare").split() == ["compiled", "not", "imported"]


def test_where_none_is_kept_numba_itself_is_asked(tmp_path: Path) -> None:
    assert asked(tmp_path).split() == ["compiled", "imported"]


def test_numba_switched_off_is_seen_though_machine_code_is_kept(kept: Path) -> None:
    assert "numba is switched off" in asked(kept, NUMBA_DISABLE_JIT="1")


def test_where_numba_s_own_file_stands_numba_itself_is_asked(kept: Path, tmp_path: Path) -> None:
    (tmp_path / told.OWN_FILE).write_text("disable_jit: 1\n", encoding="utf-8")
    package = Path(__file__).resolve().parents[2]
    said = asked(kept, at=tmp_path, PYTHONPATH=str(package))
    assert "not imported" not in said  # numba reads the file where a reader of such files is installed


def test_a_numba_that_cannot_be_imported_is_told_though_another_one_has_worked(kept: Path, tmp_path: Path) -> None:
    broken = tmp_path / "numba" / "__init__.py"
    broken.parent.mkdir()
    broken.write_text("raise ImportError('needs another numpy')", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).resolve().parents[2])])
    said = asked(kept, PYTHONPATH=paths)
    assert "--engine compiled: the package numba is wanted and cannot be imported (needs another numpy)" in said


def test_another_version_of_a_package_has_yet_to_show_that_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    before = told.packages()
    monkeypatch.setattr(told, "version", lambda _name: "99.0")
    assert told.packages() != before


def test_a_processor_is_known_by_the_system_s_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "cpuinfo"
    listed.write_text("processor : 0\nmodel name : A\ncpu MHz : 1\nflags : avx\n\nprocessor : 1\n", encoding="utf-8")
    monkeypatch.setattr(told, "PROCESSORS", listed)
    assert told.processor.__wrapped__() == "model name : A\nflags : avx\n"


def test_a_processor_without_a_list_is_known_as_llvm_calls_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from llvmlite.binding import get_host_cpu_name

    monkeypatch.setattr(told, "PROCESSORS", tmp_path / "absent")
    assert told.processor.__wrapped__() == get_host_cpu_name()
