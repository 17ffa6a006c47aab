"""How to make a study again, and what to ask next: the call from Python, and the command over plausible worlds."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from pathlib import Path

from revsim.analysis.ranking import CONTROL
from revsim.analysis.worlds.plausible import NOT_ASKED, Plausible
from revsim.errors import UserError
from revsim.scenario.address import replace, walk
from revsim.scenario.assumption import Assumption
from revsim.scenario.canonical import SHORT, content_hash
from revsim.scenario.load import load
from revsim.scenario.scenario import Scenario
from revsim.scenario.shipped import SAID
from revsim.settings import DEFAULT_CONTINUATIONS
from revsim.store.layout import slug
from revsim.store.manifest import Manifest, ScenarioFacts

SAVED = "scenarios/"  # of a saved study: each scenario, resolved


def again(scenarios: Sequence[Scenario], manifest: Manifest) -> str:
    """What to type to make the study again: its command, or the call from Python where there was none."""
    return shlex.join(manifest.command) or call_of(scenarios, manifest)


def call_of(scenarios: Sequence[Scenario], manifest: Manifest) -> str:
    """The call from Python, with the hashes of what it compares; scenarios in the manifest's order."""
    asked = manifest.scenarios[: len(scenarios)]  # behind them stand their standing twins
    given = [_argument(each, facts) for each, facts in zip(scenarios, asked, strict=True)]
    alone = len(given) == 1
    words = [given[0] if alone else f"[{', '.join(given)}]"]
    words += [f"replications={manifest.replications}", f"seed={manifest.seed}"]
    if manifest.continuations != DEFAULT_CONTINUATIONS:
        words.append(f"continuations={manifest.continuations}")
    if manifest.baseline != manifest.scenarios[0].name:
        words.append(f"baseline={_quoted(manifest.baseline)}")
    if len(asked) < len(manifest.scenarios):
        words.append("steady=True")
    hashes = ", ".join(f"{facts.name} {facts.content_hash[:SHORT]}" for facts in asked)
    where = f"; {SAVED} is that of the saved study" if any(each.startswith(f'"{SAVED}') for each in given) else ""
    return f"revsim.{'run' if alone else 'compare'}({', '.join(words)})  # content: {hashes}{where}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _argument(scenario: Scenario, facts: ScenarioFacts) -> str:
    """A scenario as the call takes it: its file, what was changed of it, or else what a saved study holds."""
    lost = _quoted(f"{SAVED}{slug(facts.name)}.yaml")
    try:
        base = load(facts.file) if facts.file else None
    except UserError:
        base = None
    if base is None:
        return lost
    if (content_hash(base), base.name) == (facts.content_hash, facts.name):
        return _quoted(facts.file)
    before = dict(walk(base))
    changes = {
        address: _plain(value) for address, value in walk(scenario) if _plain(before.get(address)) != _plain(value)
    }
    try:
        if content_hash(replace(base, changes, facts.name)) != facts.content_hash:
            return lost
    except UserError:
        return lost
    changed = ", ".join(f"{_quoted(address)}: {json.dumps(value)}" for address, value in changes.items())
    return f"revsim.load({_quoted(facts.file)}).replace({{{changed}}}, name={_quoted(facts.name)})"


def _plain(value: Assumption | str | None) -> float | int | str | None:
    """A value as one writes it."""
    if not isinstance(value, Assumption):
        return value
    return int(value.value) if float(value.value).is_integer() else value.value


def unknown_words(count: int, manifest: Manifest, plausible: Plausible = NOT_ASKED, *, robust: bool = False) -> str:
    """How many numbers nobody has measured, and whether it was asked who wins over what is not known, else how to ask.

    Neither where there is nobody to win, where companies differ, and where worlds were given (`robust`).
    """
    if not count:
        return ""
    start = "1 number of this company has" if count == 1 else f"{count} numbers of this company have"
    companies = {facts.world_hash for facts in manifest.scenarios if facts.name != CONTROL}
    if len(manifest.scenarios) == 1 or len(companies) > 1 or robust:
        return f"{start} no direct evidence; the report lists them."
    return f"{start} no direct evidence; {asked_words(manifest, plausible)}."


def asked_words(manifest: Manifest, plausible: Plausible) -> str:
    """Whether who wins over what is not known has been asked: of which companies, or by which command it is asked."""
    command = f"`{worlds_command(manifest)}`"
    if plausible.outdated:
        return f"who wins over what is not known was asked of another version of the model, and {command} asks this one"
    if not plausible.counts:
        return f"who wins over what is not known has not been asked, and {command} does"
    what = f"{plausible.replications} replications of each of {plausible.companies} plausible companies"
    asked = {name for own, rival, _ in plausible.counts for name in (own, rival)}
    others = [facts.name for facts in manifest.scenarios if facts.name not in {*asked, CONTROL}]
    lacking = ", ".join(f"“{name}”" for name in others)
    also = f"; of {lacking} it has not been asked, and {command} does" if others else ""
    return f"who wins over what is not known rests on {what}{also}"


def worlds_command(manifest: Manifest) -> str:
    """`revsim worlds` of the study's files, the baseline's first, and what was set; bare where a file is not known."""
    first = [facts.file for facts in manifest.scenarios if facts.name == manifest.baseline]
    rest = [facts.file for facts in manifest.scenarios if facts.name not in (manifest.baseline, CONTROL)]
    files, command = list(dict.fromkeys([*first, *rest])), manifest.command
    if len(files) == 1 or not all(files):
        return "revsim worlds"
    sets = [
        word
        for place, word in enumerate(command)
        if word == "--set" or word.startswith("--set=") or (place and command[place - 1] == "--set")
    ]
    return shlex.join(["revsim", "worlds", *(_typed(file) for file in files), *sets])


def _typed(file: str) -> str:
    """A file as one would type it: a shipped one by its name, unless one of that name is here."""
    short = file.removeprefix(SAID)
    return file if Path(short).exists() else short
