"""`revsim new --company`: a file for a client's numbers, which says nothing new until one is overwritten."""

from __future__ import annotations

import re
from pathlib import Path

from revsim.cli.company_file import OWN
from revsim.scenario.address import get, leaf_of
from revsim.scenario.canonical import content_hash
from revsim.scenario.load import load, load_with_origins
from revsim.scenario.ranges import axes
from revsim.scenario.shape import Leaf
from tests.cli.conftest import Call

LINE = re.compile(r"    (\w+): ([\d.]+)  # .+, (\S.*?); benchmark ([\d.]+), plausible ([\d.]+) to ([\d.]+)")


def written(revsim: Call) -> str:
    answer = revsim("new", "client", "--company")
    assert (answer.code, answer.out) == (0, "wrote client.yaml\n")
    assert "overwrite its numbers, then  revsim check client.yaml" in answer.err
    return Path("client.yaml").read_text(encoding="utf-8")


def test_every_number_stands_with_unit_benchmark_and_range(revsim: Call) -> None:
    said = {name: rest for name, *rest in (found.groups() for found in LINE.finditer(written(revsim)))}
    base = load("status-quo")
    assert 10 <= len(OWN) <= 15
    assert set(said) == {address.rpartition(".")[2] for address in OWN}
    for address in OWN:
        number, shape = get(base, address), leaf_of(address)
        assert isinstance(shape, Leaf)
        value, unit, *known = said[address.rpartition(".")[2]]
        assert [float(one) for one in (value, *known)] == [number.value, number.value, number.low, number.high]
        assert unit == shape.rule["unit"].replace("currency", "EUR")


def test_it_changes_nothing_warns_of_nothing_and_takes_no_range_away_until_a_number_is_overwritten(
    revsim: Call,
) -> None:
    text = written(revsim)
    loaded, base = load_with_origins("client.yaml"), load("status-quo")
    assert loaded.warnings == ()
    assert content_hash(loaded.scenario) == content_hash(base)
    assert axes([loaded.scenario]) == axes([base])
    Path("client.yaml").write_text(text.replace("reps: 27 ", "reps: 31 "), encoding="utf-8")
    assert load("client.yaml").world.sales.reps.value == 31
    assert content_hash(load("client.yaml")) != content_hash(base)


def test_what_goes_along_is_valid_and_the_same_when_uncommented(revsim: Call) -> None:
    head, body = written(revsim).split("world:\n")
    lines = [re.sub(r"^( *)# ", r"\1", line, count=1) for line in body.splitlines()]
    Path("all.yaml").write_text(head + "world:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    everything = load_with_origins("all.yaml")
    assert content_hash(everything.scenario) == content_hash(load("status-quo"))
    assert everything.warnings == ()


def test_a_company_that_is_uncommented_whole_may_change_its_currency_without_a_warning(revsim: Call) -> None:
    body = re.sub(r"(?m)^( *)# ", r"\1", written(revsim).split("world:\n")[1])
    text = "extends: status-quo.yaml\nworld:\n" + body.replace("currency: EUR", "currency: USD")
    Path("all.yaml").write_text(text, encoding="utf-8")
    assert load_with_origins("all.yaml").warnings == ()


def test_it_can_begin_at_another_company(revsim: Call) -> None:
    assert revsim("new", "client", "--company", "--from", "companies/maven.yaml").code == 0
    text = Path("client.yaml").read_text(encoding="utf-8")
    assert "    reps: 30  # Seats for reps, people; companies/maven.yaml 30, plausible 26 to 35\n" in text
    assert content_hash(load("client.yaml")) == content_hash(load("companies/maven"))


def test_new_says_which_folder_it_made(revsim: Call) -> None:
    assert revsim("new", "foo/bar").out == "wrote foo/bar.yaml, in the new folder foo\n"
    assert revsim("new", "foo/other").out == "wrote foo/other.yaml\n"
    assert revsim("new", "here").out == "wrote here.yaml\n"
