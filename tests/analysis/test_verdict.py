"""What the verdict says, and what it leaves unsaid, of frames whose truth is known."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from revsim.analysis.balance import balance
from revsim.analysis.comparison import Comparison, Provenance, compare_frames
from revsim.analysis.interval import Interval
from revsim.analysis.phrases import Judged, volume_words
from revsim.analysis.variance import HEADLINE
from revsim.analysis.verdict import Verdict
from tests.analysis.synthetic import study


def compared(frames: tuple[pd.DataFrame, pd.DataFrame], names: list[str]) -> Comparison:
    return compare_frames(*frames, names, names[0], "USD")


def with_forms(comparison: Comparison, own: Interval, common: Interval) -> Judged:
    """The second scenario's two forms of the headline set by hand."""
    rows = dict(comparison.rows)
    for measure, relative in ((HEADLINE, own), (f"{HEADLINE}_common", common)):
        rows["b", measure] = rows["b", measure]._replace(relative=relative)
    return Judged(comparison.cube, comparison.base, comparison.money, rows, comparison.best_chance)


def test_the_verdict_names_the_best_with_the_numbers_of_the_effects() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1}, common=False), ["a", "b"])
    change = comparison.row(1, HEADLINE).relative
    numbers = re.findall(r"-\d+\.\d", comparison.verdict)
    assert comparison.verdict.startswith("Given this company's numbers, “b” changes forecast variance")
    assert numbers[:3] == [f"{100 * part:.1f}" for part in change]


def test_the_verdict_says_when_nothing_is_clear_and_what_is_worse() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.205, "c": 0.5}, 20, common=False), ["a", "b", "c"])
    assert comparison.verdict.startswith("Given this company's numbers, no scenario clearly lowers forecast variance")
    assert "Clearly worse: “c”" in comparison.verdict


def test_the_verdict_says_that_coordination_wins() -> None:
    quarters, weeks = study({"base": 0.3, "design": 0.25, "talk": 0.1}, 60, common=False)
    for name, column in (("design", "remedy_cost_design"), ("talk", "remedy_cost_coordination")):
        quarters.loc[quarters["scenario"] == name, column] += 500.0
    said = compared((quarters, weeks), ["base", "design", "talk"]).paragraphs
    assert re.search(r"“talk” has a clearly lower variance than “design”: -.*\.$", said.answer)
    assert re.search(r"for \d+ USD cost a quarter \(“design”: \d+ USD cost a quarter\)\.$", said.money)


def test_the_verdict_calls_volume_what_only_sells_more() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.2}, 200)
    mine, also = quarters["scenario"] == "b", weeks["scenario"] == "b"
    actual = quarters.loc[mine, "bookings"].to_numpy()
    error = weeks.loc[also, "forecast"].to_numpy() - np.repeat(actual, 13)
    quarters.loc[mine, "bookings"] = 2.0 * actual
    weeks.loc[also, "forecast"] = np.repeat(2.0 * actual, 13) + 1.3 * error
    assert "volume, not reliability" in compared((quarters, weeks), ["a", "b"]).verdict


def test_opposite_signs_of_the_two_forms_are_volume_only_if_one_of_them_is_clear() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.19}, common=False), ["a", "b"])
    wide, other, narrow = Interval(-0.05, -0.3, 0.2), Interval(0.05, -0.2, 0.3), Interval(0.05, 0.01, 0.09)
    assert volume_words(with_forms(comparison, wide, other), 1) == ""
    assert "volume, not reliability" in volume_words(with_forms(comparison, wide, narrow), 1)
    assert volume_words(with_forms(comparison, narrow, narrow), 1) == ""


def test_few_replications_without_a_clear_result_are_told_to_run_more() -> None:
    advice = "20 replications are too few to judge small effects; try --replications 100."
    text = compared(study({"a": 0.2, "b": 0.2}, 20, common=False), ["a", "b"]).verdict
    assert text.startswith("Given this company's numbers, no scenario clearly changes forecast variance")
    assert advice in text
    assert "too few" not in compared(study({"a": 0.2, "b": 0.2}, 30, common=False), ["a", "b"]).verdict


@pytest.mark.parametrize(("replications", "words"), [(1, "over 1 replication:"), (2, "over 2 replications:")])
def test_without_intervals_nothing_is_judged(replications: int, words: str) -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1}, replications), ["a", "b"])
    assert comparison.verdict.startswith("Nothing can be judged")
    assert words in comparison.verdict
    assert {row.word for row in comparison.rows.values() if row.effect is not None} == {"not judged"}


def test_the_verdict_names_new_business_and_cost_of_what_it_recommends() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 40, common=False)
    own = quarters["scenario"] == "b"
    quarters.loc[own, "bookings"] = quarters.loc[~own, "bookings"].to_numpy() + 7.0
    quarters.loc[own, "remedy_cost_design"] = quarters.loc[~own, "remedy_cost_design"].to_numpy() + 3.0
    quarters.loc[own, "remedy_cost_coordination"] = quarters.loc[~own, "remedy_cost_coordination"].to_numpy()
    assert (
        "+7.00 USD new business a quarter for 3.00 USD cost a quarter"
        in compared((quarters, weeks), ["a", "b"]).verdict
    )


def test_the_verdict_explains_the_root_of_the_variance() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1}, common=False), ["a", "b"])
    roots = [100 * comparison.row(own, HEADLINE).level.estimate ** 0.5 for own in (0, 1)]
    said = re.search(r"root, one standard deviation of.* from ±([\d.]+) % of .* to ±([\d.]+) % of", comparison.verdict)
    assert said is not None
    assert [float(part) for part in said.groups()] == pytest.approx(roots, abs=0.051)


def test_the_frictionless_control_is_shown_and_never_recommended() -> None:
    names = ["a", "b", "Frictionless"]
    comparison = compared(study(dict(zip(names, (0.2, 0.1, 0.02), strict=True)), common=False), names)
    assert comparison.verdict.startswith("Given this company's numbers, “b” changes")
    assert "the lowest variance of 2 scenarios with probability >99.9 %" in comparison.verdict
    assert "as the control “Frictionless”, one standard deviation of the error would be ±" in comparison.verdict
    assert np.isnan(comparison.best_chance[2])
    assert not any("controls/frictionless.yaml" in note for note in comparison.notes)


def test_a_control_in_the_study_is_no_surprise_among_different_companies() -> None:
    frames = study({"a": 0.2, "Frictionless": 0.1})
    notes = compare_frames(*frames, ["a", "Frictionless"], "a", "USD", Provenance(["one", "other"])).notes
    assert notes[0].endswith("The control is meant to.")


def test_different_companies_are_the_first_thing_said_and_a_control_of_its_own_world_is_not() -> None:
    names = ["a", "b", "Frictionless"]
    frames = study(dict(zip(names, (0.2, 0.1, 0.05), strict=True)), common=False)
    apart = compare_frames(*frames, names, "a", "USD", Provenance(["one", "other", "calm"])).verdict
    assert apart.startswith(
        "These are different companies: every effect mixes the company with the choice. Given these"
    )
    valued = compare_frames(*frames, names, "a", "USD", Provenance(["one", "other", "calm"], 0.5)).verdict
    assert not any(word in valued for word in ("net value", "cost"))
    together = compare_frames(*frames, names, "a", "USD", Provenance(["one", "one", "calm"])).verdict
    assert together.startswith("Given this company's numbers")


def test_the_verdict_tells_the_net_value_with_its_interval_and_what_of_it_is_renewals() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1}, 40)
    quarters.loc[quarters["scenario"] == "b", "renewed_value"] += 100.0
    quarters.loc[quarters["scenario"] == "b", "people_cost"] += 15.0 + 0.1 * np.arange(160)
    comparison = compare_frames(quarters, weeks, ["a", "b"], "a", "USD", Provenance(margin=0.5))
    items = balance(comparison.cube, 1, 0, 0.5).items
    part = r"(\S*) USD a quarter \(95 % interval (\S*) to (\S*)\)"
    said = re.search(rf"The net value of “b” is {part} without renewals and expansion, {part} with", comparison.verdict)
    assert said is not None
    expected = [*items["net_without_renewals"], *items["net"]]
    assert [float(part) for part in said.groups()] == pytest.approx(expected, abs=0.051)
    assert items["net"].estimate - items["net_without_renewals"].estimate == pytest.approx(50.0)
    assert "net value" not in compared((quarters, weeks), ["a", "b"]).verdict


def test_the_verdict_is_the_answer_then_the_money_then_how_far_it_carries() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1, "c": 0.19}, 40, common=False)
    weeks["oracle"], weeks["oracle_n"] = weeks["forecast"], 1.0
    comparison = compare_frames(quarters, weeks, ["a", "b", "c"], "a", "USD", Provenance(margin=0.5))
    answer, money, reach = comparison.verdict.split("\n\n")
    assert (answer, money, reach, "") == tuple(comparison.paragraphs)
    assert "“b” changes forecast variance" in answer
    assert "one standard deviation of the error, goes from" in answer
    assert money.startswith("“b” brings ")
    assert "The net value of “b” is" in money
    assert reach.startswith("“b” has the lowest variance of 3 scenarios")
    assert "is chance, which nobody could have known" in reach


def test_nothing_of_the_verdict_is_said_twice_or_once_more_in_the_notes() -> None:
    quarters, weeks = study({"a": 0.2, "b": 0.1, "c": 0.19}, 40, common=False)
    weeks["oracle"], weeks["oracle_n"] = weeks["forecast"], 1.0
    comparison = compare_frames(quarters, weeks, ["a", "b", "c"], "a", "USD", Provenance(margin=0.5))
    sentences = re.split(r"(?<=[.)])\s+(?=[A-Z“])", comparison.verdict)
    assert len(sentences) > 6
    assert len({*sentences, *comparison.notes}) == len(sentences) + len(comparison.notes)
    assert not any(words in note for note in comparison.notes for words in ("the best", "same luck", "is chance"))


def test_a_verdict_with_nothing_on_money_has_no_empty_paragraph() -> None:
    said = Verdict("An answer.").and_carries(["", "It carries."])
    assert said.text == "An answer.\n\nIt carries."


def test_the_note_on_chance_names_the_control_that_shows_it() -> None:
    comparison = compared(study({"a": 0.2, "b": 0.1}), ["a", "b"])
    assert any("adding controls/frictionless.yaml" in note for note in comparison.notes)
    assert any("--continuations 4" in note for note in comparison.notes)


def test_one_replication_that_has_its_continuation_is_not_told_to_run_one() -> None:
    quarters, weeks = study({"a": 0.2}, 1)
    asked = any("--continuations" in note for note in compared((quarters, weeks), ["a"]).notes)
    weeks["oracle"], weeks["oracle_n"] = weeks["forecast"], 1.0
    told = any("--continuations" in note for note in compared((quarters, weeks), ["a"]).notes)
    assert (asked, told) == (True, False)
