"""What makes a study again: the call from Python gives the same content; what is not known has its command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import revsim
from revsim.api import Scenario, plan_of
from revsim.reports.repeat import again, unknown_words, worlds_command
from revsim.settings import Settings
from revsim.store.manifest import Manifest, ScenarioFacts

BASE = revsim.load("status-quo.yaml")


def manifest(scenarios: list[Scenario], *command: str, baseline: str | None = None) -> Manifest:
    found = plan_of(scenarios, Settings(40, 7, "simpy", None, baseline, command)).manifest()
    found.replications = 40
    return found


def said(scenarios: list[Scenario], *command: str, baseline: str | None = None) -> str:
    return again([each.resolved for each in scenarios], manifest(scenarios, *command, baseline=baseline))


def test_a_study_from_the_command_line_is_repeated_by_its_command() -> None:
    assert said([BASE], "revsim", "run", "my file.yaml") == "revsim run 'my file.yaml'"


def test_the_call_from_python_makes_the_same_scenarios_again() -> None:
    better = BASE.replace({"design.owned_handoffs": 0.9, "world.sales.reps": 30}, name="Owned hand-offs")
    call = said([BASE, better])
    taken: list[Scenario] = []

    class Module:
        load = staticmethod(revsim.load)

        @staticmethod
        def compare(scenarios: list[Scenario | str], **keywords: int) -> None:
            taken.extend(each if isinstance(each, Scenario) else revsim.load(each) for each in scenarios)
            assert keywords == {"replications": 40, "seed": 7}

    eval(call, {"revsim": Module})  # noqa: S307 - the call is what is tested
    kept = manifest([BASE, better])
    assert [(one.name, one.content_hash) for one in manifest(taken).scenarios] == [
        (one.name, one.content_hash) for one in kept.scenarios
    ]
    assert call.endswith(
        f"# content: Status quo {kept.scenarios[0].content_hash[:12]}, Owned hand-offs "
        f"{kept.scenarios[1].content_hash[:12]}"
    )


def test_one_scenario_and_another_baseline_are_called_so() -> None:
    assert said([BASE]).startswith('revsim.run("status-quo.yaml", replications=40, seed=7)')
    design = revsim.load("design.yaml")
    assert 'seed=7, baseline="Design")' in said([BASE, design], baseline="Design")


def test_what_its_file_no_longer_gives_is_taken_from_the_saved_study() -> None:
    gone = Scenario(BASE.replace({"world.sales.reps": 30}, name="More reps").resolved, "no/such/file.yaml")
    call = said([BASE, gone])
    assert '["status-quo.yaml", "scenarios/more-reps.yaml"]' in call
    assert call.endswith("scenarios/ is that of the saved study")


@pytest.mark.parametrize(
    ("files", "command", "expected"),
    [
        (["design.yaml", "status-quo.yaml"], (), "revsim worlds status-quo.yaml design.yaml"),
        (
            ["status-quo.yaml", "controls/frictionless.yaml", "design.yaml"],
            (),
            "revsim worlds status-quo.yaml design.yaml",
        ),
        (
            ["status-quo.yaml", "design.yaml"],
            ("revsim", "compare", "--set", "world.sales.reps=30", "-n", "4"),
            "revsim worlds status-quo.yaml design.yaml --set world.sales.reps=30",
        ),
    ],
)
def test_the_command_over_worlds_names_what_was_compared(
    files: list[str], command: tuple[str, ...], expected: str
) -> None:
    scenarios = [revsim.load(file) for file in files]
    assert worlds_command(manifest(scenarios, *command, baseline="Status quo")) == expected


def test_the_command_over_worlds_can_be_typed_wherever_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    facts = [ScenarioFacts(name, "", "", f"shipped {name}.yaml") for name in ("status-quo", "design")]
    told = manifest([BASE])
    told.baseline, told.scenarios, told.command = "status-quo", facts, []
    assert worlds_command(told) == "revsim worlds status-quo.yaml design.yaml"
    (tmp_path / "design.yaml").write_text("extends: status-quo.yaml")
    assert worlds_command(told) == "revsim worlds status-quo.yaml 'shipped design.yaml'"
    assert revsim.load("shipped design.yaml").name == "Design"


def test_who_changed_a_scenario_in_python_has_no_files_to_name() -> None:
    better = BASE.replace({"design.owned_handoffs": 0.9}, name="Owned hand-offs")
    assert worlds_command(manifest([BASE, better])) == "revsim worlds"


def test_the_line_below_the_verdict_counts_and_a_scenario_alone_has_no_winner() -> None:
    pair = manifest([BASE, revsim.load("design.yaml")])
    assert re.match(
        r"57 numbers of this company have no direct evidence; .* has not been asked, and `revsim worlds .*` does",
        unknown_words(57, pair),
    )
    assert unknown_words(1, manifest([BASE])) == (
        "1 number of this company has no direct evidence; the report lists them."
    )
    assert unknown_words(0, pair) == ""
    assert unknown_words(57, pair, robust=True).endswith("evidence; the report lists them.")
