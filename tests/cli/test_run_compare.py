"""`run`, `compare`: files, streams, exit codes. The model is a fake, so that a command takes no time."""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import revsim
from revsim import api
from revsim.cli import app, reading
from revsim.experiment import keeper
from revsim.experiment.plan import check_names
from tests.experiment import fake

FILES = {
    "base": fake.Firm(need=3),
    "same": fake.Firm(need=3),
    "better": fake.Firm(error=0.1, need=3),
    "broken": fake.Firm(breaks=((1, "error"),)),
}
COMPANY = api.load("status-quo.yaml").resolved  # the fake model looks at none of it


class Stub:
    """A scenario with a name and a firm."""

    def __init__(self, name: str) -> None:
        self.name, self.file, self.resolved = name, f"{name}.yaml", COMPANY


def plan_of(scenarios: Sequence[Stub], settings: api.Settings) -> Any:
    plan = fake.plan({each.name: FILES[each.name] for each in scenarios}, settings.replications, settings.seed)
    cases = [fake.task({each.name: FILES[each.name]}).cases[0] for each in scenarios]
    check_names(cases, settings.baseline or scenarios[0].name)
    return plan


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of one's own, files that are names, a fake model, and no report unless asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "plan_of", plan_of)
    monkeypatch.setattr(reading, "read", lambda paths, _sets, **_: [Stub(Path(path).stem) for path in paths])
    monkeypatch.setattr(api.Study, "write_findings", write_tables)


def write_tables(study: api.Study, folder: Any, _draw: object) -> None:
    folder.root.mkdir(parents=True, exist_ok=True)
    study.effects().to_csv(folder.effects, index=False)
    study.summary().to_csv(folder.summary, index=False)


def run(*arguments: str) -> int:
    """A command; `compare` without longer runs, which the fake cannot make."""
    more = ["--horizon", "0"] if arguments[0] == "compare" else []
    return app.exit_code([*arguments, "--workers", "1", *more])


def test_compare_prints_the_table_and_the_verdict_and_writes_the_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "base", "better", "-n", "12", "--out", "r") == 0
    out, err = capsys.readouterr()
    assert out.startswith("Given this company's numbers, “better” changes forecast variance")
    answer, money, reach = out.split("\n\n")[:3]
    assert money.startswith("“better” brings ")
    assert "63 numbers of this company have no direct evidence; " in reach
    assert not any("\n" in part for part in (answer, money, reach))  # a pipe has whole paragraphs
    assert "\nHeadline\n" in out
    assert "\x1b" not in out + err
    assert "100 % (12 of 12 replications" in err
    assert {"manifest.json", "quarters.parquet", "weeks.parquet", "effects.csv", "summary.csv"} <= {
        path.name for path in Path("r").iterdir()
    }
    effects = pd.read_csv("r/effects.csv")
    assert list(effects.columns[:7]) == ["scenario", "measure", "estimate", "low", "high", "unit", "better"]
    assert effects["measure"].iloc[0] == "forecast_variance_week_7"


def test_rows_are_not_wrapped_however_long_a_name_is(capsys: pytest.CaptureFixture[str]) -> None:
    run("compare", "base", "better", "-n", "5", "--quiet")
    out, err = capsys.readouterr()
    line = next(line for line in out.splitlines() if "Forecast variance at mid-quarter " in line)
    assert "better" in line
    assert err == ""


def test_json_is_all_there_is_on_stdout_and_holds_the_numbers_of_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "base", "better", "-n", "6", "--out", "r", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == "revsim.compare/1"
    effects = pd.read_csv("r/effects.csv").set_index(["scenario", "measure"])
    row = next(r for r in data["rows"] if (r["scenario"], r["measure"]) == ("better", "wape_week_7"))
    assert row["effect"]["estimate"] == effects.loc[("better", "wape_week_7"), "estimate"]


def test_run_tells_the_levels_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "base", "-n", "4") == 0
    assert "“base” misses bookings at mid-quarter by ±" in capsys.readouterr().out
    assert Path("results/base/quarters.parquet").exists()


def test_the_same_command_goes_on_and_another_seed_takes_another_default_folder() -> None:
    run("run", "base", "-n", "3", "--quiet")
    run("run", "base", "-n", "5", "--quiet")
    assert len(list(Path("results").iterdir())) == 1
    assert pd.read_parquet("results/base/quarters.parquet")["replication"].max() == 4
    run("run", "base", "-n", "3", "--quiet", "--seed", "2")
    assert len(list(Path("results").iterdir())) == 2


def test_another_study_in_the_named_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    run("run", "base", "-n", "3", "--quiet", "--out", "r")
    assert run("run", "base", "-n", "3", "--seed", "2", "--out", "r") == 2
    assert "Choose another --out, or delete" in capsys.readouterr().err


def test_failed_replications_end_with_3_and_keep_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "base", "broken", "-n", "4", "--out", "r") == 3
    out, err = capsys.readouterr()
    assert "3 replications" in out
    assert "`broken`, replication 1, stage simulate: ValueError: on purpose" in err


def test_a_scenario_that_never_finishes_ends_with_3_and_says_what_failed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FILES, "broken", fake.Firm(breaks=tuple((number, "error") for number in range(4))))
    assert run("compare", "base", "broken", "-n", "4", "--out", "r") == 3
    assert (
        "4 of `broken`; the first, replication 0 of `broken`, at stage `simulate`: ValueError"
        in capsys.readouterr().err
    )
    assert len(manifest()["failed"]) == 4


def test_ctrl_c_ends_with_130_keeps_what_is_done_and_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "BATCH", 1)
    monkeypatch.setitem(FILES, "base", fake.Firm(breaks=((2, "interrupt"),)))
    assert run("run", "base", "-n", "4", "--out", "r") == 130
    assert "the same command goes on" in capsys.readouterr().err
    assert len(list(Path("r/parts").glob("quarters-*"))) == 2


def test_an_interrupted_study_says_how_far_it_came_and_goes_on_from_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "BATCH", 1)
    whole = FILES["base"]
    monkeypatch.setitem(FILES, "base", whole._replace(breaks=((7, "interrupt"),)))
    monkeypatch.setattr(fake.Firm, "__repr__", lambda firm: str((firm.error, firm.need)))
    run("run", "base", "-n", "10", "--out", "r", "--quiet")
    assert manifest()["replications"] == 7
    capsys.readouterr()
    monkeypatch.setitem(FILES, "base", whole)
    assert run("run", "base", "-n", "10", "--out", "r") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "7 of 10 replications are there, 3 to go"
    assert [line.partition(",")[0] for line in lines[1:4]] == [
        f"{10 * done} % ({done} of 10 replications" for done in (8, 9, 10)
    ]


def manifest() -> Any:
    return json.loads(Path("r/manifest.json").read_text(encoding="utf-8"))


def test_a_folder_that_holds_more_says_so_and_its_command_asks_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    run("run", "base", "-n", "10", "--out", "r", "--quiet")
    capsys.readouterr()
    assert run("run", "base", "-n", "3", "--out", "r") == 0
    out, err = capsys.readouterr()
    assert err.splitlines()[0] == "the folder holds 10 replications of this study; all are used"
    assert "10 replications, seed 1." in out
    assert manifest()["command"] == [*fake.plan({}, 0).command, "--replications", "10"]


def test_what_is_there_is_said_once_while_a_precision_is_sought(capsys: pytest.CaptureFixture[str]) -> None:
    run("run", "base", "-n", "5", "--precision", "0.3", "--out", "r")
    assert "to go" not in capsys.readouterr().err


def test_more_replications_than_precision_would_try_are_run_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("revsim.cli.options")  # whose help quotes the number, once and for all
    monkeypatch.setattr("revsim.settings.DEFAULT_MOST", 5)
    assert run("run", "base", "-n", "8", "--quiet", "--out", "r") == 0
    assert manifest()["replications"] == 8


def test_a_scenario_that_changes_nothing_is_noted_unless_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    run("compare", "base", "same", "better", "-n", "3", "--out", "r")
    assert [line for line in capsys.readouterr().err.splitlines() if "changes nothing" in line] == [
        "note: “same” changes nothing against the baseline “base”, so it shows no effect"
    ]
    run("compare", "base", "same", "-n", "3", "--out", "q", "--quiet")
    assert capsys.readouterr().err == ""


def test_precision_adds_replications_until_the_interval_is_narrow_enough() -> None:
    assert run("run", "base", "-n", "5", "--precision", "0.3", "--quiet", "--out", "r") == 0
    facts = json.loads(Path("r/manifest.json").read_text(encoding="utf-8"))
    assert facts["replications"] > 5
    assert facts["complete"]


def test_a_requirement_that_holds_ends_with_0_and_one_that_does_not_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    study = ("compare", "base", "better", "-n", "12", "--quiet", "--out", "r")
    assert run(*study, "--require", "better:forecast_variance_week_7.relative < 0") == 0
    assert run(*study, "--require", "bookings >= 1", "--require", "better:forecast_variance_week_7 > 1e9") == 1
    err = capsys.readouterr().err
    assert "is not met by “better”: " in err
    assert "bookings" not in err


def test_what_a_requirement_found_is_said_in_the_unit_that_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    demands = (
        "better:wape_week_7 < 100 %",
        "better:wape_week_7 < 1",
        "better:wape_week_7 < 0.001 %",
        "won.effect > -1e9",
    )
    asked = [word for demand in demands for word in ("--require", demand)]
    assert run("compare", "base", "better", "-n", "12", "--out", "r", *asked) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("--require")]
    table = pd.read_csv("r/summary.csv").set_index(["scenario", "measure"])
    share = table.loc[("better", "wape_week_7"), "estimate"]
    its_level = "(its level; what it changes is `wape_week_7.effect`)"
    assert said[:3] == [
        f"--require 'better:wape_week_7 < 100 %' is met by “better”: {100 * share:.3g} % {its_level}",
        f"--require 'better:wape_week_7 < 1' is met by “better”: {share:.3g} {its_level}",
        f"--require 'better:wape_week_7 < 0.001 %' is not met by “better”: {100 * share:.3g} % {its_level}",
    ]
    assert len(said) == 4
    assert "is met by “better”" in said[3]


def test_a_requirement_is_read_before_anything_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", "base", "better", "--require", "booking > 3") == 2
    assert "no measure `booking`; did you mean `bookings`" in capsys.readouterr().err
    assert not Path("results").exists()


def test_a_precision_that_is_not_reached_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "base", "-n", "5", "--precision", "0.001", "--max-replications", "8", "--out", "r") == 1
    assert "--precision 0.001 is not reached with 8 replications" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("compare", "base"), "needs at least two scenarios"),
        (("compare", "base", "base"), "Two scenarios are called `base`"),
        (("compare", "base", "better", "--baseline", "best"), "--baseline best: no scenario of this study"),
        (("run", "base", "--engine", "abacus"), "must be auto, compiled or simpy"),
    ],
)
def test_wrong_use_ends_with_2_and_a_way_out(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert words in capsys.readouterr().err


def test_a_trace_to_a_file_of_unknown_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.exit_code(["trace", "base", "--out", "x.txt"]) == 2
    assert "must end in .parquet or .csv" in capsys.readouterr().err


def test_the_public_names_are_there_and_no_others() -> None:
    assert revsim.compare is api.compare
    questions = {"attribute", "frontier", "parts", "plausible", "screen", "stress", "sweep", "worlds"}
    assert set(dir(revsim)) == {"Scenario", "Study", "__version__", "compare", "load", "run", *questions}
    assert all(getattr(revsim, name).__name__ == name for name in questions)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = revsim.nothing


@pytest.mark.parametrize("asked", [4, 9])
def test_more_quarters_to_continue_than_are_measured_are_told(asked: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "base", "-n", "3", "--continuations", str(asked)) == 0
    assert (f"not {asked}" in capsys.readouterr().err) == (asked > 4)
