"""What a path means, to everybody the same; and how it is printed."""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from types import SimpleNamespace
from unicodedata import normalize

import pytest

from revsim.errors import UserError
from revsim.paths import absolute, as_written, display_path, in_other_form, readable, shortened


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home and a working folder of one's own."""
    for name in ("home", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "work")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("~", "home"),
        ("~/x", "home/x"),
        (Path("~/x"), "home/x"),
        ("./~", "work/~"),
        ("./~/x", "work/~/x"),
        ("a/~", "work/a/~"),
        ("x~", "work/x~"),
        ("~nobody-of-that-name/x", "work/~nobody-of-that-name/x"),
        ("~backup.yaml", "work/~backup.yaml"),
        ("exp:1", "work/exp:1"),
        ("-x", "work/-x"),
        ("x/", "work/x"),
        ("../x", "work/../x"),
        (".", "work"),
        (b"x", "work/x"),
    ],
)
def test_a_path_is_absolute_and_has_the_home_for_a_tilde_as_in_a_shell(
    given: str | Path, meant: str, tmp_path: Path
) -> None:
    assert absolute("--out", given) == tmp_path / meant


def test_a_tilde_and_a_name_is_the_home_of_that_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pwd, "getpwnam", lambda name: SimpleNamespace(pw_dir=f"/homes/{name}"))
    assert absolute("--out", "~ada/x") == Path("/homes/ada/x")


def test_a_relative_path_in_a_file_begins_beside_the_file_and_a_tilde_at_home(tmp_path: Path) -> None:
    assert absolute("", "b.yaml", beside=tmp_path / "a") == tmp_path / "a" / "b.yaml"
    assert absolute("", "~/b.yaml", beside=tmp_path / "a") == tmp_path / "home" / "b.yaml"


@pytest.mark.parametrize("given", ["", "  ", "\t", "a\0b", 5, None, "s3://bucket/x", "file:///tmp/x"])
def test_what_cannot_be_a_path_is_told_with_its_option(given: str) -> None:
    with pytest.raises(UserError, match=r"^--out "):
        absolute("--out", given)


@pytest.mark.parametrize("home", [None, ""])
def test_no_home_is_told_where_a_tilde_was_to_be_one_and_nowhere_else(
    home: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setenv("HOME", "") if home == "" else monkeypatch.delenv("HOME")
    with pytest.raises(UserError, match=r"--out '~/x'.*write the path in full"):
        absolute("--out", "~/x")
    assert absolute("--out", "./~/x") == tmp_path / "work" / "~" / "x"
    assert absolute("--out", "x") == tmp_path / "work" / "x"


def test_a_working_folder_that_is_gone_is_told_of_a_relative_path_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "getcwd", gone)
    with pytest.raises(UserError, match="working folder"):
        absolute("--out", "x")
    assert absolute("--out", "/x") == Path("/x")
    assert (display_path(Path("/x")), shortened("/x: full")) == ("/x", "/x: full")


@pytest.mark.parametrize("given", ["x", "../x", "a/../x", ".", "./~/x", "./~"])
def test_what_was_given_relative_is_printed_so_and_means_the_same_when_typed(given: str) -> None:
    path = absolute("--out", given)
    assert display_path(path) == given
    assert absolute("--out", display_path(path)) == path


@pytest.mark.parametrize("given", ["x", "../x", "/x", "~/x", "./~/x", Path("~/x")])
def test_a_path_that_is_handed_back_means_the_same_when_given_again(given: str | Path) -> None:
    path = absolute("--out", given)
    back = as_written(given, path)
    assert absolute("--out", back) == path
    assert (back == Path(given)) == ("~" not in str(given))


def test_what_lies_elsewhere_is_printed_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    assert display_path(Path("/data/x")) == "/data/x"
    monkeypatch.chdir("/")
    assert display_path(Path("/data/x")) == "/data/x"


def test_paths_in_a_message_are_printed_as_alone() -> None:
    here = Path.cwd()
    assert shortened(f"{here}/x: in {here}: “{here}/y” not /a{here}/x, {here}2 or {here}.old; {here}/~/x, {here}") == (
        f"x: in .: “y” not /a{here}/x, {here}2 or {here}.old; {here}/~/x, ."
    )


def test_a_name_in_the_other_unicode_form_is_found(tmp_path: Path) -> None:
    there = tmp_path / normalize("NFD", "été") / normalize("NFD", "Café.yaml")
    there.parent.mkdir()
    there.touch()
    asked = tmp_path / normalize("NFC", "été") / normalize("NFC", "Café.yaml")
    assert in_other_form(asked) == there
    assert in_other_form(asked.with_name("Cafe.yaml")) is None
    assert in_other_form(asked.with_name("Thé.yaml")) is None
    assert in_other_form(tmp_path.joinpath(*["é"] * 1200)) is None


def test_bytes_that_are_no_text_are_readable() -> None:
    assert readable(os.fsdecode(b"caf\xe9 \xc3\xa9")) == r"caf\xe9 é"
    assert readable("\ud800") == r"\ud800"
