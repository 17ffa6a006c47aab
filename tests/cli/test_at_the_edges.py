"""At its edges a command ends with the right code and without a traceback: first signals, want of memory, a bad end."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from revsim.cli import app, commands, kept_rows, kept_study, last_resort, limits
from revsim.errors import IncompleteError, UserError
from revsim.store.layout import Folder
from tests.cli.conftest import Call
from tests.cli.test_streams import posix, shell

PACKAGE = Path(__file__).resolve().parents[2]
UNTIMELY = """
import os, sys
class Untimely:
    def find_spec(self, name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Untimely())
from revsim.cli.start import main
main(["run", "status-quo.yaml"])
"""
STUDIES = [name for name in commands.SIMULATING if name not in {"calibrate", "assess", "explore"}]
MORE = {"compare": "absent.yaml", "attribute": "absent.yaml", "trace": "--out t.csv"}


@posix
@pytest.mark.parametrize("name", STUDIES)
def test_a_quiet_study_without_stderr_is_refused_before_its_scenarios_are_read(name: str, tmp_path: Path) -> None:
    code, out, _ = shell(f"{name} absent.yaml {MORE.get(name, '')} -q 2>&-", tmp_path)
    assert code == 2
    assert "standard error" in out
    assert "absent" not in out


@posix
@pytest.mark.parametrize("module", ["pathlib", "revsim.cli.app", "typer", "revsim.cli.commands"])
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_while_the_command_is_imported_ends_it_in_one_line(
    module: str, name: str, code: int, tmp_path: Path
) -> None:
    program = UNTIMELY.format(module=module, number=int(getattr(signal, name)))
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],  # without `site` nothing is imported yet
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PACKAGE), *filter(None, sys.path)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "code"), [(MemoryError(), 2), (KeyboardInterrupt(), 130), (ValueError("a fault"), 101)]
)
def test_no_error_while_another_is_told_leaves_the_command(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: BaseException, code: int
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("a command's")

    def fails_as_well(_: object) -> None:
        raise error

    monkeypatch.setattr(app, "build", fails)
    monkeypatch.setattr(app, "_our_fault", fails_as_well)
    assert app.exit_code([]) == code
    assert len(capfd.readouterr().err.splitlines()) == 1


def test_the_last_resort_knows_what_an_error_came_of() -> None:
    hidden = AttributeError("on the way out")
    hidden.__context__ = MemoryError()
    assert last_resort.last_resort(hidden) == 2


def test_after_the_first_row_the_last_resort_is_incomplete() -> None:
    kept_rows.note_first_row()
    try:
        assert last_resort.last_resort(MemoryError()) == 3
    finally:
        kept_rows.forget_study()


@pytest.mark.parametrize(
    "error",
    [
        ImportError("libopenblas.so: failed to map segment from shared object"),
        OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
        RuntimeError("can't start new thread"),
    ],
)
def test_a_library_s_words_for_what_the_system_refuses_are_understood(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(app, "build", refused)
    assert app.exit_code([]) == 2


@pytest.mark.parametrize("name", ["run", "bench"])
@pytest.mark.parametrize(("limit", "least"), [("RLIMIT_AS", "1,150"), ("RLIMIT_NOFILE", "32")])
def test_a_limit_that_lets_no_study_end_is_refused_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, revsim: Call, name: str, limit: str, least: str
) -> None:
    monkeypatch.setattr(limits, "_limit", {limit: 12}.get)
    answer = revsim(name, "absent.yaml")
    assert answer.code == 2
    assert least in answer.err
    assert "absent" not in answer.err


def test_a_limit_is_the_system_s(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (500_000_000, -1))
    with pytest.raises(UserError, match="500 MB"):
        limits.check_limits_of_process()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (resource.RLIM_INFINITY, -1))
    limits.check_limits_of_process()


@pytest.mark.parametrize(("has_begun", "kind"), [(False, UserError), (True, IncompleteError)])
def test_where_the_manifest_cannot_be_read_any_more_the_first_row_tells_whether_anything_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: type[Exception], *, has_begun: bool
) -> None:
    monkeypatch.setattr(kept_rows, "_has_begun", [True] * has_begun)
    with pytest.raises(kind), kept_study.stoppable(Folder(tmp_path)):
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


@pytest.mark.parametrize("words", [("run", "base.yaml"), ("compare", "base.yaml", "more.yaml")])
def test_a_quiet_study_does_not_speak_of_compiling(
    monkeypatch: pytest.MonkeyPatch, revsim: Call, words: tuple[str, ...]
) -> None:
    def prepare(_engine: str, say: object) -> None:
        say("Compiling the engine")  # type: ignore[operator]
        raise UserError("so far and no further")

    monkeypatch.setattr("revsim.api.prepare", prepare)
    loud, quiet = (revsim(*words, "-n", "2", "--workers", "1", "--out", "r", *more) for more in ((), ("-q",)))
    assert "Compiling" in loud.err
    assert quiet.err.splitlines() == ["error: so far and no further"]
