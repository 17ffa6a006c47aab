"""What our own pages and scaffolded files ask people to write is neither refused nor warned about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from revsim.cli.scaffold import scaffold
from revsim.scenario.load import load_with_origins
from revsim.scenario.paths import all_paths
from tests.docs.test_pages import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
INLINE = sorted({found for text in TEXTS.values() for found in re.findall(r"`([a-z_]+: [^`]*\d[^`]*)`", text)})
SETS = sorted({found for text in TEXTS.values() for found in re.findall(r"--set ([a-z_.]+=[\d.]+)", text)})
BLOCKS = [block for text in TEXTS.values() for block in re.findall(r"```yaml\n(extends.*?)```", text, re.DOTALL)]
RENEW = re.findall(r"(\d\.\d\d) for \d\d %", TEXTS["own-company.md"])


def warned(text: str, folder: Path, *sets: str) -> list[str]:
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return [str(one) for one in load_with_origins(folder / "mine.yaml", sets).warnings]


@pytest.mark.parametrize("said", INLINE)
def test_a_value_within_a_sentence(said: str, tmp_path: Path) -> None:
    name, _, value = said.partition(": ")
    path = name if name == "name" else min((one for one in all_paths() if one.endswith(f".{name}")), key=len)
    text = "".join(f"{'  ' * depth}{step}:\n" for depth, step in enumerate(path.split(".")))
    # where all leads are qualified there are fewer of them, which the same sentence says
    sets = ('world.demand.inquiries_per_week={value: 110, source: "CRM"}',) if "qualified_bar" in said else ()
    assert warned(f"extends: status-quo.yaml\n{text.rstrip()} {value}\n", tmp_path, *sets) == []


@pytest.mark.parametrize("said", SETS)
def test_a_set_of_a_page(said: str, tmp_path: Path) -> None:
    assert warned("extends: status-quo.yaml\n", tmp_path, said) == []


@pytest.mark.parametrize("block", BLOCKS)
def test_a_file_of_a_page(block: str, tmp_path: Path) -> None:
    assert warned(block, tmp_path) == []


@pytest.mark.parametrize("odds", RENEW)
def test_the_log_odds_of_a_renewal(odds: str, tmp_path: Path) -> None:
    assert warned("extends: status-quo.yaml\n", tmp_path, f"world.customers.renew={odds}") == []


def test_there_is_something_of_each_kind() -> None:
    assert min(len(INLINE), len(SETS), len(BLOCKS), len(RENEW)) >= 2


@pytest.mark.parametrize("company", [True, False])
def test_a_new_file_with_all_its_comments_uncommented(
    *, company: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scaffold(tmp_path / "mine.yaml", "status-quo.yaml", company=company)
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    body = text.partition("why: ")[2].partition("\n")[2]
    lines = [f"why: {text.partition('why: ')[2].splitlines()[0]}"]
    for line in body.splitlines():
        bare = re.sub(r"^(\s*)# ", r"\1", line)
        is_yaml = re.match(r"\s*(- \{|[a-z_]+:)", bare) is not None and not re.match(r"\s*#\s*reps", line)
        lines.append(bare if is_yaml else "")
    assert "world:" in lines or "design:" in lines
    assert warned("extends: status-quo.yaml\n" + "\n".join(lines) + "\n", tmp_path) == []


def test_every_path_that_a_page_names_is_one_of_the_schema() -> None:
    for page, text in TEXTS.items():
        for path in re.findall(r"`((?:world|design|coordination|heroics|stress)(?:\.[a-z_]+)+)`", text):
            assert path.endswith((".yaml", ".csv")) or path in all_paths(), f"{page}: {path}"
