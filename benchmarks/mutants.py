"""How many small faults the tests of the matter notice, by layer: `make mutants`.

    python benchmarks/mutants.py [--seed 1] [--each 24] [--layer formulas ...] [--seconds 120]

A seeded sample of faults (a comparison turned, a constant changed, + for -, a clip left out ...) is put into a copy of
the tree, one at a time; the tree itself is never touched. For each the tests of its matter run until the first one
fails; tests that compare the two engines are not among them (mutation/matter.py). Faults that change nothing that
anybody could see stand with their reasons in mutation/equivalent.txt. Ends with 1 where a layer notices less than 90 %.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from mutation.equivalent import equivalents, reason_of
from mutation.faults import Fault, sample
from mutation.matter import LAYERS, Layer, files_of, tests_of
from mutation.trial import Tree

ROOT = Path(__file__).resolve().parents[1]
WANTED = 0.9
NOTICED, SURVIVED, EQUIVALENT = "noticed", "survived", "equivalent"


def main() -> int:
    """Exit code: 1 where a layer notices too little, 2 where its tests fail without any fault."""
    asked = arguments()
    layers = [layer for layer in LAYERS if layer.name in (asked.layer or [one.name for one in LAYERS])]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Tree(ROOT, Path(folder), asked.seconds)
        counts = {layer.name: trial(tree, layer, Random(f"{asked.seed} {layer.name}"), asked.each) for layer in layers}  # noqa: S311 - faults are no secrets
    print(table(counts))
    if any(not count for count in counts.values()):
        return 2
    return int(any(share(count) < WANTED for count in counts.values()))


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--each", type=int, default=24, help="faults a layer")
    parser.add_argument("--layer", nargs="+", choices=[layer.name for layer in LAYERS], help="these layers only")
    parser.add_argument("--seconds", type=float, default=120.0, help="that the tests of one fault may take")
    return parser.parse_args()


def trial(tree: Tree, layer: Layer, random: Random, count: int) -> Counter[str]:
    """Outcomes of one layer's sample, each told as it comes."""
    chosen = sample(ROOT, files_of(layer, ROOT), count, random)
    matter = {fault.path: tests_of(layer, fault.path, ROOT) for fault in chosen}
    sound = tree.run(sorted({test for tests in matter.values() for test in tests}), times=10.0)
    if not sound.passed:
        print(f"{layer.name}: a test fails without any fault: {sound.first}", flush=True)
        return Counter()
    known, outcomes = equivalents(), Counter[str]()
    for fault in chosen:
        outcome, why = judged(tree, fault, matter[fault.path], reason_of(fault, known))
        outcomes[outcome] += 1
        print(f"{outcome:10} {fault}" + (f"\n{'':11}{why}" if why else ""), flush=True)
    return outcomes


def judged(tree: Tree, fault: Fault, tests: list[str], reason: str) -> tuple[str, str]:
    """Outcome of one fault, and who noticed it or why nobody can."""
    if reason:
        return EQUIVALENT, reason
    ran = tree.with_fault(fault, tests)
    return (SURVIVED if ran.passed else NOTICED), ran.first


def share(count: Counter[str]) -> float:
    """Noticed, of the faults that could be."""
    able = count[NOTICED] + count[SURVIVED]
    return count[NOTICED] / able if able else 1.0


def table(counts: dict[str, Counter[str]]) -> str:
    """Outcomes by layer."""
    lines = [f"{'layer':12}{NOTICED:>10}{SURVIVED:>10}{EQUIVALENT:>12}{'share':>8}"]
    for name, count in counts.items():
        lines.append(
            f"{name:12}{count[NOTICED]:10}{count[SURVIVED]:10}{count[EQUIVALENT]:12}{100.0 * share(count):7.0f}%"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
