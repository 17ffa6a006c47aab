"""Worlds are believed only with their manifest, and whatever else lies in their folder is told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import revsim
from revsim.errors import UserError
from revsim.store.layout import Folder
from tests.experiment.test_robust import signed, studied, worlds  # noqa: F401 - a fixture
from tests.store.harms import MANIFESTS, file_at, folder_at, link, pipe

Change = Callable[[Folder], None]
posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes as on POSIX")


def edited(name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Change:
    def harm(folder: Folder) -> None:
        change(pd.read_csv(folder.table(name))).to_csv(folder.table(name), index=False)

    return harm


def rows(name: str, content: bytes) -> Change:
    return lambda folder: file_at(folder.table(name), content)


def scenario(content: bytes) -> Change:
    return lambda folder: file_at(folder.scenario_files(["A"])["A"], content)


# told though the manifest vouches for them
SIGNED: dict[str, Change] = {
    "shares without rows or head": rows("shares", b""),
    "shares of more columns than anybody reads": rows("shares", b",".join([b"x"] * 10_000) + b"\na" * 10_000),
    "shares of bytes": rows("shares", bytes(range(256)) * 9),
    "shares that are a picture": rows("shares", b"\x89PNG\r\n\x1a\n" + b"\0" * 99),
    "shares with quotes without end": rows("shares", b'among,scenario\n"a,b\n'),
    "shares with rows of many lengths": rows("shares", b"among,scenario\na,b,c,d,e\na\n"),
    "shares without a column": edited("shares", lambda t: t.drop(columns="wins_low")),
    "shares of nothing but a name": edited("shares", lambda t: t[["scenario"]]),
    "shares with text where numbers belong": edited("shares", lambda t: t.assign(worlds="many")),
    "shares of which one is not a number of worlds": edited("shares", lambda t: t.assign(worlds=[100, 40, None, 100])),
    "shares beyond 1": edited("shares", lambda t: t.assign(wins_low=1.5)),
    "half a world": edited("shares", lambda t: t.assign(wins=2.5)),
    "worlds below 0": edited("shares", lambda t: t.assign(worlds=-1)),
    "shares without end": edited("shares", lambda t: t.assign(ahead=float("inf"))),
    "conditions without a column": edited("conditions", lambda t: t.drop(columns="rule")),
    "conditions with text where truth belongs": edited(
        "conditions", lambda _: pd.DataFrame([("A", "B", "variance", "r", "perhaps")], columns=list(_.columns))
    ),
    "a scenario of bytes": scenario(b"\xff\xfe\0"),
    "a scenario that is none": scenario(b"just words"),
    "a scenario that is a list": scenario(b"[1, 2]"),
    "a scenario that extends a file of the user's": scenario(b"extends: /etc/passwd\nname: A\n"),
    "a scenario that extends a shipped one": scenario(b"extends: status-quo.yaml\nname: A\n"),
    "a scenario nested deep": scenario(b"a: " + b"[" * 5000),
    "an empty scenario": scenario(b""),
}
# told as they are not what the manifest vouches for
UNSIGNED: dict[str, Change] = {
    "shares of another study": edited("shares", lambda t: t.assign(wins_share=0.99)),
    "shares that are gone": lambda folder: folder.table("shares").unlink(),
    "conditions that are gone": lambda folder: folder.table("conditions").unlink(),
    "a scenario that is gone": lambda folder: folder.scenario_files(["A"])["A"].unlink(),
    "shares that are a folder": lambda folder: folder_at(folder.table("shares")),
    "no manifest": lambda folder: folder.manifest.unlink(),
    "shares without end": lambda folder: os.truncate(folder.table("shares"), 1 << 40),
}
ON_POSIX: dict[str, Change] = {
    "shares that are a link": lambda folder: link(folder.table("shares"), folder.table("conditions")),
    "shares that are a pipe": lambda folder: pipe(folder.table("shares")),
    "a scenario that is a pipe": lambda folder: pipe(folder.scenario_files(["A"])["A"]),
    "scenarios that lead elsewhere": lambda folder: link(folder.scenarios, folder.root.parent),
}


@pytest.fixture
def folder(studied: revsim.Study, tmp_path: Path) -> Folder:  # noqa: F811 - the fixture
    (tmp_path / "worlds").mkdir()
    return Folder(worlds(studied, tmp_path / "worlds"))


@pytest.mark.parametrize("harm", SIGNED.values(), ids=SIGNED.keys())
def test_what_nobody_can_read_as_worlds_is_told(harm: Change, folder: Folder, studied: revsim.Study) -> None:  # noqa: F811
    harm(folder)
    signed(folder, studied)
    with pytest.raises(UserError, match=str(folder.root)):
        studied.over_worlds(folder.root)


@pytest.mark.parametrize("harm", UNSIGNED.values(), ids=UNSIGNED.keys())
def test_what_the_manifest_does_not_vouch_for_is_not_believed(
    harm: Change,
    folder: Folder,
    studied: revsim.Study,  # noqa: F811
) -> None:
    harm(folder)
    with pytest.raises(UserError, match=str(folder.root)):
        studied.over_worlds(folder.root)


@posix
@pytest.mark.parametrize("harm", ON_POSIX.values(), ids=ON_POSIX.keys())
def test_links_and_pipes_are_refused(harm: Change, folder: Folder, studied: revsim.Study) -> None:  # noqa: F811
    harm(folder)
    with pytest.raises(UserError, match=str(folder.root)):
        studied.over_worlds(folder.root)


@pytest.mark.parametrize("name", [name for name in MANIFESTS if name not in {"start a number", "another seed"}])
def test_a_manifest_of_worlds_that_is_none_is_told(name: str, folder: Folder, studied: revsim.Study) -> None:  # noqa: F811
    MANIFESTS[name](folder, folder.root)
    with pytest.raises(UserError, match=str(folder.root)):
        studied.over_worlds(folder.root)


def test_worlds_of_another_version_of_the_model_are_refused(folder: Folder, studied: revsim.Study) -> None:  # noqa: F811
    facts = json.loads(folder.manifest.read_text(encoding="utf-8")) | {"code": "0" * 16}
    folder.manifest.write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(UserError, match="another version of the model"):
        studied.over_worlds(folder.root)
