"""The page on a company of one's own: its commands run in its order, with its client, at small sizes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from revsim.scenario.load import load_with_origins
from tests.docs.test_pages import ROOT, python

PAGE = (ROOT / "docs/own-company.md").read_text(encoding="utf-8")
SHELL = [line.split("#")[0].strip() for line in PAGE.splitlines() if line.startswith("    revsim ")]
(CLIENT,) = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
# the last study runs in one process: that workers of their own do is shown by the two before it
SMALL = {
    "--replications 200": "--replications 2",
    "--worlds 60 --replications 30": "--worlds 8 --replications 3 --workers 1",
}
START = "import sys; from revsim.cli.app import main; main(sys.argv[1:])"
LEVER = "design:\n  owned_handoffs: 0.9\n"


def small(line: str) -> list[str]:
    for long, short in SMALL.items():
        line = line.replace(long, short)
    return shlex.split(line)[1:]


def test_the_walk_through_runs_from_new_to_worlds(tmp_path: Path) -> None:
    assert [line.split()[1] for line in SHELL] == ["new", "check", "diff", "run", "new", "compare", "worlds"]
    for line in SHELL:
        done = python(tmp_path, "-c", START, *small(line))
        assert (done.returncode, "internal error" in done.stderr) == (0, False), f"{line}\n{done.stderr}"
        assert "warning[" not in done.stdout + done.stderr, line
        if line.startswith("revsim new client "):
            (tmp_path / "client.yaml").write_text(CLIENT, encoding="utf-8")
        if line.startswith("revsim new client-handoffs"):
            path = tmp_path / "client-handoffs.yaml"
            path.write_text(path.read_text(encoding="utf-8") + LEVER, encoding="utf-8")


def test_the_page_names_every_number_of_the_file(tmp_path: Path) -> None:
    from revsim.cli.company_file import OWN

    table = PAGE.partition("## What is known")[0]
    assert [address for address in OWN if f"{address.rpartition('.')[2]}`" not in table] == []
    assert tmp_path.is_dir()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('{value: 12, source: "HR"}', "12", "W002"),
        ('{value: 12, source: "HR"}', '{value: 2, source: "HR"}', "W003"),
        ("  demand:\n", "  currency: USD\n  demand:\n", "W004"),
        ("opening_level: 4200000", 'opening_level: {value: 42000000, source: "finance"}', "W005"),
    ],
)
def test_each_warning_of_the_page_is_one_that_its_client_can_get(
    old: str, new: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert old in CLIENT
    Path("client.yaml").write_text(CLIENT.replace(old, new), encoding="utf-8")
    assert code in {warning.code for warning in load_with_origins("client.yaml").warnings}
    assert f"| {code} " in PAGE
