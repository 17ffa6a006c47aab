"""Pages promise only what runs: the README's scenario, commands and Python are executed; the CLI page is the app's."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from revsim.cli.page import page

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [line.split("#")[0].strip() for line in README.splitlines() if line.startswith("    revsim ")]
HEAVY = ("--replications 200", "--replications 2")  # a page shows a study worth reading, a test a short one


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder where this project is what `revsim` means."""
    way = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=way, capture_output=True, text=True, timeout=300, check=False
    )


def test_the_page_of_commands_is_that_of_the_app() -> None:
    assert (ROOT / "docs/cli.md").read_text(encoding="utf-8") == page(), "python -m revsim.cli.page > docs/cli.md"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder with the scenario that the README shows."""
    folder = tmp_path_factory.mktemp("desk")
    (example,) = re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL)
    (folder / "mine.yaml").write_text(example, encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", [line for line in SHELL if "mine.yaml" in line])
def test_every_command_of_the_readme_ends_well(line: str, desk: Path) -> None:
    start = "import sys; from revsim.cli.app import main; main(sys.argv[1:])"
    done = python(desk, "-c", start, *shlex.split(line.replace(*HEAVY))[1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout or (desk / line.rsplit(maxsplit=1)[-1]).exists()


def test_the_readme_installs_what_its_commands_promise_from_the_folder_that_it_is_in() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert "where it flips" in README
    assert any(name.startswith("scikit-learn") for name in extras["worlds"])
    for text in (README, (ROOT / "docs/worlds.md").read_text(encoding="utf-8")):
        assert "pip install '.[worlds]'" in text
        assert "revsim[worlds]" not in text
    assert "python3 -m venv .venv" in README


def test_the_readme_s_commands_are_found_in_it() -> None:
    assert {line.split()[1] for line in SHELL} >= {"check", "diff", "show", "compare", "trace"}


def test_the_python_of_the_readme_runs_and_writes_its_report(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert "replications=40" in code
    done = python(tmp_path, "-c", code.replace("replications=40", "replications=3"))
    assert done.returncode == 0, done.stderr
    assert "forecast_variance_week_7" in done.stdout
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_python_of_its_page_runs_and_writes_its_folder_and_report(tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    code = "\n".join(blocks)
    # in one process: workers of their own, which the README's has, load the engine for each of these five studies
    small = re.sub(r"worlds=\d+", "worlds=2", re.sub(r"replications=\d+", "replications=3, workers=1", code))
    assert small.count("workers=1") == len(re.findall(r"revsim\.(?!load)\w+\(", code))
    done = python(tmp_path, "-c", small)
    assert done.returncode == 0, done.stderr
    for words in ("hand-off", "owned_handoffs", "If a top performer left tomorrow", "of 2 worlds", "won from then on"):
        assert words in done.stdout
    assert "<html" in (tmp_path / "worlds.html").read_text(encoding="utf-8")
    assert (tmp_path / "results/worlds-owned/worlds.csv").exists()


@pytest.mark.parametrize(
    "page_of", ["README.md", *sorted(f"docs/{each.name}" for each in (ROOT / "docs").glob("*.md"))]
)
def test_every_file_that_a_page_links_to_is_there(page_of: str) -> None:
    text = (ROOT / page_of).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not ((ROOT / page_of).parent / link).exists()] == []


@pytest.mark.parametrize(
    "page_of", ["README.md", *sorted(f"docs/{each.name}" for each in (ROOT / "docs").glob("*.md"))]
)
def test_every_program_that_a_page_names_is_there(page_of: str) -> None:
    text = (ROOT / page_of).read_text(encoding="utf-8")
    named = re.findall(r"(?:benchmarks|scenarios|revsim|tests)/[\w/.-]*\w\.(?:py|yaml|json)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
